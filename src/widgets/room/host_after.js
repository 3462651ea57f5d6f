// Afterwards: what was shared, to take away or to print, and the end of the room.

import { saveFile } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";
import { sayGone, whileOpen } from "./room_sheet.js";
import { typedWord } from "../parts/typed_word.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (state.deletion) return drawDeletion(sheet);
  const { promises } = state;
  const hasPromises = Object.values(promises).some((count) => count > 0);
  return [
    h(
      "section",
      { key: "take", class: "tools" },
      h("h3", {}, words.take_title),
      h("p", { class: "hint" }, words.take_hint),
      state.lines.length === 0 && h("p", { class: "empty" }, words.nothing),
      state.lines.length > 0 &&
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
      state.followed.map((count) =>
        h("p", { class: "tools", key: count.days }, sheet.say("followed", count)),
      ),
      state.next_count &&
        h("p", { class: "tools hint" }, sheet.say("next_count", { day: state.next_count })),
    ],
    drawLastDay(sheet),
    state.stage.state === "over" && drawAnother(sheet),
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
    h("p", {}, words.delete_lead, " ", sheet.state.hosting.goes),
    typedWord(sheet, texts, (word) => sheet.send({ do: "delete_now", word })),
  ];
}

/** The way to the next group. @param {Sheet} sheet */
function drawAnother(sheet) {
  const { state, words } = sheet;
  const { another } = state.hosting;
  return (
    another && h("p", { class: "tools" }, h("a", { class: "button", href: another }, words.another))
  );
}

/** How far the deletion is. @param {Sheet} sheet */
function drawDeletion(sheet) {
  const { state, words } = sheet;
  const isDone = state.deletion === "done";
  if (isDone) sayGone();
  return h(
    "div",
    { class: "today", key: "deletion", tabindex: -1, "data-focus": "deletion", role: "status" },
    h("h3", {}, isDone ? words.deleted : words.deleting),
    isDone && h("p", {}, words.deleted_all),
    isDone && state.hosting.goes && h("p", {}, state.hosting.goes),
    isDone && drawAnother(sheet),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
