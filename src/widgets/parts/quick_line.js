// One line about a person: a step or a promise; what it seems to be is shown before it is kept.

import { format, h } from "../base/sheet.js";

/** The fields of a line; once there are words, also what they are.
 * @param {Sheet} sheet its state has `line`
 * @param {Row} row a draft with `words`, `kind` and `on`
 * @param {{label?: string, example?: string, focus?: string}} options
 */
export function quickLine(sheet, row, options = {}) {
  const { line } = sheet.state;
  const fields = sheet.fields("step", row);
  const isWritten = Boolean(row.words.trim());
  const listen = () => {
    const text = row.words.trim();
    if (!text || text === row.heard) return;
    row.heard = text;
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok || row.heard !== text) return;
      if (!row.isChosen) row.kind = answer.kind;
      if (!row.on) Object.assign(row, { on: answer.on, day: answer.day });
      sheet.draw();
    };
    sheet.send({ do: "hear_line", text }, { done });
  };
  return h(
    "div",
    { key: `line-${row.id}`, class: "quick-line", onchange: listen },
    h(
      "div",
      { class: "pair" },
      fields.text("words", {
        label: options.label ?? line.label,
        placeholder: options.example ?? line.example,
        focus: options.focus,
        onwrite: () => Boolean(row.words.trim()) !== isWritten && sheet.draw(),
      }),
      isWritten &&
        fields.dateField("on", {
          label: line.on,
          onwrite: () => {
            row.day = ""; // chosen, no longer read from the words
          },
        }),
    ),
    row.kind &&
      isWritten &&
      fields.choose("kind", line.kinds, {
        label: line.kind,
        hint: row.day ? format(line.heard_day, { on: row.day }) : null,
        onpick: (kind) => {
          Object.assign(row, { kind, isChosen: true });
          sheet.draw();
        },
      }),
  );
}

/** An empty line, for `quickLine`. @param {string} id */
export const emptyLine = (id) => ({ id, draft: true, words: "", on: "", kind: "", heard: "" });

/** What is sent of a line; a kind that was heard counts only for the words it was heard in.
 * @param {Row} row
 */
export function lineValues(row) {
  const words = row.words.trim();
  return { words, on: row.on, kind: row.isChosen || row.heard === words ? row.kind : "" };
}

/** Ask which day the words of a row name, once for the same words, and put it into the row.
 * A day that the person chose stays.
 * @param {Sheet} sheet
 * @param {Row} row a draft
 * @param {string} words the name of the text
 * @param {string} day the name of the date
 */
export function hearDay(sheet, row, words, day) {
  const text = row[words].trim();
  if (text === (row.heard ?? "")) return;
  row.heard = text;
  /** @param {Answer} answer */
  const done = (answer) => {
    const isChosen = row[day] && row[day] !== row.read;
    if (!answer.ok || row.heard !== text || isChosen) return;
    if ((row[day] || "") === answer.on) return;
    row[day] = answer.on;
    row.read = answer.on;
    sheet.draw();
  };
  sheet.send({ do: "hear_day", text }, { done });
}
