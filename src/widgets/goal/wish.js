// The wish: who the person wants to become, by when, how they notice it; and earlier wishes.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const goal = state.goal;
  const example = words.examples[goal.start || "any"];
  const fields = sheet.fields("goal", goal);
  return [
    state.others.map((other) => drawOther(sheet, other)),
    !goal.version && state.earlier.length > 0 && h("p", { key: "between" }, words.between),
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
    goal.wish && drawClose(sheet, fields),
    state.earlier.length > 0 &&
      sheet.details(
        "earlier",
        words.earlier_title,
        h(
          "ul",
          { class: "cards" },
          state.earlier.map((earlier) => drawEarlier(sheet, earlier)),
        ),
      ),
  ];
}

/** Close the goal with a sentence of one's own.
 * @param {Sheet} sheet
 * @param {RowFields} fields
 */
function drawClose(sheet, fields) {
  const { words } = sheet;
  return sheet.details(
    "close",
    words.close_title,
    h("p", { class: "hint" }, words.close_hint),
    fields.textArea("closing", { rows: 2, placeholder: words.closing_hint }),
    sheet.button(words.close, () => {
      sheet.saveAll();
      sheet.send({ do: "close_open_goal" }, { done: ({ ok }) => ok && closeFold(sheet) });
    }),
  );
}

/** Fold the question away: it would stand open below the next goal. @param {Sheet} sheet */
function closeFold(sheet) {
  sheet.memory.close = false;
  sheet.draw();
}

/** An earlier goal, with all that belongs to it.
 * @param {Sheet} sheet
 */
function drawEarlier(sheet, { id, wish, closing, on, parts }) {
  const { state, words } = sheet;
  const reopen = state.goal.version ? words.reopen_instead : words.reopen;
  return h(
    "li",
    { class: "card earlier", key: id },
    on && h("p", { class: "hint" }, sheet.say("closed_on", { on })),
    h("h3", {}, wish),
    closing && h("p", { class: "closing" }, closing),
    h(
      "dl",
      { class: "terms" },
      parts.map(([name, text], at) => [
        parts[at - 1]?.[0] !== name && h("dt", { key: `t-${at}` }, words.earlier_parts[name]),
        h("dd", { key: `d-${at}` }, text),
      ]),
    ),
    sheet.button(reopen, () => sheet.send({ do: "reopen", id }), { name: `${reopen}: ${wish}` }),
  );
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
