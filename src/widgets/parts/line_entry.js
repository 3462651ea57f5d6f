// A field for one line at a time: Enter, the button beside it, or leaving the field takes the line.

import { h } from "../base/sheet.js";

/** Return whether the key takes the line: an Enter that ends a kana conversion does not.
 * @param {KeyboardEvent} event
 */
const isEnter = (event) => event.key === "Enter" && !event.isComposing && event.keyCode !== 229;

/** The handlers of a field whose line `take` gets.
 * @param {(entry: FormField) => void} take
 */
export const takesLines = (take) => ({
  onkeydown: (/** @type {any} */ event) => {
    if (!isEnter(event)) return;
    event.preventDefault();
    take(event.target);
  },
  onblur: (/** @type {any} */ event) => take(event.target),
});

/** A field and its button; `props` are the field's own.
 * @param {Sheet} sheet
 * @param {{id: string, [name: string]: any}} props
 * @param {(entry: FormField) => void} take
 * @param {ButtonOptions} [button]
 */
export function lineEntry(sheet, props, take, button = {}) {
  const press = () => {
    const entry = sheet.find(props.id);
    take(entry);
    entry.focus();
  };
  return h(
    "div",
    { class: "entry row" },
    h("input", {
      key: props.id,
      type: "text",
      autocomplete: "off",
      enterkeyhint: "enter",
      ...takesLines(take),
      ...props,
    }),
    sheet.button(sheet.common.add, press, button),
  );
}

/** Clear a field whose line is sent; a refused line comes back unless another was begun.
 * @param {Sheet} sheet
 * @param {FormField} entry
 * @param {Message} message
 */
export function sendLine(sheet, entry, message) {
  const text = entry.value;
  entry.value = "";
  /** @param {Answer} answer */
  const done = (answer) => {
    if (!answer.ok && !entry.value) entry.value = text;
  };
  sheet.send(message, { done });
}
