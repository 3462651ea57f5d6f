// The end of a workbook: the place last left, one thing to do today, the next open link.

import { lastSheetLink, offerLastSheet } from "../parts/resume.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, common } = sheet;
  const { knot } = state;
  return [
    lastSheetLink(sheet),
    h(
      "div",
      { class: "today" },
      h("h3", {}, words.today_title),
      sheet.note(state.nearest ?? words.todays?.[knot?.name] ?? words.today),
    ),
    h("h3", {}, common.knot_title),
    knot
      ? [
          h("p", {}, format(common.knot, { link: knot.title })),
          h(
            "p",
            {},
            h(
              "a",
              { class: "button", href: knot.href },
              format(common.knot_go, { link: knot.title }),
            ),
          ),
        ]
      : h("p", {}, common.knots_whole),
  ];
}

export default defineSheet({ draw, mounted: offerLastSheet });
