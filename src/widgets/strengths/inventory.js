// Inventory: write, Enter, write; the entry keeps the focus, saved lines stand above it. Below it
// is the board.

import { drawBoard } from "./board.js";
import { lineEntry, sendLine } from "../parts/line_entry.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const n = state.cards.length;
  return [
    !n && h("p", { class: "empty", key: "empty" }, words.empty),
    sheet.details(
      "write",
      n ? sheet.say("write_n", { n }) : words.write,
      h("p", { class: "hint" }, words.entry_hint),
      h(
        "div",
        { class: "prompts" },
        state.prompts.map((prompt) => drawPrompt(sheet, prompt)),
      ),
      drawStarters(sheet),
      state.heard.length > 0 &&
        h(
          "section",
          { key: "heard" },
          h("h3", {}, words.heard.title),
          drawRows(sheet, state.heard, null),
        ),
    ),
    n > 0 && drawBoard(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawPrompt(sheet, { name, rows }) {
  const { title, hint, example } = sheet.words.prompts[name];
  const id = `${sheet.id}-${name}`;
  return h(
    "section",
    { class: "card", key: name, "aria-labelledby": `${id}-title` },
    h("h3", { id: `${id}-title` }, title),
    h("p", { class: "hint", id: `${id}-hint` }, hint, h("small", {}, example)),
    drawRows(sheet, rows, name),
    lineEntry(
      sheet,
      {
        id,
        "aria-label": sheet.say("entry", { title }),
        "aria-describedby": `${id}-hint`,
        "data-focus": `entry.${name}`,
        "data-prompt": name,
        onpaste: (event) => {
          const text = event.clipboardData?.getData("text") ?? "";
          if (!/\n./.test(text)) return;
          event.preventDefault();
          if (text.trim()) sheet.send({ do: "jot", prompt: name, text });
        },
      },
      (entry) => jot(sheet, entry),
      { name: `${sheet.common.add}: ${title}` },
    ),
  );
}

/** Example skills; one press writes one down. @param {Sheet} sheet */
function drawStarters(sheet) {
  const { title, hint, take, items } = sheet.words.starters;
  const jotted = (text) => sheet.send({ do: "jot", prompt: "easy", text });
  return sheet.details(
    "starters",
    title,
    h("p", { class: "hint" }, hint),
    h(
      "div",
      { class: "choices" },
      items.map((text) =>
        sheet.button(text, () => jotted(text), { name: format(take, { name: text }) }),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawRows(sheet, rows, prompt) {
  const { words, common } = sheet;
  if (!rows.length) return null;
  return h(
    "ul",
    { class: "jotted" },
    rows.map((row) =>
      h(
        "li",
        { key: row.id },
        sheet
          .fields("strength", row)
          .textArea("name", { label: words.item, hideLabel: true, rows: 1 }),
        sheet.button("×", () => sheet.remove("strength", row, prompt ? `entry.${prompt}` : null), {
          name: row.name ? sheet.say("remove_one", { name: row.name }) : common.remove,
        }),
      ),
    ),
  );
}

/** Write the entry's line down, and clear it for the next.
 * @param {Sheet} sheet
 * @param {FormField} entry
 */
function jot(sheet, entry) {
  const text = entry.value;
  if (text.trim()) sendLine(sheet, entry, { do: "jot", prompt: entry.dataset.prompt, text });
}

/** Fold the lines away once some are sorted. Save an entry without Enter when the page is left.
 * @param {Sheet} sheet
 */
function mounted(sheet) {
  if (sheet.memory.write === undefined && sheet.state.cards) {
    sheet.memory.write = !sheet.state.cards.some((card) => card.good_at && card.like);
    sheet.draw();
  }
  const leave = () => {
    const entries = sheet.el.querySelectorAll("[data-prompt]");
    for (const entry of /** @type {NodeListOf<FormField>} */ (entries)) jot(sheet, entry);
  };
  window.addEventListener("pagehide", leave, { capture: true });
  window.addEventListener("enishi:leave", leave, { capture: true });
}

export default defineSheet({ draw, mounted });
