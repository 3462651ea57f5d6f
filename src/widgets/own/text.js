// An author's own text: its pieces arrive as plain values, and text in them stays text.

import { defineSheet, h } from "../base/sheet.js";

/** Describe a piece, `[tag, attributes, ...pieces]`, or a text.
 * @param {any} piece
 * @returns {Kid}
 */
function drawPiece(piece) {
  if (typeof piece === "string") return piece;
  const [tag, attributes, ...inside] = piece;
  return h(tag, attributes, inside.map(drawPiece));
}

/** @param {Sheet} sheet */
const drawText = ({ state }) =>
  h(
    "section",
    { class: "enishi sheet own-text", key: "text" },
    h("div", { class: "inner" }, (state.pieces ?? []).map(drawPiece)),
  );

export default defineSheet({ draw: drawText });
