// An author's own question, and a field for the answer, which saves itself.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function drawAsk(sheet) {
  const { state, words } = sheet;
  if (!state.answer) return null;
  const options = { label: words.label, hint: words.hint, placeholder: words.example };
  const field = sheet.fields("own_answer", state.answer);
  return h(
    "div",
    { key: "answer" },
    state.rows > 1
      ? field.textArea("words", { ...options, rows: state.rows })
      : field.text("words", options),
  );
}

export default defineSheet({ draw: drawAsk });
