// Growth: choose one strength, then how much, when and what; below, the resulting promise.

import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (!state.candidates.length) return h("p", { class: "empty" }, words.empty);
  const proposed = state.candidates.filter((one) => one.proposed);
  const others = state.candidates.filter((one) => !one.proposed);
  return [
    proposed.length > 0 && drawChoice(sheet, "choose", proposed),
    others.length > 0 &&
      (proposed.length
        ? sheet.details("others", words.others, drawChoice(sheet, "others", others))
        : drawChoice(sheet, "choose", others)),
    state.grown && drawPlan(sheet, state.grown),
  ];
}

/** @param {Sheet} sheet */
function drawChoice(sheet, name, candidates) {
  const { state, words } = sheet;
  const options = candidates.map(({ id, name: text, why }) => [id, text, words.why[why]]);
  const row = { id: name, chosen: state.grown?.id ?? null };
  return sheet.fields("strength", row).choose("chosen", options, {
    label: words[name],
    onpick: (id) => sheet.send({ do: "choose", id }),
  });
}

/** @param {Sheet} sheet */
function drawPlan(sheet, row) {
  const { state, words } = sheet;
  const ready = row.grow_when && row.grow_how;
  const fields = sheet.fields("strength", row);
  return h(
    "div",
    { key: row.id },
    fields.select(
      "grow_minutes",
      state.minutes.map((n) => [n, format(words.minutes_n, { n })]),
      { hint: words.grow_minutes_hint },
    ),
    fields.text("grow_when", { placeholder: words.grow_when_example }),
    fields.text("grow_how", {
      hint: words.grow_how_hint,
      placeholder: words.grow_how_example,
    }),
    ready &&
      h(
        "div",
        { class: "today", key: "plan" },
        h("h3", {}, words.plan),
        h(
          "p",
          {},
          format(words.sentence, {
            when: row.grow_when.replace(/[、。,.]+$/, ""),
            how: row.grow_how.replace(/[。.]+$/, ""),
          }),
        ),
        row.grow_minutes &&
          h("p", {}, format(words.a_week, { name: row.name, n: row.grow_minutes })),
        h("p", { class: "hint" }, words.at_ease),
      ),
  );
}

export default defineSheet({ draw });
