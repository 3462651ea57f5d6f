// Growth: choose one strength, then how much, when and what; below, the resulting promise.

import { fill, h, paper } from "../base/sheet.js";

function draw(sheet) {
  const { state, words } = sheet;
  if (!state.candidates.length) return h("p", { class: "empty" }, words.empty);
  const proposed = state.candidates.filter((one) => one.proposed);
  const others = state.candidates.filter((one) => !one.proposed);
  return [
    proposed.length > 0 && drawChoice(sheet, "choose", proposed),
    others.length > 0 &&
      (proposed.length
        ? sheet.fold("others", words.others, drawChoice(sheet, "others", others))
        : drawChoice(sheet, "choose", others)),
    state.grown && drawPlan(sheet, state.grown),
  ];
}

function drawChoice(sheet, name, candidates) {
  const { state, words } = sheet;
  const options = candidates.map(({ id, name: text, why }) => [id, text, words.why[why]]);
  const row = { id: name, chosen: state.grown?.id ?? null };
  return sheet.choose("strength", row, "chosen", options, {
    label: words[name],
    onpick: (id) => sheet.send({ do: "choose", id }),
  });
}

function drawPlan(sheet, row) {
  const { state, words } = sheet;
  const ready = row.grow_when && row.grow_how;
  return h(
    "div",
    { key: row.id },
    sheet.select(
      "strength",
      row,
      "grow_minutes",
      state.minutes.map((n) => [n, fill(words.minutes_n, { n })]),
      { hint: words.grow_minutes_hint },
    ),
    sheet.text("strength", row, "grow_when", { placeholder: words.grow_when_example }),
    sheet.text("strength", row, "grow_how", {
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
          fill(words.sentence, {
            when: row.grow_when.replace(/[、。,.]+$/, ""),
            how: row.grow_how.replace(/[。.]+$/, ""),
          }),
        ),
        row.grow_minutes && h("p", {}, fill(words.a_week, { name: row.name, n: row.grow_minutes })),
        h("p", { class: "hint" }, words.at_ease),
      ),
  );
}

export default paper({ draw });
