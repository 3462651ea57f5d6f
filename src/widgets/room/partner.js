// Partner: with whom one talks in this round, why, where, and a question to begin with.

import { forSeat, said } from "./participant.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
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
    h("h4", {}, words.begin),
    said(party.begin),
  );
}

export default defineSheet({ draw: forSeat(draw) });
