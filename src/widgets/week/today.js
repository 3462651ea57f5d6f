// Today: at most five people, the reason for each, and the act that is ready.

import { explanation } from "../parts/explanation.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const first = state.back && !sheet.memory.all ? 1 : state.rows.length;
  return [
    state.back && drawNote(sheet, "back", { on: state.back }),
    state.hard &&
      drawNote(
        sheet,
        "hard",
        {},
        sheet.button(words.rest, () => rest(sheet, true)),
      ),
    state.off_today.map((reason) =>
      h(
        "div",
        { class: "example", key: "off_today" },
        h("p", {}, reason.why, " ", reason.act),
        explanation(sheet, "off_today", reason),
      ),
    ),
    state.rows.length > 0 &&
      h(
        "ol",
        { class: "cards rows" },
        state.rows.slice(0, first).map((row) => drawRow(sheet, row)),
      ),
    state.further.length > 0 && first === state.rows.length && drawFurther(sheet),
    first < state.rows.length &&
      sheet.button(words.others, () => {
        sheet.memory.all = true;
        sheet.draw();
      }),
    !state.rows.length && drawEmpty(sheet),
    h(
      "div",
      { class: "folds" },
      !state.resting &&
        !state.nobody &&
        !state.hard &&
        h(
          "p",
          {},
          sheet.button(words.rest, () => rest(sheet, true)),
        ),
      drawMeasure(sheet),
      !state.nobody && drawHeld(sheet),
    ),
  ];
}

/** Planned acts that have no room in the rows: all of them are listed. @param {Sheet} sheet */
function drawFurther(sheet) {
  const { state } = sheet;
  return sheet.details(
    "further",
    sheet.say("further", { n: state.further.length }),
    h(
      "ul",
      { class: "dots" },
      state.further.map((one) =>
        h("li", { key: one.id }, h("strong", {}, one.name), " ", one.words),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
const rest = (sheet, on) =>
  sheet.send({ do: "rest", rest: on }, { done: () => sheet.focusQuestion() });

/** A short text, with a title and perhaps one act.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {Record<string, any>} facts
 * @param {Kid} act
 */
function drawNote(sheet, name, facts, act = null) {
  const { title, text } = sheet.words[name];
  return h(
    "div",
    { class: "empty", key: name },
    h("h3", {}, title),
    h("p", {}, format(text, facts)),
    act,
  );
}

/** Explain why there are no rows. @param {Sheet} sheet */
function drawEmpty(sheet) {
  const { state, words } = sheet;
  if (state.nobody)
    return drawNote(
      sheet,
      "nobody",
      {},
      h("a", { class: "button main", href: state.capture }, words.nobody.go),
    );
  if (state.resting) {
    return drawNote(
      sheet,
      "resting",
      {},
      h(
        "p",
        { class: "row" },
        state.due > 0 && h("a", { class: "button", href: "#due" }, words.resting.due),
        sheet.button(words.resting.end, () => rest(sheet, false)),
      ),
    );
  }
  return drawNote(sheet, state.full ? "full" : "empty", {});
}

/** @param {Sheet} sheet */
function drawRow(sheet, row) {
  const { words } = sheet;
  const act = (verb, options, done) =>
    sheet.button(words[verb], () => sheet.send({ do: verb, id: row.id }, { done }), {
      name: sheet.say(`${verb}_name`, { name: row.name }),
      ...options,
    });
  const next = (answer) => {
    if (answer.ok) location.hash = "log";
  };
  const on = () => sheet.focusQuestion();
  return h(
    "li",
    { class: "card", key: row.id },
    h(
      "div",
      { class: "whom" },
      h("h3", {}, row.name),
      h("span", { class: "tag" }, row.kind),
      row.due && h("span", { class: "tag" }, row.due),
      row.off && h("span", { class: "tag" }, row.off),
    ),
    h("p", { class: "ready" }, row.ready),
    h("p", { class: "why" }, row.reason.why),
    row.also.length > 0 &&
      h(
        "p",
        { class: "why", key: "also" },
        sheet.say("also", { words: row.also.join(sheet.words.also_gap) }),
      ),
    h(
      "div",
      { class: "row" },
      act("done", { main: true }, next),
      act("letter", {}, (answer) => {
        if (answer.ok) location.href = answer.href;
      }),
      row.own && act("let_go", {}, on),
      act("snooze", {}, on),
      act("let_rest", {}, on),
    ),
    explanation(sheet, row.id, row.reason),
  );
}

/** The rules of thumb, editable; and the rules switched off. @param {Sheet} sheet */
function drawMeasure(sheet) {
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
  const choices = (name) =>
    name === "rows_shown"
      ? [1, 2, 3, 4, 5]
      : name.startsWith("reach")
        ? [1, 2, 3, 4, 5, 7, 10, 15, 20]
        : [7, 14, 21, 30, 60, 90, 120, 180, 365];
  const number = (name) => {
    const id = `${sheet.id}-${name}`;
    const value = state.numbers[name];
    const options = [...new Set([...choices(name), value])].sort((a, b) => a - b);
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
        options.map((n) =>
          h(
            "option",
            { key: n, value: n },
            format(name.endsWith("days") ? words.unit_days : words.unit_people, { n }),
          ),
        ),
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
    h("p", { key: "made_of" }, h("a", { href: state.made_of }, words.made_of)),
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

/** The people left out of the list, with the reasons; loaded on request. @param {Sheet} sheet */
function drawHeld(sheet) {
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

export default defineSheet({ draw });
