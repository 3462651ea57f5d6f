// Which screen the address names, and which was seen last: this browser keeps it, nobody is told.

const LEFT = "enishi.left";

/** Return what the address names: a screen, and perhaps a row for it to show (`#screen=row`). */
export function namedByAddress() {
  const [screen, row = ""] = decodeURIComponent(location.hash.slice(1)).split("=");
  return { screen, row };
}

/** Remember that a screen is being seen. */
export function rememberWhere(page, screen) {
  try { localStorage.setItem(LEFT, JSON.stringify({ page, screen })); } catch { /* then one begins at the start */ }
}

/** Return the screen that was seen last, `{page, screen}`, or null. */
export function whereLeft() {
  try { return JSON.parse(localStorage.getItem(LEFT)); } catch { return null; }
}
