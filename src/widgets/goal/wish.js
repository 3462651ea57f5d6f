// The wish: who the person wants to become, by when, and how they will notice it.

import { h, paper } from "../base/sheet.js";

function draw(sheet) {
  const { state, words } = sheet;
  const goal = state.goal;
  const example = words.examples[goal.start || "any"];
  return [
    state.others.map((other) => drawOther(sheet, other)),
    sheet.lines("goal", goal, "wish", { hint: words.wish_hint, placeholder: example.wish }),
    h("div", { "aria-live": "polite", key: "asks" }, state.asks.length > 0 && drawAsks(sheet)),
    sheet.fold(
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
    h(
      "div",
      { class: "pair" },
      sheet.day("goal", goal, "by"),
      sheet.choose("goal", goal, "area", Object.entries(words.areas), {}),
    ),
    sheet.text("goal", goal, "proof", { hint: words.proof_hint, placeholder: example.proof }),
    sheet.lines("goal", goal, "outcome", { rows: 2 }),
  ];
}

/** Another goal, begun in another window: the person chooses which of the two to keep. */
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

/** The issues found in the wish: each question quotes the passage it refers to. */
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

export default paper({ draw });
