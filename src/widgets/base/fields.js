// Fields: each one is bound to a column of a row and saves itself.

import { AUTOSAVE_MS } from "./edits.js";
import { format, h } from "./dom.js";

const YEARS = 80; // in the list of years

/** The fields of one row; `sheet.fields(table, row)` makes it. */
export class RowFields {
  /**
   * @param {Sheet} sheet
   * @param {string} table
   * @param {Row} row
   */
  constructor(sheet, table, row) {
    this.sheet = sheet;
    this.table = table;
    this.row = row;
  }

  /** Return the facts about a column that its field is drawn from.
   * @param {string} column
   */
  reference(column) {
    const { sheet, table, row } = this;
    const field = `${table}/${row.id}/${column}`;
    return {
      id: `${sheet.id}-${table}-${row.id}-${column}`,
      field,
      focus: `${row.id}.${column}`,
      error: sheet.edits.errors.get(field),
    };
  }

  /** Return the value of a column: its edit, else the stored value.
   * @param {string} column
   */
  currentValue(column) {
    return this.sheet.edits.currentValue({ table: this.table, row: this.row, column });
  }

  /**
   * @param {string} column
   * @param {FormField} node
   * @param {unknown} value
   * @param {number} [pause] in milliseconds
   */
  recordEdit(column, node, value, pause) {
    const { sheet, table, row } = this;
    sheet.edits.recordEdit({ table, row, column }, node, value, pause);
  }

  /** Write values at once: a choice, a checkbox.
   * @param {Record<string, any>} values
   */
  write(values) {
    this.sheet.write(this.table, this.row, values);
  }

  /** A text of one line (or several, with `rows`), with its label, hint and error.
   * @param {string} column
   * @param {TextOptions} options
   */
  text(column, { rows, type = "text", isList, placeholder, focus, onwrite, ...options } = {}) {
    const { id, field, focus: ownFocus, error } = this.reference(column);
    const stored = this.currentValue(column);
    /** @param {string} text */
    const parse = (text) => (isList ? splitLines(text) : text);
    const props = {
      id,
      key: id,
      value: isList ? (stored ?? []).join("\n") : (stored ?? ""),
      version: this.row.version,
      placeholder,
      "data-focus": focus ?? ownFocus,
      "aria-describedby": describedBy(id, options.hint, error),
      "aria-invalid": error ? "true" : null,
      /** @type {Handler<Event>} */
      oninput: ({ target }) => {
        if (rows) fitHeight(target);
        this.recordEdit(column, target, parse(target.value));
        onwrite?.(target.value);
      },
      /** @type {Handler<Event>} */
      onblur: ({ target }) => {
        this.sheet.edits.save(field);
        if (!target._edit && target.value !== props.value) this.sheet.draw(); // others wrote there
      },
    };
    const input = rows
      ? h("textarea", { ...props, rows })
      : h("input", { ...props, type, autocomplete: "off" });
    return h(
      "div",
      { class: "field", key: `f-${id}` },
      this.drawLabel(column, options),
      input,
      error && this.drawError(column, error),
    );
  }

  /** @param {string} column @param {TextOptions} options */
  textArea(column, options = {}) {
    return this.text(column, { rows: 3, ...options });
  }
  /** A list of texts, one per line. @param {string} column @param {TextOptions} options */
  textList(column, options = {}) {
    return this.text(column, { rows: 2, isList: true, ...options });
  }
  /** @param {string} column @param {TextOptions} options */
  dateField(column, options = {}) {
    return this.text(column, { type: "date", ...options });
  }

  /** The label and hint of a field.
   * @param {string} column
   * @param {FieldOptions} options
   */
  drawLabel(column, { label, hint, hideLabel }) {
    const { id } = this.reference(column);
    const text = label ?? this.sheet.say(column);
    return [
      h("label", { for: id, class: hideLabel ? "unseen" : null }, text),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    ];
  }

  /** Show why a field was not saved; offer a choice after a conflict or for a long text.
   * @param {string} column
   * @param {Answer} error
   */
  drawError(column, error) {
    const { sheet, table, row } = this;
    const { edits, common } = sheet;
    const { id, field } = this.reference(column);
    const edit = edits.pending.get(field);
    const mine = edit?.value ?? "";
    const theirs = error.theirs?.[column] ?? "";
    const { fits } = error;
    /** @param {unknown} value */
    const resolve = (value) => () => {
      const node = edits.pending.get(field)?.node;
      edits.discardEdit(field);
      if (node) node.value = String(value);
      edits.errors.delete(field);
      const values = { [column]: value };
      sheet.send({ do: "write", table, id: row.id, version: error.version, values }, { field });
    };
    /** @param {Fit} fit */
    const shorten = (fit) => () => {
      const input = sheet.find(id);
      const first = firstPart(mine, fit);
      input.value = Array.isArray(first) ? first.join("\n") : first;
      this.recordEdit(column, input, first, 0);
      input.focus();
    };
    return h(
      "div",
      { class: "trouble", id: `${id}-trouble`, role: "alert" },
      h("p", {}, error.text),
      error.passes &&
        edit &&
        h(
          "div",
          { class: "row" },
          sheet.button(common.save_again, () => edits.save(field)),
        ),
      fits &&
        edit &&
        h(
          "div",
          { class: "row" },
          sheet.button(
            format(fits.most ? common.keep_lines : common.keep_first, {
              n: fits.longest,
              most: fits.most,
            }),
            shorten(fits),
          ),
        ),
      error.theirs && [
        h("p", {}, format(common.theirs, { text: theirs })),
        h(
          "div",
          { class: "row" },
          sheet.button(common.keep_mine, resolve(mine)),
          sheet.button(common.keep_theirs, resolve(theirs)),
        ),
      ],
    );
  }

  /** A choice of one from a few: radio buttons.
   * @param {string} column
   * @param {Choices} choices
   * @param {ChoiceOptions} options
   */
  choose(column, choices, { label, hint, hideLabel, onpick } = {}) {
    const { id, focus } = this.reference(column);
    return h(
      "fieldset",
      { class: "choose", key: id, "aria-describedby": hint ? `${id}-hint` : null },
      h("legend", { class: hideLabel ? "unseen" : null }, label ?? this.sheet.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h(
        "div",
        { class: "choices" },
        listChoices(choices).map(([value, text, note]) =>
          h(
            "label",
            { key: `o-${value}`, class: "option" },
            h("input", {
              type: "radio",
              name: id,
              checked: this.row[column] === value,
              "data-focus": `${focus}.${value}`,
              onchange: () => (onpick ? onpick(value) : this.write({ [column]: value })),
            }),
            h("span", {}, text, note && h("small", {}, note)),
          ),
        ),
      ),
    );
  }

  /** A choice of one from many: a drop-down list.
   * @param {string} column
   * @param {Choices} choices
   * @param {SelectOptions} options
   */
  select(column, choices, { empty, ...options } = {}) {
    const { id, focus } = this.reference(column);
    const list = listChoices(choices);
    const isNumber = list.some(([value]) => typeof value === "number");
    /** @param {string} raw */
    const parse = (raw) => (!isNumber ? raw : raw === "" ? null : Number(raw));
    return h(
      "div",
      { class: "field", key: `f-${id}` },
      this.drawLabel(column, options),
      h(
        "select",
        {
          id,
          key: id,
          value: this.row[column] ?? "",
          "aria-describedby": describedBy(id, options.hint),
          "data-focus": focus,
          onchange: ({ target }) => this.write({ [column]: parse(target.value) }),
        },
        h("option", { value: "" }, empty ?? this.sheet.common.not_said),
        list.map(([value, text]) => h("option", { key: `o-${value}`, value }, text)),
      ),
    );
  }

  /** A year from a drop-down list, the latest first.
   * @param {string} column
   * @param {string} today
   * @param {SelectOptions} options
   */
  year(column, today, options = {}) {
    const latest = Number(today.slice(0, 4));
    const years = Array.from({ length: YEARS }, (_, back) => [latest - back, `${latest - back}`]);
    return this.select(column, years, options);
  }

  /** @param {string} column @param {FieldOptions} options */
  checkbox(column, { label, hint } = {}) {
    const { id, focus } = this.reference(column);
    return h(
      "label",
      { class: "option tick", key: id },
      h("input", {
        type: "checkbox",
        checked: Boolean(this.row[column]),
        "data-focus": focus,
        onchange: ({ target }) => this.write({ [column]: target.checked }),
      }),
      h("span", {}, label ?? this.sheet.say(column), hint && h("small", {}, hint)),
    );
  }

  /** A list of codes as boxes to tick, one for each choice.
   * @param {string} column
   * @param {Choices} choices
   * @param {FieldOptions} options
   */
  ticks(column, choices, { label, hint } = {}) {
    const { id, focus } = this.reference(column);
    /** @type {string[]} */
    const ticked = this.row[column];
    /** @param {string} code @param {boolean} isOn */
    const tick = (code, isOn) => {
      const others = ticked.filter((other) => other !== code);
      this.write({ [column]: isOn ? [...ticked, code] : others });
    };
    return h(
      "fieldset",
      { class: "choose", key: id, "aria-describedby": hint ? `${id}-hint` : null },
      h("legend", {}, label ?? this.sheet.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h(
        "div",
        { class: "choices" },
        listChoices(choices).map(([code, text]) =>
          h(
            "label",
            { class: "option tick", key: `t-${code}` },
            h("input", {
              type: "checkbox",
              checked: ticked.includes(`${code}`),
              "data-focus": `${focus}.${code}`,
              onchange: ({ target }) => tick(`${code}`, target.checked),
            }),
            h("span", {}, text),
          ),
        ),
      ),
    );
  }

  /** A number, with texts at both ends; unset until touched. With `anchors` it is from 1 to their
   *  number, else from 0 to 10.
   * @param {string} column
   * @param {SliderOptions} options
   */
  slider(column, { from, to, anchors, ...options } = {}) {
    const [least, most] = anchors ? [1, anchors.length] : [0, 10];
    const { sheet } = this;
    const { id, field, focus, error } = this.reference(column);
    const edit = sheet.edits.pending.get(field);
    const value = edit?.value ?? this.row[column];
    const text =
      value == null ? sheet.common.not_said : (anchors?.[value - least] ?? `${value} / ${most}`);
    /** @param {FormField} target @param {number} pause */
    const record = (target, pause) => this.recordEdit(column, target, Number(target.value), pause);
    return h(
      "div",
      { class: `field dial${value == null ? " unset" : ""}`, key: `f-${id}` },
      this.drawLabel(column, options),
      h(
        "div",
        { class: "row" },
        h("input", {
          id,
          key: id,
          type: "range",
          min: least,
          max: most,
          step: 1,
          value: value ?? Math.round((least + most) / 2),
          "aria-valuetext": text,
          "aria-describedby": describedBy(id, options.hint, error),
          "data-focus": focus,
          oninput: ({ target }) => {
            record(target, AUTOSAVE_MS);
            sheet.draw();
          },
          onchange: ({ target }) => record(target, 0),
          onclick: ({ target }) => {
            if (value != null) return;
            record(target, 0);
            sheet.draw();
          },
        }),
        h("output", { for: id, "aria-live": "off" }, text),
      ),
      (from || to) &&
        h(
          "div",
          { class: "ends", "aria-hidden": "true" },
          h("span", {}, from ?? ""),
          h("span", {}, to ?? ""),
        ),
      error && edit && this.drawError(column, error),
    );
  }
}

/** Return the ids of the elements that describe a field, or null.
 * @param {string} id
 * @param {string | null} [hint]
 * @param {Answer} [error]
 */
export function describedBy(id, hint, error) {
  return [hint && `${id}-hint`, error && `${id}-trouble`].filter(Boolean).join(" ") || null;
}

/** @param {Choices} choices @returns {readonly Choice[]} */
function listChoices(choices) {
  return Array.isArray(choices) ? choices : Object.entries(choices);
}

/** @param {string} text */
function splitLines(text) {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean);
}

/** Return the part of a text, or of a list of lines, that fits; counted in whole characters.
 * @param {string | string[]} value
 * @param {Fit} fit
 */
function firstPart(value, { longest, most }) {
  /** @param {string} text */
  const first = (text) => [...text].slice(0, longest).join("");
  return Array.isArray(value) ? value.slice(0, most ?? undefined).map(first) : first(value);
}

/** Make a text area as high as its content.
 * @param {HTMLElement} area
 */
export function fitHeight(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
}
