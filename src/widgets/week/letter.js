// The letter: a summary of the quarter on one page; the person writes its last line.

import { h, paper } from "../base/sheet.js";
import "../parts/past_reviews.js";

function draw(sheet) {
  const { state, words } = sheet;
  const { review } = state;
  const last = sheet.now("review", review, "next") ?? "";
  return [
    h(
      "div",
      { class: "tools" },
      sheet.lines("review", review, "next", {
        label: words.closing,
        hint: words.closing_hint,
        placeholder: words.closing_example,
        rows: 2,
        onwrite: () => sheet.draw(),
      }),
      h(
        "p",
        {},
        sheet.button(words.print, () => window.print(), { main: true }),
      ),
    ),
    h(
      "article",
      { class: "page letter", key: "letter" },
      h("p", { class: "hint" }, sheet.say("span", { span: state.span })),
      h("h3", { class: "title" }, words.dear),
      state.parts.map((part) =>
        h(
          "section",
          { key: part.key },
          h("p", {}, part.text),
          part.lines.length > 0 &&
            h(
              "ul",
              { class: "dots" },
              part.lines.map((line, at) => h("li", { key: at }, line)),
            ),
          part.more > 0 && h("p", { class: "hint" }, sheet.say("some_more", { n: part.more })),
        ),
      ),
      state.quiet && h("p", { key: "quiet" }, words.quiet),
      last.trim() && h("p", { class: "last", key: "last" }, last),
      h("p", { class: "from" }, sheet.say("from", { on: state.on })),
    ),
    h("div", { class: "tools", key: "earlier" }, sheet.earlier(["next"])),
  ];
}

export default paper({ draw });
