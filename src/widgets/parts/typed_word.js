// A form that removes something for good: a word has to be typed first. It is in `memory.word`.

import { h } from "../base/sheet.js";

/** @param {Sheet} sheet
 * @param {{word: string, act: string}} texts the word to type, and what the button says
 * @param {(word: string) => void} remove called with what was typed
 */
export function typedWord(sheet, { word, act }, remove) {
  const { memory } = sheet;
  const id = `${sheet.id}-word`;
  const typed = memory.word ?? "";
  return h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        remove(typed);
      },
    },
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, sheet.say("type_word", { word })),
      h("input", {
        id,
        type: "text",
        autocomplete: "off",
        autocapitalize: "none",
        value: typed,
        oninput: ({ target }) => {
          memory.word = target.value;
          sheet.draw();
        },
      }),
    ),
    h("button", { type: "submit", class: "danger", disabled: !typed.trim() }, act),
  );
}
