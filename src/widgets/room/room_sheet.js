// What the sheets of a room share: why one is closed, who may read what, and what somebody wrote.

import { h } from "../base/sheet.js";

/** Draw a sheet while it is open to this person; else a sentence that says why not.
 * @param {(sheet: Sheet) => Kid} draw
 * @returns {(sheet: Sheet) => Kid}
 */
export function whileOpen(draw) {
  return (sheet) => {
    const { state, words } = sheet;
    if (state.closed) sheet.setStatus(); // what was saved before says nothing any more
    if (state.closed === "gone") sayGone();
    return [
      state.late && h("p", { class: "trouble", key: "late", role: "status" }, words.labels.late),
      state.closed
        ? h("p", { class: "empty", key: "closed" }, words.labels[state.closed])
        : draw(sheet),
    ];
  };
}

/** Tell the page that the room was deleted: there is nothing to come back to. */
export function sayGone() {
  window.dispatchEvent(new Event("enishi:gone"));
}

/** Say who reads what is written in a field: the group, those one talked with, or nobody else.
 * @param {Sheet} sheet
 * @param {"group" | "partners" | "only_you"} who
 * @param {Kid} label
 */
export function readBy(sheet, who, label) {
  const mark = h("span", { class: `reader ${who}` }, sheet.words.labels[who]);
  return [h("span", {}, label), " ", mark];
}

/** What somebody wrote: text, whose direction does not reach beyond it.
 * @param {string} text
 * @param {string} look
 */
export function said(text, look = "said") {
  return h("p", { class: look, dir: "auto" }, text);
}
