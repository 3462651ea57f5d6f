// Promises: the open ones of mine and of others to me.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    drawSide(sheet, "mine"),
    drawSide(sheet, "theirs"),
    !state.mine.length && !state.theirs.length && h("p", { class: "example" }, words.example),
  ];
}

/** @param {Sheet} sheet */
function drawSide(sheet, side) {
  const { state, words } = sheet;
  const late = state[side].some((promise) => promise.late);
  return h(
    "section",
    { key: side, class: "promises" },
    h("h3", {}, words[side]),
    !state[side].length && h("p", { class: "empty" }, words[`none_${side}`]),
    late && h("p", { class: "hint" }, words[`late_${side}`]),
    h(
      "ul",
      { class: "cards" },
      state[side].map((promise) => drawPromise(sheet, promise, side)),
    ),
    state.more[side] > 0 &&
      h("p", { class: "hint" }, sheet.say("more_lines", { n: state.more[side] })),
  );
}

/** @param {Sheet} sheet */
function drawPromise(sheet, promise, side) {
  const { words } = sheet;
  const on = () => sheet.focusQuestion();
  const named = (act) => ({ name: sheet.say("act_name", { act, ...promise }) });
  const settle = (state, text) =>
    sheet.button(
      text,
      () => sheet.send({ do: "settle", id: promise.id, state }, { done: on }),
      named(text),
    );
  return h(
    "li",
    { class: "card", key: promise.id },
    h("p", { class: "words" }, promise.words),
    h(
      "p",
      { class: "hint" },
      promise.name,
      " · ",
      promise.day,
      promise.off && ` · ${promise.off}`,
      !promise.due && ` ${words.unnamed}`,
    ),
    h(
      "div",
      { class: "row" },
      settle("kept", words[`kept_${side}`]),
      sheet.button(
        words.later,
        () => sheet.send({ do: "later", id: promise.id }),
        named(words.later),
      ),
      settle("let_go", words.let_go),
      sheet.fields("promise", promise).dateField("due", {
        label: h("span", {}, words.due, h("span", { class: "unseen" }, ` ${promise.words}`)),
      }),
    ),
  );
}

export default defineSheet({ draw });
