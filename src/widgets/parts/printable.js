// A part of a sheet as one HTML file, which any browser opens and prints; no server is asked.

import { saveFile } from "../base/download.js";

/** What is for the screen only. */
const CONTROLS = "button, input, textarea, select, label, details, .tools, [hidden]";
const STYLE = `
  :root { color-scheme: light dark; }
  body { max-width: 42em; margin: 2rem auto; padding: 0 1rem; line-height: 1.7;
    overflow-wrap: anywhere;
    font-family: "Hiragino Sans", "Yu Gothic", "Noto Sans JP", sans-serif; }
  h1 { font-size: 1.4rem; }
  h3, h4 { margin: 1.5rem 0 0.25rem; font-size: 1.1rem; }
  p { margin: 0.25rem 0; }
  ul { padding-inline-start: 1.25rem; }
  .cards, .week ul { list-style: none; padding: 0; }
  dt { font-size: 0.875rem; opacity: 0.8; }
  dd { margin: 0 0 0.5rem; }
  small, .hint { font-size: 0.875rem; opacity: 0.8; }
  .last { white-space: pre-line; margin-top: 1.5rem; }
  .from { text-align: end; }
  section, .card { break-inside: avoid; }
  .box { display: inline-block; width: 0.8em; height: 0.8em; margin-inline-end: 0.5em;
    border: 1px solid; }
  .blank { height: 2.2em; border-bottom: 1px solid; opacity: 0.5; }
  .tag { margin-inline-end: 1em; }
  @page { size: A4; margin: 16mm; }
  @media print { body { margin: 0; max-width: none; font-size: 10.5pt; } }`;

/** A button that saves a part of a sheet as a page.
 * @param {Sheet} sheet
 * @param {string} title of the page; the file is named after it
 * @param {string} part a selector of the element below the sheet
 */
export function savePageButton(sheet, title, part) {
  const save = () => {
    const found = sheet.el.querySelector(part);
    if (found) saveFile(`${fileName(title)}.html`, writePage(title, found), "text/html");
  };
  return sheet.button(sheet.common.save_page, save);
}

/** Return a whole page with the texts of an element. Names that are hidden on the screen stay so.
 * @param {string} title
 * @param {Element} part
 */
export function writePage(title, part) {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = document.documentElement.lang;
  const meta = (/** @type {object} */ values) => Object.assign(page.createElement("meta"), values);
  const policy = {
    httpEquiv: "Content-Security-Policy",
    content: "default-src 'none'; style-src 'unsafe-inline'",
  };
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const style = Object.assign(page.createElement("style"), { textContent: STYLE });
  page.head.prepend(charset, meta(policy));
  page.head.append(meta({ name: "viewport", content: "width=device-width" }), style);
  const copy = /** @type {Element} */ (page.importNode(part, true));
  for (const control of copy.querySelectorAll(CONTROLS)) control.remove();
  for (const each of [copy, ...copy.querySelectorAll("*")])
    for (const { name } of [...each.attributes]) if (name !== "class") each.removeAttribute(name);
  if (!copy.querySelector(".title"))
    page.body.append(Object.assign(page.createElement("h1"), { textContent: title }));
  page.body.append(copy);
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

/** @param {string} title */
const fileName = (title) => title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-");
