// Consents: four boxes, each off at first, and what one shows.

import { readBy, whileOpen } from "./room_sheet.js";
import { defineSheet, h } from "../base/sheet.js";

const BOXES = /** @type {const} */ ([
  "show_requests",
  "show_strengths",
  "contact_after",
  "keep_record",
]);

/** @param {Sheet} sheet */
function draw(sheet) {
  const { seat } = sheet.state;
  const { words } = sheet;
  const fields = sheet.fields("room_seat", seat);
  return [
    h(
      "ul",
      { class: "cards" },
      BOXES.map((name) =>
        h(
          "li",
          { key: name },
          h(
            "label",
            { class: "option tick" },
            h("input", {
              type: "checkbox",
              checked: seat[name],
              "data-focus": name,
              onchange: ({ target }) =>
                sheet.send({ do: "agree", to: name, is_on: target.checked }),
            }),
            h("span", {}, words[name]),
          ),
        ),
      ),
    ),
    fields.text("contact_means", {
      label: readBy(sheet, seat.contact_after ? "partners" : "only_you", words.contact_means),
      hint: words.contact_means_hint,
      placeholder: words.contact_means_example,
    }),
    fields.textList("strengths", {
      label: readBy(sheet, seat.show_strengths ? "group" : "only_you", words.strengths),
    }),
    drawOwn(sheet),
    fields.textList("needs", {
      label: readBy(sheet, seat.show_requests ? "group" : "only_you", words.needs),
    }),
  ];
}

/** Strengths of one's own list, each to be shown by one press. @param {Sheet} sheet */
function drawOwn(sheet) {
  const { state, words } = sheet;
  if (!state.mine.length || state.seat.strengths.length >= 5) return null;
  const add = (name) => () => {
    sheet.saveAll();
    sheet.write("room_seat", state.seat, { strengths: [...state.seat.strengths, name] });
  };
  return sheet.details(
    "own",
    words.from_list,
    h(
      "div",
      { class: "row" },
      state.mine.map((name) => sheet.button(`＋ ${name}`, add(name))),
    ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
