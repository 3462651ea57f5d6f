// The word of choice, with a live preview of what it changes; and the language.

import { h, paper } from "../base/sheet.js";

function draw(sheet) {
  const { state, words } = sheet;
  const choices = Object.entries(words.choices).map(([word, { text, note }]) => [word, text, note]);
  return [
    sheet.choose("setting", state.chosen, "word", choices, {
      onpick: (word) => sheet.send({ do: "call", word }),
    }),
    h(
      "div",
      { class: "example", "aria-live": "polite" },
      h("p", {}, h("strong", {}, words.example_title)),
      sheet.note(words.examples),
    ),
    sheet.choose("setting", state.chosen, "language", state.languages, {
      onpick: (language) => sheet.send({ do: "speak", language }),
    }),
  ];
}

export default paper({ draw });
