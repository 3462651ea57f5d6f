// What matters: the person's reason, three traits, what this workbook holds to.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    sheet
      .fields("setting", state.why)
      .textArea("value", { label: words.why, placeholder: words.why_example, rows: 3 }),
    h("h3", {}, words.traits_title),
    h(
      "ol",
      { class: "cards traits" },
      Object.entries(words.traits).map(([name, { title, text }]) =>
        h("li", { class: "card", key: name }, h("h4", {}, title), h("p", {}, text)),
      ),
    ),
    h("h3", {}, words.is_title),
    h(
      "ul",
      { class: "dots" },
      words.is.map((/** @type {string} */ line) => h("li", { key: line }, line)),
    ),
  ];
}

export default defineSheet({ draw });
