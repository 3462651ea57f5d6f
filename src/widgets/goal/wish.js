// The wish: who the person wants to become, by when, and how they will notice it.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const goal = state.goal;
  const example = words.examples[goal.start || "any"];
  const fields = sheet.fields("goal", goal);
  return [
    state.others.map((other) => drawOther(sheet, other)),
    fields.textArea("wish", { hint: words.wish_hint, placeholder: example.wish }),
    h("div", { "aria-live": "polite", key: "asks" }, state.asks.length > 0 && drawAsks(sheet)),
    sheet.details(
      "examples",
      words.examples_title,
      h(
        "dl",
        { class: "terms" },
        ["before", "after", "why"].map((part) => [
          h("dt", { key: `t-${part}` }, words[part]),
          h("dd", { key: `d-${part}` }, example[part]),
        ]),
      ),
    ),
    h("div", { class: "pair" }, fields.dateField("by"), fields.choose("area", words.areas, {})),
    fields.text("proof", { hint: words.proof_hint, placeholder: example.proof }),
    fields.textArea("outcome", { rows: 2 }),
  ];
}

/** Another goal, begun in another window: the person chooses which of the two to keep.
 * @param {Sheet} sheet
 */
function drawOther(sheet, other) {
  const {
    state: { goal },
    words,
  } = sheet;
  const said = ["wish", "by", "proof", "outcome", "obstacle", "rung_words"].map(
    (column) => other[column],
  );
  const keep = (id) => () => sheet.send({ do: "keep", id });
  return h(
    "div",
    { class: "card field", key: `other-${other.id}` },
    h("h3", {}, words.other_title),
    h("p", { class: "hint" }, words.other_hint),
    said.filter(Boolean).map((text, at) => h("p", { key: `said-${at}` }, text)),
    h(
      "div",
      { class: "row" },
      sheet.button(words.other_take, keep(other.id)),
      sheet.button(words.other_leave, keep(goal.id)),
    ),
  );
}

/** The issues found in the wish: each question quotes the passage it refers to.
 * @param {Sheet} sheet
 */
function drawAsks(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "card asks" },
    h("h3", {}, words.asks_title),
    h(
      "ul",
      {},
      state.asks.map(({ rule, quote, name, why, act }) =>
        h(
          "li",
          { key: rule },
          h("p", {}, h("q", {}, quote), h("strong", {}, name)),
          h("p", {}, why),
          h("p", {}, act),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw });
