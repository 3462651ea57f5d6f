// The letter: a summary of the quarter on one page; the person writes its last line.

import { giftEffect } from "../parts/gift_effect.js";
import { pastReviews } from "../parts/past_reviews.js";
import { savePageButton } from "../parts/printable.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { review } = state;
  const fields = sheet.fields("review", review);
  const last = fields.currentValue("next") ?? "";
  return [
    h(
      "div",
      { class: "tools" },
      fields.textArea("next", {
        label: words.closing,
        hint: words.closing_hint,
        placeholder: words.closing_example,
        rows: 2,
        onwrite: () => sheet.draw(),
      }),
      h(
        "p",
        { class: "row" },
        sheet.button(words.print, () => window.print(), { main: true }),
        savePageButton(sheet, words.name, ".page"),
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
    state.sequels.length > 0 &&
      h(
        "section",
        { class: "tools", key: "sequels" },
        h("h3", {}, words.sequels),
        state.sequels.map((one) =>
          h(
            "div",
            { class: "card", key: one.id },
            h("p", {}, one.text),
            giftEffect(sheet, one, () => sheet.draw()),
          ),
        ),
      ),
    state.pairs.length > 0 && drawPairs(sheet),
    state.notes.length > 0 &&
      h(
        "div",
        { class: "tools", key: "notes" },
        sheet.details(
          "notes",
          words.notes,
          h(
            "dl",
            {},
            state.notes.map(([question, text], at) => [
              h("dt", { key: `${at}-t` }, question || words.notes_other),
              h("dd", { key: at }, text),
            ]),
          ),
        ),
      ),
    h("div", { class: "tools", key: "earlier" }, pastReviews(sheet, ["next"])),
  ];
}

/** Whether a gift of long ago belongs to what came now; asked once of each. @param {Sheet} sheet */
function drawPairs(sheet) {
  const { state, words } = sheet;
  return h(
    "section",
    { class: "tools", key: "pairs" },
    h("h3", {}, words.pairs),
    h("p", { class: "hint" }, words.pairs_hint),
    state.pairs.map(({ id, text }) =>
      h(
        "div",
        { class: "card", key: id },
        h("p", {}, text),
        h(
          "div",
          { class: "row" },
          Object.entries(words.togethers).map(([chosen, label]) =>
            sheet.button(label, () => sheet.send({ do: "say_together", id, chosen }), {
              name: `${label} – ${text}`,
            }),
          ),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw });
