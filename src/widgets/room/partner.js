// Partner: with whom one talks in this round, why, where, and a question to begin with.

import { readBy, said, whileOpen } from "./room_sheet.js";
import { defineSheet, h } from "../base/sheet.js";
import { askPair } from "../parts/word_pair.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  return [drawParty(sheet), drawWishes(sheet)];
}

/** @param {Sheet} sheet */
function drawParty(sheet) {
  const { words } = sheet;
  const { party } = sheet.state;
  if (!party) return h("p", { class: "empty", key: "nobody" }, words.nobody);
  if (!party.names) return h("p", { class: "empty", key: "alone" }, words.alone);
  return h(
    "div",
    { class: "card partner", key: "party" },
    h("h3", {}, sheet.say("with", { names: party.names })),
    party.is_trio && h("p", {}, words.trio),
    h("p", {}, sheet.say("place", { place: party.place })),
    party.first && h("p", {}, party.first),
    party.why && [h("h4", {}, words.why), said(party.why)],
    askPair(sheet, party.pair),
    h("h4", {}, words.begin),
    said(party.begin),
  );
}

/** Staying out of rounds, and of parties with somebody. @param {Sheet} sheet */
function drawWishes(sheet) {
  const { state, words, memory } = sheet;
  const id = `${sheet.id}-decline`;
  const decline = () => {
    sheet.send({ do: "decline", other: memory.other });
    memory.other = "";
  };
  return sheet.details(
    "wishes",
    words.wishes,
    h(
      "label",
      { class: "option tick", key: "away" },
      h("input", {
        type: "checkbox",
        checked: state.away,
        onchange: ({ target }) => sheet.send({ do: "sit_out", is_out: target.checked }),
      }),
      h("span", {}, words.sit_out),
    ),
    h("p", { class: "hint", key: "sit-out" }, words.sit_out_hint),
    h(
      "div",
      { class: "field", key: "choose" },
      h("label", { for: id }, readBy(sheet, "only_you", words.decline)),
      h("p", { class: "hint", id: `${id}-hint` }, words.decline_hint),
      h(
        "select",
        {
          id,
          value: memory.other ?? "",
          disabled: state.is_full,
          "aria-describedby": `${id}-hint`,
          "data-focus": "decline",
          onchange: ({ target }) => {
            memory.other = target.value;
            sheet.draw();
          },
        },
        h("option", { value: "" }, sheet.common.not_said),
        state.others.map(([seat, name]) => h("option", { key: seat, value: seat }, name)),
      ),
    ),
    h(
      "p",
      { class: "row", key: "keep" },
      sheet.button(words.decline_keep, decline, { disabled: !memory.other || state.is_full }),
    ),
    h(
      "ul",
      { class: "cards", key: "declined" },
      state.declined.map((each) =>
        h(
          "li",
          { key: each.id, class: "card row" },
          h("span", {}, each.name),
          sheet.button(words.accept, () => sheet.send({ do: "accept", id: each.id }), {
            name: sheet.say("accept_name", each),
          }),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
