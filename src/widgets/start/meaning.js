// What matters here: three traits, what this workbook is, a ten-minute path.

import { lastSheetLink, offerLastSheet } from "../parts/resume.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, common } = sheet;
  return [
    lastSheetLink(sheet),
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
      words.is.map((line) => h("li", { key: line }, line)),
    ),
    h("h3", {}, words.path_title),
    h(
      "ol",
      { class: "path" },
      state.path.map(({ href, text, minutes }) =>
        h(
          "li",
          { key: href },
          h("a", { href }, text),
          h("span", { class: "count" }, format(common.minutes, { n: minutes })),
        ),
      ),
    ),
  ];
}

export default defineSheet({ draw, mounted: offerLastSheet });
