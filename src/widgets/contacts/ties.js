// Who knows whom, one pair at a time, and a plain list of what is known.

import { personPicker } from "../parts/person_picker.js";
import { format, h } from "../base/sheet.js";

const TIE_STATES = ["strangers", "acquainted", "close", ""];

/** The next pair, the people to think about, and what is known.
 * @param {Sheet} sheet
 */
export function drawTies(sheet) {
  const state = sheet.state.ties;
  const words = sheet.words.ties;
  /** @type {Row[]} */
  const ties = state.ties;
  const known = ties.filter((tie) => tie.state !== "strangers");
  const strangers = ties.filter((tie) => tie.state === "strangers");
  return [
    h("p", { class: "hint" }, words.lead),
    drawPair(sheet),
    state.people.length > 0 &&
      h(
        "ul",
        { class: "row circle", "aria-label": words.circle },
        state.people.map((/** @type {string} */ id) =>
          h("li", { key: id, class: "tag" }, state.names[id]),
        ),
      ),
    state.room
      ? personPicker(sheet.fields("contact", { id: "one-more" }), "thought_of", {
          label: words.name_more,
          fresh: true,
          without: state.people,
          focus: "ties.who",
          onpick: (person) => person && sheet.send({ do: "think_of", id: person.id }),
        })
      : h("p", { class: "hint" }, words.most),
    known.length > 0 && [
      h("h4", { key: "known" }, words.known),
      h(
        "ul",
        { class: "known", key: "known-list" },
        known.map((tie) => drawTie(sheet, tie)),
      ),
    ],
    strangers.length > 0 &&
      sheet.details(
        "strangers",
        words.strangers_title,
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
  const state = sheet.state.ties;
  const words = sheet.words.ties;
  if (state.people.length < 2) return h("p", { class: "empty", key: "pair" }, words.circle_empty);
  if (!state.pair) return h("p", { class: "hint", key: "pair" }, words.pairs_done);
  const [a, b] = state.pair;
  const asked = format(words.pair, { a: state.names[a], b: state.names[b] });
  return h(
    "div",
    { class: "card field", key: "pair", role: "group", "aria-labelledby": `${sheet.id}-pair` },
    h("p", { id: `${sheet.id}-pair`, "aria-live": "polite" }, h("strong", {}, asked)),
    h(
      "div",
      { class: "row" },
      TIE_STATES.map((answer) =>
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

/** @param {Sheet} sheet @param {Row} tie */
function drawTie(sheet, { id, a_id, b_id, state }) {
  const words = sheet.words.ties;
  const { names: called } = sheet.state.ties;
  const names = { a: called[a_id], b: called[b_id] };
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
      TIE_STATES.map((answer) =>
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
