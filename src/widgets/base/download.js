// Files that a sheet hands out.

/** Download through a link with `download`: leaving the page would end its kernel.
 * @param {string} name
 * @param {string | Uint8Array<ArrayBuffer>[]} content a text, or the parts of a file
 * @param {string} type
 */
export function saveFile(name, content, type) {
  const isText = typeof content === "string";
  const blob = new Blob(isText ? [content] : content, {
    type: isText ? `${type};charset=utf-8` : type,
  });
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
