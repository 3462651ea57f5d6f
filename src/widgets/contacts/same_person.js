// Who is perhaps in the book twice: pairs with reasons, each merged or set apart by the person.

import { format, h } from "../base/sheet.js";

/**
 * @typedef {{id: string, name: string, note: string}} Person
 * @typedef {{one: Person, other: Person, why: string, card: string}} Pair
 */

/** Ask Python for the pairs of a contact, of everybody with ''; once for each state of the book.
 * @param {Sheet} sheet
 * @param {string} id
 */
function askForPairs(sheet, id) {
  const { memory, state } = sheet;
  if (pairsAsked.get(sheet)?.[id] === state) return;
  pairsAsked.set(sheet, { ...pairsAsked.get(sheet), [id]: state });
  /** @param {Answer} answer */
  const done = (answer) => {
    if (!answer.ok) return;
    memory[`alike-${id}`] = { pairs: answer.pairs, total: answer.total, passing: true };
    sheet.draw();
  };
  queueMicrotask(() => sheet.send({ do: "alike", id }, { done, isQuiet: true }));
}

/** @type {WeakMap<Sheet, Record<string, State>>} */
const pairsAsked = new WeakMap(); // the state of the book for which the pairs were asked

/** The fold beside the list of people; the pairs are looked for once it is opened.
 * @param {Sheet} sheet
 * @param {Words} texts
 */
export function likelyPairs(sheet, texts) {
  return sheet.details("alike", texts.title, () => likelySame(sheet, texts, ""));
}

/** The pairs of a contact, or of everybody.
 * @param {Sheet} sheet
 * @param {Words} texts
 * @param {string} id
 * @param {(other: string) => void} [merge] compares the two on the open card
 */
export function likelySame(sheet, texts, id, merge) {
  /** @type {{pairs: Pair[], total: number} | undefined} */
  const found = sheet.memory[`alike-${id}`];
  if (sheet.memory[id ? `merge-${id}` : "alike"]) askForPairs(sheet, id);
  if (!found) return h("p", { class: "hint", key: "alike" }, texts.looking);
  return h(
    "div",
    { key: "alike" },
    h("p", { class: "hint" }, found.pairs.length ? texts.lead : texts.none),
    h(
      "ul",
      { class: "cards" },
      found.pairs.map((pair) => drawLikelyPair(sheet, texts, id, pair, merge)),
    ),
    found.total > found.pairs.length &&
      h("p", { class: "hint" }, format(texts.more, { count: found.total - found.pairs.length })),
  );
}

/**
 * @param {Sheet} sheet
 * @param {Words} texts
 * @param {string} id
 * @param {Pair} pair
 * @param {((other: string) => void)} [merge]
 */
function drawLikelyPair(sheet, texts, id, { one, other, why, card }, merge) {
  const names = { name: one.name, other: other.name };
  const apart = () => sheet.send({ do: "set_apart", id: one.id, other: other.id });
  const compare = () => {
    if (merge) return merge(other.id);
    sheet.memory[`merge-${one.id}`] = true; // the fold is open when the card is shown
    location.hash = card.split("#")[1] ?? "";
  };
  return h(
    "li",
    { key: `${one.id} ${other.id}`, class: "card" },
    h(
      "p",
      {},
      (id ? [other] : [one, other]).map((each, at) =>
        h(
          "span",
          { key: at },
          at > 0 && texts.and,
          each.name,
          each.note && h("small", {}, each.note),
        ),
      ),
    ),
    h("p", { class: "hint" }, why),
    h(
      "div",
      { class: "row" },
      sheet.button(texts.compare, compare, { name: format(texts.compare_who, names) }),
      sheet.button(texts.not_same, apart, { name: format(texts.not_same_who, names) }),
    ),
  );
}
