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

/** Ask for a file part by part, as `file_parts.py` gives it, and save it when it is whole.
 * @param {Sheet} sheet
 * @param {{do: string}} message asks for it; the number of the part is added
 * @param {{first?: object, saved?: (answer: any) => void}} [options] what only the first message
 *   says, and what follows the last answer
 * @param {Uint8Array<ArrayBuffer>[]} [before]
 */
export function downloadParts(sheet, message, { first, saved } = {}, before = []) {
  /** @param {any} answer */
  const done = (answer) => {
    if (!answer.ok) return;
    const parts = [...before, Uint8Array.from(atob(answer.copy), (sign) => sign.charCodeAt(0))];
    if (!answer.last) return downloadParts(sheet, message, { saved }, parts);
    saveFile(answer.file, parts, answer.type);
    saved?.(answer);
  };
  sheet.send({ ...message, ...first, part: before.length }, { done });
}
