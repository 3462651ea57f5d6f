// Ties: who knows whom, one pair at a time, and a plain list of what is known.

import { personPicker } from "../parts/person_picker.js";
import { defineSheet, format, h } from "../base/sheet.js";

const ANSWERS = ["strangers", "acquainted", "close", ""];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const known = state.ties.filter((tie) => tie.state !== "strangers");
  const strangers = state.ties.filter((tie) => tie.state === "strangers");
  return [
    h("h3", {}, words.circle),
    state.people.length > 0 &&
      h(
        "ul",
        { class: "row circle" },
        state.people.map((id) => h("li", { key: id, class: "tag" }, state.names[id])),
      ),
    drawPair(sheet),
    state.people.length < state.most
      ? personPicker(sheet.fields("contact", { id: "one-more" }), "thought_of", {
          label: words.name_more,
          fresh: true,
          without: state.people,
          focus: "ties.who",
          onpick: (person) => person && sheet.send({ do: "think_of", id: person.id }),
        })
      : h("p", { class: "hint" }, words.most),
    h("h3", {}, words.known),
    known.length
      ? h(
          "ul",
          { class: "known" },
          known.map((tie) => drawTie(sheet, tie)),
        )
      : h("p", { class: "empty" }, words.known_none),
    strangers.length > 0 &&
      sheet.details(
        "strangers",
        format(words.strangers_title, { count: strangers.length }),
        h("p", { class: "hint" }, words.strangers_hint),
        h(
          "ul",
          { class: "known" },
          strangers.map((tie) => drawTie(sheet, tie)),
        ),
      ),
  ];
}

/** The current pair; the same buttons serve the next one, so that the focus stays.
 * @param {Sheet} sheet
 */
function drawPair(sheet) {
  const { state, words } = sheet;
  if (state.people.length < 2) return h("p", { class: "empty", key: "pair" }, words.circle_empty);
  const count = format(words.pair_count, { done: state.done, total: state.pairs });
  if (!state.pair) return h("p", { class: "empty", key: "pair" }, words.pairs_done, " ", count);
  const [a, b] = state.pair;
  const asked = format(words.pair, { a: state.names[a], b: state.names[b] });
  return h(
    "div",
    { class: "card field", key: "pair", role: "group", "aria-labelledby": `${sheet.id}-pair` },
    h(
      "p",
      { id: `${sheet.id}-pair`, "aria-live": "polite" },
      h("strong", {}, asked),
      h("small", {}, count),
    ),
    h(
      "div",
      { class: "row" },
      ANSWERS.map((answer) =>
        h(
          "button",
          {
            type: "button",
            key: answer || "unknown",
            onclick: () => sheet.send({ do: "tell", a, b, state: answer }),
          },
          words.states[answer || "unknown"],
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawTie(sheet, { id, a_id, b_id, state }) {
  const { words } = sheet;
  const names = { a: sheet.state.names[a_id], b: sheet.state.names[b_id] };
  return h(
    "li",
    { key: id, class: "row" },
    h("span", {}, format(words.sentences[state], names)),
    h(
      "select",
      {
        "aria-label": format(words.change_pair, names),
        value: state,
        onchange: (event) =>
          sheet.send({ do: "tell", a: a_id, b: b_id, state: event.target.value }),
      },
      ANSWERS.map((answer) =>
        h("option", { key: answer || "unknown", value: answer }, words.states[answer || "unknown"]),
      ),
    ),
    sheet.button(
      "×",
      () => sheet.send({ do: "untell", a: a_id, b: b_id }, { done: () => sheet.focusQuestion() }),
      { name: format(words.forget_pair, names) },
    ),
  );
}

export default defineSheet({ draw });
