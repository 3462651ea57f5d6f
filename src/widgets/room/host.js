// What the sheets of whoever leads share: what stands above each, and why one is closed.

import { h } from "../base/sheet.js";

/** Draw a sheet for whoever leads; else a sentence.
 * @param {(sheet: Sheet) => Kid} draw
 * @returns {(sheet: Sheet) => Kid}
 */
export function forHost(draw) {
  return (sheet) => {
    const { state, words } = sheet;
    if (state.closed) sheet.setStatus(); // what was saved before says nothing any more
    return [
      state.late && h("p", { class: "trouble", key: "late", role: "alert" }, words.labels.late),
      state.closed
        ? h("p", { class: "empty", key: "closed" }, words.labels[state.closed])
        : draw(sheet),
    ];
  };
}
