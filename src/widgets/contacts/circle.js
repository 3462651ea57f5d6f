// My circle: who stands where, and one act each; folded, who knows whom as a picture.

import { explanation } from "../parts/explanation.js";
import { followLook, picture } from "../parts/picture.js";
import { personPicker } from "../parts/person_picker.js";
import { hearDay } from "../parts/quick_line.js";
import { defineSheet, h } from "../base/sheet.js";

const RINGS = { open: "◌", closed: "◉" }; // one answer, both; the words beside it say the same

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const notes =
    state.notes.length > 0 &&
    h(
      "section",
      { key: "notes" },
      h("h3", { tabindex: -1, "data-focus": "notes" }, words.notes),
      h(
        "ul",
        { class: "cards" },
        state.notes.map((note, at) => drawNote(sheet, note, `n${at}`)),
      ),
    );
  return [
    picture(sheet, "bullseye", { hint: words.move_hint, drop: drop(sheet), step: step(sheet) }),
    drawRows(sheet),
    state.seats && h("p", { class: "hint", key: "seats" }, state.seats),
    drawPlace(sheet),
    state.pairs.length > 0 &&
      h(
        "section",
        { key: "pairs" },
        h("h3", { tabindex: -1 }, words.pairs),
        h("p", { class: "hint" }, words.pairs_hint),
        h(
          "ul",
          { class: "cards" },
          state.pairs.map((pair, at) => drawNote(sheet, pair, `p${at}`)),
        ),
      ),
    state.worlds.length > 0 && drawWorlds(sheet),
    notes,
    state.dormant && sheet.details("dormant", words.dormant, drawDormant(sheet)),
  ];
}

/** The four rows, the nearest first; a person opens to be placed otherwise or drawn nearer.
 * @param {Sheet} sheet
 */
function drawRows(sheet) {
  return h(
    "dl",
    { class: "rings", key: "rings" },
    sheet.state.rows.map(({ closeness, label, people, more }) => [
      h("dt", { key: `t-${closeness}` }, label),
      h(
        "dd",
        { key: `d-${closeness}` },
        people.map((person) => drawStanding(sheet, person)),
        more > 0 && h("p", { class: "hint" }, sheet.say("row_more", { count: more })),
      ),
    ]),
  );
}

/** @param {Sheet} sheet */
function drawStanding(sheet, person) {
  const { words } = sheet;
  const { id, name, closeness_word, step, ring } = person;
  return sheet.details(
    `at-${id}`,
    [
      ring && h("span", { class: "ring", "aria-hidden": "true" }, RINGS[ring]),
      name,
      closeness_word && h("small", {}, sheet.say("own_word", { word: closeness_word })),
      ring && h("small", {}, words.rings[ring]),
    ],
    () => [
      drawCloseness(sheet, person),
      sheet.fields("contact", person).text("closeness_word"),
      step ? h("p", {}, sheet.say("step_waits", { words: step })) : drawNearer(sheet, person),
      h("p", {}, h("a", { href: person.card }, sheet.say("see", { name }))),
    ],
  );
}

/** @param {Sheet} sheet */
const drawCloseness = (sheet, person) =>
  sheet.fields("contact", person).choose("closeness", sheet.state.closeness, {
    label: sheet.say("where", { name: person.name }),
  });

/** What the person would like to do to draw somebody nearer, in their own words.
 * @param {Sheet} sheet
 */
function drawNearer(sheet, { id, name }) {
  const { words, memory } = sheet;
  const row = (memory[`nearer-${id}`] ??= { id: `nearer-${id}`, draft: true, words: "", on: "" });
  const fields = sheet.fields("step", row);
  return h(
    "form",
    {
      key: `nearer-${id}`,
      onsubmit: (event) => {
        event.preventDefault();
        if (!row.words.trim()) return sheet.focus(`nearer-${id}`);
        const done = (answer) => {
          if (answer.ok) delete memory[`nearer-${id}`];
        };
        const build = () => ({ do: "draw_nearer", id, words: row.words.trim(), on: row.on });
        sheet.send(build, { done }); // built after the answer that has the day of the words
      },
    },
    h(
      "div",
      { key: "words", onchange: () => hearDay(sheet, row, "words", "on") },
      fields.text("words", {
        label: sheet.say("nearer", { name }),
        placeholder: words.nearer_example,
        focus: `nearer-${id}`,
      }),
    ),
    h(
      "div",
      { class: "row" },
      fields.dateField("on", { label: words.nearer_on }),
      h("button", { type: "submit" }, words.nearer_add),
    ),
  );
}

/** The worlds of those near; one may be picked to look into. @param {Sheet} sheet */
function drawWorlds(sheet) {
  const { state, words } = sheet;
  const none = state.goal.curious ? [["", words.curious_none]] : [];
  return sheet.details(
    "worlds",
    words.worlds,
    sheet.fields("goal", state.goal).choose("curious", [...state.worlds, ...none], {
      hint: words.curious_hint,
    }),
  );
}

/** Those of whom it is not said yet, and one more. @param {Sheet} sheet */
function drawPlace(sheet) {
  const { state, words } = sheet;
  return h(
    "section",
    { key: "place" },
    state.unplaced.map((person) =>
      h(
        "div",
        { class: "card", key: person.id, tabindex: -1, "data-focus": `place-${person.id}` },
        drawCloseness(sheet, person),
      ),
    ),
    personPicker(sheet.fields("contact", { id: "one" }), "placed", {
      label: words.place_one,
      fresh: true,
      focus: "circle.who",
      onpick: (person) => person && sheet.send({ do: "think_of", id: person.id }),
    }),
  );
}

/** @param {Sheet} sheet */
const show = (sheet, id) =>
  sheet.send(
    { do: "visit", id },
    {
      done: (answer) => {
        if (answer.ok) location.hash = "people";
      },
    },
  );

/** One sentence and one act. @param {Sheet} sheet */
function drawNote(sheet, note, key) {
  const { does } = note;
  const focus = () => sheet.focusQuestion();
  const act = does.href
    ? h("a", { class: "button", href: does.href }, does.label)
    : does.take
      ? sheet.button(does.label, () => sheet.send({ do: "take", key: does.take }, { done: focus }))
      : sheet.button(does.label, () => show(sheet, does.open));
  return h(
    "li",
    { class: "card", key },
    h("p", {}, note.why),
    h("p", {}, act),
    explanation(sheet, key, note),
  );
}

/** A dormant tie, with the reason to prefer it to the one who comes to mind first.
 * @param {Sheet} sheet
 */
function drawDormant(sheet) {
  const { state, words } = sheet;
  const { dormant } = state;
  const row = { id: "favourite", who: dormant.chosen || null };
  return h(
    "section",
    { key: "dormant" },
    h("p", {}, words.dormant_lead),
    personPicker(sheet.fields("contact", row), "who", {
      label: words.favourite,
      welcomed: true,
      onpick: (person) => {
        row.who = person?.id ?? null;
        sheet.send({ do: "favour", id: person?.id ?? "" });
      },
    }),
    dormant.awake && h("p", { class: "hint", key: "awake" }, words.awake),
    h("ul", { class: "cards" }, drawNote(sheet, dormant, "dormant")),
    h("p", { class: "hint" }, dormant.act),
  );
}

/** Move somebody to the ring that is nearest to where the mark was left.
 * @param {Sheet} sheet
 * @returns {import("../parts/picture_marks.js").Moves["drop"]}
 */
const drop = (sheet) => (row, x, y, layout, done) => {
  const away = layout.meta.rings.map((/** @type {number} */ ring) =>
    Math.abs(ring - Math.hypot(x, y)),
  );
  move(sheet, row, away.indexOf(Math.min(...away)), done);
};

/** Move somebody one ring nearer or farther.
 * @param {Sheet} sheet
 * @returns {(row: string, x: number, y: number, layout: any, nearer: number) => void}
 */
const step = (sheet) => (row, x, y, layout, nearer) => {
  const { rings } = layout.meta;
  const away = rings.map((/** @type {number} */ ring) => Math.abs(ring - Math.hypot(x, y)));
  const to = away.indexOf(Math.min(...away)) + nearer;
  if (to >= 0 && to < rings.length) move(sheet, row, to);
};

/**
 * @param {Sheet} sheet
 * @param {string} id
 * @param {number} ring
 * @param {MessageOptions["done"]} done
 */
function move(sheet, id, ring, done = null) {
  const closeness = ["", ...Object.keys(sheet.state.closeness)][ring];
  sheet.send({ do: "move", id, closeness }, { done });
}

export default defineSheet({ draw, mounted: followLook });
