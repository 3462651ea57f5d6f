// The review: a week in three or four lines, and those of the weeks before.

import { explanation } from "../parts/explanation.js";
import { pastReviews } from "../parts/past_reviews.js";
import { defineSheet, h } from "../base/sheet.js";

const LINES = ["went_well", "thank_whom", "let_go", "next"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const review = state.review;
  return [
    h("p", { class: "tag" }, state.span),
    state.met && h("p", { class: "hint" }, sheet.say("met_names", { names: state.met })),
    state.gave && h("p", { class: "hint" }, sheet.say("gave_names", { names: state.gave })),
    LINES.map((column) =>
      sheet.fields("review", review).textArea(column, { hint: words[`${column}_hint`], rows: 1 }),
    ),
    state.pace.map((reason) =>
      h(
        "div",
        { class: "empty", key: `pace-${reason.rule}` },
        h("h3", {}, reason.name),
        h("p", {}, reason.why),
        h("p", {}, reason.act),
        explanation(sheet, reason.rule, reason),
      ),
    ),
    pastReviews(sheet, LINES),
  ];
}

export default defineSheet({ draw });
