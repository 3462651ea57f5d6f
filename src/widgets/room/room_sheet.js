// What the sheets of a participant share: who may read what, and what stands above each of them.

import { h } from "../base/sheet.js";

/** Draw a sheet for whoever has a seat; else a sentence.
 * @param {(sheet: Sheet) => Kid} draw
 * @returns {(sheet: Sheet) => Kid}
 */
export function forSeat(draw) {
  return (sheet) => {
    const { state, words } = sheet;
    if (state.closed) sheet.setStatus(); // what was saved before says nothing any more
    return [
      state.late && h("p", { class: "late", key: "late", role: "status" }, words.labels.late),
      state.closed
        ? h("p", { class: "empty", key: "closed" }, words.labels[state.closed])
        : h("div", { key: "open" }, draw(sheet)),
    ];
  };
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
