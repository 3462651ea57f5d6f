// The word of choice, with a live preview of what it changes; and the language.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const choices = Object.entries(words.choices).map(([word, { text, note }]) => [word, text, note]);
  const fields = sheet.fields("setting", state.chosen);
  return [
    fields.choose("word", choices, {
      onpick: (word) => sheet.send({ do: "call", word }),
    }),
    h(
      "div",
      { class: "example", "aria-live": "polite" },
      h("p", {}, h("strong", {}, words.example_title)),
      sheet.note(words.examples),
    ),
    fields.choose("language", state.languages, {
      onpick: (language) => sheet.send({ do: "speak", language }),
    }),
  ];
}

export default defineSheet({ draw });
