// An if-then plan: its two halves, what is still vague in them, and the questions about its moment.

import { planQuestions } from "./plan_answer.js";
import { format, h } from "../base/sheet.js";

/** A plan as `describe_plan` in Python returns it; `state.if_then` has the texts.
 * @param {Sheet} sheet
 * @param {Row} plan
 * @param {{label?: string, cue?: string, act?: string}} options the examples, and the first label
 */
export function ifThen(sheet, plan, options = {}) {
  const { if_then: said } = sheet.state;
  const fields = sheet.fields("plan", plan);
  const { label = said.cue, cue, act } = options;
  /** @type {Reason[]} */
  const asks = plan.asks;
  return [
    plan.asked && drawLastAnswer(sheet, plan),
    fields.text("cue", { rows: 1, label, hint: said.cue_hint, placeholder: cue }),
    fields.text("act", { rows: 1, label: said.act, hint: said.act_hint, placeholder: act }),
    h(
      "div",
      { "aria-live": "polite", key: `asks-${plan.id}` },
      asks.map(({ rule, name, why, act: mend }) =>
        h(
          "div",
          { class: "example", key: rule },
          h("p", {}, h("strong", {}, name)),
          sheet.note([why, mend]),
        ),
      ),
    ),
    plan.cue && plan.act && drawQuestions(sheet, plan),
  ];
}

/** What the person keeps of the last time, in their own words.
 * @param {Sheet} sheet
 * @param {Row} plan
 */
function drawLastAnswer(sheet, plan) {
  const { if_then: said } = sheet.state;
  const came = format(plan.came === "yes" ? said.came_yes : said.came_no, { on: plan.asked });
  return h(
    "div",
    { class: "kept", key: `kept-${plan.id}` },
    plan.keep && [h("p", { class: "hint" }, said.keep_said), h("p", { class: "own" }, plan.keep)],
    h("p", { class: "hint" }, came),
    plan.did && h("p", {}, plan.did),
  );
}

/** The three questions: open once the day has passed, else behind a fold.
 * @param {Sheet} sheet
 * @param {Row} plan
 */
function drawQuestions(sheet, plan) {
  const { if_then: said } = sheet.state;
  const questions = planQuestions(sheet, { id: plan.id, keep: plan.keep });
  if (!plan.ask) return sheet.details(`ask-${plan.id}`, said.look_back, questions);
  return h(
    "div",
    { class: "today", key: `ask-${plan.id}` },
    h("h3", {}, format(said.moment_passed, { on: plan.passed })),
    questions,
  );
}
