// The month: the dials, what changed, one experiment, the phase, and a check of the goal.

import { explanation } from "../parts/explanation.js";
import { pastReviews } from "../parts/past_reviews.js";
import { selfRating } from "../parts/self_rating.js";
import { standCheck } from "../parts/stand.js";
import { askedAgain } from "../parts/wrong_ways.js";
import { defineSheet, h } from "../base/sheet.js";

const LINES = [
  "went_well",
  "changed",
  "thank_whom",
  "learned",
  "tried",
  "book",
  "book_act",
  "let_go",
];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { review } = state;
  const fields = sheet.fields("review", review);
  return [
    state.why &&
      h(
        "p",
        { class: "example", key: "why" },
        sheet.say("my_reason", { text: state.why }),
        " ",
        h("a", { href: state.matters_at }, words.change_reason),
      ),
    h("h3", {}, words.dials),
    selfRating(sheet),
    h(
      "div",
      { class: "written", key: "written" },
      fields.textArea("changed", { hint: words.changed_hint, rows: 2 }),
      fields.textArea("thank_whom", {
        hint: state.thank && sheet.say("thank_names", { names: state.thank }),
        rows: 1,
      }),
      fields.textArea("learned", {
        hint: words.learned_hint,
        placeholder: words.learned_example,
        rows: 2,
      }),
      state.tried &&
        h("p", { class: "example", key: "tried" }, sheet.say("tried_last", { text: state.tried })),
      fields.textArea("tried", {
        hint: words.tried_hint,
        placeholder: words.tried_example,
        rows: 1,
      }),
      state.read &&
        h(
          "p",
          { class: "example", key: "read" },
          sheet.say("read_last", { book: state.read[0], act: state.read[1] }),
        ),
      fields.text("book", {
        hint: words.book_hint,
        placeholder: words.book_example,
      }),
      fields.text("book_act", { placeholder: words.book_act_example }),
    ),
    askedAgain(sheet),
    standCheck(sheet),
    drawPhase(sheet),
    state.asked && drawMine(sheet),
    pastReviews(sheet, LINES),
  ];
}

/** The phase of the goal, and the proposal to move on to the next one. @param {Sheet} sheet */
function drawPhase(sheet) {
  const { state, words } = sheet;
  const { names, says, proposed, reason } = state.phase;
  if (!state.goal.version)
    return h(
      "p",
      { class: "empty", key: "phase" },
      words.phase_none,
      " ",
      h("a", { href: state.wish_at }, words.to_wish),
    );
  const take = () =>
    sheet.write(
      "goal",
      state.goal,
      { phase: proposed },
      (answer) => answer.ok && sheet.focus(`${state.goal.id}.phase.${proposed}`),
    );
  return h(
    "section",
    { key: "phase" },
    sheet.fields("goal", state.goal).choose("phase", names, {
      label: words.phase,
      hint: says[state.goal.phase],
    }),
    reason &&
      h(
        "div",
        { class: "card field", key: "proposed" },
        h("h3", {}, words.phase_time),
        h("p", {}, reason.why),
        h("p", { class: "hint" }, reason.act, " ", words.phase_wait),
        sheet.button(sheet.say("phase_take", { phase: names[proposed] }), take),
        explanation(sheet, "phase", reason),
      ),
  );
}

/** Is this goal still mine? @param {Sheet} sheet */
function drawMine(sheet) {
  const { state, words } = sheet;
  const { review } = state;
  return h(
    "section",
    { key: "mine" },
    h("p", { class: "example" }, state.goal.wish),
    sheet.fields("review", review).choose("still_mine", words.mines, {
      label: words.mine,
      hint: words.mine_hint,
    }),
    review.still_mine &&
      h(
        "p",
        { key: "says" },
        words.mine_says[review.still_mine],
        " ",
        review.still_mine !== "yes" && h("a", { href: state.wish_at }, words.to_wish),
      ),
  );
}

export default defineSheet({ draw });
