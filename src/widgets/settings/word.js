// The word of choice, with a live preview of what it changes; the language; words that belong
// together.

import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const choices = Object.entries(words.choices).map(([word, { text, note }]) => [word, text, note]);
  const fields = sheet.fields("setting", state.chosen);
  return [
    fields.choose("word", choices, {
      onpick: (word) => sheet.send({ do: "call", word }),
    }),
    h(
      "div",
      { class: "example", "aria-live": "polite" },
      h("p", {}, h("strong", {}, words.example_title)),
      sheet.note(words.examples),
    ),
    fields.choose("language", state.languages, {
      onpick: (language) => sheet.send({ do: "speak", language }),
    }),
    sheet.details("pairs", words.pairs, sheet.note(words.pairs_hint), drawPairs(sheet)),
  ];
}

/** The pairs of words the person judged, and two fields for another pair.
 * @param {Sheet} sheet
 */
function drawPairs(sheet) {
  const { state, words, common } = sheet;
  const ids = ["pair_one", "pair_other"].map((key) => `${sheet.id}-${key}`);
  const add = () => {
    const entries = ids.map((id) => sheet.find(id));
    const empty = entries.find((entry) => !entry.value.trim());
    if (empty) return empty.focus();
    const [one, other] = entries.map((entry) => entry.value);
    const done = (/** @type {Answer} */ answer) => {
      if (answer.ok) for (const entry of entries) entry.value = "";
    };
    sheet.send({ do: "judge_pair", one, other, verdict: "together" }, { done });
    entries[0].focus();
  };
  return [
    ids.map((id, place) => [
      h("label", { for: id, key: `${id}-label` }, words[place ? "pair_other" : "pair_one"]),
      h("input", {
        key: id,
        type: "text",
        id,
        autocomplete: "off",
        maxlength: 300,
        "data-focus": place ? "pair_other" : "pair_one",
      }),
    ]),
    h("div", { class: "row" }, sheet.button(words.pair_add, add)),
    h(
      "ul",
      { class: "known" },
      state.pairs.map((/** @type {Row} */ pair) =>
        h(
          "li",
          { class: "row", key: pair.id },
          format(pair.verdict === "apart" ? words.pair_apart_of : words.pair_of, pair),
          sheet.button(common.remove, () => sheet.remove("word_pair", pair, "pair_one"), {
            name: format(words.pair_remove, pair),
          }),
        ),
      ),
    ),
  ];
}

export default defineSheet({ draw });
