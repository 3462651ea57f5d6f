// Evidence: a card for each core strength, with its level and the moments that support it.

import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (!state.strengths.length) return h("p", { class: "empty" }, words.empty);
  return [
    sheet.details(
      "choose",
      words.choose,
      h("p", { class: "hint" }, words.choose_hint),
      h(
        "div",
        { class: "choices" },
        state.strengths.map((row) =>
          sheet.fields("strength", row).checkbox("core", { label: row.name }),
        ),
      ),
    ),
    !state.cores.length && h("p", { class: "example", key: "none" }, words.none),
    h(
      "div",
      { class: "cards", key: "cores" },
      state.cores.map((core) => drawCore(sheet, core)),
    ),
    state.cores.length > 0 && h("p", { class: "hint", key: "tool" }, words.tool),
  ];
}

/** @param {Sheet} sheet */
function drawCore(sheet, core) {
  const { state, words } = sheet;
  const id = `${sheet.id}-${core.id}`;
  return h(
    "section",
    { class: "card", key: core.id, "aria-labelledby": id },
    h("h3", { id }, core.name),
    sheet.fields("strength", core).choose(
      "level",
      state.levels.map((text, level) => [level, text]),
      { hint: words.level_hint },
    ),
    core.supported !== null && drawCarried(sheet, core),
    h("h4", {}, words.rows),
    h(
      "ol",
      { class: "moments" },
      core.moments.map((row, index) => drawMoment(sheet, core, row, index + 1)),
    ),
    sheet.button(
      words.add_row,
      () => sheet.add("evidence", { strength_id: core.id, grade: "episode" }),
      { focus: `more.${core.id}`, name: `${core.name}: ${words.add_row}` },
    ),
  );
}

/** The level the evidence supports, and what is missing for more. @param {Sheet} sheet */
function drawCarried(sheet, core) {
  const { state, words } = sheet;
  const facts = { level: state.levels[core.supported], claimed: state.levels[core.level] };
  return h(
    "p",
    { class: "carried", role: "status" },
    format(core.need ? words.carried_less : words.carried, facts),
    core.need && ` ${format(words.need[core.need], facts)}`,
  );
}

/** @param {Sheet} sheet */
function drawMoment(sheet, core, row, n) {
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
    h(
      "div",
      { class: "row" },
      fields.select("grade", state.grades),
      fields.dateField("on"),
      sheet.button(sheet.common.remove, () => sheet.remove("evidence", row, `more.${core.id}`), {
        name: `${format(words.row_n, { n })}: ${words.remove_row}`,
      }),
    ),
  );
}

/** Open the choice if no core strength is chosen yet. @param {Sheet} sheet */
function mounted(sheet) {
  if (sheet.memory.choose === undefined) {
    sheet.memory.choose = !sheet.state.cores?.length;
    sheet.draw();
  }
}

export default defineSheet({ draw, mounted });
