// What the coach suggests beside my week, how much of it, and who is left out.

import { balanceChoices } from "../parts/balance.js";
import { explanation } from "../parts/explanation.js";
import { format, h } from "../base/sheet.js";

/** An open question and the coach's suggestions, marked as such. @param {Sheet} sheet */
export function drawSuggestions(sheet) {
  const { state, words } = sheet;
  const { question, beginning, suggestions } = state;
  if (!question && !beginning && !suggestions.length) return null;
  return h(
    "section",
    { class: "suggested", key: "suggested" },
    h("h3", {}, words.suggested),
    h(
      "ul",
      { class: "cards" },
      question && drawQuestion(sheet, question),
      beginning && drawBeginning(sheet, beginning),
      suggestions.map((one) => drawSuggestion(sheet, one)),
    ),
  );
}

/** @param {Sheet} sheet */
function drawQuestion(sheet, question) {
  const { state, words } = sheet;
  return h(
    "li",
    { class: "card", key: `ask-${question.id}` },
    sheet.fields("contact", question).choose("known_as", state.known_ases, {
      label: sheet.say("asked", question),
    }),
    sheet.button(words.not_now, () => sheet.send({ do: "not_now", id: question.id }), {
      name: sheet.say("act_name", { act: words.not_now, text: question.name }),
    }),
  );
}

/** The first thing to do by what brought the person here.
 * @param {Sheet} sheet
 * @param {{reason: Reason, href: string}} beginning
 */
function drawBeginning(sheet, { reason, href }) {
  const { words } = sheet;
  const named = (act) => ({ name: sheet.say("act_name", { act, text: reason.act }) });
  return h(
    "li",
    { class: "card", key: "beginning" },
    h("p", { class: "ready" }, reason.act),
    h("p", { class: "hint" }, reason.why),
    h(
      "div",
      { class: "row" },
      sheet.button(words.take, () => sheet.send({ do: "begin" }), {
        main: true,
        ...named(words.take),
      }),
      h("a", { class: "button", href, "aria-label": named(words.go).name }, words.go),
    ),
    explanation(sheet, "beginning", reason),
  );
}

/** @param {Sheet} sheet */
function drawSuggestion(sheet, one) {
  const { words } = sheet;
  const act = (verb, options = {}) =>
    sheet.button(words[verb], () => sheet.send({ do: verb, id: one.id }), {
      name: sheet.say("act_name", { act: words[verb], text: one.name }),
      ...options,
    });
  return h(
    "li",
    { class: "card", key: one.id },
    h(
      "div",
      { class: "whom" },
      h("h4", {}, one.name),
      h("span", { class: "tag" }, one.kind),
      one.due && h("span", { class: "tag" }, one.due),
    ),
    h("p", { class: "ready" }, one.ready),
    one.because && h("p", { class: "hint", key: "because" }, one.because.why),
    h("p", { class: "hint" }, one.reason.why),
    h("div", { class: "row" }, act("take", { main: true }), act("not_now")),
    balanceChoices(sheet, one.reason.rule, one),
    explanation(sheet, one.id, one.reason),
    one.because && explanation(sheet, `because-${one.id}`, one.because),
  );
}

/** The rules of thumb, editable; and the rules switched off. @param {Sheet} sheet */
export function drawMeasure(sheet) {
  const { state, words, memory } = sheet;
  const weigh = () =>
    sheet.send(
      { do: "weigh" },
      {
        done: (answer) => {
          if (answer.ok) {
            memory.heavy = answer.heavy;
            sheet.draw();
          }
        },
      },
    );
  const choices = { suggestions_shown: [0, 1, 2], reach_outs_per_week: [1, 2, 3, 5, 7, 10, 20] };
  const number = (name) => {
    const id = `${sheet.id}-${name}`;
    const value = state.numbers[name];
    const options = [...new Set([...choices[name], value])].sort((a, b) => a - b);
    return h(
      "div",
      { class: "field", key: name },
      h("label", { for: id }, words.numbers[name]),
      h(
        "select",
        {
          id,
          value,
          onchange: (event) =>
            sheet.send({ do: "measure", name, value: Number(event.target.value) }),
        },
        options.map((n) => h("option", { key: n, value: n }, format(words.unit_people, { n }))),
      ),
    );
  };
  return sheet.details(
    "measure",
    words.measure,
    h("p", { class: "hint" }, words.measure_note),
    h("div", { class: "pair" }, Object.keys(state.numbers).map(number)),
    sheet.button(words.weigh, weigh),
    memory.heavy?.length === 0 && h("p", { key: "light" }, words.weigh_light),
    memory.heavy?.map((heavy) => [
      h("p", { key: "heavy" }, heavy.why, " → ", heavy.act),
      explanation(sheet, "heavy", heavy),
    ]),
    h("p", { key: "rules" }, h("a", { href: state.rules }, words.rules)),
    state.off.length > 0 && [
      h("h3", { key: "off" }, words.off),
      h(
        "ul",
        { class: "off", key: "offs" },
        state.off.map(({ rule, name }) =>
          h(
            "li",
            { class: "row", key: rule },
            h("span", {}, name),
            sheet.button(words.hear, () => sheet.send({ do: "hear", rule }), {
              name: `${words.hear} – ${name}`,
            }),
          ),
        ),
      ),
    ],
  );
}

/** The people who are not suggested, with the reasons; loaded on request. @param {Sheet} sheet */
export function drawHeld(sheet) {
  const { words, memory } = sheet;
  const look = () =>
    sheet.send(
      { do: "held" },
      {
        done: (answer) => {
          if (answer.ok) {
            memory.held_now = answer;
            sheet.draw();
          }
        },
      },
    );
  const held = memory.held_now?.held;
  return sheet.details(
    "held",
    words.held,
    h("p", { class: "hint" }, words.held_note),
    sheet.button(words.held_look, look),
    held && !held.length && h("p", {}, words.held_none),
    held?.length > 0 &&
      h(
        "ul",
        { class: "held" },
        held.map(({ id, name, why }) =>
          h("li", { key: id }, h("strong", {}, name), h("p", {}, why)),
        ),
      ),
    memory.held_now?.more > 0 &&
      h("p", { class: "hint" }, sheet.say("held_more", { n: memory.held_now.more })),
  );
}
