// The month within the look back: the experiment, the dials, what changed, and what is folded.

import { explanation } from "../parts/explanation.js";
import { selfRating } from "../parts/self_rating.js";
import { standCheck } from "../parts/stand.js";
import { askedAgain } from "../parts/wrong_ways.js";
import { h } from "../base/sheet.js";

/** @param {Sheet} sheet @returns {Kid} */
export function drawMonth(sheet) {
  const { state, words } = sheet;
  const { month } = state;
  const fields = sheet.fields("review", month.review);
  return [
    month.why &&
      h(
        "p",
        { class: "example", key: "my-reason" },
        sheet.say("my_reason", { text: month.why }),
        " ",
        h("a", { href: month.matters_at }, words.change_reason),
      ),
    month.experiment && drawExperiment(sheet, month.experiment),
    h("h3", { key: "dials-title" }, words.dials),
    selfRating(sheet, { after: drawWhy(sheet) }),
    fields.textArea("changed", { hint: words.changed_hint, rows: 2 }),
    fields.textArea("learned", {
      hint: words.learned_hint,
      placeholder: words.learned_example,
      rows: 2,
    }),
    fields.textArea("tried", {
      hint: words.tried_hint,
      placeholder: words.tried_example,
      rows: 1,
    }),
    fields.text("thrive_with", {
      hint:
        month.thriving &&
        month.thriving !== month.review.thrive_with &&
        sheet.say("thriving", { text: month.thriving }),
      placeholder: words.thrive_with_example,
    }),
    month.asked_first && h("p", { key: "asked-first" }, month.asked_first),
    month.spots.length > 0 && drawSpots(sheet),
    askedAgain(sheet),
    standCheck(sheet),
    month.asked && drawMine(sheet),
    sheet.details("grow", words.grow, drawGrowth(sheet)),
    month.other_phase
      ? h("section", { key: "phase" }, h("h3", {}, words.phase), drawTime(sheet))
      : sheet.details("phase", words.phase, drawTime(sheet)),
  ];
}

/** What was tried in the month before: asked before anything else. @param {Sheet} sheet */
function drawExperiment(sheet, experiment) {
  return h(
    "div",
    { class: "example field", key: "experiment" },
    h("p", {}, sheet.say("tried_last", { text: experiment.tried })),
    sheet.fields("review", experiment).textArea("tried_result", { rows: 1 }),
  );
}

/** Why a dial is not lower, and what one more would look like this week. @param {Sheet} sheet */
function drawWhy(sheet) {
  const { state, words, memory } = sheet;
  const { asked, row } = state.dials;
  if (!asked) return null;
  const step = (memory.step ??= { id: "step", draft: true, words: "" });
  const take = () =>
    step.words.trim()
      ? sheet.send(
          { do: "take_step", words: step.words },
          {
            done: (answer) => {
              if (!answer.ok) return;
              memory.step = null;
              sheet.draw();
            },
          },
        )
      : sheet.focus("step.words");
  return h(
    "div",
    { class: "card field", key: "why" },
    asked.less !== null &&
      sheet
        .fields("review", row)
        .textArea("why_not_less", { label: sheet.say("why_not_less", asked), rows: 1 }),
    asked.more !== null && [
      sheet.fields("step", step).text("words", {
        label: sheet.say("what_more", asked),
        placeholder: words.more_example,
      }),
      h("p", { key: "take" }, sheet.button(words.take, take)),
    ],
  );
}

/** Where the line about oneself can be seen: did somebody come by it? @param {Sheet} sheet */
function drawSpots(sheet) {
  const { state, words } = sheet;
  const { spots, introduce_at: at } = state.month;
  return h(
    "section",
    { key: "spots" },
    h("h3", {}, words.spots),
    h(
      "ul",
      { class: "cards" },
      spots.map(({ place, found }) =>
        h(
          "li",
          { class: "card", key: place },
          h("p", {}, h("strong", {}, place)),
          h("p", {}, found ? sheet.say("spot_found", { names: found }) : words.spot_asks),
          h(
            "div",
            { class: "row" },
            h("a", { class: "button", href: at }, words.spot_change),
            sheet.button(words.spot_leave, () => sheet.send({ do: "leave_spot", place }), {
              name: `${words.spot_leave} – ${place}`,
            }),
          ),
        ),
      ),
    ),
  );
}

/** One strength to grow, as an if-then plan; and what it lets one give by now.
 * @param {Sheet} sheet
 */
function drawGrowth(sheet) {
  const { state, words, memory } = sheet;
  const { choices, now } = state.month.grow;
  const plan = (memory.grow_plan ??= { id: "grow", draft: true, id_of: "", cue: "", act: "" });
  const give = (memory.grow_give ??= { id: "give", draft: true, what: "" });
  const fields = sheet.fields("grow", plan);
  const clear = (slot) => (answer) => {
    if (!answer.ok) return;
    memory[slot] = null;
    sheet.draw();
  };
  const start = () => {
    const missing = ["cue", "act"].find((name) => !plan[name].trim());
    if (missing) return sheet.focus(`grow.${missing}`);
    const { id_of: id, cue, act } = plan;
    sheet.send({ do: "grow", id, cue, act }, { done: clear("grow_plan") });
  };
  const offer = () =>
    give.what.trim()
      ? sheet.send({ do: "offer", id: now.id, what: give.what }, { done: clear("grow_give") })
      : sheet.focus("give.what");
  return [
    now && [
      h("p", { key: "now" }, sheet.say("grow_now", now)),
      sheet.fields("offer", give).text("what", {
        label: words.grow_give,
        placeholder: words.grow_give_example,
      }),
      h("p", { key: "offer" }, sheet.button(words.grow_give_do, offer)),
    ],
    choices.length
      ? fields.choose("id_of", choices, {
          label: now ? words.grow_other : words.grow_which,
          hint: words.grow_hint,
          onpick: (id) => {
            plan.id_of = id;
            sheet.draw();
          },
        })
      : h("p", { class: "empty", key: "none" }, words.grow_none),
    plan.id_of && [
      fields.text("cue", { label: words.grow_cue, placeholder: words.grow_cue_example }),
      fields.text("act", { label: words.grow_act, placeholder: words.grow_act_example }),
      h("p", { key: "start" }, sheet.button(words.take, start)),
    ],
  ];
}

/** The time of the goal, and the proposal to move on to the next one. @param {Sheet} sheet */
function drawTime(sheet) {
  const { state, words } = sheet;
  const { goal, wish_at: at } = state.month;
  const { names, says, proposed, reason } = state.month.phase;
  if (!goal.version)
    return h(
      "p",
      { class: "empty", key: "none" },
      words.phase_none,
      " ",
      h("a", { href: at }, words.to_wish),
    );
  const take = () =>
    sheet.write(
      "goal",
      goal,
      { phase: proposed },
      (answer) => answer.ok && sheet.focus(`${goal.id}.phase.${proposed}`),
    );
  return [
    sheet.fields("goal", goal).choose("phase", names, {
      label: words.phase,
      hideLabel: true,
      hint: says[goal.phase],
    }),
    sheet.fields("review", state.month.look_again).dateField("look_again_on", {
      hint: words.look_again_hint,
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
  ];
}

/** Is this goal still mine? @param {Sheet} sheet */
function drawMine(sheet) {
  const { state, words } = sheet;
  const { review, goal, wish_at: at } = state.month;
  return h(
    "section",
    { key: "mine" },
    h("p", { class: "example" }, goal.wish),
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
        review.still_mine !== "yes" && h("a", { href: at }, words.to_wish),
      ),
  );
}
