// A copy of the book put back: choose the file, see what it would do, and decide.

import { h } from "../base/sheet.js";
import { passphraseField, takePassphrase } from "./passphrase.js";

/**
 * @typedef {{label: string, here: string, there: string}} Column a column that differs
 * @typedef {{key: string, title: string, kind: string, fields: Column[]}} Differing a row
 */

const PART_BYTES = 1 << 20; // of a file that is put back, a message; a page may not send too fast

/** The file to choose. @param {Sheet} sheet */
export function drawBack(sheet) {
  const { words } = sheet;
  const id = `${sheet.id}-back`;
  return h(
    "div",
    { class: "field", key: "back" },
    h("label", { for: id }, words.back),
    h("p", { class: "hint", id: `${id}-hint` }, words.back_hint),
    h("input", {
      id,
      type: "file",
      accept: ".zip,.enishi,.json,application/zip,application/json",
      "aria-describedby": `${id}-hint`,
      "data-focus": "back",
      onchange: (event) => receive(sheet, event.target),
    }),
  );
}

/** Send a chosen file, part by part, and then have it read. @param {Sheet} sheet */
async function receive(sheet, input) {
  const [file] = input.files;
  if (!file) return;
  input.value = ""; // so that the same file can be chosen once more
  if (file.size > sheet.state.most_bytes) return sheet.setStatus(sheet.words.back_large, true);
  const bytes = await file.arrayBuffer();
  sheet.setStatus(sheet.words.back_reading);
  forgetChoice(sheet);
  const name = file.name.slice(-200);
  const sendFrom = (part) => {
    const start = part * PART_BYTES;
    if (start >= bytes.byteLength && part) return sheet.send({ do: "open_copy", name });
    const size = Math.min(PART_BYTES, bytes.byteLength - start);
    const buffers = [new DataView(bytes, start, size)];
    const done = (answer) => answer.ok && sendFrom(part + 1);
    sheet.send({ do: "receive", part }, { buffers, done });
  };
  sendFrom(0);
}

/** Forget which rows were taken from an earlier file. @param {Sheet} sheet */
function forgetChoice(sheet) {
  sheet.memory.taken = [];
  sheet.memory.takeAll = null;
}

/** What is chosen: a sealed file that waits for its passphrase, or what it would do.
 * @param {Sheet} sheet
 * @param {Row} chosen
 */
export function drawChosen(sheet, chosen) {
  const { words } = sheet;
  const close = sheet.button(sheet.common.close, () => sheet.send({ do: "close_copy" }));
  if (chosen.sealed) {
    return h(
      "form",
      {
        class: "today",
        key: "sealed",
        onsubmit: (event) => {
          event.preventDefault();
          const passphrase = takePassphrase(sheet, "passphrase");
          const done = (answer) => answer.ok || sheet.focus("passphrase");
          sheet.send({ do: "open_copy", name: chosen.name, passphrase }, { done });
        },
      },
      h("h4", {}, chosen.name),
      passphraseField(sheet, "passphrase", {
        label: words.passphrase_of_file,
        hint: words.passphrase_of_file_hint,
        autocomplete: "current-password",
      }),
      h(
        "p",
        { class: "row" },
        h("button", { type: "submit", class: "main" }, words.passphrase_open),
        " ",
        close,
      ),
    );
  }
  return h(
    "div",
    { class: "today", key: "chosen", tabindex: -1, "data-focus": "chosen" },
    h("h4", {}, sheet.say("back_file", { name: chosen.name })),
    h(
      "ul",
      { class: "effects" },
      h(
        "li",
        {},
        chosen.added ? sheet.say("back_added", { rows: chosen.added }) : words.back_added_none,
      ),
      chosen.same > 0 && h("li", {}, sheet.say("back_same", { count: chosen.same })),
      chosen.staying && h("li", {}, sheet.say("back_staying", { rows: chosen.staying })),
      chosen.namesakes &&
        h(
          "li",
          {},
          sheet.say(chosen.more_namesakes ? "back_namesakes_more" : "back_namesakes", {
            names: chosen.namesakes,
            more: chosen.more_namesakes,
          }),
        ),
    ),
    chosen.differing.length > 0 && drawDifferences(sheet, chosen),
    h(
      "p",
      { class: "row" },
      (chosen.added || chosen.differing.length > 0) &&
        sheet.button(words.back_do, () => putBack(sheet, chosen), { main: true }),
      " ",
      close,
    ),
  );
}

/** Write what is shown into the book. @param {Sheet} sheet @param {Row} chosen */
function putBack(sheet, chosen) {
  const take_all = takesAll(sheet, chosen);
  const take = take_all ? [] : (sheet.memory.taken ?? []);
  const done = (answer) => answer.ok && forgetChoice(sheet);
  sheet.send({ do: "put_back", take, take_all }, { done });
}

/** Whether all rows that differ are taken: in an empty book, unless the person says no.
 * @param {Sheet} sheet
 * @param {Row} chosen
 */
function takesAll(sheet, chosen) {
  return sheet.memory.takeAll ?? chosen.empty;
}

/** The rows in which both differ; a tick takes that of the file.
 * @param {Sheet} sheet
 * @param {Row} chosen
 */
function drawDifferences(sheet, chosen) {
  const { words, memory } = sheet;
  /** @type {Differing[]} */
  const differing = chosen.differing;
  const all = takesAll(sheet, chosen);
  /** @type {string[]} */
  const taken = memory.taken ?? [];
  return h(
    "fieldset",
    { class: "choose", key: "differing" },
    h("legend", {}, sheet.say("back_differing", { count: differing.length + chosen.more })),
    h("p", { class: "hint" }, words.back_differing_hint),
    h(
      "label",
      { class: "option tick", key: "all" },
      h("input", {
        type: "checkbox",
        checked: all,
        onchange: ({ target }) => {
          memory.takeAll = target.checked;
          sheet.draw();
        },
      }),
      h("span", {}, words.back_take_all),
    ),
    h(
      "ul",
      { class: "differing" },
      differing.map(({ key, title, kind, fields }) =>
        h(
          "li",
          { key },
          h(
            "label",
            { class: "option tick" },
            h("input", {
              type: "checkbox",
              checked: all || taken.includes(key),
              disabled: all,
              onchange: ({ target }) => {
                const others = taken.filter((each) => each !== key);
                memory.taken = target.checked ? [...others, key] : others;
                sheet.draw();
              },
            }),
            h("span", {}, sheet.say("back_take_one", { title, kind })),
          ),
          h(
            "dl",
            {},
            fields.map(({ label, here, there }) => [
              h("dt", {}, label),
              h("dd", {}, sheet.say("back_here", { value: here || words.back_nothing })),
              h("dd", {}, sheet.say("back_there", { value: there || words.back_nothing })),
            ]),
          ),
        ),
      ),
    ),
    chosen.more > 0 && h("p", {}, sheet.say("back_more", { count: chosen.more })),
  );
}
