// The week as seven columns, and one for what was carried over; the list below says the same.

import { format, h } from "../base/sheet.js";
import { MARKS } from "./week_rows.js";

const DAYS = 7;
const DATED = /\d{4}-\d\d-\d\d$/; // the end of a row's key

/** The columns, where at least one row has a day; a press goes to its row in the list.
 * @param {Sheet} sheet
 */
export function drawColumns(sheet) {
  const { state, words } = sheet;
  const carried = state.groups
    .filter((/** @type {any} */ group) => group.name === "carried")
    .flatMap((/** @type {any} */ group) => group.rows);
  const rows = state.groups
    .filter((/** @type {any} */ group) => ["today", "day"].includes(group.name))
    .flatMap((/** @type {any} */ group) => group.rows);
  if (!rows.length) return null;
  const columns = daysBefore(state.next_week).map(({ day, name }) => ({
    name,
    rows: rows.filter((/** @type {any} */ row) => DATED.exec(row.key)?.[0] === day),
  }));
  if (carried.length) columns.unshift({ name: words.groups.carried, rows: carried });
  return h(
    "table",
    { class: "columns", key: "columns" },
    h("caption", { class: "unseen" }, words.columns),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map(({ name }) => h("th", { scope: "col" }, name)),
      ),
    ),
    h(
      "tbody",
      {},
      h(
        "tr",
        {},
        columns.map((column, at) =>
          h(
            "td",
            { key: `c-${at}` },
            column.rows.map((/** @type {any} */ row) => drawMark(sheet, row)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet @param {any} row */
function drawMark(sheet, row) {
  const { words } = sheet;
  const text = row.text || format(words.texts[row.kind] ?? "", { name: row.who });
  return h(
    "button",
    { key: row.key, type: "button", title: text, onclick: () => sheet.focus(`row-${row.key}`) },
    h("span", { class: "unseen" }, words.kinds[row.kind]),
    h(
      "span",
      { class: "words" },
      h("span", { class: "mark", "aria-hidden": "true" }, MARKS[row.kind]),
      " ",
      row.who && h("b", {}, row.who),
      " ",
      text,
    ),
  );
}

/** Return the seven days before one, as `YYYY-MM-DD` and as the head of a column.
 * @param {string} end
 */
function daysBefore(end) {
  const name = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    ...{ weekday: "short", day: "numeric", timeZone: "UTC" },
  });
  return Array.from({ length: DAYS }, (_, at) => {
    const day = new Date(Date.parse(end) + (at - DAYS) * 86_400_000);
    return { day: day.toISOString().slice(0, 10), name: name.format(day) };
  });
}
