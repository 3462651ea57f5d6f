// The sheet named by the address, and the one shown last, which only this browser stores.

const LAST_SHEET_KEY = "enishi.left";

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

/** Store that a sheet is shown.
 * @param {string} page
 * @param {string} screen
 */
export function rememberWhere(page, screen) {
  try {
    localStorage.setItem(LAST_SHEET_KEY, JSON.stringify({ page, screen }));
  } catch {
    /* then open at the start */
  }
}

/** Return the sheet that was shown last, or null.
 * @returns {{page: string, screen: string} | null}
 */
export function whereLeft() {
  try {
    return JSON.parse(localStorage.getItem(LAST_SHEET_KEY) ?? "null");
  } catch {
    return null;
  }
}
