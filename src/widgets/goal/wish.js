// The wish: who the person wants to become, by when, how they notice it; and earlier wishes.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const goal = state.goal;
  const example = words.examples[goal.start] ?? words.examples.any;
  const fields = sheet.fields("goal", goal);
  return [
    state.others.map((other) => drawOther(sheet, other)),
    !goal.version && state.earlier.length > 0 && h("p", { key: "between" }, words.between),
    fields.textArea("wish", { hint: words.wish_hint, placeholder: example.wish }),
    h("div", { "aria-live": "polite", key: "missing" }, state.missing && drawMissing(sheet)),
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
    goal.wish && fields.choose("area", words.areas),
    fields.dateField("by"),
    fields.text("proof", { hint: words.proof_hint, placeholder: example.proof }),
    sheet.details(
      "outcome",
      words.outcome_title,
      fields.textArea("outcome", { hint: words.outcome_hint, rows: 2 }),
    ),
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
  const said = ["wish", "by", "proof", "outcome", "obstacle"].map((column) => other[column]);
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

/** What is missing in the wish: one question, after the words that leave it open.
 * @param {Sheet} sheet
 */
function drawMissing(sheet) {
  const { state, words } = sheet;
  const { quote, why, act } = state.missing;
  return h(
    "div",
    { class: "card missing" },
    h("h3", {}, words.missing_title),
    // where the field below asks, its question is the only one
    h("p", {}, quote && h("q", {}, quote), state.whom ? why : act),
    state.whom && drawWhom(sheet),
    sheet.button(words.leave, () => sheet.send({ do: "leave_as_it_is" })),
  );
}

/** Whom one would ask first: the first kind of person to meet. @param {Sheet} sheet */
function drawWhom(sheet) {
  const { words, memory } = sheet;
  const kind = (memory.kind ??= { id: "kind", draft: true, does: "" });
  const enter = (event) => {
    event.preventDefault();
    if (!kind.does.trim()) return sheet.focus("kind.does");
    sheet.send(
      { do: "begin_kind", does: kind.does.trim() },
      {
        done: ({ ok }) => {
          if (!ok) return;
          memory.kind = null;
          sheet.draw();
          sheet.focusQuestion();
        },
      },
    );
  };
  return h(
    "form",
    { key: "whom", class: "whom", novalidate: true, onsubmit: enter },
    sheet.fields("kind", kind).text("does", {
      label: words.whom,
      hint: words.whom_hint,
      placeholder: words.whom_example,
    }),
    h("button", { type: "submit" }, words.whom_enter),
  );
}

export default defineSheet({ draw });
