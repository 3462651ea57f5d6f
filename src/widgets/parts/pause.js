// A pause until a day: nothing is suggested meanwhile. `state.pause` has it.

import { h } from "../base/sheet.js";

/** What is said during a pause, and the way to end it. @param {Sheet} sheet */
export function paused(sheet) {
  const { row, said, words } = sheet.state.pause;
  if (!said) return null;
  const end = () => sheet.write("setting", row, { value: "" }, () => sheet.focusQuestion());
  return h(
    "div",
    { class: "empty", key: "paused" },
    h("p", {}, said),
    sheet.button(words.end, end),
  );
}

/** The choice of a day, folded. @param {Sheet} sheet */
export function choosePause(sheet) {
  const { row, words } = sheet.state.pause;
  return sheet.details(
    "pause",
    words.title,
    sheet.fields("setting", row).dateField("value", { label: words.day, hint: words.hint }),
  );
}
