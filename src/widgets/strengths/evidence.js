// Evidence: the moments of each strength, and the level they support. Below them, the people who
// are asked about the person's strengths.

import { drawVoices } from "./voice_cards.js";
import { personPicker } from "../parts/person_picker.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    h("h3", { key: "moments" }, words.rows),
    !state.own.length &&
      h(
        "div",
        { class: "empty", key: "empty" },
        h("p", {}, words.empty),
        h("a", { href: "#inventory", class: "button" }, words.to_inventory),
      ),
    h(
      "div",
      { class: "cards", key: "shown" },
      state.shown.map((strength) => drawStrength(sheet, strength)),
    ),
    state.others.length > 0 && drawOthers(sheet),
    state.shown.length > 0 && h("p", { class: "hint", key: "tool" }, words.tool),
    drawVoices(sheet),
  ];
}

/** The strengths without a moment: one press begins one. @param {Sheet} sheet */
function drawOthers(sheet) {
  const { state, words } = sheet;
  return sheet.details(
    "choose",
    state.shown.length ? words.choose_another : words.choose,
    h("p", { class: "hint" }, words.choose_hint),
    h("p", { class: "example" }, words.none),
    h(
      "div",
      { class: "choices" },
      state.others.map(({ id, name }) =>
        sheet.button(name, () => addMoment(sheet, id), { name: sheet.say("choose_one", { name }) }),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function addMoment(sheet, id) {
  sheet.add("evidence", { strength_id: id, grade: "episode" });
}

/** @param {Sheet} sheet */
function drawStrength(sheet, strength) {
  const { words } = sheet;
  const id = `${sheet.id}-${strength.id}`;
  return h(
    "section",
    { class: "card", key: strength.id, "aria-labelledby": id },
    h("h4", { id }, strength.name),
    h(
      "ol",
      { class: "moments" },
      strength.moments.map((row, index) => drawMoment(sheet, strength, row, index + 1)),
    ),
    h(
      "p",
      { key: "add" },
      sheet.button(
        strength.moments.length ? words.add_row : words.first_row,
        () => addMoment(sheet, strength.id),
        { focus: `more.${strength.id}`, name: `${strength.name}: ${words.add_row}` },
      ),
    ),
    strength.supported !== null && drawCarried(sheet, strength),
    strength.backed && drawLevel(sheet, strength),
  );
}

/** The level, as the person sees it. @param {Sheet} sheet */
function drawLevel(sheet, strength) {
  const { state, words } = sheet;
  return sheet.details(
    `level-${strength.id}`,
    words.level,
    sheet.fields("strength", strength).choose(
      "level",
      state.levels.map((text, level) => [level, text]),
      { hint: words.level_hint, hideLabel: true },
    ),
  );
}

/** The level the evidence supports, and what is missing for more. @param {Sheet} sheet */
function drawCarried(sheet, strength) {
  const { state, words } = sheet;
  const facts = { level: state.levels[strength.supported], claimed: state.levels[strength.level] };
  return h(
    "p",
    { class: "carried", role: "status" },
    format(strength.need ? words.carried_less : words.carried, facts),
    strength.need && ` ${format(words.need[strength.need], facts)}`,
  );
}

/** @param {Sheet} sheet */
function drawMoment(sheet, strength, row, n) {
  const { state, words } = sheet;
  const fields = sheet.fields("evidence", row);
  return h(
    "li",
    { key: row.id },
    fields.textArea("what", {
      rows: 2,
      placeholder: words.what_example,
      focus: row.id,
      label: `${format(words.row_n, { n })}: ${words.what}`,
    }),
    sheet.details(
      `moment-${row.id}`,
      words.about_row,
      h(
        "div",
        { class: "pair" },
        fields.select("grade", state.grades),
        fields.dateField("on"),
        personPicker(fields, "from_id", { hint: words.from_id_hint, fresh: true }),
      ),
      sheet.button(
        sheet.common.remove,
        () => sheet.remove("evidence", row, `more.${strength.id}`),
        {
          name: `${format(words.row_n, { n })}: ${words.remove_row}`,
        },
      ),
    ),
  );
}

/** Open the choice while no moment is begun. @param {Sheet} sheet */
function mounted(sheet) {
  if (sheet.memory.choose !== undefined) return;
  sheet.memory.choose = !sheet.state.shown?.length;
  sheet.draw();
}

export default defineSheet({ draw, mounted });
