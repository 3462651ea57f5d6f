// The review: a week in three or four lines, and the weeks before.

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
    drawWeeks(sheet),
    pastReviews(sheet, LINES),
  ];
}

const SIDE = 18; // size of a dot's cell, in pixels
const MOST = 6; // most dots in a column; the table has the full numbers

/** The last weeks as dots: a ring for each person, a full one for each gift.
 * @param {Sheet} sheet
 */
function drawWeeks(sheet) {
  const { state, words } = sheet;
  const sum = (name) => state.weeks.reduce((all, week) => all + week[name], 0);
  const quiet = !state.people && !sum("given") && !sum("received");
  const said = quiet
    ? words.weeks_none
    : sheet.say("weeks_said", {
        met: state.people,
        given: sum("given"),
        received: sum("received"),
      });
  const high = Math.max(
    1,
    ...state.weeks.map((week) => Math.max(Math.min(MOST, week.met), Math.min(MOST, week.given))),
  );
  const dot = (full, column, row, key) =>
    h("circle", {
      key,
      class: full ? "given" : "met",
      cx: column,
      cy: (high - row - 0.5) * SIDE,
      r: 6,
    });
  const stack = (week, at) => {
    const left = (at + 0.5) * SIDE * 2.4;
    return [
      ...Array.from({ length: Math.min(MOST, week.met) }, (_, row) =>
        dot(false, left - 9, row, `m${at}-${row}`),
      ),
      ...Array.from({ length: Math.min(MOST, week.given) }, (_, row) =>
        dot(true, left + 9, row, `g${at}-${row}`),
      ),
    ];
  };
  const width = state.weeks.length * SIDE * 2.4;
  return h(
    "section",
    { class: "weeks", key: "weeks" },
    h("h3", {}, words.weeks),
    h("p", {}, said),
    !quiet &&
      h(
        "svg",
        { viewBox: `0 0 ${width} ${high * SIDE + 2}`, role: "img", "aria-label": said },
        h("line", { x1: 0, x2: width, y1: high * SIDE + 1, y2: high * SIDE + 1 }),
        state.weeks.flatMap(stack),
      ),
    !quiet &&
      h(
        "p",
        { class: "hint key", "aria-hidden": "true" },
        h("span", {}, words.key_met),
        h("span", {}, words.key_given),
      ),
    !quiet &&
      sheet.details(
        "table",
        words.weeks_table,
        h(
          "div",
          { class: "wide" },
          h(
            "table",
            {},
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                ["week", "met", "given", "received"].map((name) =>
                  h("th", { scope: "col", key: name }, words[`column_${name}`]),
                ),
              ),
            ),
            h(
              "tbody",
              {},
              state.weeks.map((week) =>
                h(
                  "tr",
                  { key: week.day },
                  h("th", { scope: "row" }, week.day),
                  ["met", "given", "received"].map((name) =>
                    h("td", { key: name }, String(week[name])),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
  );
}

export default defineSheet({ draw });
