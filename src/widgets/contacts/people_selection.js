// Several people selected in the list, and what is done with all of them.

import { drawContactExport } from "./export.js";
import { h } from "../base/sheet.js";

/** @typedef {{id: string, name: string, selected: boolean, archived: boolean}} ListedPerson */

const lastMarked = new WeakMap(); // the person of each sheet whose box was pressed last

/** Select a person, or with Shift everybody up to the one pressed last.
 * @param {Sheet} sheet
 * @param {ListedPerson} person
 * @param {boolean} on
 * @param {boolean} isRange
 */
export function mark(sheet, person, on, isRange) {
  /** @type {ListedPerson[]} */
  const people = sheet.state.people;
  const places = people.map((one) => one.id);
  const [from, to] = [places.indexOf(lastMarked.get(sheet)), places.indexOf(person.id)];
  const ids = isRange && from >= 0 ? places.slice(Math.min(from, to), Math.max(from, to) + 1) : [];
  lastMarked.set(sheet, person.id);
  sheet.send({ do: "mark", ids: ids.length ? ids : [person.id], on });
}

/** The box before a name. @param {Sheet} sheet @param {ListedPerson} person */
export function selectionBox(sheet, person) {
  return h("input", {
    type: "checkbox",
    checked: person.selected,
    "aria-label": sheet.say("select_who", { name: person.name }),
    /** @param {any} event */
    onclick: (event) => mark(sheet, person, event.target.checked, event.shiftKey),
  });
}

/** Begin or end selecting. @param {Sheet} sheet */
export function selectionButton(sheet) {
  const { memory, words, state } = sheet;
  return h(
    "button",
    {
      type: "button",
      "aria-pressed": String(Boolean(memory.selecting)),
      "data-focus": "select",
      onclick: () => {
        memory.selecting = !memory.selecting;
        if (!memory.selecting && state.selected) sheet.send({ do: "mark_all", on: false });
        sheet.draw();
      },
    },
    memory.selecting ? words.select_end : words.select,
  );
}

/** What is done with all who are selected. @param {Sheet} sheet */
export function drawSelection(sheet) {
  const { state, words, memory } = sheet;
  if (!memory.selecting) return null;
  const count = state.selected;
  const isTrash = state.people.some((/** @type {ListedPerson} */ person) => person.archived);
  const disabled = !count;
  return h(
    "section",
    { class: "selection card", key: "selection", "aria-label": words.with_selected },
    h("p", { role: "status" }, sheet.say("selected", { count })),
    h("p", { class: "hint wide-only" }, words.select_hint),
    h(
      "div",
      { class: "row" },
      sheet.button(sheet.say("select_all", { count: state.total }), () =>
        sheet.send({ do: "mark_all" }),
      ),
      sheet.button(words.select_none, () => sheet.send({ do: "mark_all", on: false }), {
        disabled,
      }),
    ),
    h("h4", {}, words.with_selected),
    drawLabelForm(sheet, disabled),
    h(
      "div",
      { class: "row" },
      sheet.button(words.focus_selected, () => sheet.send({ do: "focus_selected" }), {
        disabled,
      }),
      sheet.button(words.archive_selected, () => sheet.send({ do: "archive_selected" }), {
        disabled,
      }),
      isTrash &&
        sheet.button(words.restore_selected, () => sheet.send({ do: "restore_selected" }), {
          disabled,
        }),
      sheet.button(
        words.erase_selected,
        () => {
          memory.erasing = true;
          sheet.draw();
          sheet.focus("erase-no");
        },
        { disabled, danger: true },
      ),
    ),
    count > 0 &&
      sheet.details(
        "export-selected",
        words.export_selected,
        drawContactExport(sheet, { command: "export_selected", isSelection: true }),
      ),
    memory.erasing && count > 0 && drawErasing(sheet, count),
  );
}

/** @param {Sheet} sheet @param {boolean} disabled */
function drawLabelForm(sheet, disabled) {
  const { state, words } = sheet;
  const id = `${sheet.id}-label`;
  const label = (/** @type {boolean} */ remove) => {
    const circle = sheet.find(id).value.trim();
    if (!circle) return sheet.find(id).focus();
    sheet.send({ do: "label_selected", circle, remove });
  };
  return h(
    "form",
    {
      class: "row people-row",
      /** @param {Event} event */
      onsubmit: (event) => {
        event.preventDefault();
        label(false);
      },
    },
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.label_name),
      h("input", {
        id,
        list: `${id}s`,
        autocomplete: "off",
        maxlength: sheet.limits.text_line,
      }),
      h(
        "datalist",
        { id: `${id}s` },
        state.labels.map((/** @type {{name: string}} */ one) =>
          h("option", { key: one.name, value: one.name }),
        ),
      ),
    ),
    h("button", { type: "submit", disabled }, words.label_add),
    sheet.button(words.label_remove, () => label(true), { disabled }),
  );
}

/** @param {Sheet} sheet @param {number} count */
function drawErasing(sheet, count) {
  const { words, memory } = sheet;
  const end = () => {
    memory.erasing = false;
    sheet.draw();
  };
  return h(
    "div",
    { class: "today", role: "group", "aria-labelledby": `${sheet.id}-erase` },
    h("p", { id: `${sheet.id}-erase` }, sheet.say("erase_selected_ask", { count })),
    h(
      "div",
      { class: "row" },
      sheet.button(
        words.forget_no,
        () => {
          end();
          sheet.focus("select");
        },
        { focus: "erase-no" },
      ),
      sheet.button(
        words.forget_yes,
        () => {
          end();
          sheet.send({ do: "erase_selected" });
        },
        { danger: true },
      ),
    ),
  );
}
