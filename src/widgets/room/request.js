// Request: words, why, by when, a small step; and whether the group may see it.

import { readBy, said, whileOpen } from "./room_sheet.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { request } = state;
  const fields = sheet.fields("room_request", request);
  const label = (column) => readBy(sheet, request.shown ? "group" : "only_you", words[column]);
  return [
    !state.is_full && [
      fields.textArea("words", {
        label: label("words"),
        hint: words.words_hint,
        placeholder: words.words_example,
      }),
      h("div", { "aria-live": "polite", key: "hints" }, state.hints.length > 0 && drawHints(sheet)),
      fields.text("why", { label: label("why") }),
      h(
        "div",
        { class: "pair", key: "pair" },
        fields.dateField("by", { label: label("by") }),
        fields.text("small_step", { label: label("small_step") }),
      ),
      drawShow(sheet),
    ],
    request.version > 0 && fields.choose("state", words.states),
    state.earlier.length > 0 &&
      sheet.details(
        "earlier",
        words.earlier,
        state.earlier.map((row) =>
          h(
            "div",
            { class: "card", key: row.id },
            said(row.words),
            sheet.fields("room_request", row).choose("state", words.states),
          ),
        ),
      ),
  ];
}

/** Whether the group sees it, and the consent that this needs. @param {Sheet} sheet */
function drawShow(sheet) {
  const { state, words, memory } = sheet;
  const { request, agreed } = state;
  const show = (is_shown) => () => {
    if (is_shown && !request.version && !sheet.edits.pending.size) {
      sheet.setStatus(words.write_first, true);
      sheet.focus(`${request.id}.words`);
      return;
    }
    sheet.saveAll();
    sheet.send({ do: "show", id: request.id, is_shown, agrees: Boolean(memory.agrees) });
  };
  if (request.shown && agreed)
    return h(
      "div",
      { class: "card", key: "show" },
      h("p", {}, words.is_shown),
      sheet.button(words.unshow, show(false)),
    );
  return h(
    "div",
    { class: "card", key: "show" },
    h("p", {}, words.is_private),
    !agreed &&
      h(
        "label",
        { class: "option tick" },
        h("input", {
          type: "checkbox",
          checked: Boolean(memory.agrees),
          onchange: ({ target }) => {
            memory.agrees = target.checked;
            sheet.draw();
          },
        }),
        h("span", {}, words.agree),
      ),
    h(
      "div",
      { class: "row" },
      sheet.button(words.show, show(true), { main: true, disabled: !agreed && !memory.agrees }),
    ),
  );
}

/** What one may look over: a help, never a block. @param {Sheet} sheet */
function drawHints(sheet) {
  return h(
    "div",
    { class: "card" },
    h("h4", {}, sheet.words.hints),
    h(
      "ul",
      { class: "dots" },
      sheet.state.hints.map(({ rule, quote, why, act }) =>
        h("li", { key: rule }, quote && h("q", {}, quote), " ", why, " ", act),
      ),
    ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
