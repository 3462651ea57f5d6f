// If-then plans: the obstacle, the plans, what became of them, and reading them aloud.

import { planQuestions } from "../parts/plan_answer.js";
import { defineSheet, h } from "../base/sheet.js";

const TIMES = 3; // number of times a plan is read aloud

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const sound = state.plans.filter((plan) => plan.sound);
  return [
    sheet.fields("goal", state.goal).textArea("obstacle", { hint: words.obstacle_hint, rows: 2 }),
    state.plans.length === 0 && h("p", { class: "empty", key: "empty" }, words.empty),
    h(
      "ol",
      { class: "cards", key: "plans" },
      state.plans.map((plan, index) => drawPlan(sheet, plan, index + 1)),
    ),
    h(
      "p",
      { key: "add" },
      state.room
        ? sheet.button(words.add, () => sheet.add("plan"), {
            main: state.plans.length === 0,
            focus: "add-plan",
          })
        : words.full,
    ),
    sound.length > 0 && drawAloud(sheet, sound),
  ];
}

/** @param {Sheet} sheet */
function drawPlan(sheet, plan, n) {
  const { state, words, common } = sheet;
  const called = sheet.say("plan", { n });
  const fields = sheet.fields("plan", plan);
  return h(
    "li",
    { class: "card", key: plan.id, "aria-label": called },
    plan.asked && drawLastAnswer(sheet, plan),
    fields.text("cue", {
      rows: 1,
      hint: words.cue_hint,
      placeholder: words.cue_example,
      focus: plan.id,
    }),
    fields.text("act", {
      rows: 1,
      hint: words.act_hint,
      placeholder: words.act_example,
    }),
    h(
      "div",
      { class: "pair", key: "moment" },
      state.places.length > 0 && fields.select("place_id", state.places),
      fields.dateField("on", { hint: plan.day_said || words.on_hint }),
    ),
    plan.cue && plan.act && drawQuestions(sheet, plan),
    h(
      "div",
      { "aria-live": "polite", key: "asks" },
      plan.sound && h("p", { class: "good" }, words.sound),
      plan.asks.map(({ rule, name, why, act }) =>
        h(
          "div",
          { class: "example", key: rule },
          h("p", {}, h("strong", {}, name)),
          sheet.note([why, act]),
        ),
      ),
    ),
    h(
      "div",
      { class: "row" },
      fields.checkbox("for_obstacle"),
      sheet.button(common.remove, () => sheet.remove("plan", plan, "add-plan"), {
        name: `${common.remove}: ${called}`,
      }),
    ),
  );
}

/** What the person keeps of the last time, in their own words.
 * @param {Sheet} sheet
 */
function drawLastAnswer(sheet, plan) {
  const { words } = sheet;
  const came = sheet.say(plan.came === "yes" ? "came_yes" : "came_no", { on: plan.asked });
  return h(
    "div",
    { class: "kept", key: "kept" },
    plan.keep && [h("p", { class: "hint" }, words.keep_said), h("p", { class: "own" }, plan.keep)],
    h("p", { class: "hint" }, came),
    plan.did && h("p", {}, plan.did),
  );
}

/** The three questions: open once the day has passed, else behind a fold.
 * @param {Sheet} sheet
 */
function drawQuestions(sheet, plan) {
  const { words } = sheet;
  if (!plan.ask)
    return sheet.details(`ask-${plan.id}`, words.look_back, planQuestions(sheet, plan));
  return h(
    "div",
    { class: "today", key: "ask" },
    h("h3", {}, sheet.say("moment_passed", { on: plan.passed })),
    planQuestions(sheet, plan),
  );
}

/** Each sound plan as one sentence, to read aloud three times; only the page keeps the count.
 * @param {Sheet} sheet
 */
function drawAloud(sheet, sound) {
  const { memory, words } = sheet;
  const said = Math.min(TIMES, memory.said ?? 0);
  return h(
    "div",
    { class: "today", key: "aloud" },
    h("h3", {}, words.aloud_title),
    h("p", {}, words.aloud_lead),
    h(
      "ul",
      {},
      sound.map((plan) => h("li", { key: plan.id }, h("p", {}, sheet.say("sentence", plan)))),
    ),
    said < TIMES
      ? sheet.button(
          sheet.say("aloud", { n: said }),
          () => {
            memory.said = said + 1;
            sheet.draw();
          },
          { focus: "aloud" },
        )
      : h("p", { role: "status" }, words.aloud_done),
  );
}

export default defineSheet({ draw });
