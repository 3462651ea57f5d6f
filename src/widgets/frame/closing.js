// The end of a workbook: the place last left, one thing to do today, the thread of the goal.

import { lastSheetLink, offerLastSheet } from "../parts/resume.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, common } = sheet;
  const { thread, missing } = state;
  return [
    lastSheetLink(sheet),
    h(
      "div",
      { class: "today" },
      h("h3", {}, words.today_title),
      sheet.note(state.nearest ?? words.todays?.[missing?.name] ?? words.today),
    ),
    thread.length > 0 && [
      h("h3", { key: "written" }, common.thread_written),
      h(
        "dl",
        { class: "terms", key: "thread" },
        thread.map(({ name, title, text, on, href }) => [
          h("dt", { key: `t-${name}` }, title),
          h("dd", { key: `d-${name}` }, h("a", { href }, text), on && h("small", {}, ` ${on}`)),
        ]),
      ),
    ],
    h("h3", { key: "next" }, common.thread_next),
    missing
      ? [
          h("p", {}, format(common.thread_gap, { link: missing.title })),
          h(
            "p",
            {},
            h(
              "a",
              { class: "button", href: missing.href },
              format(common.thread_go, { link: missing.title }),
            ),
          ),
        ]
      : h("p", {}, common.thread_whole),
  ];
}

export default defineSheet({ draw, mounted: offerLastSheet });
