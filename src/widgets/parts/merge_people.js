// Somebody who is in the book twice: choose the other entry, compare the two, make them one.

import { format, h } from "../base/sheet.js";
import { personPicker } from "./person_picker.js";

/**
 * @typedef {{column: string, label: string, stays: string, goes: string, both: boolean,
 *   choice: string, conflict: boolean}} Difference a field in which the two differ
 * @typedef {{id: string, other: {id: string, name: string}, versions: number[], moves: string,
 *   fields: Difference[], choices: Record<string, string>}} Comparison
 */

/** The fold on the card of a person.
 * @param {Sheet} sheet
 * @param {Row} card
 * @param {(merge: (other: string) => void) => Kid} drawLikely draws who may be the same person
 */
export function mergePeople(sheet, card, drawLikely) {
  const { merging: texts } = card;
  /** @type {Comparison | undefined} */
  const compared = sheet.memory.compared;
  const isOpen = compared?.id === card.id;
  return sheet.details(`merge-${card.id}`, texts.title, () =>
    isOpen ? drawComparison(sheet, card, compared) : drawOthers(sheet, card, drawLikely),
  );
}

/** Who may be the same person, and a search for anybody else.
 * @param {Sheet} sheet
 * @param {Row} card
 * @param {(merge: (other: string) => void) => Kid} drawLikely
 */
function drawOthers(sheet, card, drawLikely) {
  const { merging: texts } = card;
  return h(
    "div",
    { key: "others" },
    h("p", { class: "hint" }, texts.lead),
    drawLikely((other) => compare(sheet, card, other)),
    personPicker(sheet.fields("contact", card), "twin", {
      label: texts.somebody,
      without: [card.id],
      onpick: (person) => person && compare(sheet, card, person.id),
    }),
  );
}

/** Ask where two people differ. @param {Sheet} sheet @param {Row} card @param {string} other */
function compare(sheet, card, other) {
  /** @param {Answer} answer */
  const done = (answer) => {
    if (!answer.ok) return;
    /** @type {Difference[]} */
    const fields = answer.fields;
    const choices = Object.fromEntries(fields.map(({ column, choice }) => [column, choice]));
    sheet.memory.compared = { ...answer, id: card.id, choices };
    sheet.draw();
    sheet.focus("compared");
  };
  sheet.send({ do: "compare", id: card.id, other }, { done });
}

/** Both values of each field, and the choice between them.
 * @param {Sheet} sheet
 * @param {Row} card
 * @param {Comparison} compared
 */
function drawComparison(sheet, card, compared) {
  const { merging: texts } = card;
  const { other, fields, moves, versions, choices } = compared;
  const names = { name: card.name, other: other.name };
  const conflicts = fields.filter((field) => field.conflict);
  const rest = fields.filter((field) => !field.conflict);
  const close = () => {
    sheet.memory.compared = null;
    sheet.draw();
  };
  /** @param {Difference} field */
  const draw = (field) => drawDifference(sheet, texts, compared, field);
  return h(
    "div",
    { class: "compared", key: "compared" },
    h("h4", { tabindex: -1, "data-focus": "compared" }, format(texts.heading, names)),
    h(
      "p",
      {},
      format(moves ? texts.moves : texts.moves_none, { ...names, rows: moves }),
      " ",
      texts.lists,
    ),
    h("h5", {}, conflicts.length ? texts.choose : texts.same),
    conflicts.map(draw),
    rest.length > 0 && sheet.details(`one-sided-${card.id}`, texts.one_sided, rest.map(draw)),
    h(
      "div",
      { class: "row acts" },
      sheet.button(
        texts.merge,
        () =>
          sheet.send(
            { do: "merge", id: card.id, other: other.id, versions, choices },
            { done: (answer) => (answer.ok ? close() : compare(sheet, card, other.id)) },
          ),
        { main: true },
      ),
      sheet.button(texts.not_so, close),
    ),
  );
}

/** One field: the value of each, and where it can hold both, both.
 * @param {Sheet} sheet
 * @param {Words} texts
 * @param {Comparison} compared
 * @param {Difference} field
 */
function drawDifference(sheet, texts, { choices }, { column, label, stays, goes, both }) {
  const id = `${sheet.id}-compared-${column}`;
  const options = [
    ["stays", stays || texts.nothing],
    ["goes", goes || texts.nothing],
    ...(both ? [["both", texts.both]] : []),
  ];
  if (!stays) options.reverse(); // what is written stands first
  return h(
    "fieldset",
    { class: "choose", key: column },
    h("legend", {}, label),
    h(
      "div",
      { class: "choices" },
      options.map(([value, text]) =>
        h(
          "label",
          { class: "option", key: value },
          h("input", {
            type: "radio",
            name: id,
            checked: choices[column] === value,
            "data-focus": `compared.${column}.${value}`,
            onchange: () => {
              choices[column] = value;
              sheet.draw();
            },
          }),
          h("span", { class: "said" }, text),
        ),
      ),
    ),
  );
}
