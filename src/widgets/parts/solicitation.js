// Signs of recruiting, for a place or a person: a checklist, with ways to say no.

import { explanation } from "./explanation.js";
import { h } from "../base/sheet.js";

/** The checklist of a place or a person, closed at first, and its result.
 * @param {RowFields} fields
 */
export function solicitationSigns(fields) {
  const { sheet, table, row } = fields;
  const { signs } = sheet.state;
  /** @type {string[]} */
  const first = sheet.memory[`${row.id}-found`] ?? []; // the signs of the question that led here
  const order = new Set([...first, ...Object.keys(signs.each)]);
  /** @type {[string, string][]} */
  const each = [...order].map((sign) => [sign, signs.each[sign]]);
  /** @param {string} sign @param {boolean} isOn */
  const mark = (sign, isOn) => {
    const others = row.signs.filter((/** @type {string} */ other) => other !== sign);
    fields.write({ signs: isOn ? [...row.signs, sign] : others });
  };
  return [
    table === "place" && drawUnknown(fields),
    sheet.details(
      `${row.id}-signs`,
      table === "contact" ? signs.title_person : signs.title,
      h("p", { class: "hint" }, signs.lead),
      h(
        "div",
        { class: "choices" },
        each.map(([sign, text]) =>
          h(
            "label",
            { key: sign, class: "option tick" },
            h("input", {
              type: "checkbox",
              checked: row.signs.includes(sign),
              "data-focus": `${row.id}.${sign}`,
              onchange: ({ target }) => mark(sign, target.checked),
            }),
            h("span", {}, text),
          ),
        ),
      ),
      h("h3", {}, signs.refuse_title),
      h(
        "ul",
        { class: "dots" },
        signs.refuse.map((/** @type {string} */ line) => h("li", { key: line }, line)),
      ),
      h("h3", {}, signs.help_title),
      sheet.note([signs.help, signs.law].filter(Boolean)),
    ),
    row.caution &&
      h(
        "div",
        { class: "trouble", key: "caution", role: "status" },
        h("p", {}, h("strong", {}, signs.results[row.result])),
        sheet.note([row.caution.why, row.caution.act]),
      ),
  ];
}

/** A question about the signs read in what was written: to look at it together, or all is well.
 * @param {RowFields} fields those of the place or person that is checked
 * @param {Row | null} question
 * @param {{focus: string, opens?: string}} where the focus goes once all is well, and what else is
 *   to be opened to look
 */
export function signQuestion(fields, question, { focus, opens }) {
  if (!question) return null;
  const { sheet, row } = fields;
  const { signs } = sheet.state;
  const { table, about, reason } = question;
  const look = () => {
    Object.assign(sheet.memory, {
      [`${row.id}-found`]: question.signs,
      [`${row.id}-signs`]: true,
      ...(opens && { [opens]: true }),
    });
    sheet.draw();
    sheet.focus(`${row.id}.${question.signs[0]}`);
  };
  /** @param {Answer} answer */
  const done = (answer) => answer.ok && sheet.focus(focus);
  const isWell = () => sheet.send({ do: "find_all_well", table, about }, { done });
  return h(
    "div",
    { class: "example field", key: `asks-${about}`, role: "group", "aria-label": signs.asked },
    h("p", {}, reason.why),
    h("p", {}, reason.act),
    h("div", { class: "row" }, sheet.button(signs.look, look), sheet.button(signs.well, isWell)),
    explanation(sheet, `signs-${about}`, reason),
  );
}

/** What one does not know of a place yet: a question to who organises it, until the tick is off.
 * @param {RowFields} fields
 */
function drawUnknown(fields) {
  const { sheet, row } = fields;
  const { signs } = sheet.state;
  /** @param {string} what @param {boolean} isOn */
  const mark = (what, isOn) => {
    const others = row.unknown.filter((/** @type {string} */ other) => other !== what);
    fields.write({ unknown: isOn ? [...others, what] : others });
  };
  return sheet.details(
    `${row.id}-unknown`,
    signs.unknown_title,
    h("p", { class: "hint" }, signs.unknown_hint),
    h(
      "div",
      { class: "choices" },
      fields.checkbox("unknown_organiser", { label: signs.unknown_organiser }),
      Object.entries(signs.unknown).map(([what, text]) =>
        h(
          "label",
          { key: what, class: "option tick" },
          h("input", {
            type: "checkbox",
            checked: row.unknown.includes(what),
            "data-focus": `${row.id}.${what}`,
            onchange: ({ target }) => mark(what, target.checked),
          }),
          h("span", {}, text),
        ),
      ),
    ),
  );
}
