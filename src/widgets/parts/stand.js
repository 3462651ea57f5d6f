// Where the two articles disagree: both voices side by side, and the stand the person takes.

import { h } from "../base/sheet.js";

/** A question that opens and closes: both voices, the choices, and what follows from the choice.
 * `state.stands` has it. On the sheet where all of them are, the person's own words can be written.
 * @param {Sheet} sheet
 * @param {string} question
 * @param {{isHome?: boolean}} options
 */
export function stand(sheet, question, { isHome = false } = {}) {
  const { words, each, at } = sheet.state.stands;
  const one = each[question];
  return sheet.details(
    `stand-${question}`,
    [one.ask, h("small", {}, one.chosen || words.open)],
    twoVoices(words, one),
    sheet.fields("setting", one.row).choose("choice", one.choices, {
      label: words.choose,
      hint: one.follows || null,
      onpick: (choice) => sheet.send({ do: "take_stand", question, choice }),
    }),
    isHome
      ? sheet.fields("setting", one.own).textArea("value", {
          label: words.words,
          placeholder: words.words_example,
          rows: 2,
        })
      : [
          one.own.value && h("p", { class: "example", key: "own" }, one.own.value),
          h("p", { class: "hint", key: "more" }, h("a", { href: at }, words.more)),
        ],
  );
}

/** Both voices on a question, neither above the other.
 * @param {Words} words
 * @param {{warm: string, blunt: string}} question
 */
export function twoVoices(words, question) {
  return h(
    "div",
    { class: "pair voices", key: "voices" },
    ["warm", "blunt"].map((voice) =>
      h(
        "div",
        { class: "example", key: voice },
        h("p", {}, h("strong", {}, words.voices[voice])),
        h("p", {}, question[/** @type {"warm" | "blunt"} */ (voice)]),
      ),
    ),
  );
}

/** Does a stand taken a season ago still hold? Asked once; `state.stand_check` has it.
 * @param {Sheet} sheet
 */
export function standCheck(sheet) {
  const { stand_check: check } = sheet.state;
  if (!check) return null;
  const confirm = () =>
    sheet.send(
      { do: "confirm_stand", question: check.question },
      { done: () => sheet.focusQuestion() },
    );
  return h(
    "section",
    { class: "card field", key: "stand_check" },
    h("p", {}, check.text),
    check.own && h("p", { class: "example" }, check.own),
    h(
      "div",
      { class: "row" },
      sheet.button(check.still, confirm),
      h("a", { class: "button", href: check.at }, check.change),
    ),
  );
}
