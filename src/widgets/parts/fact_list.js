// What is written about a person: added in one line, and the gifts that each fact opens.

import { explanation, noteCaution } from "./explanation.js";
import { format, h } from "../base/sheet.js";

/** The facts about a person, and a line to add one.
 * @param {Sheet} sheet its state has `fact_texts`
 * @param {{id: string, facts: Row[]}} person
 */
export function factList(sheet, person) {
  return h(
    "div",
    { class: "facts", key: `facts-${person.id}` },
    h("h4", { tabindex: -1, "data-focus": `facts-${person.id}` }, sheet.state.fact_texts.title),
    person.facts.length > 0 &&
      h(
        "ul",
        {},
        person.facts.map((fact) => drawFact(sheet, person, fact)),
      ),
    drawForm(sheet, person),
  );
}

/** @param {Sheet} sheet @param {{id: string}} person @param {Row} fact */
function drawFact(sheet, person, fact) {
  const texts = sheet.state.fact_texts;
  const fields = sheet.fields("fact", fact);
  const words = format(texts.quoted, { words: fact.words });
  /** @type {[string, string][]} */
  const gifts = fact.gifts;
  /** @type {string[]} */
  const planned = fact.planned;
  return h(
    "li",
    { key: fact.id },
    h(
      "p",
      {},
      h("span", { class: "tag" }, texts.kinds[fact.kind || "pleases"]),
      " ",
      h("span", { class: "said" }, words),
      fact.source && h("small", {}, texts.sources[fact.source]),
    ),
    fact.caution && noteCaution(sheet, fact.caution, `caution-${fact.id}`),
    planned.map((what) =>
      h("p", { key: what, class: "hint" }, texts.planned, " ", h("strong", {}, what)),
    ),
    gifts.length > 0 &&
      h(
        "div",
        { class: "row", role: "group", "aria-label": texts.gifts },
        gifts.map(([key, text]) =>
          sheet.button(
            text,
            () => {
              sheet.saveAll();
              sheet.send({ do: "plan_for_fact", id: fact.id, key });
            },
            { name: format(texts.gift, { act: text, words: fact.words }) },
          ),
        ),
      ),
    sheet.details(
      `fact-${fact.id}`,
      [texts.change, h("span", { class: "unseen" }, " ", words)],
      fields.textArea("words", { label: texts.words, rows: 1 }),
      h("div", { class: "row" }, kindField(fields), sourceField(fields)),
      fact.reason && explanation(sheet, fact.id, fact.reason),
      sheet.button(sheet.common.remove, () => sheet.remove("fact", fact, `facts-${person.id}`)),
    ),
  );
}

/** The line that adds a fact; its values exist only on the page until they are saved.
 * @param {Sheet} sheet
 * @param {{id: string}} person
 */
function drawForm(sheet, person) {
  const { memory } = sheet;
  const texts = sheet.state.fact_texts;
  const slot = `new-fact-${person.id}`;
  const count = (memory.factsAdded ??= 0); // a new id for each, so that the fields are empty again
  memory[slot] ??= { id: `${slot}-${count}`, draft: true, kind: "", words: "", source: "" };
  const row = memory[slot];
  const fields = sheet.fields("fact", row);
  /** @param {{preventDefault: () => void}} event */
  const add = (event) => {
    event.preventDefault();
    if (!row.words.trim()) return sheet.focus(slot);
    const { kind, words, source } = row;
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok) return;
      delete memory[slot];
      memory.factsAdded = count + 1;
      sheet.draw();
      sheet.focus(slot);
    };
    sheet.send(
      { do: "add", table: "fact", values: { contact_id: person.id, kind, words, source } },
      { done },
    );
  };
  return h(
    "form",
    { class: "row", key: slot, onsubmit: add },
    kindField(fields),
    fields.text("words", { label: texts.words, placeholder: texts.words_example, focus: slot }),
    sourceField(fields),
    h("button", { type: "submit" }, texts.add),
  );
}

/** @param {RowFields} fields */
function kindField(fields) {
  const texts = fields.sheet.state.fact_texts;
  const { pleases, ...kinds } = texts.kinds;
  return fields.select("kind", kinds, { label: texts.kind, empty: pleases });
}

/** @param {RowFields} fields */
function sourceField(fields) {
  const texts = fields.sheet.state.fact_texts;
  return fields.select("source", texts.sources, { label: texts.source, empty: texts.no_source });
}
