// A field for a passphrase. What is typed stays in the field: no state and no memory holds it.

import { h } from "../base/sheet.js";

/** Characters typed into each field, for advice. @type {WeakMap<Sheet, Record<string, number>>} */
const lengths = new WeakMap();

/** The field, with advice while what is typed could be guessed.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {{label: string, hint: string, autocomplete: string, short?: number}} options
 *   `short`: below how many characters the advice is shown
 */
export function passphraseField(sheet, name, { label, hint, autocomplete, short = 0 }) {
  const id = `${sheet.id}-${name}`;
  const typed = lengths.get(sheet) ?? {};
  lengths.set(sheet, typed);
  const isShown = Boolean(sheet.memory[`shown-${name}`]);
  const count = typed[name] ?? 0;
  return h(
    "div",
    { class: "field", key: id },
    h("label", { for: id }, label),
    h("p", { class: "hint", id: `${id}-hint` }, hint),
    h("input", {
      id,
      type: isShown ? "text" : "password",
      autocomplete,
      autocapitalize: "none",
      spellcheck: "false",
      maxlength: 300,
      "data-focus": name,
      "aria-describedby": `${id}-hint ${id}-short`,
      oninput: ({ target }) => {
        typed[name] = [...target.value].length;
        sheet.draw();
      },
    }),
    h(
      "div",
      { class: "choices" },
      h(
        "label",
        { class: "option tick" },
        h("input", {
          type: "checkbox",
          checked: isShown,
          onchange: ({ target }) => {
            sheet.memory[`shown-${name}`] = target.checked;
            sheet.draw();
          },
        }),
        h("span", {}, sheet.words.passphrase_show),
      ),
    ),
    h(
      "p",
      { class: "hint", id: `${id}-short`, "aria-live": "polite" },
      count > 0 && count < short ? sheet.words.passphrase_short : "",
    ),
  );
}

/** Return what is typed, and empty the field. @param {Sheet} sheet @param {string} name */
export function takePassphrase(sheet, name) {
  const input = /** @type {HTMLInputElement | null} */ (
    sheet.el.querySelector(`#${CSS.escape(`${sheet.id}-${name}`)}`)
  );
  const passphrase = input?.value ?? "";
  if (input) input.value = "";
  const typed = lengths.get(sheet);
  if (typed) typed[name] = 0;
  return passphrase;
}
