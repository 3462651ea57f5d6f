// The look back: a week in three lines, the month when it is due, and what was written before.

import { explanation } from "../parts/explanation.js";
import { pastReviews } from "../parts/past_reviews.js";
import { personPicker } from "../parts/person_picker.js";
import { defineSheet, h } from "../base/sheet.js";
import { drawMonth } from "./month.js";

const WEEK_AND_MONTH = [
  "went_well",
  "thank_whom",
  "next",
  "let_go",
  "changed",
  "learned",
  "tried",
  "tried_result",
  "thrive_with",
];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  const fields = sheet.fields("review", state.review);
  memory.month ??= state.month.due;
  return [
    h("p", { class: "tag", key: "span" }, state.span),
    state.met &&
      h("p", { class: "hint", key: "met" }, sheet.say("met_names", { names: state.met })),
    fields.textArea("went_well", { hint: words.went_well_hint, rows: 1 }),
    drawThanks(sheet, fields),
    fields.textArea("next", { hint: words.next_hint, rows: 1 }),
    sheet.details("let_go", words.let_go, fields.textArea("let_go", { hint: words.let_go_hint })),
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
    state.missing_side && drawMissingSide(sheet, state.missing_side),
    sheet.details("month", words.month, drawMonth(sheet)),
    pastReviews(sheet, WEEK_AND_MONTH),
  ];
}

/** The side of the wish of which nothing was noted lately, with whom to think of.
 * @param {Sheet} sheet
 * @param {Reason & {act: string, people: {name: string, card: string}[]}} side
 */
function drawMissingSide(sheet, side) {
  return h(
    "div",
    { class: "empty", key: "missing_side" },
    h("h3", {}, side.name),
    h("p", {}, side.why),
    h("p", {}, side.act),
    side.people.length > 0 &&
      h(
        "div",
        { class: "row" },
        side.people.map(({ name, card }) =>
          h("a", { class: "button", key: card, href: card }, name),
        ),
      ),
    explanation(sheet, side.rule, side),
  );
}

/** Whom to thank, and for what: a letter that says so is then ready.
 * @param {Sheet} sheet
 * @param {RowFields} fields of the review
 */
function drawThanks(sheet, fields) {
  const { state, words, memory } = sheet;
  const one = (memory.thank ??= { id: "thank", draft: true, who: null, what: "" });
  const about = sheet.fields("thank", one);
  const thank = () => {
    if (!one.what.trim()) return sheet.focus("thank.what");
    sheet.send(
      { do: "thank", contact_id: one.who, what: one.what },
      {
        done: (answer) => {
          if (!answer.ok) return;
          Object.assign(memory, { thank: null, letter: answer });
          sheet.draw();
          sheet.focus("letter");
        },
      },
    );
  };
  return h(
    "div",
    { key: "thanks" },
    personPicker(about, "who", {
      label: words.thank_whom,
      hint: state.gave && sheet.say("gave_names", { names: state.gave }),
      fresh: true,
      onpick: (person) => {
        one.who = person?.id ?? null;
        sheet.draw();
        if (person) sheet.focus("thank.what");
      },
    }),
    one.who && [
      about.text("what", { label: words.thank_for, placeholder: words.thank_example }),
      h("p", { key: "do" }, sheet.button(words.thank_do, thank)),
    ],
    memory.letter &&
      h(
        "p",
        { class: "row", key: "letter" },
        h("span", {}, memory.letter.text),
        h(
          "a",
          { class: "button", href: memory.letter.href, "data-focus": "letter" },
          words.thank_read,
        ),
      ),
    state.review.thank_whom && fields.textArea("thank_whom", { label: words.thank_noted, rows: 1 }),
  );
}

export default defineSheet({ draw });
