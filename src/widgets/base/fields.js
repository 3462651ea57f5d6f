// Fields: each one is bound to a column of a row and saves itself.

import { fill, h } from "./dom.js";
import { PAUSE, Saving } from "./autosave.js";

/** The part of a sheet that draws fields. */
export class Fields extends Saving {
  /** A text of one line (or several, with `rows`), with its label, hint and error. */
  text(
    table,
    row,
    column,
    { label, hint, rows, type = "text", placeholder, list, hideLabel, focus, many, onwrite } = {},
  ) {
    const id = `${this.id}-${table}-${row.id}-${column}`;
    const field = `${table}/${row.id}/${column}`;
    const trouble = this.troubles.get(field);
    const now = this.now(table, row, column);
    const value = many ? (now ?? []).join("\n") : (now ?? "");
    const written = (text) =>
      many
        ? text
            .split("\n")
            .map((line) => line.trim())
            .filter(Boolean)
        : text;
    const props = {
      id,
      key: id,
      value,
      placeholder,
      list,
      "data-focus": focus ?? `${row.id}.${column}`,
      "aria-describedby":
        [hint && `${id}-hint`, trouble && `${id}-trouble`].filter(Boolean).join(" ") || null,
      "aria-invalid": trouble ? "true" : null,
      oninput: (event) => {
        if (rows) grow(event.target);
        this.edited(event.target, table, row, column, written(event.target.value));
        if (onwrite) onwrite(event.target.value);
      },
      onblur: () => this.save(field),
    };
    const box = rows
      ? h("textarea", { ...props, rows })
      : h("input", { ...props, type, autocomplete: "off" });
    return h(
      "div",
      { class: "field", key: `f-${id}` },
      h("label", { for: id, class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      box,
      trouble && this.drawTrouble(`${id}-trouble`, field, trouble, table, row, column),
    );
  }

  /** A list of texts, one per line. */
  texts(table, row, column, options = {}) {
    return this.text(table, row, column, { rows: 2, many: true, ...options });
  }
  lines(table, row, column, options = {}) {
    return this.text(table, row, column, { rows: 3, ...options });
  }
  day(table, row, column, options = {}) {
    return this.text(table, row, column, { type: "date", ...options });
  }

  /** Show why a field was not saved; offer a choice after a conflict or for a long text. */
  drawTrouble(id, field, trouble, table, row, column) {
    const settle = (value) => () => {
      const edit = this.edits.get(field);
      if (edit?.node) {
        edit.node._edit = null;
        edit.node.value = value;
      }
      this.edits.delete(field);
      this.troubles.delete(field);
      this.send(
        { do: "write", table, id: row.id, version: trouble.version, values: { [column]: value } },
        { field },
      );
    };
    const mine = this.edits.get(field)?.value ?? "";
    const { fits } = trouble;
    const shorten = () => {
      const box = this.el.querySelector(`#${CSS.escape(id.replace(/-trouble$/, ""))}`);
      const first = shortened(mine, fits);
      box.value = Array.isArray(first) ? first.join("\n") : first;
      this.edited(box, table, row, column, first, 0);
      box.focus();
    };
    const keep = fits?.most ? this.common.keep_lines : this.common.keep_first;
    return h(
      "div",
      { class: "trouble", id, role: "alert" },
      h("p", {}, trouble.text),
      trouble.passes &&
        this.edits.has(field) &&
        h(
          "div",
          { class: "row" },
          this.button(this.common.save_again, () => this.save(field)),
        ),
      fits &&
        this.edits.has(field) &&
        h(
          "div",
          { class: "row" },
          this.button(fill(keep, { n: fits.longest, most: fits.most }), shorten),
        ),
      trouble.theirs &&
        h("p", {}, fill(this.common.theirs, { text: trouble.theirs[column] ?? "" })),
      trouble.theirs &&
        h(
          "div",
          { class: "row" },
          h("button", { type: "button", onclick: settle(mine) }, this.common.keep_mine),
          h(
            "button",
            { type: "button", onclick: settle(trouble.theirs[column] ?? "") },
            this.common.keep_theirs,
          ),
        ),
    );
  }

  /** A choice of one from a few: radio buttons. `options` is [[value, label, hint?], …]. */
  choose(table, row, column, options, { label, hint, hideLabel, onpick } = {}) {
    const id = `${this.id}-${table}-${row.id}-${column}`;
    return h(
      "fieldset",
      { class: "choose", key: id, "aria-describedby": hint ? `${id}-hint` : null },
      h("legend", { class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h(
        "div",
        { class: "choices" },
        options.map(([value, text, note]) =>
          h(
            "label",
            { key: `o-${value}`, class: "option" },
            h("input", {
              type: "radio",
              name: id,
              checked: row[column] === value,
              "data-focus": `${row.id}.${column}.${value}`,
              onchange: () =>
                onpick ? onpick(value) : this.write(table, row, { [column]: value }),
            }),
            h("span", {}, text, note && h("small", {}, note)),
          ),
        ),
      ),
    );
  }

  /** A choice of one from many: a drop-down list. */
  select(table, row, column, options, { label, hint, empty, hideLabel } = {}) {
    const id = `${this.id}-${table}-${row.id}-${column}`;
    return h(
      "div",
      { class: "field", key: `f-${id}` },
      h("label", { for: id, class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h(
        "select",
        {
          id,
          key: id,
          value: row[column] ?? "",
          "aria-describedby": hint ? `${id}-hint` : null,
          "data-focus": `${row.id}.${column}`,
          onchange: (event) => {
            const raw = event.target.value;
            const numbers = options.some(([value]) => typeof value === "number");
            this.write(table, row, { [column]: !numbers ? raw : raw === "" ? null : Number(raw) });
          },
        },
        h("option", { value: "" }, empty ?? this.common.not_said),
        options.map(([value, text]) => h("option", { key: `o-${value}`, value }, text)),
      ),
    );
  }

  /** A checkbox. */
  tick(table, row, column, { label, hint } = {}) {
    const id = `${this.id}-${table}-${row.id}-${column}`;
    return h(
      "label",
      { class: "option tick", key: id },
      h("input", {
        type: "checkbox",
        checked: Boolean(row[column]),
        "data-focus": `${row.id}.${column}`,
        onchange: (event) => this.write(table, row, { [column]: event.target.checked }),
      }),
      h("span", {}, label ?? this.say(column), hint && h("small", {}, hint)),
    );
  }

  /** A dial: a number from `least` to `most`, with texts at both ends; unset until touched. */
  dial(table, row, column, { label, hint, least = 0, most = 10, from, to, anchors } = {}) {
    const id = `${this.id}-${table}-${row.id}-${column}`;
    const field = `${table}/${row.id}/${column}`;
    const value = row[column];
    const trouble = this.troubles.get(field);
    const shown = this.edits.get(field)?.value ?? value;
    const said =
      shown == null ? this.common.not_said : (anchors?.[shown - least] ?? `${shown} / ${most}`);
    const keep = (event, pause) =>
      this.edited(event.target, table, row, column, Number(event.target.value), pause);
    return h(
      "div",
      { class: `field dial${shown == null ? " unset" : ""}`, key: `f-${id}` },
      h("label", { for: id }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
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
          value: shown ?? Math.round((least + most) / 2),
          "aria-valuetext": said,
          "aria-describedby":
            [hint && `${id}-hint`, trouble && `${id}-trouble`].filter(Boolean).join(" ") || null,
          "data-focus": `${row.id}.${column}`,
          oninput: (event) => {
            keep(event, PAUSE);
            this.draw();
          },
          onchange: (event) => {
            keep(event, 0);
          },
          onclick: (event) => {
            if (value == null && shown == null) {
              keep(event, 0);
              this.draw();
            }
          },
        }),
        h("output", { for: id, "aria-live": "off" }, said),
      ),
      (from || to) &&
        h(
          "div",
          { class: "ends", "aria-hidden": "true" },
          h("span", {}, from ?? ""),
          h("span", {}, to ?? ""),
        ),
      trouble &&
        this.edits.has(field) &&
        this.drawTrouble(`${id}-trouble`, field, trouble, table, row, column),
    );
  }

  /** A plain button; with `main`, the sheet's one main button. */
  button(text, onclick, { main, name, focus, disabled, danger } = {}) {
    return h(
      "button",
      {
        type: "button",
        class: main ? "main" : danger ? "danger" : null,
        "aria-label": name ?? null,
        "data-focus": focus,
        disabled,
        onclick,
      },
      text,
    );
  }

  /** A section that opens and closes; the sheet remembers its state. */
  fold(key, title, ...kids) {
    return h(
      "details",
      {
        key: `d-${key}`,
        class: "fold",
        open: this.memory[key],
        ontoggle: (event) => {
          this.memory[key] = event.target.open;
        },
      },
      h("summary", {}, title),
      h("div", { class: "inside" }, kids),
    );
  }

  /** Return explanatory paragraphs; `lines` is a text or a list of texts. */
  note(lines) {
    return [lines]
      .flat()
      .filter(Boolean)
      .map((line) => h("p", {}, line));
  }
}

/** Return the part of a text, or of a list of lines, that fits; counted in whole characters. */
function shortened(value, { longest, most }) {
  const first = (text) => [...text].slice(0, longest).join("");
  return Array.isArray(value) ? value.slice(0, most).map(first) : first(value);
}

/** Make a text area as high as its content. */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
}
