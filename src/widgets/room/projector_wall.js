// The wall: what everybody in the room may see at once, in large letters. Nothing scrolls: what
// does not fit comes on the next page, which turns by itself.

import { defineSheet, h } from "../base/sheet.js";
import { joinCorner } from "./host_join.js";
import { clockText, keepTime, timeLeft } from "./host_time.js";
import { sayGone } from "./room_sheet.js";

const PAGE_MS = 12_000;
const MOST_LINES = 4; // names of a party that stand below each other

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (state.closed) sayGone();
  if (state.closed)
    return h(
      "div",
      { class: "enishi wall", key: "closed" },
      h("header", {}, h("h1", {}, words.gone), h("p", {}, words.gone_all)),
    );
  const { stage, phase } = state;
  const isOff = stage.door === "closed" || stage.state === "over";
  return h(
    "div",
    { class: "enishi wall", key: "wall" },
    h(
      "header",
      {},
      h("p", { class: "room-title" }, stage.title),
      h("h1", {}, phase ? phase.title : words[headline(stage)]),
      phase && drawClock(sheet),
      state.late && h("p", { class: "late", role: "status" }, words.late),
    ),
    h(
      "div",
      { class: "shown" },
      state.ends && h("p", {}, sheet.say("deleted_on", { day: state.ends })),
      drawShown(sheet),
    ),
    h(
      "section",
      { class: "joining", "aria-label": words.join },
      h("p", { class: "join-title" }, isOff ? words.closed_door : words.join),
      !isOff && joinCorner(sheet),
    ),
  );
}

function headline({ state }) {
  return { waiting: "waiting", over: "over" }[state] ?? "between";
}

/** @param {Sheet} sheet */
function drawClock(sheet) {
  const { stage } = sheet.state;
  const left = timeLeft(sheet);
  if (left == null) return null;
  return h(
    "p",
    { class: "clock", role: "timer" },
    clockText(left),
    stage.left_ms != null && h("span", { class: "paused" }, sheet.words.paused),
    left === 0 && h("span", { class: "paused" }, sheet.words.time_up),
  );
}

/** What was revealed: the page of it that is on. @param {Sheet} sheet */
function drawShown(sheet) {
  const { memory } = sheet;
  const items = listItems(sheet);
  const page = (memory.page ??= { from: 0, fits: items.length });
  if (page.from >= items.length) page.from = 0;
  const shown = items.slice(page.from);
  const hasMore = page.from > 0 || page.fits < shown.length;
  return [
    h("ul", { class: "items", key: `items-${page.from}` }, shown),
    hasMore && h("p", { class: "more", key: "more" }, pageText(sheet, items.length)),
  ];
}

/** @param {Sheet} sheet @param {number} count */
function pageText(sheet, count) {
  const { from, fits } = sheet.memory.page;
  const last = Math.min(count, from + Math.max(1, fits));
  return sheet.say("page", { n: `${from + 1}–${last}`, m: count });
}

/** @param {Sheet} sheet */
function listItems(sheet) {
  const { state, words, memory } = sheet;
  const key = state.phase?.id ?? "";
  memory.known ??= {};
  if (state.phase?.is_revealed) memory.known[key] ??= new Set(state.cards.map(({ id }) => id));
  const isNew = ({ id }) => memory.known[key] && !memory.known[key].has(id);
  const cards = [
    ...state.cards.filter(({ pinned }) => pinned),
    ...state.cards.filter((card) => !card.pinned && isNew(card)).reverse(),
    ...state.cards.filter((card) => !card.pinned && !isNew(card)),
  ];
  return [
    ...state.polls.map((poll) => drawPoll(sheet, poll)),
    ...state.parties.map((names, at) =>
      h(
        "li",
        { key: `p-${at}`, class: "item party-item" },
        h("span", { class: "number" }, sheet.say("place", { n: at + 1 })),
        h(
          "span",
          { class: "words" },
          names.length <= MOST_LINES
            ? names.map((name) => h("span", { class: "name", key: name }, name))
            : names.join(words.names_between),
        ),
      ),
    ),
    ...cards.map((card) =>
      h(
        "li",
        { key: card.id, class: `item${card.pinned ? " pinned" : ""}` },
        (card.who || isNew(card)) &&
          h("span", { class: "who" }, card.who, isNew(card) && h("em", {}, words.new)),
        h("span", { class: "words", dir: "auto" }, card.words),
      ),
    ),
  ];
}

/** A question with its options; the numbers once they are revealed. @param {Sheet} sheet */
function drawPoll(sheet, poll) {
  const most = Math.max(1, ...poll.votes);
  return h(
    "li",
    { key: poll.id, class: "item poll" },
    h("span", { class: "words", dir: "auto" }, poll.question),
    poll.options.map((option, at) =>
      h(
        "span",
        { key: at, class: "option-line", dir: "auto" },
        option,
        poll.votes.length > 0 && [
          " ",
          h("strong", {}, sheet.say("votes", { n: poll.votes[at] })),
          h("meter", { min: 0, max: most, value: poll.votes[at], "aria-hidden": "true" }),
        ],
      ),
    ),
  );
}

/** Count the items that fit, and draw anew if it is another number. @param {Sheet} sheet */
function measure(sheet) {
  const list = sheet.el.querySelector(".items");
  const { page } = sheet.memory;
  if (!list || !page) return;
  const bottom = list.getBoundingClientRect().bottom + 1;
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  const fits = items.filter((item) => item.getBoundingClientRect().bottom <= bottom).length;
  for (const [at, item] of items.entries())
    item.style.visibility = at < Math.max(1, fits) ? "" : "hidden";
  if (fits === page.fits) return;
  page.fits = fits;
  sheet.draw();
}

/** @param {Sheet} sheet */
function mounted(sheet) {
  sheet.model.on("change:state", () => {
    // Who projects goes with the room: what the wall says of its end stays.
    if (sheet.state.closed) window.enishi?.line?.release?.();
  });
  let turned = Date.now();
  keepTime(sheet, () => {
    const clock = sheet.el.querySelector(".clock");
    const left = timeLeft(sheet);
    if (clock && left != null && !(clock.textContent ?? "").startsWith(clockText(left)))
      sheet.draw();
    const { page } = sheet.memory;
    if (page && Date.now() - turned > PAGE_MS) {
      turned = Date.now();
      const count = sheet.state.stage ? listItems(sheet).length : 0;
      const from = page.from + Math.max(1, page.fits);
      const next = from < count ? from : 0;
      if (next !== page.from) {
        Object.assign(page, { from: next, fits: count });
        sheet.draw();
      }
    }
    measure(sheet);
  });
}

export default defineSheet({ draw, mounted });
