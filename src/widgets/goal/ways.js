// Ways forward: three ways and the chosen one, what may get in the way, and what then.

import { ifThen } from "../parts/if_then.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    h(
      "ul",
      { class: "cards", key: "ways" },
      state.ways.map((way) => drawWay(sheet, way, words.kinds[way.kind])),
    ),
    sheet.details(
      "more",
      words.more_ways,
      h("p", { class: "hint" }, words.more_hint),
      state.more.length > 0 &&
        h(
          "ul",
          { class: "cards", key: "more" },
          state.more.map((way) => drawWay(sheet, way, sayHeard(sheet, way), true)),
        ),
      state.way_room
        ? sheet.button(words.add_way, () => sheet.add("way"), { focus: "add-way" })
        : h("p", { class: "hint" }, words.ways_full),
    ),
    state.heard && drawHeard(sheet, state.heard),
    state.chosen && drawChosen(sheet, state.chosen),
    drawObstacle(sheet),
    drawFurther(sheet),
  ];
}

/** One way, and the button that chooses it once something is written.
 * @param {Sheet} sheet
 * @param {Row} way
 * @param {{name: string, example?: string}} said
 */
function drawWay(sheet, way, { name, example }, isFurther = false) {
  const { state, words, common } = sheet;
  const isChosen = state.chosen?.id === way.id;
  const named = (act) => sheet.say("act_name", { act, way: way.words || name });
  const choose = () => {
    sheet.saveAll();
    sheet.send({ do: "choose", id: way.id, chosen: !isChosen });
  };
  return h(
    "li",
    { class: "card way", key: way.id, "aria-label": name },
    sheet
      .fields("way", way)
      .text("words", { rows: 1, label: name, placeholder: example, focus: way.id }),
    isFurther &&
      way.words &&
      sheet
        .fields("way", way)
        .text("heard_from", { hint: words.heard_from_hint, placeholder: words.heard_from_example }),
    h(
      "div",
      { class: "row" },
      way.words &&
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(isChosen),
            "aria-label": named(isChosen ? words.chosen : words.choose),
            onclick: choose,
          },
          isChosen ? words.chosen : words.choose,
        ),
      isFurther &&
        sheet.button(common.remove, () => sheet.remove("way", way, "add-way"), {
          name: named(common.remove),
        }),
    ),
  );
}

/** What a further way is called: by whom one heard it from, if that is written.
 * @param {Sheet} sheet
 * @param {Row} way
 */
function sayHeard(sheet, { heard_from: from }) {
  return { name: from ? sheet.say("heard", { from }) : sheet.words.another };
}

/** A way heard from somebody, while none of these is chosen: does it become a step?
 * @param {Sheet} sheet
 * @param {{id: string, words: string, heard_from: string}} way
 */
function drawHeard(sheet, { id, words: way, heard_from: from }) {
  const { words } = sheet;
  const answer = (step) => () =>
    sheet.send({ do: "answer_heard", id, step }, { done: () => sheet.focusQuestion() });
  return h(
    "div",
    { class: "example field", key: "heard" },
    h("p", {}, sheet.say("heard_asks", { way, from })),
    h(
      "div",
      { class: "row" },
      sheet.button(words.begin, answer(true), {
        name: sheet.say("act_name", { act: words.begin, way }),
      }),
      sheet.button(words.heard_leave, answer(false)),
    ),
  );
}

/** The chosen way, and a first step on it for this week.
 * @param {Sheet} sheet
 * @param {{id: string, words: string}} chosen
 */
function drawChosen(sheet, chosen) {
  const { state, words, memory } = sheet;
  const step = (memory.step ??= { id: "step", draft: true, words: "", on: "" });
  const fields = sheet.fields("step", step);
  const begin = (event) => {
    event.preventDefault();
    if (!step.words.trim()) return sheet.focus("step.words");
    sheet.send(
      { do: "begin", words: step.words.trim(), on: step.on },
      {
        done: ({ ok }) => {
          if (!ok) return;
          memory.step = null;
          sheet.draw();
          sheet.focus("step.words");
        },
      },
    );
  };
  return h(
    "form",
    { class: "today chosen", key: "chosen", novalidate: true, onsubmit: begin },
    h("h3", {}, words.chosen_title),
    h("p", { class: "own" }, chosen.words),
    h("p", { class: "hint" }, h("a", { href: state.week }, words.stands_in_week)),
    h(
      "div",
      { class: "pair" },
      fields.text("words", { label: words.first_step, placeholder: words.first_step_example }),
      fields.dateField("on", { label: words.first_step_on }),
    ),
    h("button", { type: "submit" }, words.begin),
  );
}

/** What may get in the way, after the best that could be; and at once what then.
 * @param {Sheet} sheet
 */
function drawObstacle(sheet) {
  const { state, words } = sheet;
  const { goal, plan } = state;
  return h(
    "section",
    { key: "obstacle" },
    h("h3", {}, words.obstacle_title),
    goal.outcome
      ? [
          h("p", { class: "hint" }, words.outcome_first),
          h("p", { class: "own outcome" }, goal.outcome),
        ]
      : h(
          "p",
          { class: "hint" },
          words.outcome_missing,
          " ",
          h("a", { href: "#wish" }, words.to_outcome),
        ),
    sheet.fields("goal", goal).textArea("obstacle", {
      hint: words.obstacle_hint,
      placeholder: words.obstacle_example,
      rows: 2,
    }),
    h(
      "div",
      { class: "card", key: plan.id, "aria-label": words.when_it_comes },
      h("h4", {}, words.when_it_comes),
      drawPlan(sheet, plan),
    ),
  );
}

/** @param {Sheet} sheet @param {Row} plan */
function drawPlan(sheet, plan) {
  const { words } = sheet;
  return [
    ifThen(sheet, plan, { cue: words.cue_example, act: words.act_example }),
    (plan.on || plan.act) &&
      sheet.fields("plan", plan).dateField("on", { hint: plan.day_said || words.on_hint }),
  ];
}

/** Further plans, for other moments. @param {Sheet} sheet */
function drawFurther(sheet) {
  const { state, words, common } = sheet;
  sheet.memory.further ??= state.plans.length > 0;
  return sheet.details(
    "further",
    words.further,
    h(
      "ol",
      { class: "cards", key: "plans" },
      state.plans.map((plan, at) => {
        const called = sheet.say("plan", { n: at + 2 });
        return h(
          "li",
          { class: "card", key: plan.id, "aria-label": called },
          drawPlan(sheet, plan),
          sheet.button(common.remove, () => sheet.remove("plan", plan, "add-plan"), {
            name: `${common.remove}: ${called}`,
          }),
        );
      }),
    ),
    state.room
      ? sheet.button(words.add, () => sheet.add("plan"), { focus: "add-plan" })
      : h("p", { class: "hint" }, words.full),
  );
}

export default defineSheet({ draw });
