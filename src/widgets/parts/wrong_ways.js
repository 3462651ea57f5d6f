// Three wrong ways: the self-check, and one question about them in the month.

import { h } from "../base/sheet.js";

/** The three sentences, each with two answers that stay changeable. @param {Sheet} sheet */
export function selfCheck(sheet) {
  const { self_check: check } = sheet.state;
  return h(
    "section",
    { class: "self-check", key: "self_check" },
    h("h3", {}, check.title),
    h("p", { class: "hint" }, check.hint),
    check.each.map((/** @type {State} */ one) =>
      sheet.fields("setting", one.row).choose("answer", check.answers, {
        label: one.text,
        onpick: (answer) => sheet.send({ do: "answer_wrong_way", way: one.way, answer }),
      }),
    ),
  );
}

/** Has it happened again? One question in a month. @param {Sheet} sheet */
export function askedAgain(sheet) {
  const { asked_again: asked } = sheet.state;
  if (!asked) return null;
  return h(
    "section",
    { class: "card field", key: "asked_again" },
    h("p", { class: "example" }, asked.text),
    sheet.fields("setting", asked.row).choose("answer", asked.answers, {
      label: asked.ask,
      hint: asked.hint,
      onpick: (answer) => sheet.send({ do: "answer_again", way: asked.way, answer }),
    }),
    asked.then && h("p", { class: "hint", role: "status" }, asked.then),
  );
}

/** Lines that rest on the person's own answers. @param {string[]} lines */
export function reminders(lines) {
  return lines.map((line) => h("p", { class: "example", key: line }, line));
}
