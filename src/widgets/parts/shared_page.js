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
      said.length > 0 &&
        thread &&
        h("ul", { class: "said", key: `said-${line}` }, said.map(thread)),
      act?.(line),
    ];
  };
  const lines = page.lines ?? [];
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
        lines.map((/** @type {any} */ line) => [
          h("dt", { key: `t-${line.id}` }, line.label),
          h("dd", { key: `d-${line.id}` }, h("p", {}, line.words), about(line.id)),
        ]),
      ),
    about(""),
    gone.length > 0 && thread && h("ul", { class: "said", key: "gone" }, gone.map(thread)),
  ];
}
