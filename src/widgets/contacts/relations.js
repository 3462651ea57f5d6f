// What a person is to others in the book, and who came to be known through whom.

import { lookAtNote, noteCaution } from "../parts/explanation.js";
import { personPicker } from "../parts/person_picker.js";
import { format, h } from "../base/sheet.js";

/**
 * @typedef {{id: string, other: string, name: string, what: string, card: string,
 *   caution: Reason | null}} Relation
 * @typedef {{id: string, name: string, card: string, below: Branch[]}} Branch
 */

/** The fold on the card of a person. @param {Sheet} sheet @param {Row} card */
export function relationList(sheet, card) {
  const { texts, tree } = card.relations;
  /** @type {Relation[]} */
  const all = card.relations.rows;
  return sheet.details(
    `relations-${card.id}`,
    all.length ? `${texts.title} – ${all.map(({ name }) => name).join("、")}` : texts.title,
    all.length > 0 &&
      h(
        "ul",
        { class: "relations", "aria-label": texts.title },
        all.map((relation) => drawRelation(sheet, card, relation)),
      ),
    drawRelationForm(sheet, card),
    tree && [h("h5", { key: "tree" }, texts.tree), drawTree(card, [tree])],
  );
}

/** @param {Sheet} sheet @param {Row} card @param {Relation} relation */
function drawRelation(sheet, card, { id, name, what, card: href, caution }) {
  const { texts } = card.relations;
  return h(
    "li",
    { key: id, class: "row" },
    h("span", {}, h("span", { class: "tag" }, what), " ", h("a", { href }, name)),
    sheet.button(
      sheet.common.remove,
      () =>
        sheet.send(
          { do: "unrelate", id },
          { done: (answer) => answer.ok && sheet.focus(`new-relation-${card.id}`) },
        ),
      { name: format(texts.remove, { what, name }) },
    ),
    caution && noteCaution(sheet, caution, `caution-${id}`),
  );
}

/** @param {Sheet} sheet @param {Row} card */
function drawRelationForm(sheet, card) {
  const { memory } = sheet;
  const { texts, kinds } = card.relations;
  const slot = `new-relation-${card.id}`;
  const count = (memory.relationsAdded ??= 0); // a new id for each: the fields are empty again
  /** @type {Row} */
  const row = (memory[slot] ??= {
    id: `${slot}-${count}`,
    draft: true,
    other: null,
    kind: "",
    words: "",
    inverse: "",
  });
  const fields = sheet.fields("relation", row);
  const names = { name: card.name, other: row.name ?? "" };
  const onwrite = () => lookAtNote(sheet, row, `${row.words}\n${row.inverse}`);
  /** @param {{preventDefault: () => void}} event */
  const add = (event) => {
    event.preventDefault();
    const { other, kind, words, inverse } = row;
    if (!other) return sheet.focus(`${slot}.other`);
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok) return;
      delete memory[slot];
      memory.relationsAdded = count + 1;
      sheet.draw();
      sheet.focus(slot);
    };
    sheet.send({ do: "relate", id: card.id, other, kind, words, inverse }, { done });
  };
  return h(
    "form",
    { key: slot, novalidate: true, onsubmit: add },
    h("h5", { tabindex: -1, "data-focus": slot }, texts.add_title),
    personPicker(fields, "other", {
      label: texts.other,
      focus: `${slot}.other`,
      fresh: true,
      name: row.name ?? "",
      without: [card.id],
      onpick: (person) => {
        Object.assign(row, { other: person?.id ?? null, name: person?.name ?? "" });
        sheet.draw();
      },
    }),
    row.other && [
      h(
        "div",
        { class: "pair", key: "kind" },
        fields.select("kind", kinds, {
          label: format(texts.kind, names),
          empty: texts.in_words_only,
        }),
        fields.text("words", { label: texts.words, placeholder: texts.words_example, onwrite }),
        row.words && fields.text("inverse", { label: format(texts.inverse, names), onwrite }),
      ),
      row.caution && noteCaution(sheet, row.caution, `caution-${slot}`),
      h("div", { class: "row", key: "add" }, h("button", { type: "submit" }, texts.add)),
    ],
  );
}

/** Lists in lists: whoever stands below came through the one above.
 * @param {Row} card
 * @param {Branch[]} branches
 * @returns {ElementDescription}
 */
function drawTree(card, branches) {
  return h(
    "ul",
    { class: "tree" },
    branches.map(({ id, name, card: href, below }) =>
      h(
        "li",
        { key: id },
        id === card.id ? h("strong", { "aria-current": "true" }, name) : h("a", { href }, name),
        below.length > 0 && drawTree(card, below),
      ),
    ),
  );
}
