// The goal so far: the sentence of seven parts, how complete it is, what to write next.

import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const place = state.parts.find((part) => part.name === "place");
  return [
    h(
      "div",
      { class: "whom", key: "whom" },
      h("h3", {}, words.sentence_title),
      h(
        "ol",
        {},
        state.parts.map((part) =>
          h("li", { key: part.name }, drawPart(words.parts[part.name], part)),
        ),
      ),
    ),
    h("h3", { key: "points", id: `${sheet.id}-points` }, words.points),
    h(
      "div",
      { class: "row points", key: "bar" },
      h("progress", { max: 10, value: state.points, "aria-labelledby": `${sheet.id}-points` }),
      h("strong", {}, sheet.say("points_said", { n: state.points })),
    ),
    h("p", { class: "hint", key: "hint" }, words.not_a_grade),
    h(
      "p",
      { class: "today", key: "advice", role: "status" },
      state.go_out && place.text ? sheet.say("go_out", { place: place.text }) : state.advice,
    ),
    state.missing.length > 0 && [
      h("h3", { key: "missing" }, words.missing_title),
      h(
        "ul",
        { class: "dots", key: "list" },
        state.missing.map(({ name, text, screen }) =>
          h("li", { key: name }, h("a", { class: "mend", href: `#${screen}` }, text)),
        ),
      ),
    ],
    h(
      "p",
      { key: "print" },
      sheet.button(words.print, () => window.print()),
    ),
  ];
}

/** One part: as it is written, or a gap that leads to the sheet where it is written. */
function drawPart(said, part) {
  if (!part.text) return h("a", { class: "gap", href: `#${part.screen}` }, said.gap);
  return format(part.on && said.dated ? said.dated : said.said, part);
}

export default defineSheet({ draw });
