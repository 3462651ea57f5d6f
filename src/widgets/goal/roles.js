// Up to three kinds of person to meet: what they do, what to ask, what to give, what rules them
// out.

import { stand } from "../parts/stand.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const example = words.examples[state.start || "any"];
  const rungs = state.rungs.map((text, rung) => [rung, `${rung}　${text}`]);
  return [
    state.roles.length === 0 && h("p", { class: "empty", key: "empty" }, words.empty),
    h(
      "ul",
      { class: "cards", key: "roles" },
      state.roles.map((role) => drawRole(sheet, role, example, rungs)),
    ),
    h(
      "p",
      { key: "add" },
      state.room
        ? sheet.button(words.add, () => sheet.add("role"), {
            main: state.roles.length === 0,
            focus: "add-role",
          })
        : words.full,
    ),
    stand(sheet, "reach"),
    sheet.details(
      "steps",
      words.steps_title,
      h(
        "ul",
        { class: "dots" },
        words.steps.map((step) => h("li", { key: step }, step)),
      ),
    ),
  ];
}

/** @param {Sheet} sheet */
function drawRole(sheet, role, example, rungs) {
  const { words, common } = sheet;
  const fields = sheet.fields("role", role);
  const ask = (column, options) => fields.text(column, { rows: 1, ...options });
  return h(
    "li",
    { class: "card", key: role.id, "aria-label": role.name || words.new },
    ask("does", { placeholder: example.does, focus: role.id }),
    ask("name", { label: words.name_label }),
    fields.select("rung", rungs),
    role.known && h("p", { class: "hint", key: "known" }, role.known),
    sheet.details(
      role.id,
      words.more,
      h("h3", {}, words.questions),
      ask("question_1", { placeholder: example.question }),
      ask("question_2"),
      ask("question_3"),
      h("h3", {}, words.gifts),
      h("p", { class: "hint" }, words.gift_hint),
      ask("gift_1", { placeholder: example.gift }),
      ask("gift_2"),
      ask("not_if", { hint: words.not_if_hint }),
    ),
    sheet.button(common.remove, () => sheet.remove("role", role, "add-role"), {
      name: `${common.remove}: ${role.name || role.does || words.new}`,
    }),
  );
}

export default defineSheet({ draw });
