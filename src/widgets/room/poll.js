// Poll: choose one; the numbers are shown once they are opened.

import { whileOpen } from "./room_sheet.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (!state.polls.length) return h("p", { class: "empty", key: "none" }, words.none);
  return state.polls.map((poll) => (poll.counts.length ? drawVotes : drawChoice)(sheet, poll));
}

/** @param {Sheet} sheet */
function drawChoice(sheet, poll) {
  const row = { id: poll.id, mine: poll.mine };
  return h(
    "div",
    { class: "card", key: poll.id },
    sheet.fields("vote", row).choose(
      "mine",
      poll.options.map((text, at) => [at, text]),
      {
        label: poll.question,
        hint: sheet.words.hidden,
        onpick: (option) => sheet.send({ do: "vote", poll_id: poll.id, option }),
      },
    ),
  );
}

/** @param {Sheet} sheet */
function drawVotes(sheet, poll) {
  const { words } = sheet;
  return h(
    "div",
    { class: "card", key: poll.id },
    h("h3", {}, poll.question),
    h("p", { class: "hint" }, words.closed),
    h(
      "ul",
      { class: "dots" },
      poll.options.map((text, at) =>
        h(
          "li",
          { key: `o-${at}` },
          text,
          " – ",
          sheet.say("votes", { n: poll.counts[at] }),
          poll.mine === at && [" ", h("span", { class: "tag" }, words.mine)],
        ),
      ),
    ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
