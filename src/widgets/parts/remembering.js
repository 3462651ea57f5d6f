// Remembering: a few words about imported people, one at a time, for at most three minutes.

import { format, h } from "../base/sheet.js";
import { hearDay } from "./quick_line.js";

const SAID = ["where_met", "loves", "trying", "promise"];
/** @type {WeakMap<Sheet, number>} */
const ends = new WeakMap(); // the timer that ends a sheet's round; a reload ends it
/** @type {WeakSet<Sheet>} */
const waiting = new WeakSet(); // sheets that wait for the next person

/** Return whether a round is under way, or its last words are shown: nothing else is drawn then.
 * @param {Sheet} sheet
 */
export const isRemembering = ({ state, memory }) =>
  Boolean(state.remembering && memory.remembering);

/** The round that is under way, else the offer to begin one, if anybody is left. With `once` the
 *  text is the state's `remembering_offer` and can be dismissed for good.
 * @param {Sheet} sheet
 * @param {{once?: boolean}} options
 */
export function remembering(sheet, { once = false } = {}) {
  const { state, memory } = sheet;
  const round = memory.remembering;
  if (isRemembering(sheet)) return round.person ? drawRemembered(sheet) : drawRoundEnd(sheet);
  const offer = once ? state.remembering_offer : state.remembering?.offer;
  return offer && drawOffer(sheet, offer, once);
}

/**
 * @param {Sheet} sheet
 * @param {string} offer
 * @param {boolean} once
 */
function drawOffer(sheet, offer, once) {
  const { words } = sheet.state.remembering;
  const dismiss = () => sheet.send({ do: "dismiss_remembering" });
  return h(
    "div",
    { class: once ? "today" : "card remembering", key: "remembering" },
    h("p", { tabindex: -1, "data-focus": "remembering" }, offer),
    h(
      "div",
      { class: "row" },
      sheet.button(words.begin, () => goOn(sheet, { do: "recall" })),
      once && sheet.button(words.dismiss, dismiss),
    ),
  );
}

/** Send a message that is answered with the next person; what was said stays until then.
 * @param {Sheet} sheet
 * @param {Message | (() => Message)} message
 * @param {string} over why the round ends with this message, if the person stops it
 */
function goOn(sheet, message, over = "") {
  if (waiting.has(sheet)) return;
  waiting.add(sheet);
  sheet.send(message, {
    done: (answer) => {
      waiting.delete(sheet);
      if (answer.ok) return showNext(sheet, answer, over);
      const { remembering } = sheet.memory;
      if (!remembering?.person) return;
      if (answer.version) remembering.person.version = answer.version;
      remembering.refused = true;
      sheet.draw();
    },
  });
}

/** Show the person of an answer, or the end of the round.
 * @param {Sheet} sheet
 * @param {Answer} answer
 * @param {string} over
 */
function showNext(sheet, answer, over) {
  const { round, seconds } = answer;
  const person = over ? null : answer.person;
  const row = person && {
    ...{ id: person.id, draft: true, known_as: "", known_since: null, met_on: person.met_on },
    due: "",
    ...Object.fromEntries(SAID.map((column) => [column, ""])),
  };
  sheet.memory.remembering = { round, person, row, open: [], over: over || answer.over };
  clearTimeout(ends.get(sheet));
  const end = () => endUnlessWriting(sheet);
  if (person) ends.set(sheet, window.setTimeout(end, seconds * 1000));
  drawFromTop(sheet);
}

/** Draw the sheet and begin at the top of the person or of the end.
 * @param {Sheet} sheet
 */
function drawFromTop(sheet) {
  sheet.draw();
  sheet.focus("remembering");
  sheet.findFocus("remembering")?.parentElement?.scrollIntoView();
}

/** The time is over: end the round, unless something is being said about the person shown.
 * @param {Sheet} sheet
 */
function endUnlessWriting(sheet) {
  const { remembering } = sheet.memory;
  if (!remembering?.person || waiting.has(sheet) || hasBegun(remembering)) return;
  endRound(sheet, "minutes");
}

/**
 * @param {Sheet} sheet
 * @param {string} over
 */
function endRound(sheet, over) {
  Object.assign(sheet.memory.remembering, { person: null, row: null, over });
  drawFromTop(sheet);
}

/** Return whether something is said about the person shown.
 * @param {{row: Row}} round
 */
const isSaid = ({ row }) => Boolean(row.known_as) || SAID.some((column) => row[column].trim());

/** Return whether something is said about the person shown, or a line is open to write in.
 * @param {{row: Row, open: string[]}} round
 */
const hasBegun = (round) => round.open.length > 0 || isSaid(round);

/** @param {Sheet} sheet */
function drawRemembered(sheet) {
  const { words, today } = sheet.state.remembering;
  const { round, person, row, open, refused } = sheet.memory.remembering;
  const fields = sheet.fields("contact", row);
  const { id, known_as } = row;
  const hasWords = isSaid({ row });
  /** @param {string} over */
  const keep = (over) => {
    // built when it is sent, after the answer that has the day of the promise
    const build = () => {
      const { draft: _, heard, read: __, due, ...said } = row;
      const shown = heard && heard === row.promise.trim() ? { due } : {};
      return { do: "remember", version: person.version, so_far: round, ...said, ...shown };
    };
    goOn(sheet, build, over);
  };
  const pass = () => goOn(sheet, { do: "recall", so_far: round });
  /** @param {string} column */
  const line = (column) => {
    const text = fields.text(column, {
      label: words[column],
      hint: column === "promise" ? words.promise_hint : null,
      onwrite: () => isSaid({ row }) !== hasWords && sheet.draw(),
    });
    if (column !== "promise") return text;
    return h(
      "div",
      { key: "promise", onchange: () => hearDay(sheet, row, "promise", "due") },
      text,
      (row.read || row.due) && fields.dateField("due", { label: words.due }),
    );
  };
  return h(
    "form",
    {
      class: "card remembering",
      key: `remembering-${id}`,
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        if (isSaid({ row })) keep("");
        else pass();
      },
    },
    h("h3", { tabindex: -1, "data-focus": "remembering" }, person.name),
    person.about && h("p", {}, person.about),
    h("p", { class: "hint" }, words.hint),
    fields.choose("known_as", words.known_ases, { label: words.known_as }),
    known_as === "known" &&
      fields.year("known_since", today, { label: words.known_since, hint: words.since_hint }),
    known_as === "just_met" &&
      fields.dateField("met_on", {
        label: words.met_on,
        hint: person.connected ? format(words.connected, { on: person.connected }) : null,
      }),
    open.map(line),
    h(
      "div",
      { class: "row chips", role: "group", "aria-label": words.chips },
      SAID.filter((column) => !open.includes(column)).map((column) =>
        h(
          "button",
          {
            type: "button",
            key: column,
            onclick: () => {
              open.push(column);
              sheet.draw();
              sheet.focus(`${id}.${column}`);
            },
          },
          `＋ ${words[column]}`,
        ),
      ),
    ),
    h(
      "div",
      { class: "row" },
      hasWords
        ? h("button", { type: "submit", class: "main", key: "keep" }, words.keep)
        : h("button", { type: "submit", key: "nothing" }, words.nothing),
      refused && hasWords && sheet.button(words.skip, pass),
      sheet.button(words.stop, () =>
        isSaid({ row }) ? keep("stopped") : endRound(sheet, "stopped"),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawRoundEnd(sheet) {
  const { words } = sheet.state.remembering;
  const { round, over } = sheet.memory.remembering;
  const close = () => {
    sheet.memory.remembering = null;
    sheet.draw();
    sheet.focusQuestion();
  };
  return h(
    "div",
    { class: "card remembering", key: "remembering-end" },
    h("h3", { tabindex: -1, "data-focus": "remembering" }, words.end),
    sheet.note([round.said > 0 ? words.end_said : words.end_unsaid, words.ends[over]]),
    h("div", { class: "row" }, sheet.button(sheet.common.close, close)),
  );
}
