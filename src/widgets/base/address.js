// The sheet that is shown, by the page's address.

/** Return what the address names: a sheet, and perhaps a row for it to show (`#screen=row`). */
export function namedByAddress() {
  const [screen, row = ""] = decodeURIComponent(location.hash.slice(1)).split("=");
  return { screen, row };
}

let lastNamed = ""; // where the person stays if an address names a sheet that is not here

/** Return whether the address names the sheet at this position: else the first one is current.
 * @param {Position} position
 */
export function isCurrent({ name, index, names }) {
  const wanted = namedByAddress().screen;
  if (!wanted || names.includes(wanted)) lastNamed = wanted;
  return names.includes(lastNamed) ? lastNamed === name : index === 1;
}

const TO_SHEET = /^(?:\d\d-[\w-]+\.ipynb)?#([^=]+)(=.*)?$/;

/** On an author's page, lead each link to where its sheet is; a link to none becomes plain text.
 * @param {HTMLElement} el
 * @param {Position} position
 */
export function mendLinks(el, { names, leads }) {
  if (!leads) return;
  for (const link of el.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href") ?? "";
    const [, screen = "", row = ""] = TO_SHEET.exec(href) ?? [];
    if (href && !screen) continue;
    const lead = names.includes(screen) ? `#${screen}` : leads[screen];
    if (lead) link.setAttribute("href", lead + row);
    else link.removeAttribute("href");
  }
}
