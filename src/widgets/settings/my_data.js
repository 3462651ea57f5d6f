// The person's own data: take it home as a file, put it back, or erase it.

import { downloadParts } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";
import { drawContactExport } from "../contacts/export.js";
import { typedWord } from "../parts/typed_word.js";
import { passphraseField, takePassphrase } from "./passphrase.js";
import { drawBack, drawChosen } from "./put_back.js";

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
      passphraseField(sheet, "seal", {
        label: words.passphrase,
        hint: words.passphrase_hint,
        autocomplete: "new-password",
        short: state.short,
      }),
      h(
        "p",
        {},
        sheet.button(words.take, () => takeHome(sheet, takePassphrase(sheet, "seal")), {
          main: true,
        }),
      ),
    ),
    sheet.details("contacts", state.export.texts.title, () => drawContactExport(sheet)),
    sheet.details("back", words.back_title, drawBack(sheet)),
    state.chosen && drawChosen(sheet, state.chosen),
    sheet.details("automatic", words.automatic_title, drawAutomatic(sheet)),
    state.notes.length > 0 && sheet.details("notes", words.notes_title, drawNotes(sheet)),
    sheet.details("erase", words.erase_title, drawErase(sheet)),
  ];
}

/** What was written in answer to questions that are no longer asked. @param {Sheet} sheet */
function drawNotes(sheet) {
  const { state, words } = sheet;
  return [
    h("p", { class: "hint" }, words.notes_lead),
    state.notes.map((group, at) =>
      h(
        "section",
        { key: `notes-${at}` },
        h("h4", {}, group.title ? sheet.say("notes_group", group) : group.kind),
        h(
          "dl",
          {},
          group.notes.map(({ about, label, text }) => [
            h("dt", {}, about && [about, h("br", {})], label),
            h("dd", {}, text),
          ]),
        ),
      ),
    ),
    state.more_notes > 0 && h("p", {}, sheet.say("notes_more", { count: state.more_notes })),
  ];
}

/** The backups that are made by themselves: where they are, those there, and the switch.
 * @param {Sheet} sheet
 */
function drawAutomatic(sheet) {
  const { state, words } = sheet;
  const { made, on, folder, backups } = state.automatic;
  if (made) return h("p", {}, words[made === "hosted" ? "automatic_hosted" : "automatic_server"]);
  return [
    h("p", {}, on ? words.automatic_lead : words.automatic_off),
    h("p", { class: "folder" }, sheet.say("automatic_folder", { folder })),
    h(
      "ul",
      { class: "backups", tabindex: -1, "data-focus": "automatic" },
      backups.length === 0 && h("li", { key: "none" }, words.automatic_none),
      backups.map(({ file, at }) =>
        h(
          "li",
          { key: file },
          sheet.button(
            sheet.say("automatic_look", { at }),
            () => sheet.send({ do: "open_backup", file }),
            { focus: file },
          ),
        ),
      ),
    ),
    h(
      "p",
      { class: "row" },
      sheet.button(
        on ? words.automatic_switch_off : words.automatic_switch_on,
        () => sheet.send({ do: "switch_backups", on: !on }),
        { focus: "switch" },
      ),
      " ",
      backups.length > 0 &&
        sheet.button(words.automatic_remove, () => sheet.send({ do: "remove_backups" }), {
          danger: true,
        }),
    ),
  ];
}

/** Take the book home; a passphrase seals the file.
 * @param {Sheet} sheet
 * @param {string} [passphrase]
 */
function takeHome(sheet, passphrase) {
  downloadParts(sheet, { do: "take_home" }, { first: passphrase ? { passphrase } : {} });
}

/** What is erased and what is not, and a word to type before it happens. @param {Sheet} sheet */
function drawErase(sheet) {
  const { state, words, memory } = sheet;
  const done = (answer) => {
    if (!answer.ok) return;
    memory.word = "";
    memory.erase = false;
    sheet.draw();
  };
  return [
    sheet.note(words.erase_lead),
    h(
      "p",
      { key: "holds" },
      state.holds ? sheet.say("erase_holds", { rows: state.holds }) : words.erase_holds_none,
    ),
    h("h4", {}, words.erase_stays),
    h("p", {}, words.backups),
    typedWord(sheet, { word: words.erase_word, act: words.erase }, (word) =>
      sheet.send({ do: "erase", word }, { done }),
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
    state.erased.cleaned > 0 && h("p", {}, sheet.say("cleaned", { count: state.erased.cleaned })),
    state.erased.upgraded > 0 &&
      h("p", {}, sheet.say("cleaned_upgraded", { count: state.erased.upgraded })),
    state.erased.copies && h("p", {}, sheet.say("copies", { files: state.erased.copies })),
    !state.erased.swept && h("p", {}, words.unswept),
    state.erased.server && h("p", {}, words.server),
  );
}

export default defineSheet({ draw });
