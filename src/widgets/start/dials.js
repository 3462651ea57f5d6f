// The three dials, their earlier values, and where to begin.

import { selfRating } from "../parts/self_rating.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { begin, words } = sheet.state.dials;
  return [
    selfRating(sheet, {
      after:
        begin &&
        h(
          "p",
          { class: "example", key: "begin" },
          format(words.begin, { dial: words[begin.dial] }),
          " ",
          h("a", { href: begin.href }, begin.text),
        ),
    }),
  ];
}

export default defineSheet({ draw });
