// My week: what the person wrote for these days, and below it a few suggestions.

import { askedLater } from "../parts/asked_later.js";
import { encouragement } from "../parts/encouragement.js";
import { explanation } from "../parts/explanation.js";
import { choosePause, paused } from "../parts/pause.js";
import { followLook } from "../parts/picture.js";
import { isRemembering, remembering } from "../parts/remembering.js";
import { drawPicture } from "../parts/week_picture.js";
import { defineSheet, format, h } from "../base/sheet.js";
import { drawColumns } from "./week_columns.js";
import { drawLine } from "./week_line.js";
import { drawPaper } from "./week_page.js";
import { drawBrief, drawDone, drawGroup } from "./week_rows.js";
import { drawHeld, drawMeasure, drawSuggestions } from "./week_suggestions.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  if (isRemembering(sheet)) return remembering(sheet);
  const empty = !state.groups.length && !state.waiting.length;
  const brief = Boolean(state.back) && !memory.all;
  const list = [
    h("p", { class: "hint", key: "span" }, state.span),
    state.back && drawNote(sheet, "back", { on: state.back }),
    state.hard &&
      drawNote(
        sheet,
        "hard",
        {},
        sheet.button(words.rest, () => rest(sheet, true)),
      ),
    encouragement(sheet),
    paused(sheet),
    state.resting &&
      drawNote(
        sheet,
        "resting",
        {},
        sheet.button(words.resting.end, () => rest(sheet, false)),
      ),
    !brief && !state.resting && drawColumns(sheet),
    !state.resting && drawLine(sheet),
    state.first && drawFirst(sheet),
    drawDone(sheet),
    state.off_today.map((reason) =>
      h(
        "div",
        { class: "example", key: "off_today" },
        h("p", {}, reason.why, " ", reason.act),
        explanation(sheet, "off_today", reason),
      ),
    ),
    empty && !state.resting && (state.nobody ? drawNobody(sheet) : drawNote(sheet, "empty", {})),
    brief ? drawBrief(sheet) : state.groups.map((group, at) => drawGroup(sheet, group, at)),
    !brief &&
      state.waiting.length > 0 &&
      drawGroup(
        sheet,
        {
          name: "waiting",
          title: words.groups.waiting,
          rows: state.waiting,
          more: state.more_waiting,
        },
        "waiting",
      ),
    !brief &&
      state.later.length > 0 &&
      sheet.details(
        "later",
        words.groups.later,
        drawGroup(sheet, { name: "later", rows: state.later, more: 0 }, "later"),
      ),
    askedLater(sheet),
    state.remembering_offer && remembering(sheet, { once: true }),
    drawSuggestions(sheet),
    drawFoot(sheet),
  ];
  return h(
    "div",
    { class: "home" },
    h("div", { class: "list tools", key: "list" }, list),
    state.thread.length > 0 &&
      h("aside", { class: "tools", key: "thread" }, drawThread(state, words)),
    drawPicture(sheet), // last, as it moves nothing when it comes
    memory.paper && h("div", { class: "paper", key: "paper" }, drawPaper(sheet)),
  );
}

/** The thread of the goal: each link in the person's own words, and the first that is missing.
 * @param {State} state
 * @param {Words} words
 */
function drawThread({ thread, whole }, words) {
  return h(
    "nav",
    { class: "thread", "aria-label": words.thread },
    h("h3", {}, words.thread),
    h(
      "ul",
      {},
      thread.map((/** @type {any} */ { name, title, text, on, href }) =>
        h(
          "li",
          { key: name },
          text && h("small", {}, title),
          h("a", { href }, text || format(words.thread_add, { title })),
          on && h("small", {}, on),
        ),
      ),
    ),
    thread.some((/** @type {any} */ { text }) => text) &&
      h("p", {}, h("a", { href: whole }, words.thread_whole)),
  );
}

/** The first ten minutes, while they are unfinished. @param {Sheet} sheet */
function drawFirst(sheet) {
  const { state, words } = sheet;
  return h(
    "p",
    { class: "row first", key: "first" },
    h("a", { href: state.first.href }, state.first.text),
    sheet.button("✕", () => sheet.send({ do: "leave_first" }), { name: words.first_leave }),
  );
}

/** @param {Sheet} sheet */
const rest = (sheet, on) =>
  sheet.send({ do: "rest", rest: on }, { done: () => sheet.focusQuestion() });

/** A short text, with a title and perhaps one act.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {Record<string, any>} facts
 * @param {Kid} act
 */
function drawNote(sheet, name, facts, act = null) {
  const { title, text } = sheet.words[name];
  return h(
    "div",
    { class: "empty", key: name },
    title && h("h3", {}, title),
    h("p", {}, format(text, facts)),
    sheet.state.own_line && [
      h("p", { class: "hint", key: "own" }, sheet.words.own_line),
      h("p", { key: "line" }, h("strong", {}, sheet.state.own_line)),
    ],
    act,
  );
}

/** Nobody is written yet: the way to a first word to somebody admired. @param {Sheet} sheet */
const drawNobody = (sheet) =>
  drawNote(
    sheet,
    "nobody",
    {},
    h("a", { class: "button", href: sheet.state.admire }, sheet.words.admire),
  );

/** Print and calendar, rest, and what the suggestions rest on. @param {Sheet} sheet */
function drawFoot(sheet) {
  const { state, words, memory } = sheet;
  const look = h("a", { class: "button", key: "look", href: "#review" }, words.look_back);
  const turn = () => {
    memory.paper = !memory.paper;
    sheet.draw();
    if (memory.paper) sheet.focus("paper");
  };
  return h(
    "div",
    { class: "folds", key: "foot" },
    h(
      "p",
      { class: "row" },
      state.friday && look,
      h(
        "button",
        { type: "button", "aria-expanded": String(Boolean(memory.paper)), onclick: turn },
        words.print,
      ),
      !state.resting && !state.hard && sheet.button(words.rest, () => rest(sheet, true)),
      !state.friday && look,
    ),
    state.widen && drawWidening(sheet),
    !state.pause.said && choosePause(sheet),
    drawMeasure(sheet),
    !state.nobody && drawHeld(sheet),
  );
}

/** How far to go out this week. @param {Sheet} sheet */
function drawWidening(sheet) {
  const { row, title, choices, hint } = sheet.state.widen;
  return sheet.details(
    "widen",
    title,
    sheet.fields("review", row).choose("widen", choices, {
      label: title,
      hideLabel: true,
      hint: hint || null,
      onpick: (choice) => sheet.send({ do: "widen", choice }),
    }),
  );
}

export default defineSheet({ draw, mounted: followLook });
