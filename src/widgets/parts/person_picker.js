// Choosing a person: a text field with a list under it (the combobox of the ARIA patterns).
// Type a name, a reading, an organisation or a circle; arrows, Enter, Esc.

import { describedBy, format, h } from "../base/sheet.js";

const SEARCH_MS = 200; // milliseconds without typing after which the search starts

/**
 * @typedef {{id?: string, name: string, note?: string, fresh?: boolean, isOther?: boolean}} Option
 *   a person found, or the offer to add one, who `isOther` than those of the same name
 * @typedef {{text: string, at: number, options?: Option[] | null, timer?: number, isSame?: boolean,
 *   isLeft?: boolean, passing: true}} Search what is typed; `at` is the index of the marked option;
 *   `isSame`: the question whether it is the same person; `isLeft`: left without a choice
 */

/** @type {WeakMap<Sheet, Record<string, string>>} */
const chosenNames = new WeakMap(); // by id, of people chosen here whom the state lacks

/** A field that names a person: the column holds an id. It saves itself, or calls `onpick`.
 * @param {RowFields} fields
 * @param {string} column
 * @param {object} options
 * @param {string} [options.label]
 * @param {string | null} [options.hint]
 * @param {boolean} [options.hideLabel]
 * @param {string} [options.name] the chosen person's name, else `state.names[id]`
 * @param {string} [options.placeholder]
 * @param {string} [options.focus]
 * @param {boolean} [options.fresh] also offer to add a new contact to the book
 * @param {string[]} [options.without] ids that cannot be chosen
 * @param {boolean} [options.welcomed] find only contacts that a suggestion may name
 * @param {(person: any) => void} [options.onpick] gets `{id, name}` or null
 */
export function personPicker(fields, column, options = {}) {
  const { sheet, row } = fields;
  const { memory, common } = sheet;
  const { id, focus: ownFocus, error } = fields.reference(column);
  const { hint, hideLabel, name, placeholder, fresh, without = [], welcomed, onpick } = options;
  const label = options.label ?? sheet.say(column);
  const names = chosenNames.get(sheet) ?? {};
  chosenNames.set(sheet, names);
  /** @returns {Search | undefined} */
  const search = () => memory[id]; // may be newer than what is drawn
  const drawn = search();
  const chosenId = row[column];
  const chosen = chosenId ? (name ?? sheet.state.names?.[chosenId] ?? names[chosenId] ?? "") : "";

  /** @param {Option | null} person */
  const settle = (person) => {
    const input = sheet.find(id);
    delete memory[id];
    if (person?.id) names[person.id] = person.name;
    if (onpick) onpick(person);
    else fields.write({ [column]: person?.id ?? null });
    const isKept = !onpick || row[column] === person?.id; // else clear it for the next one
    if (input) input.value = person && isKept ? person.name : "";
    sheet.draw();
  };
  /** @param {Option} option */
  const pick = (option) => {
    if (option.id) return settle(option);
    const { name } = option;
    delete memory[id];
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok) return;
      if (!answer.namesakes) return settle(/** @type {any} */ (answer));
      const options = [...answer.namesakes, { name, fresh: true, isOther: true }];
      memory[id] = { passing: true, text: name, at: 0, options, isSame: true };
      sheet.draw();
    };
    sheet.send({ do: "meet", name, ...(option.isOther ? { is_other: true } : {}) }, { done });
  };
  /** Leave the list; typed text without a choice names no person, and stays only to be seen.
   * @param {FormField} input
   */
  const leave = (input, isKept = false) => {
    const text = search()?.text;
    if (text === undefined) return;
    clearTimeout(search()?.timer);
    delete memory[id];
    if (isKept && !chosen && text.trim())
      memory[id] = { passing: true, text, at: -1, isLeft: true };
    else input.value = chosen;
    sheet.draw();
  };
  /** Start a search; an eager one begins at once and picks a single offer. @param {string} text */
  const find = (text, isEager = false) => {
    clearTimeout(search()?.timer);
    /** @param {Answer} answer */
    const done = (answer) => {
      const current = search();
      if (!current || current.text !== text || current.isLeft || !answer.ok) return;
      const found = answer.found.filter((/** @type {any} */ each) => !without.includes(each.id));
      const options = fresh ? [...found, { name: text.trim(), fresh: true }] : found;
      Object.assign(current, { options, at: options.length ? 0 : -1 });
      if (isEager && (found.length || options.length) === 1) return pick(options[0]);
      sheet.draw();
    };
    const ask = () =>
      sheet.send(welcomed ? { do: "find", text, welcomed } : { do: "find", text }, { done });
    /** @type {Search} */
    const next = { ...search(), passing: true, text, at: -1, isSame: false, isLeft: false };
    memory[id] = next;
    if (text.trim()) next.timer = setTimeout(ask, isEager ? 0 : SEARCH_MS);
    else {
      next.options = null;
      sheet.draw();
    }
  };
  const shown = drawn?.options ?? [];
  const isOpen = Boolean(drawn?.options);
  const isLeft = Boolean(drawn?.isLeft && !chosen);
  /** @type {Handler<KeyboardEvent>} */
  const onkeydown = (event) => {
    if (event.isComposing) return; // Enter that ends a kana conversion is not for the list
    const current = search();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length && current) {
      current.at = (current.at + step + shown.length) % shown.length;
      sheet.draw();
      sheet.find(`${id}-${current.at}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && current && shown[current.at]) pick(shown[current.at]);
    else if (event.key === "Enter" && current)
      find(current.text, true); // no results yet
    else if (event.key === "Escape" && current) leave(event.target);
    else return;
    event.preventDefault();
  };
  return h(
    "div",
    { class: "field person", key: `f-${id}` },
    fields.drawLabel(column, { label, hint, hideLabel }),
    h(
      "div",
      { class: "row" },
      h("input", {
        id,
        key: id,
        type: "text",
        role: "combobox",
        autocomplete: "off",
        value: isLeft ? drawn?.text : chosen,
        placeholder: placeholder ?? common.person_example,
        "data-focus": options.focus ?? ownFocus,
        "aria-autocomplete": "list",
        "aria-expanded": String(isOpen),
        "aria-controls": `${id}-list`,
        "aria-activedescendant": drawn && shown[drawn.at] ? `${id}-${drawn.at}` : null,
        "aria-describedby": describedBy(id, hint, error),
        oninput: ({ target }) => find(target.value),
        onkeydown,
        onblur: ({ target }) => leave(target, true),
      }),
      chosen &&
        !drawn &&
        sheet.button("×", () => settle(null), {
          name: format(common.person_clear, { name: chosen }),
        }),
    ),
    drawn?.isSame && h("p", { class: "hint", key: "same", role: "status" }, common.person_same),
    h(
      "ul",
      {
        id: `${id}-list`,
        role: "listbox",
        "aria-label": label,
        hidden: !isOpen || !shown.length,
      },
      shown.map((option, at) =>
        h(
          "li",
          {
            key: option.id ?? "fresh",
            id: `${id}-${at}`,
            role: "option",
            "aria-selected": String(at === drawn?.at),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => pick(option),
          },
          option.fresh
            ? format(option.isOther ? common.person_other : common.person_fresh, option)
            : [h("span", {}, option.name), option.note && h("small", {}, option.note)],
        ),
      ),
    ),
    isLeft && h("p", { class: "hint", key: "left", role: "status" }, common.person_unchosen),
    isOpen && !shown.length && h("p", { class: "hint" }, common.person_nobody),
    error && h("div", { class: "trouble", id: `${id}-trouble`, role: "alert" }, error.text),
  );
}
