// The sheet named by the address, and the one shown last, which only this browser stores.

const LEFT = "enishi.left";

/** Return what the address names: a sheet, and perhaps a row for it to show (`#screen=row`). */
export function namedByAddress() {
  const [screen, row = ""] = decodeURIComponent(location.hash.slice(1)).split("=");
  return { screen, row };
}

/** Store that a sheet is shown. */
export function rememberWhere(page, screen) {
  try {
    localStorage.setItem(LEFT, JSON.stringify({ page, screen }));
  } catch {
    /* then open at the start */
  }
}

/** Return the sheet that was shown last, `{page, screen}`, or null. */
export function whereLeft() {
  try {
    return JSON.parse(localStorage.getItem(LEFT));
  } catch {
    return null;
  }
}
