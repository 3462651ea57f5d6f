// In focus: at most five people. For a sixth, the sheet asks who may rest.

import { format, h } from "../base/sheet.js";

/** Bring a person into focus; where there is no room, ask in whose place.
 * @param {Sheet} sheet
 * @param {{id: string, name: string}} person
 * @param {string | null} instead
 */
export function gather(sheet, person, instead = null) {
  const { id, name } = person;
  /** @param {Answer} answer */
  const done = (answer) => {
    if (!answer.ok) return;
    sheet.memory.gathering = answer.full ? { id, name } : null;
    if (!answer.full) sheet.memory[`us-${id}`] = true; // what is asked of those in focus
    sheet.draw();
    if (answer.full) sheet.focus("focus.keep");
  };
  sheet.send({ do: "gather", id, instead }, { done });
}

/** The question who may rest. @param {Sheet} sheet @param {{id: string, name: string}} person */
export function drawFull(sheet, person) {
  const { state, words } = sheet;
  /** @type {{id: string, name: string}[]} */
  const chosen = state.focus.chosen;
  const close = () => {
    sheet.memory.gathering = null;
    sheet.draw();
    sheet.focusQuestion();
  };
  return h(
    "div",
    { class: "today", key: "full", role: "group", "aria-labelledby": `${sheet.id}-full` },
    h("p", { id: `${sheet.id}-full` }, format(words.full_ask, { name: person.name })),
    h(
      "div",
      { class: "row" },
      sheet.button(words.full_keep, close, { focus: "focus.keep" }),
      chosen.map((one) =>
        h(
          "button",
          {
            type: "button",
            key: one.id,
            "aria-label": format(words.let_rest_who, { name: one.name }),
            onclick: () => gather(sheet, person, one.id),
          },
          one.name,
        ),
      ),
    ),
  );
}
