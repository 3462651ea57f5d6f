// Earlier reviews of the same kind.

import { h } from "../base/sheet.js";

/** The earlier reviews, each closed at first.
 * @param {Sheet} sheet
 * @param {string[]} columns those that are shown; the sheet's words have their labels
 */
export function pastReviews(sheet, columns) {
  const { state, words } = sheet;
  return h(
    "section",
    { class: "earlier", key: "earlier" },
    h("h3", {}, words.earlier),
    !state.earlier.length && h("p", { class: "empty" }, words.earlier_empty),
    state.earlier.map((/** @type {State} */ review) =>
      sheet.details(
        `r-${review.id}`,
        review.span,
        review.rest && h("p", { class: "tag" }, words.rested),
        h(
          "dl",
          {},
          columns
            .filter((column) => review[column])
            .map((column) => [
              h("dt", { key: `t-${column}` }, words[column]),
              h("dd", { key: `d-${column}` }, review[column]),
            ]),
        ),
      ),
    ),
  );
}
