// The plan: this week on one page, to print or to put in a calendar.

import { saveFile } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  memory.hide ??= true;
  return [
    h(
      "div",
      { class: "tools" },
      h(
        "div",
        { class: "row" },
        sheet.button(words.print, () => window.print(), { main: true }),
      ),
    ),
    drawPage(sheet),
    h(
      "section",
      { class: "tools", key: "file" },
      h("h3", {}, words.file),
      state.days === 0
        ? [
            h("p", { class: "empty", key: "none" }, words.file_none),
            tickLetter(sheet),
            memory.letter &&
              h(
                "p",
                { key: "make" },
                sheet.button(words.file_make, () =>
                  sheet.send({ do: "calendar", letter: true }, { done: hand }),
                ),
              ),
          ]
        : [
            h("p", { key: "hint" }, sheet.say("file_hint", { n: state.days })),
            h(
              "label",
              { class: "option tick", key: "hide" },
              h("input", {
                type: "checkbox",
                checked: memory.hide,
                onchange: (event) => {
                  memory.hide = event.target.checked;
                },
              }),
              h("span", {}, words.initials, h("small", {}, words.initials_hint)),
            ),
            tickLetter(sheet),
            h(
              "p",
              { key: "make" },
              sheet.button(words.file_make, () =>
                sheet.send(
                  { do: "calendar", hide: memory.hide, letter: Boolean(memory.letter) },
                  { done: hand },
                ),
              ),
            ),
          ],
    ),
  ];
}

/** The option of a weekly calendar entry: a day to open the letter. @param {Sheet} sheet */
function tickLetter(sheet) {
  const { words, memory } = sheet;
  return h(
    "label",
    { class: "option tick", key: "letter" },
    h("input", {
      type: "checkbox",
      checked: Boolean(memory.letter),
      onchange: (event) => {
        memory.letter = event.target.checked;
        sheet.draw();
      },
    }),
    h("span", {}, words.letter_too, h("small", {}, words.letter_hint)),
  );
}

/** The page as it is printed. @param {Sheet} sheet */
function drawPage(sheet) {
  const { state, words } = sheet;
  return h(
    "article",
    { class: "page week", key: "page" },
    h("h3", { class: "title" }, sheet.say("sheet_title", { span: state.span })),
    h(
      "div",
      { class: "meet" },
      h("h4", {}, words.meet),
      h("p", {}, state.meet || words.meet_empty),
      state.wish && h("p", { class: "hint" }, words.wish, " – ", state.wish),
      state.ways.map((way, at) => h("p", { class: "hint", key: `w${at}` }, words.way, " – ", way)),
    ),
    drawLines(sheet, "people", state.people, 2),
    drawLines(sheet, "promises", state.promises, 1),
    state.theirs.length > 0 && drawLines(sheet, "theirs", state.theirs, 0),
    drawLines(sheet, "places", state.places, 1),
    state.plans.length > 0 &&
      h(
        "section",
        { key: "plans" },
        h("h4", {}, words.plans),
        h(
          "ul",
          {},
          state.plans.map((plan) => h("li", { key: plan.id }, sheet.say("plan_line", plan))),
        ),
      ),
    h("section", { key: "blank" }, h("h4", {}, words.blank), blanks(3)),
  );
}

const blanks = (count) =>
  Array.from({ length: count }, (_, at) => h("div", { class: "blank", key: `b${at}` }));

/** The items of one kind, each with a box to tick, and blank lines to write on.
 * @param {Sheet} sheet
 */
function drawLines(sheet, name, lines, count) {
  return h(
    "section",
    { key: name },
    h("h4", {}, sheet.words[name]),
    lines.length > 0 &&
      h(
        "ul",
        {},
        lines.map((line, at) =>
          h(
            "li",
            { key: `l${at}` },
            h("span", { class: "box", "aria-hidden": "true" }),
            h(
              "span",
              {},
              line.name && h("strong", {}, line.name, " "),
              line.words,
              line.day && h("small", {}, line.day, line.off && ` · ${line.off}`),
            ),
          ),
        ),
      ),
    !lines.length && h("p", { class: "hint" }, sheet.words.none),
    sheet.state.more[name] > 0 &&
      h("p", { class: "hint" }, sheet.say("more_lines", { n: sheet.state.more[name] })),
    blanks(count),
  );
}

/** @param {Answer} answer */
function hand(answer) {
  if (answer.ok) saveFile(answer.file, answer.calendar, "text/calendar");
}

export default defineSheet({ draw });
