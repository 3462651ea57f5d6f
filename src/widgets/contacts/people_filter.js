// Conditions that narrow the list of people, and the filters that are saved.

import { format, h } from "../base/sheet.js";

/** @typedef {{kind: string, value: string, is_not: boolean, text?: string}} Condition */

const MONTHS = ["1", "3", "6", "12", "24"];
const WITH_TEXT = ["where", "how"];
const WITH_MONTHS = ["unmet", "met"];

/** Narrow the list. @param {Sheet} sheet @param {Condition[]} conditions @param {boolean} isAny */
function narrow(sheet, conditions, isAny, focus = "") {
  const plain = conditions.map(({ kind, value, is_not }) => ({ kind, value, is_not }));
  delete sheet.memory.view; // the letter and the page begin anew
  const message = { do: "narrow", conditions: plain, is_any: isAny };
  sheet.send(message, { done: (answer) => answer.ok && focus && sheet.focus(focus) });
}

/** The conditions of now, as chips; in sight also while the fold is closed. @param {Sheet} sheet */
export function drawConditions(sheet) {
  const { state, words } = sheet;
  /** @type {{conditions: Condition[], is_any: boolean}} */
  const { conditions, is_any: isAny } = state.filter;
  if (!conditions.length) return null;
  const said = words.conditions;
  /** @type {{name: string, colour: string}[]} */
  const labels = state.labels ?? [];
  /** @param {Condition} one */
  const colourOf = ({ kind, value }) =>
    (kind === "circle" && labels.find(({ name }) => name === value)?.colour) || null;
  /** @param {number} at @param {Condition | null} other */
  const replace = (at, other) => {
    const rest = conditions.flatMap((one, index) => (index === at ? (other ?? []) : one));
    narrow(sheet, rest, isAny, other ? `turn-${at}` : rest.length ? "remove-0" : "search");
  };
  return h(
    "div",
    { class: "conditions", key: "conditions", role: "group", "aria-label": said.on },
    h(
      "ul",
      { class: "chips" },
      conditions.map((one, at) =>
        h(
          "li",
          { class: "condition", key: `${at}` },
          h("span", { "data-colour": colourOf(one) }, one.text),
          h(
            "button",
            {
              type: "button",
              "aria-pressed": String(one.is_not),
              "aria-label": format(said.turn, { said: one.text }),
              "data-focus": `turn-${at}`,
              onclick: () => replace(at, { ...one, is_not: !one.is_not }),
            },
            said.not,
          ),
          h(
            "button",
            {
              type: "button",
              "aria-label": format(said.remove, { said: one.text }),
              "data-focus": `remove-${at}`,
              onclick: () => replace(at, null),
            },
            "×",
          ),
        ),
      ),
    ),
    conditions.length > 1 &&
      h(
        "fieldset",
        { class: "choose" },
        h("legend", { class: "unseen" }, said.how_many),
        h(
          "div",
          { class: "choices" },
          [false, true].map((any) =>
            h(
              "label",
              { class: "option", key: String(any) },
              h("input", {
                type: "radio",
                name: `${sheet.id}-any`,
                checked: isAny === any,
                onchange: () => narrow(sheet, conditions, any),
              }),
              any ? said.any : said.all,
            ),
          ),
        ),
      ),
    sheet.button(said.clear, () => narrow(sheet, [], false, "search")),
  );
}

/** The controls that add a condition, and the saved filters. @param {Sheet} sheet */
export function drawFilter(sheet) {
  const { state, words, memory } = sheet;
  const said = words.conditions;
  const id = `${sheet.id}-condition`;
  /** @type {Condition[]} */
  const conditions = state.filter.conditions;
  /** @type {[string, string][]} */
  const kinds = Object.entries(said.kinds);
  const offered = kinds.filter(([kind]) => !(kind in state.choices) || state.choices[kind].length);
  const kind = memory.kind ?? "unmet";
  const add = () => {
    const field = sheet.el.querySelector(`#${CSS.escape(id)}-value`);
    const value = field ? /** @type {FormField} */ (field).value.trim() : "";
    if (WITH_TEXT.includes(kind) && !value) return sheet.focus("condition-value");
    narrow(sheet, [...conditions, { kind, value, is_not: false }], state.filter.is_any);
  };
  return [
    h("h4", { key: "title" }, said.title),
    h("p", { class: "hint", key: "hint" }, said.hint),
    h(
      "form",
      {
        class: "row people-row",
        key: "add",
        /** @param {Event} event */
        onsubmit: (event) => {
          event.preventDefault();
          add();
        },
      },
      h(
        "div",
        { class: "field" },
        h("label", { for: `${id}-kind` }, said.kind),
        h(
          "select",
          {
            id: `${id}-kind`,
            value: kind,
            /** @param {any} event */
            onchange: (event) => {
              memory.kind = event.target.value;
              sheet.draw();
            },
          },
          offered.map(([value, text]) => h("option", { key: value, value }, text)),
        ),
      ),
      state.with_value.includes(kind) && drawValue(sheet, kind, `${id}-value`),
      h(
        "button",
        { type: "submit", disabled: conditions.length >= state.most_conditions },
        said.add,
      ),
    ),
    conditions.length > 0 && drawSave(sheet),
    state.saved.length > 0 && drawSaved(sheet),
  ];
}

/** The value of a condition: a choice, months, or words. @param {Sheet} sheet */
function drawValue(sheet, /** @type {string} */ kind, /** @type {string} */ id) {
  const { state, words } = sheet;
  const said = words.conditions;
  const isText = WITH_TEXT.includes(kind);
  const isMonths = WITH_MONTHS.includes(kind);
  /** @type {[string, string][]} */
  const choices = isMonths ? MONTHS.map((n) => [n, n]) : (state.choices[kind] ?? []);
  return h(
    "div",
    { class: "field", key: `value-${kind}` },
    h("label", { for: id }, isText ? said.text : isMonths ? said.months : said.which),
    isText
      ? h("input", {
          id,
          autocomplete: "off",
          maxlength: sheet.limits.text_line,
          "data-focus": "condition-value",
        })
      : h(
          "select",
          { id },
          choices.map(([value, text]) =>
            h("option", { key: value, value, selected: isMonths && value === "6" }, text),
          ),
        ),
  );
}

/** @param {Sheet} sheet */
function drawSave(sheet) {
  const { state, words } = sheet;
  const id = `${sheet.id}-filter-name`;
  const current = state.saved.find((/** @type {Row} */ row) => row.id === state.filter_id);
  return h(
    "form",
    {
      class: "row people-row",
      key: "save",
      /** @param {Event} event */
      onsubmit: (event) => {
        event.preventDefault();
        const name = sheet.find(id).value.trim();
        if (!name) return sheet.find(id).focus();
        sheet.find(id).value = "";
        sheet.send({ do: "save_filter", name });
      },
    },
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.filter_name),
      h("input", { id, autocomplete: "off", maxlength: 100, placeholder: words.filter_example }),
    ),
    h("button", { type: "submit" }, words.filter_save),
    current &&
      sheet.button(format(words.filter_update, { name: current.name }), () =>
        sheet.send({ do: "save_filter", name: current.name, id: current.id }),
      ),
  );
}

/** @param {Sheet} sheet */
function drawSaved(sheet) {
  const { state, words } = sheet;
  /** @type {Row[]} */
  const saved = state.saved;
  return h(
    "div",
    { key: "saved" },
    h("h4", { tabindex: -1, "data-focus": "saved" }, words.filters),
    h(
      "div",
      { class: "row people-row", role: "group", "aria-label": words.filters },
      saved.map((row) =>
        h(
          "button",
          {
            type: "button",
            key: row.id,
            "aria-pressed": String(row.id === state.filter_id),
            onclick: () => {
              delete sheet.memory.view;
              sheet.send({ do: "use_filter", id: row.id });
            },
          },
          row.name,
        ),
      ),
    ),
    sheet.details("filter-edit", words.filter_edit, () =>
      saved.map((row) => {
        const id = `${sheet.id}-filter-${row.id}`;
        return h(
          "div",
          { class: "row people-row", key: row.id },
          h(
            "div",
            { class: "field" },
            h("label", { for: id }, format(words.filter_rename, { name: row.name })),
            h("input", {
              id,
              value: row.name,
              autocomplete: "off",
              maxlength: 100,
              /** @param {any} event */
              onchange: (event) => {
                const name = event.target.value.trim();
                if (name) sheet.write("saved_filter", row, { name });
              },
            }),
          ),
          sheet.button(
            words.filter_delete,
            () => {
              const done = (/** @type {Answer} */ answer) =>
                answer.ok && sheet.focus(saved.length > 1 ? "saved" : "search");
              sheet.send({ do: "delete_filter", id: row.id }, { done });
            },
            { name: format(words.filter_delete_which, { name: row.name }) },
          ),
        );
      }),
    ),
  );
}
