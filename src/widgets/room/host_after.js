// Afterwards: what was shared, to take away or to print, and the end of the room.

import { saveFile } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";
import { forHost } from "./host.js";
import { typedWord } from "../parts/typed_word.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (state.deleted) return drawDeleted(sheet);
  const { promises } = state;
  const hasPromises = Object.values(promises).some((count) => count > 0);
  return [
    h(
      "section",
      { key: "take", class: "tools" },
      h("h3", {}, words.take_title),
      h("p", { class: "hint" }, words.take_hint),
      state.lines.length === 0 && h("p", { class: "empty" }, words.nothing),
      h(
        "p",
        { class: "row" },
        sheet.button(words.take, () => takeTable(sheet), { main: true }),
        sheet.button(words.print, () => window.print()),
      ),
    ),
    state.lines.length > 0 && drawPage(sheet),
    hasPromises && [
      h("h3", { class: "tools" }, words.promises),
      h("p", { class: "tools" }, sheet.say("promises_line", promises)),
    ],
    drawLastDay(sheet),
    h(
      "div",
      { class: "tools", key: "delete" },
      sheet.details("delete", words.delete_title, drawDelete(sheet)),
    ),
  ];
}

/** What was shared, as it is printed. @param {Sheet} sheet */
function drawPage(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "page wide", key: "page" },
    h("h3", { class: "title" }, state.stage.title),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          words.table.headings.map((text) => h("th", { scope: "col" }, text)),
        ),
      ),
      h(
        "tbody",
        {},
        state.lines.map(([kind, ...cells], at) =>
          h(
            "tr",
            { key: at },
            h("td", {}, words.table.kinds[kind]),
            cells.map((cell) => h("td", { dir: "auto" }, cell)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function takeTable(sheet) {
  /** @param {Answer} answer */
  const done = (answer) => answer.ok && saveFile(answer.file, `\ufeff${answer.table}`, "text/csv");
  sheet.send({ do: "take_table" }, { done });
}

/** @param {Sheet} sheet */
function drawLastDay(sheet) {
  const { state, words, memory } = sheet;
  const id = `${sheet.id}-day`;
  const day = memory.day ?? state.delete_on;
  const choose = () =>
    sheet.send(() => ({ do: "set_last_day", seen: sheet.state.stage.version, day: memory.day }), {
      done: (answer) => answer.ok && delete memory.day,
    });
  return h(
    "section",
    { key: "day", class: "tools" },
    h("h3", {}, words.keep_title),
    h(
      "p",
      {},
      state.delete_text ? sheet.say("day_set", { day: state.delete_text }) : words.day_none,
    ),
    state.people > 0 && h("p", {}, sheet.say("agreed", { n: state.agreed, m: state.people })),
    h(
      "div",
      { class: "row" },
      h(
        "div",
        { class: "field" },
        h("label", { for: id }, words.day),
        h("input", {
          id,
          type: "date",
          min: state.first,
          max: state.last,
          value: day,
          oninput: ({ target }) => {
            memory.day = target.value;
            sheet.draw();
          },
        }),
      ),
      sheet.button(words.set_day, choose, { disabled: !memory.day }),
    ),
  );
}

/** What is deleted, and a word to type before it happens. @param {Sheet} sheet */
function drawDelete(sheet) {
  const { words } = sheet;
  const texts = { word: words.delete_word, act: words.delete };
  return [
    h("p", {}, words.delete_lead),
    typedWord(sheet, texts, (word) => sheet.send({ do: "delete_now", word })),
  ];
}

/** @param {Sheet} sheet */
function drawDeleted(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "today", key: "deleted", tabindex: -1, "data-focus": "deleted" },
    h("h3", {}, words.deleted),
    h("p", {}, sheet.say("deleted_rows", state.deleted)),
    !state.deleted.swept && h("p", {}, words.unswept),
  );
}

export default defineSheet({ draw: forHost(draw) });
