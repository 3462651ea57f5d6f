// Choosing a person: a text field with a list under it (the combobox of the ARIA patterns).
// Type a name, a reading, an organisation or a circle; arrows, Enter, Esc.

import { Sheet, fill, h } from "../base/sheet.js";

const TYPED = 200; // milliseconds without typing after which the search starts

/** A field that names a person. `row[column]` is an id; `name` is that person's name (else
 *  `state.names[id]`). Saves itself, or calls `onpick({id, name} | null)`. `fresh: true` also
 *  offers to add a new contact to the book; `without` holds ids that cannot be chosen;
 *  `welcomed: true` finds only contacts that a suggestion may name. */
Sheet.prototype.person = function (
  table,
  row,
  column,
  { label, hint, name, placeholder, hideLabel, fresh, without = [], welcomed, onpick, focus } = {},
) {
  const id = `${this.id}-${table}-${row.id}-${column}`;
  const field = `${table}/${row.id}/${column}`;
  const typing = this.memory[id];
  const common = this.common;
  this.met ??= {}; // names of people chosen here that the state does not have (yet)
  const chosen = row[column]
    ? (name ?? this.state.names?.[row[column]] ?? this.met[row[column]] ?? "")
    : "";
  const trouble = this.troubles.get(field);

  const settle = (person) => {
    const input = this.el.querySelector(`#${CSS.escape(id)}`);
    delete this.memory[id];
    if (person) this.met[person.id] = person.name;
    if (onpick) onpick(person);
    else this.write(table, row, { [column]: person ? person.id : null });
    const kept = !onpick || row[column] === person?.id; // else clear it for the next one
    if (input) input.value = person && kept ? person.name : "";
    this.draw();
  };
  const pick = (option) => {
    if (option.id) return settle(option);
    delete this.memory[id];
    this.send({ do: "meet", name: option.name }, { done: (answer) => answer.ok && settle(answer) });
  };
  const leave = (event) => {
    if (!this.memory[id]) return;
    clearTimeout(this.memory[id].timer);
    delete this.memory[id];
    event.target.value = chosen; // typed text without a choice names no person
    this.draw();
  };
  const look = (text, eager = false) => {
    clearTimeout(this.memory[id]?.timer);
    const next = { ...this.memory[id], passing: true, text, at: -1 };
    if (!text.trim()) next.options = null;
    else
      next.timer = setTimeout(
        () =>
          this.send(welcomed ? { do: "find", text, welcomed } : { do: "find", text }, {
            done: (answer) => {
              const now = this.memory[id];
              if (!now || now.text !== text || !answer.ok) return;
              const found = answer.found.filter((person) => !without.includes(person.id));
              now.options = fresh ? [...found, { name: text.trim(), fresh: true }] : found;
              now.at = found.length ? 0 : -1;
              if (eager && found.length === 1) return pick(found[0]);
              this.draw();
            },
          }),
        eager ? 0 : TYPED,
      );
    this.memory[id] = next;
    if (!text.trim()) this.draw();
  };
  const options = typing?.options ?? [];
  const open = Boolean(typing?.options);
  const press = (event) => {
    if (event.isComposing) return; // Enter that ends a kana conversion is not for the list
    const now = this.memory[id]; // may be newer than what is drawn
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      now.at = (now.at + step + options.length) % options.length;
      this.draw();
      this.el
        .querySelector(`#${CSS.escape(`${id}-${now.at}`)}`)
        ?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && options[now?.at]) pick(options[now.at]);
    else if (event.key === "Enter" && now)
      look(now.text, true); // no results yet
    else if (event.key === "Escape" && now) leave(event);
    else return;
    event.preventDefault();
  };
  return h(
    "div",
    { class: "field person", key: `f-${id}` },
    h("label", { for: id, class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    h(
      "div",
      { class: "row" },
      h("input", {
        id,
        key: id,
        type: "text",
        role: "combobox",
        autocomplete: "off",
        value: chosen,
        placeholder: placeholder ?? common.person_example,
        "data-focus": focus ?? `${row.id}.${column}`,
        "aria-autocomplete": "list",
        "aria-expanded": String(open),
        "aria-controls": `${id}-list`,
        "aria-activedescendant": open && options[typing.at] ? `${id}-${typing.at}` : null,
        "aria-describedby":
          [hint && `${id}-hint`, trouble && `${id}-trouble`].filter(Boolean).join(" ") || null,
        oninput: (event) => look(event.target.value),
        onkeydown: press,
        onblur: leave,
      }),
      chosen &&
        !typing &&
        this.button("×", () => settle(null), { name: fill(common.person_clear, { name: chosen }) }),
    ),
    h(
      "ul",
      {
        id: `${id}-list`,
        role: "listbox",
        "aria-label": label ?? this.say(column),
        hidden: !open || !options.length,
      },
      options.map((option, at) =>
        h(
          "li",
          {
            key: option.id ?? "fresh",
            id: `${id}-${at}`,
            role: "option",
            "aria-selected": String(at === typing.at),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => pick(option),
          },
          option.fresh
            ? fill(common.person_fresh, { name: option.name })
            : [h("span", {}, option.name), option.note && h("small", {}, option.note)],
        ),
      ),
    ),
    open && !options.length && h("p", { class: "hint" }, common.person_nobody),
    trouble && h("div", { class: "trouble", id: `${id}-trouble`, role: "alert" }, trouble.text),
  );
};
