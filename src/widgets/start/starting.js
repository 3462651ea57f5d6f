// The starting point, and what it changes.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { start } = state.goal;
  const starts = Object.entries(words.starts).map(([name, { text, note }]) => [name, text, note]);
  return [
    sheet.fields("goal", state.goal).choose("start", starts, { hideLabel: true }),
    start
      ? drawExample(words, words.examples[start])
      : h("p", { class: "empty", key: "none" }, words.none),
  ];
}

function drawExample(words, example) {
  const parts = ["wish", "who", "where", "gift"];
  return h(
    "div",
    { class: "card", key: "example", "aria-live": "polite" },
    h("h3", {}, words.first_title),
    h("p", {}, example.first),
    h(
      "dl",
      { class: "terms" },
      parts.map((part) => [
        h("dt", { key: `t-${part}` }, words[`${part}_title`]),
        h("dd", { key: `d-${part}` }, example[part]),
      ]),
    ),
  );
}

export default defineSheet({ draw });
