// A page that is shown to a coach: its lines, and what was said about each.

import { h } from "../base/sheet.js";

/**
 * @typedef {object} Beside what stands with a page
 * @property {(line: string) => Kid} [act] for a line, or '' for the page as a whole
 * @property {(thread: any) => Kid} [thread] for something that was said
 * @property {Kid} [picture] drawn instead of the lines
 * @property {string} nothing the text of a page without a line
 */

/** @param {any} page @param {any[]} threads @param {Beside} beside */
export function sharedPage(page, threads, { act, thread, picture, nothing }) {
  const about = (/** @type {string} */ line) => {
    const said = threads.filter((each) => each.key === page.key && each.line === line);
    return [
      act?.(line),
      said.length > 0 &&
        thread &&
        h("ul", { class: "said", key: `said-${line}` }, said.map(thread)),
    ];
  };
  const { lines = [], table = [] } = page;
  const gone = threads.filter(
    (each) =>
      each.key === page.key &&
      each.line &&
      !lines.some((/** @type {any} */ one) => one.id === each.line),
  );
  return [
    picture,
    !picture && lines.length === 0 && h("p", { class: "empty", key: "nothing" }, nothing),
    !picture &&
      h(
        "dl",
        { class: "shared", key: "lines" },
        lines.map((/** @type {any} */ line, /** @type {number} */ at) =>
          h(
            "div",
            { class: rowOf(line) === rowOf(lines[at - 1]) ? null : "begins", key: line.id },
            h("dt", {}, line.label),
            h("dd", {}, h("p", { dir: "auto" }, line.words), about(line.id)),
          ),
        ),
      ),
    !picture && table.length > 0 && drawPictureRows(table),
    about(""),
    gone.length > 0 && thread && h("ul", { class: "said", key: "gone" }, gone.map(thread)),
  ];
}

/** What the lines of one row have in common: table and id; '' for a line of its own.
 * @param {any} line
 */
function rowOf(line) {
  const parts = line?.id.split(":") ?? [];
  return parts.length > 2 ? parts.slice(0, -1).join(":") : "";
}

/** The table of a picture. @param {string[][]} table the head first */
function drawPictureRows([head, ...rows]) {
  return h(
    "div",
    { class: "wide", key: "table" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell) => h("th", { scope: "col" }, cell)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell) => h("td", { dir: "auto" }, cell)),
          ),
        ),
      ),
    ),
  );
}

/** A reply of the person's. @param {Sheet} sheet @param {string} key the text above it
 * @param {{id: string, on: string, words: string}} reply
 */
export function drawReply(sheet, key, { id, on, words }) {
  return h(
    "div",
    { class: "reply", key: id },
    h("p", { class: "hint" }, sheet.say(key, { day: on })),
    h("p", { class: "words", dir: "auto" }, words),
  );
}
