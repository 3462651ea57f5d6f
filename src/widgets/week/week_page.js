// The week as a page to print, and as a file for a calendar.

import { savePageButton } from "../parts/printable.js";
import { saveFile } from "../base/download.js";
import { format, h } from "../base/sheet.js";

const ASKED = ["effect", "voice", "birthday"]; // rows of which nothing is to be ticked

/** The buttons to print and to save, and the page as it is printed. @param {Sheet} sheet */
export function drawPaper(sheet) {
  const { words } = sheet;
  return [
    h(
      "section",
      { class: "tools", key: "paper-tools" },
      h(
        "div",
        { class: "row" },
        sheet.button(words.paper.print, () => window.print(), { main: true, focus: "paper" }),
        savePageButton(sheet, format(words.paper.sheet_title, { span: sheet.state.span }), ".page"),
      ),
      h("h3", {}, words.paper.file),
      drawCalendar(sheet),
    ),
    drawPage(sheet),
  ];
}

/** The file for a calendar: names are initials unless the person says otherwise.
 * @param {Sheet} sheet
 */
function drawCalendar(sheet) {
  const { state, memory } = sheet;
  const words = sheet.words.paper;
  memory.hide ??= true;
  const { entries } = state.page;
  /** @param {Answer} answer */
  const hand = (answer) => {
    if (answer.ok) saveFile(answer.file, answer.calendar, "text/calendar");
  };
  const make = () =>
    sheet.send(
      { do: "calendar", hide: memory.hide, letter: Boolean(memory.letter) },
      { done: hand },
    );
  /** @param {string} name @param {string} text @param {string} hint */
  const tick = (name, text, hint) =>
    h(
      "label",
      { class: "option tick", key: name },
      h("input", {
        type: "checkbox",
        checked: Boolean(memory[name]),
        onchange: ({ target }) => {
          memory[name] = target.checked;
          sheet.draw();
        },
      }),
      h("span", {}, text, h("small", {}, hint)),
    );
  return [
    entries
      ? h("p", { key: "hint" }, format(words.file_hint, { n: entries }))
      : h("p", { class: "empty", key: "none" }, words.file_none),
    entries > 0 && tick("hide", words.initials, words.initials_hint),
    tick("letter", words.letter_too, words.letter_hint),
    (entries > 0 || memory.letter) && h("p", { key: "make" }, sheet.button(words.file_make, make)),
  ];
}

/** The page: whom I want to meet, then the rows of my week. @param {Sheet} sheet */
function drawPage(sheet) {
  const { state } = sheet;
  const { page } = state;
  const words = sheet.words.paper;
  const waiting = { name: "waiting", title: sheet.words.groups.waiting, rows: state.waiting };
  const groups = [...state.groups, ...(state.waiting.length ? [waiting] : [])];
  return h(
    "article",
    { class: "page week", key: "page" },
    h("h3", { class: "title" }, format(words.sheet_title, { span: state.span })),
    !page.away &&
      h(
        "div",
        { class: "meet", key: "meet" },
        h("h4", {}, words.meet),
        h("p", {}, page.meet || words.meet_empty),
        page.wish && h("p", { class: "hint" }, words.wish, " – ", page.wish),
      ),
    groups.map((group, at) => drawLines(sheet, group, at)),
    h("section", { key: "blank" }, h("h4", {}, words.blank), blanks(3)),
  );
}

/** @param {number} count */
const blanks = (count) =>
  Array.from({ length: count }, (_, at) => h("div", { class: "blank", key: `b${at}` }));

/** The rows of one group, each with a box to tick. @param {Sheet} sheet @param {number} at */
function drawLines(sheet, group, at) {
  const { lines } = sheet.state.page;
  const rows = group.rows.filter((row) => !ASKED.includes(row.kind));
  const more = rows.length - lines + (group.more ?? 0);
  return (
    rows.length > 0 &&
    h(
      "section",
      { key: `${group.name}-${at}` },
      h("h4", {}, group.title, group.off && h("small", {}, " ", group.off)),
      h(
        "ul",
        {},
        rows
          .slice(0, lines)
          .map((row) =>
            h(
              "li",
              { key: row.key },
              h("span", { class: "box", "aria-hidden": "true" }),
              h("span", {}, row.who && h("strong", {}, row.who, " "), drawWords(sheet, row)),
            ),
          ),
      ),
      more > 0 && h("p", { class: "hint" }, sheet.say("more", { n: more })),
    )
  );
}

/** @param {Sheet} sheet */
function drawWords(sheet, row) {
  const { words } = sheet;
  const text = row.kind === "plan" ? sheet.say("plan", { cue: row.cue, act: row.text }) : row.text;
  const kind = ["promise", "theirs", "way"].includes(row.kind) && words.kinds[row.kind];
  const measure = row.well_done && sheet.say("well_done", { words: row.well_done });
  const notes = [kind, row.was_for || row.for_day, measure].filter(Boolean).join(" · ");
  return [text || words.kinds[row.kind], notes && h("small", {}, ` ${notes}`)];
}
