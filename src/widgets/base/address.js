// The sheet that is shown, by the page's address.

/** Return what the address names: a sheet, and perhaps a row for it to show (`#screen=row`). */
export function namedByAddress() {
  const [screen, row = ""] = decodeURIComponent(location.hash.slice(1)).split("=");
  return { screen, row };
}

/** Return whether the address names the sheet at this position: else the first one is current.
 * @param {Position} position
 */
export function isCurrent({ name, index, names }) {
  const wanted = namedByAddress().screen;
  return names.includes(wanted) ? wanted === name : index === 1;
}
