// The person's own data: take it home as a file, or erase it.

import { saveFile } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    state.erased && drawErased(sheet),
    h(
      "section",
      { key: "take" },
      h("h3", {}, words.take_title),
      h("p", {}, words.take_hint),
      h(
        "p",
        {},
        sheet.button(words.take, () => takePart(sheet, ""), { main: true }),
      ),
    ),
    sheet.details("erase", words.erase_title, drawErase(sheet)),
  ];
}

/** Ask for the file, part by part, and save it when it is whole.
 * @param {Sheet} sheet
 * @param {string} before
 * @param {number} part
 */
function takePart(sheet, before, part = 0) {
  const done = (answer) => {
    if (!answer.ok) return;
    const text = before + answer.copy;
    if (answer.last) saveFile(answer.file, text, "application/json");
    else takePart(sheet, text, part + 1);
  };
  sheet.send({ do: "take_home", part }, { done });
}

/** What is erased and what is not, and a word to type before it happens. @param {Sheet} sheet */
function drawErase(sheet) {
  const { state, words, memory } = sheet;
  const id = `${sheet.id}-word`;
  const word = memory.word ?? "";
  const erase = (event) => {
    event.preventDefault();
    const done = (answer) => {
      if (!answer.ok) return;
      memory.word = "";
      memory.erase = false;
      sheet.draw();
    };
    sheet.send({ do: "erase", word }, { done });
  };
  return [
    sheet.note(words.erase_lead),
    state.copies && h("p", {}, sheet.say("copies", { files: state.copies })),
    h("p", {}, words.backups),
    h(
      "form",
      { onsubmit: erase },
      h(
        "div",
        { class: "field" },
        h("label", { for: id }, sheet.say("type_word", { word: words.erase_word })),
        h("input", {
          id,
          type: "text",
          autocomplete: "off",
          autocapitalize: "none",
          value: word,
          oninput: (event) => {
            memory.word = event.target.value;
            sheet.draw();
          },
        }),
      ),
      h("button", { type: "submit", class: "danger", disabled: !word.trim() }, words.erase),
    ),
  ];
}

/** What was erased, and what may be left of it. @param {Sheet} sheet */
function drawErased(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "today gone", key: "erased", tabindex: -1, "data-focus": "erased" },
    h("h3", {}, words.erased),
    h("p", {}, words.erased_next),
    state.copies && h("p", {}, sheet.say("copies", { files: state.copies })),
    !state.erased.swept && h("p", {}, words.unswept),
    state.erased.server && h("p", {}, words.server),
  );
}

export default defineSheet({ draw });
