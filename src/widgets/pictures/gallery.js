// All pictures of what the person wrote: chosen, ordered, and printed with names or initials.

import { defineSheet, h, namedByAddress } from "../base/sheet.js";
import { drawAll, followLook, picture } from "../parts/picture.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    h(
      "div",
      { class: "tools", key: "tools" },
      sheet.details("arrange", words.arrange, drawOrder(sheet), drawWeekly(sheet)),
      state.order.length > 0 &&
        h(
          "div",
          { class: "row" },
          sheet.button(words.print, () => print(sheet, false)),
          sheet.button(words.print_masked, () => print(sheet, true)),
        ),
    ),
    state.order.length === 0 && h("p", { class: "empty", key: "none" }, words.none),
    h(
      "div",
      { class: "page", key: "page" },
      state.order.map((/** @type {string} */ key) => picture(sheet, key)),
    ),
  ];
}

/** Print what is shown, but nothing where initials could not be had; then names are there again.
 * @param {Sheet} sheet
 * @param {boolean} isMasked
 */
async function print(sheet, isMasked) {
  if (await drawAll(sheet, sheet.state.order, isMasked)) window.print();
  if (isMasked) await drawAll(sheet, sheet.state.order, false);
}

/** Each picture with its place; those put away come last. @param {Sheet} sheet */
function drawOrder(sheet) {
  const { order, away, pictures } = sheet.state;
  const { words } = sheet;
  const arrange = (/** @type {string[]} */ keys, /** @type {string} */ focus) =>
    sheet.send({ do: "arrange", keys }, { done: () => sheet.focus(focus) });
  const swapped = (/** @type {number} */ at) => {
    const keys = [...order];
    [keys[at - 1], keys[at]] = [keys[at], keys[at - 1]];
    return keys;
  };
  return h(
    "ul",
    { class: "order" },
    [...order, ...away].map((/** @type {string} */ key) => {
      const at = order.indexOf(key);
      const title = pictures.titles[key];
      const others = order.filter((/** @type {string} */ other) => other !== key);
      return h(
        "li",
        { key, class: "row" },
        h(
          "label",
          { class: "option" },
          h("input", {
            type: "checkbox",
            checked: at >= 0,
            "data-focus": `show-${key}`,
            onchange: () => arrange(at >= 0 ? others : [...order, key], `show-${key}`),
          }),
          title,
        ),
        at > 0 &&
          sheet.button("↑", () => arrange(swapped(at), `up-${key}`), {
            name: sheet.say("up", { title }),
            focus: `up-${key}`,
          }),
        at >= 0 &&
          at < order.length - 1 &&
          sheet.button("↓", () => arrange(swapped(at + 1), `down-${key}`), {
            name: sheet.say("down", { title }),
            focus: `down-${key}`,
          }),
      );
    }),
  );
}

/** Whether one of them is shown on the home page. @param {Sheet} sheet */
function drawWeekly(sheet) {
  const { state, words } = sheet;
  return h(
    "label",
    { class: "option", key: "weekly" },
    h("input", {
      type: "checkbox",
      checked: state.weekly,
      "data-focus": "weekly",
      onchange: () =>
        sheet.send({ do: "show_weekly", on: !state.weekly }, { done: () => sheet.focus("weekly") }),
    }),
    words.weekly,
  );
}

/** Bring the picture that the address names into view. @param {Sheet} sheet */
function mounted(sheet) {
  followLook(sheet);
  const show = () => {
    const { row } = namedByAddress();
    if (row) sheet.el.querySelector(`[data-picture="${CSS.escape(row)}"]`)?.scrollIntoView();
  };
  window.addEventListener("hashchange", show);
  show();
}

export default defineSheet({ draw, mounted });
