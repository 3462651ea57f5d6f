// Evidence: a card for each core strength, with its level and the moments that support it.

import { fill, h, paper } from "../base/sheet.js";

function draw(sheet) {
  const { state, words } = sheet;
  if (!state.strengths.length) return h("p", { class: "empty" }, words.empty);
  return [
    sheet.fold(
      "choose",
      words.choose,
      h("p", { class: "hint" }, words.choose_hint),
      h(
        "div",
        { class: "choices" },
        state.strengths.map((row) => sheet.tick("strength", row, "core", { label: row.name })),
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

function drawCore(sheet, core) {
  const { state, words } = sheet;
  const id = `${sheet.id}-${core.id}`;
  return h(
    "section",
    { class: "card", key: core.id, "aria-labelledby": id },
    h("h3", { id }, core.name),
    sheet.choose(
      "strength",
      core,
      "level",
      state.levels.map((text, level) => [level, text]),
      { hint: words.level_hint },
    ),
    core.level !== null && drawCarried(sheet, core),
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

/** The level the evidence supports, and what is missing for more. */
function drawCarried(sheet, core) {
  const { state, words } = sheet;
  const facts = { level: state.levels[core.supported], claimed: state.levels[core.level] };
  return h(
    "p",
    { class: "carried", role: "status" },
    fill(core.need ? words.carried_less : words.carried, facts),
    core.need && ` ${fill(words.need[core.need], facts)}`,
  );
}

function drawMoment(sheet, core, row, n) {
  const { state, words } = sheet;
  return h(
    "li",
    { key: row.id },
    sheet.lines("evidence", row, "what", {
      rows: 2,
      placeholder: words.what_example,
      focus: row.id,
      label: `${fill(words.row_n, { n })}: ${words.what}`,
    }),
    h(
      "div",
      { class: "row" },
      sheet.select("evidence", row, "grade", Object.entries(state.grades)),
      sheet.day("evidence", row, "on"),
      sheet.button(sheet.common.remove, () => sheet.drop("evidence", row, `more.${core.id}`), {
        name: `${fill(words.row_n, { n })}: ${words.remove_row}`,
      }),
    ),
  );
}

/** Open the choice if no core strength is chosen yet. */
function begin(sheet) {
  if (sheet.memory.choose === undefined) {
    sheet.memory.choose = !sheet.state.cores?.length;
    sheet.draw();
  }
}

export default paper({ draw, begin });
