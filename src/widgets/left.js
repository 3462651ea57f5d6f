// Which screen was seen last.

const LEFT = "enishi.left"; // where this browser keeps which screen was seen last; nobody is told

/** Remember that a screen is being seen. */
export function rememberWhere(page, screen) {
  try { localStorage.setItem(LEFT, JSON.stringify({ page, screen })); } catch { /* then one begins at the start */ }
}

/** Return the screen that was seen last, `{page, screen}`, or null. */
export function whereLeft() {
  try { return JSON.parse(localStorage.getItem(LEFT)); } catch { return null; }
}
