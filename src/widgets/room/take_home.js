// Take home: tick what goes into one's own workbook; or print it; or go on with another device.

import { said, whileOpen } from "./room_sheet.js";
import { saveFile } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";

const CODE_MS = 5 * 60 * 1000; // for how long a code is good
const LISTS = ["partners", "promises", "promised_me", "given", "received"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const isEmpty = LISTS.every((name) => !state[name].length);
  return [
    isEmpty && h("p", { class: "empty", key: "nothing" }, words.nothing),
    !isEmpty && [
      h(
        "div",
        { class: "page", key: "page" },
        h(
          "h3",
          { class: "title" },
          sheet.say("printed_title", { title: state.title, name: state.name }),
        ),
        h("p", { class: "hint" }, state.day),
        LISTS.map((name) => drawList(sheet, name)),
      ),
      h(
        "div",
        { class: "tools", key: "tools" },
        h("p", { class: "hint" }, words.put_hint),
        h(
          "div",
          { class: "row" },
          sheet.button(words.put, () => put(sheet), { main: true }),
          sheet.button(words.print, () => window.print()),
          h("a", { class: "button", href: state.workbook }, words.workbook),
        ),
        h("p", { class: "hint" }, words.file_hint),
        h(
          "div",
          { class: "row" },
          sheet.button(words.file, () => takeFile(sheet)),
        ),
      ),
    ],
    h("div", { class: "tools", key: "device" }, drawDevice(sheet)),
    (state.ends || sheet.memory.address) &&
      h("div", { class: "tools", key: "ends" }, drawEnd(sheet)),
  ];
}

/** When one's own book goes, and how to keep it. @param {Sheet} sheet */
function drawEnd(sheet) {
  const { memory, state, words } = sheet;
  if (memory.address)
    return [
      h("h3", { key: "own" }, words.own),
      h("p", { key: "once" }, words.kept_once),
      h("p", { class: "mono", key: "address" }, memory.address),
    ];
  const keep = () =>
    sheet.send(
      { do: "keep" },
      {
        done: (answer) => {
          if (answer.ok) memory.address = answer.address;
          sheet.draw();
        },
      },
    );
  return [
    h("h3", { key: "own" }, words.own),
    h("p", { key: "day" }, sheet.say("goes", { day: state.ends.day })),
    !state.ends.can_stay && h("p", { key: "only" }, words.only_file),
    h(
      "div",
      { class: "row", key: "row" },
      state.ends.can_stay && sheet.button(words.keep, keep),
      h("a", { class: "button", href: state.ends.data }, words.as_file),
    ),
  ];
}

/** @param {Sheet} sheet */
function drawList(sheet, name) {
  const { state, words } = sheet;
  const found = state[name];
  if (!found.length) return null;
  return h(
    "section",
    { key: name },
    h("h4", {}, words[name]),
    h(
      "ul",
      {},
      found.map((row) => drawRow(sheet, name, row)),
    ),
  );
}

/** @param {Sheet} sheet */
function drawRow(sheet, name, row) {
  const { words, memory } = sheet;
  const ticked = (memory.ticked ??= {});
  const toward = { given: "to", promises: "to", received: "from", promised_me: "from" }[name];
  const who = toward && row.who ? sheet.say(toward, { name: row.who }) : row.who;
  return h(
    "li",
    { class: "taken", key: row.id },
    h(
      "label",
      { class: "option tick" },
      h("input", {
        type: "checkbox",
        checked: row.is_in || isTicked(sheet, row),
        disabled: row.is_in,
        onchange: ({ target }) => {
          ticked[row.id] = target.checked;
          sheet.draw();
        },
      }),
      h(
        "span",
        {},
        h("strong", {}, who),
        row.is_in && [" ", h("span", { class: "tag" }, words.is_in)],
      ),
    ),
    row.means && said(sheet.say("reach", { means: row.means })),
    (row.words || row.kind) && said([row.kind, row.words].filter(Boolean).join(" – ")),
    row.due && h("p", { class: "hint" }, sheet.say("due", { day: row.due })),
    name === "promises" &&
      sheet.fields("room_promise", row).choose("state", words.states, { hideLabel: true }),
    name === "promised_me" && h("p", { class: "hint" }, words.states[row.state]),
  );
}

const isTicked = (sheet, row) => sheet.memory.ticked?.[row.id] ?? true;

/** The ids of what is ticked or in the workbook, each once; for none a sentence is shown.
 * @param {Sheet} sheet
 */
function tickedIds(sheet) {
  const rows = LISTS.flatMap((name) => sheet.state[name]);
  const ids = rows.filter((row) => row.is_in || isTicked(sheet, row)).map((row) => row.id);
  if (!ids.length) sheet.setStatus(sheet.words.put_empty, true);
  return [...new Set(ids)];
}

/** @param {Sheet} sheet */
function put(sheet) {
  const ids = tickedIds(sheet);
  if (ids.length) sheet.send({ do: "put", ids });
}

/** Save what is ticked as a file. @param {Sheet} sheet */
function takeFile(sheet) {
  const ids = tickedIds(sheet);
  if (!ids.length) return;
  const done = (answer) => {
    if (answer.ok && answer.content) saveFile(answer.file, answer.content, "application/json");
  };
  sheet.send({ do: "take_file", ids }, { done });
}

/** A code for another device: shown as long as it is good. @param {Sheet} sheet */
function drawDevice(sheet) {
  const { words, memory } = sheet;
  const show = () => {
    const done = (answer) => {
      if (!answer.ok) return;
      clearTimeout(memory.codeTimer);
      memory.code = answer.code;
      memory.codeTimer = setTimeout(() => {
        memory.code = "";
        sheet.draw();
      }, CODE_MS);
      sheet.draw();
    };
    sheet.send({ do: "make_code" }, { done });
  };
  return sheet.details(
    "device",
    words.device,
    h("p", { class: "hint" }, words.device_hint),
    memory.code && h("p", { class: "code", role: "status" }, sheet.say("code", memory)),
    sheet.button(words.make_code, show),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
