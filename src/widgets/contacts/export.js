// Contacts as a file: in which form, of whom, with names or initials.

import { downloadParts } from "../base/download.js";
import { format, h } from "../base/sheet.js";

/** @typedef {{format: string, circle: string, initials: boolean}} Chosen */
/** @typedef {{outside?: any[], outsideMore?: number}} Outside */
/** @typedef {Chosen & Outside & {missing: any[], more: number}} Choice */

/** What was chosen on a sheet so far. @param {Sheet} sheet @returns {Choice} */
function choiceOf(sheet) {
  const { memory, state } = sheet;
  memory.export ??= { format: "vcard3", circle: "", initials: false, missing: [], more: 0 };
  if (!state.export.circles.includes(memory.export.circle)) memory.export.circle = "";
  return memory.export;
}

/** The choice and its button. `command` is the verb that hands the file out; `isSelection`: of
 *  those who are selected, so that no circle is asked for.
 * @param {Sheet} sheet
 * @param {{command?: string, isSelection?: boolean}} [options]
 */
export function drawContactExport(sheet, { command = "take_contacts", isSelection } = {}) {
  const { texts, count } = sheet.state.export;
  const choice = choiceOf(sheet);
  if (!count) return h("p", {}, texts.nobody);
  return [
    h("p", { class: "hint" }, texts.hint),
    drawFormats(sheet, choice),
    !isSelection && drawCircles(sheet, choice),
    drawInitials(sheet, choice),
    h(
      "p",
      { class: "export-go" },
      sheet.button(texts.take, () => takeContacts(sheet, command, choice), { focus: "export" }),
    ),
    choice.missing.length > 0 && drawMissing(sheet, choice),
    (choice.outside?.length ?? 0) > 0 && drawOutside(sheet, choice),
  ];
}

/** @param {Sheet} sheet @param {Choice} choice */
function drawFormats(sheet, choice) {
  const { texts, formats } = sheet.state.export;
  const id = `${sheet.id}-export-format`;
  return h(
    "fieldset",
    { class: "choose", key: id },
    h("legend", {}, texts.format),
    h(
      "div",
      { class: "choices" },
      formats.map((/** @type {string} */ one) =>
        h(
          "label",
          { key: one, class: "option" },
          h("input", {
            type: "radio",
            name: id,
            checked: choice.format === one,
            "data-focus": `export.${one}`,
            onchange: () => {
              Object.assign(choice, { format: one, missing: [], outside: [] });
              sheet.draw();
            },
          }),
          h("span", {}, texts.formats[one].name, h("small", {}, texts.formats[one].note)),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet @param {Choice} choice */
function drawCircles(sheet, choice) {
  const { texts, circles, count } = sheet.state.export;
  const id = `${sheet.id}-export-circle`;
  if (!circles.length) return null;
  return h(
    "div",
    { class: "field", key: id },
    h("label", { for: id }, texts.who),
    h(
      "select",
      {
        id,
        "data-focus": "export.circle",
        /** @param {any} event */
        onchange: (event) => {
          choice.circle = event.target.value;
          sheet.draw();
        },
      },
      h("option", { value: "", selected: !choice.circle }, format(texts.everybody, { count })),
      circles.map((/** @type {string} */ name) =>
        h("option", { key: name, value: name, selected: choice.circle === name }, name),
      ),
    ),
  );
}

/** @param {Sheet} sheet @param {Choice} choice */
function drawInitials(sheet, choice) {
  const { texts } = sheet.state.export;
  const id = `${sheet.id}-export-initials`;
  return h(
    "div",
    { class: "choices", key: id },
    h(
      "label",
      { class: "option tick" },
      h("input", {
        type: "checkbox",
        checked: choice.initials,
        "data-focus": "export.initials",
        /** @param {any} event */
        onchange: (event) => {
          choice.initials = event.target.checked;
          sheet.draw();
        },
      }),
      h("span", {}, texts.initials, h("small", {}, texts.initials_note)),
    ),
  );
}

/** The characters that the file could not hold. @param {Sheet} sheet @param {Choice} choice */
function drawMissing(sheet, choice) {
  const { texts } = sheet.state.export;
  return h(
    "section",
    { class: "missing", key: "missing", role: "status" },
    h("p", {}, texts.missing),
    h(
      "ul",
      {},
      choice.missing.map((one, at) => h("li", { key: at }, format(texts.missing_of, one))),
    ),
    choice.more > 0 && h("p", {}, format(texts.missing_more, { count: choice.more })),
  );
}

/** The relations that lead to people whom the file does not hold.
 * @param {Sheet} sheet
 * @param {Choice} choice
 */
function drawOutside(sheet, choice) {
  const { texts } = sheet.state.export;
  const more = choice.outsideMore ?? 0;
  return h(
    "section",
    { class: "missing", key: "outside", role: "status" },
    h("p", {}, texts.outside),
    h(
      "ul",
      {},
      choice.outside?.map((one, at) => h("li", { key: at }, format(texts.outside_of, one))),
    ),
    more > 0 && h("p", {}, format(texts.missing_more, { count: more })),
  );
}

/** Take the file, and keep what could not be written.
 * @param {Sheet} sheet
 * @param {string} command
 * @param {Choice} choice
 */
function takeContacts(sheet, command, choice) {
  const { format: form, circle, initials } = choice;
  const asked = { do: command, format: form, initials };
  const message = command === "take_contacts" ? { ...asked, circle } : asked;
  /** @param {any} answer */
  const saved = (answer) => {
    choice.missing = answer.missing;
    choice.more = answer.missing_count - answer.missing.length;
    choice.outside = answer.outside;
    choice.outsideMore = answer.outside_count - answer.outside.length;
    sheet.draw();
  };
  downloadParts(sheet, message, { saved });
}
