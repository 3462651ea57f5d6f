// The people in focus: at most five. For a sixth, the sheet asks whom to replace.

import { personPicker } from "../parts/person_picker.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function gather(sheet, person, instead = null) {
  sheet.send(
    { do: "gather", id: person.id, instead },
    {
      done: (answer) => {
        if (!answer.ok) return;
        sheet.memory.asking = answer.full ? person : null;
        sheet.draw();
        if (answer.full) sheet.focus("focus.keep");
      },
    },
  );
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const asking = sheet.memory.asking;
  const inside = state.chosen.map((person) => person.id);
  return [
    h("h3", {}, words.chosen),
    state.chosen.length
      ? h(
          "ul",
          { class: "cards" },
          state.chosen.map((person) => drawPerson(sheet, person)),
        )
      : h("p", { class: "empty" }, words.chosen_empty),
    asking && !inside.includes(asking.id)
      ? drawFull(sheet, asking)
      : [
          personPicker(sheet.fields("contact", { id: "one-more" }), "focus_on", {
            label: words.choose,
            hint: state.room ? format(words.room, { count: state.room }) : null,
            fresh: true,
            without: inside,
            focus: "focus.who",
            onpick: (person) => person && gather(sheet, person),
          }),
          state.proposed.length > 0 &&
            h(
              "div",
              { key: "proposed" },
              h("h3", {}, words.proposed),
              h(
                "ul",
                { class: "cards" },
                state.proposed.map((person) =>
                  h(
                    "li",
                    { class: "card", key: person.id },
                    h("h4", {}, person.name, person.note && h("small", {}, person.note)),
                    h("p", {}, person.why),
                    sheet.button(words.take_in, () => gather(sheet, person), {
                      name: format(words.take_in_who, { name: person.name }),
                    }),
                  ),
                ),
              ),
            ),
        ],
  ];
}

/** @param {Sheet} sheet */
function drawPerson(sheet, person) {
  const { words } = sheet;
  return h(
    "li",
    { class: "card", key: person.id },
    h(
      "h4",
      { tabindex: -1, "data-focus": person.id },
      person.name,
      person.note && h("small", {}, person.note),
    ),
    person.closed && h("p", { class: "tag" }, words.resting),
    sheet.fields("contact", person).text("respect_for", { label: words.why }),
    sheet.button(words.let_rest, () => sheet.send({ do: "let_rest", id: person.id }), {
      name: format(words.let_rest_who, { name: person.name }),
    }),
  );
}

/** @param {Sheet} sheet */
function drawFull(sheet, person) {
  const { state, words } = sheet;
  const close = () => {
    sheet.memory.asking = null;
    sheet.draw();
    sheet.focus("focus.who");
  };
  return h(
    "div",
    { class: "today", key: "full", role: "group", "aria-labelledby": `${sheet.id}-full` },
    h("p", { id: `${sheet.id}-full` }, format(words.full_ask, { name: person.name })),
    h(
      "div",
      { class: "row" },
      sheet.button(words.full_keep, close, { focus: "focus.keep" }),
      state.chosen.map((one) =>
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

export default defineSheet({ draw });
