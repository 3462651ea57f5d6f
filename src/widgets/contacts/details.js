// Further addresses, important days and own fields of a person, each kept with its label.

import { noteCaution } from "../parts/explanation.js";
import { format, h } from "../base/sheet.js";

/**
 * @typedef {{id: string, version: number, kind: string, label: string, value: string,
 *   shown: string, href: string,
 *   caution: Reason | null}} Detail
 */

/** The fold with what is rarely needed. @param {Sheet} sheet @param {Row} card */
export function personDetails(sheet, card) {
  const { texts } = card.details;
  const fields = sheet.fields("contact", card);
  /** @type {Detail[]} */
  const all = card.details.rows;
  return sheet.details(
    `details-${card.id}`,
    texts.title,
    h(
      "div",
      { class: "pair" },
      fields.text("romaji", { label: texts.romaji }),
      fields.text("alias", { label: texts.alias, hint: texts.alias_hint }),
      fields.text("honorific", { label: texts.honorific, hint: texts.honorific_hint }),
      fields.text("birthday", {
        label: texts.birthday,
        hint:
          card.details.born !== card.birthday && card.details.born
            ? card.details.born
            : texts.day_hint,
      }),
    ),
    all.length > 0 &&
      h(
        "ul",
        { class: "details" },
        all.map((detail) => drawDetail(sheet, card, detail)),
      ),
    drawDetailForm(sheet, card),
  );
}

/** @param {Sheet} sheet @param {Row} card @param {Detail} detail */
function drawDetail(sheet, card, detail) {
  const { texts } = card.details;
  const { kind, shown, href } = detail;
  const label = detail.label || texts.kinds[kind];
  const fields = sheet.fields("detail", detail);
  const named = (/** @type {string} */ act) => ({ name: `${act}: ${label} ${shown}` });
  return h(
    "li",
    { key: detail.id },
    h(
      "p",
      {},
      h("span", { class: "tag" }, label),
      " ",
      href ? outward(href, shown) : h("span", { class: "said" }, shown),
    ),
    detail.caution && noteCaution(sheet, detail.caution, `caution-${detail.id}`),
    sheet.details(
      `detail-${detail.id}`,
      [texts.change, h("span", { class: "unseen" }, ` ${label} ${shown}`)],
      h(
        "div",
        { class: "pair" },
        fields.text("label", { label: texts.label, placeholder: texts.labels[kind] }),
        fields.text("value", {
          label: texts.kinds[kind],
          rows: ["address", "field"].includes(kind) ? 2 : undefined,
          hint: kind === "date" ? texts.day_hint : null,
        }),
      ),
      h(
        "div",
        { class: "row" },
        sheet.button(texts.copy, () => copyValue(sheet, texts, detail.value), named(texts.copy)),
        ["email", "phone", "url"].includes(kind) &&
          sheet.button(
            texts.make_main,
            () => sheet.send({ do: "make_main", id: detail.id }),
            named(texts.make_main),
          ),
        sheet.button(
          sheet.common.remove,
          () => sheet.remove("detail", detail, `new-detail-${card.id}`),
          named(sheet.common.remove),
        ),
      ),
    ),
  );
}

/** Put a value on the clipboard. @param {Sheet} sheet @param {Words} texts @param {string} value */
async function copyValue(sheet, texts, value) {
  try {
    await navigator.clipboard.writeText(value);
    sheet.setStatus(texts.copied);
  } catch {
    sheet.setStatus(sheet.say("not_copied"), true);
  }
}

/** A link that leads out when it is pressed, and tells nobody from where.
 * @param {string} href
 * @param {string} text
 */
const outward = (href, text) =>
  h("a", { href, target: "_blank", rel: "noreferrer noopener", class: "said" }, text);

/** The main addresses as links: to write, to call, to read. @param {Row} card */
export function mainLinks(card) {
  const { main, texts } = card.details;
  /** @type {[string, string][]} */
  const links = Object.entries(main);
  if (!links.length) return null;
  return h(
    "p",
    { class: "row", key: "main-links" },
    links.map(([kind, href]) =>
      h("span", { key: kind }, outward(href, format(texts.leads_to[kind], { name: card.name }))),
    ),
  );
}

/** The form that adds one; its values exist only on the page until they are saved.
 * @param {Sheet} sheet
 * @param {Row} card
 */
function drawDetailForm(sheet, card) {
  const { memory } = sheet;
  const { texts } = card.details;
  const slot = `new-detail-${card.id}`;
  const count = (memory.detailsAdded ??= 0); // a new id for each: the fields are empty
  /** @type {Row} */
  const row = (memory[slot] ??= {
    id: `${slot}-${count}`,
    draft: true,
    kind: "email",
    label: "",
    value: "",
  });
  const fields = sheet.fields("detail", row);
  /** @param {{preventDefault: () => void}} event */
  const add = (event) => {
    event.preventDefault();
    if (!row.value.trim()) return sheet.focus(`${slot}.value`);
    const { kind, label, value } = row;
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok) return;
      delete memory[slot];
      memory.detailsAdded = count + 1;
      sheet.draw();
      sheet.focus(slot);
    };
    const values = { contact_id: card.id, kind, label: label.trim(), value: value.trim() };
    sheet.send({ do: "add", table: "detail", values }, { done });
  };
  return h(
    "form",
    { key: slot, novalidate: true, onsubmit: add },
    h("h5", { tabindex: -1, "data-focus": slot }, texts.add_title),
    h(
      "div",
      { class: "pair" },
      h(
        "div",
        { class: "field" },
        h("label", { for: `${sheet.id}-${slot}` }, texts.kind),
        h(
          "select",
          {
            id: `${sheet.id}-${slot}`,
            value: row.kind,
            onchange: ({ target }) => {
              row.kind = target.value;
              sheet.draw();
            },
          },
          Object.entries(texts.kinds).map(([value, text]) =>
            h("option", { key: value, value }, text),
          ),
        ),
      ),
      fields.text("label", { label: texts.label, placeholder: texts.labels[row.kind] }),
      fields.text("value", {
        label: texts.value,
        focus: `${slot}.value`,
        rows: ["address", "field"].includes(row.kind) ? 2 : undefined,
        hint: row.kind === "date" ? texts.day_hint : null,
      }),
    ),
    h("div", { class: "row" }, h("button", { type: "submit" }, texts.add)),
  );
}

/** Once a year: is it still so? One tap says yes. @param {Sheet} sheet @param {Row} card */
export function stillTrue(sheet, card) {
  const { texts, unchecked } = card.details;
  if (!unchecked || sheet.memory[`changed-${card.id}`]) return null;
  const said = [card.organisation, card.department, card.title, card.email, card.phone];
  const change = () => {
    sheet.memory[`changed-${card.id}`] = true;
    sheet.memory[`reach-${card.id}`] = true;
    sheet.draw();
    sheet.focus(`${card.id}.organisation`);
  };
  return h(
    "div",
    { class: "today", key: "still-true", role: "group", "aria-label": texts.still },
    h("p", {}, format(texts.still_since, { on: unchecked })),
    said.some(Boolean) && h("p", { class: "hint" }, said.filter(Boolean).join("　")),
    h(
      "div",
      { class: "row" },
      sheet.button(texts.still_yes, () =>
        sheet.send({ do: "still_true", id: card.id }, { done: () => sheet.focus("card") }),
      ),
      sheet.button(texts.still_changed, change),
    ),
  );
}
