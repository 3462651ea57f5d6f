// My week: what the person wrote for these days, and below it a few suggestions.

import { explanation } from "../parts/explanation.js";
import { giftEffect } from "../parts/gift_effect.js";
import { planQuestions } from "../parts/plan_answer.js";
import { personPicker } from "../parts/person_picker.js";
import { isRemembering, remembering } from "../parts/remembering.js";
import { defineSheet, format, h } from "../base/sheet.js";

const MARKS = {
  promise: "◆",
  theirs: "◇",
  step: "○",
  gift: "✿",
  event: "▲",
  place: "▲",
  plan: "➜",
  review: "★",
  experiment: "★",
  way: "↗",
  message: "✉",
  introduction: "∞",
  effect: "✿",
  birthday: "❀",
  voice: "◇",
};
const SETTLED = ["step", "promise", "theirs", "gift", "review", "experiment"];
const LET_GO = [...SETTLED, "way"];
const WRITTEN_TO = ["step", "promise", "theirs", "gift", "birthday"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  if (isRemembering(sheet)) return remembering(sheet);
  const empty = !state.groups.length && !state.waiting.length;
  const brief = Boolean(state.back) && !memory.all;
  const list = [
    h("p", { class: "hint", key: "span" }, state.span),
    state.back && drawNote(sheet, "back", { on: state.back }),
    state.hard &&
      drawNote(
        sheet,
        "hard",
        {},
        sheet.button(words.rest, () => rest(sheet, true)),
      ),
    state.resting &&
      drawNote(
        sheet,
        "resting",
        {},
        sheet.button(words.resting.end, () => rest(sheet, false)),
      ),
    !state.resting && drawLine(sheet),
    state.first && drawFirst(sheet),
    drawDone(sheet),
    state.off_today.map((reason) =>
      h(
        "div",
        { class: "example", key: "off_today" },
        h("p", {}, reason.why, " ", reason.act),
        explanation(sheet, "off_today", reason),
      ),
    ),
    empty && !state.resting && drawNote(sheet, state.nobody ? "nobody" : "empty", {}),
    brief ? drawBrief(sheet) : state.groups.map((group, at) => drawGroup(sheet, group, at)),
    !brief &&
      state.waiting.length > 0 &&
      drawGroup(
        sheet,
        {
          name: "waiting",
          title: words.groups.waiting,
          rows: state.waiting,
          more: state.more_waiting,
        },
        "waiting",
      ),
    state.remembering_offer && remembering(sheet, { once: true }),
    drawSuggestions(sheet),
    drawFoot(sheet),
  ];
  return h(
    "div",
    { class: "home" },
    h("div", { class: "list" }, list),
    state.thread.length > 0 && h("aside", { key: "thread" }, drawThread(state.thread, words)),
  );
}

/** The thread of the goal: each link in the person's own words, and the first that is missing.
 * @param {{name: string, title: string, text: string, on: string, href: string}[]} thread
 * @param {Words} words
 */
function drawThread(thread, words) {
  return h(
    "nav",
    { class: "thread", "aria-label": words.thread },
    h("h3", {}, words.thread),
    h(
      "dl",
      {},
      thread.map(({ name, title, text, on, href }) => [
        text && h("dt", { key: `t-${name}` }, title),
        h(
          "dd",
          { key: `d-${name}` },
          h("a", { href }, text || format(words.thread_add, { title })),
          on && h("small", {}, on),
        ),
      ]),
    ),
  );
}

/** The first ten minutes, while they are unfinished. @param {Sheet} sheet */
function drawFirst(sheet) {
  const { state, words } = sheet;
  return h(
    "p",
    { class: "row first", key: "first" },
    h("a", { href: state.first.href }, state.first.text),
    sheet.button("✕", () => sheet.send({ do: "leave_first" }), { name: words.first_leave }),
  );
}

/** One line to write anything; what it says is shown before it is stored. @param {Sheet} sheet */
function drawLine(sheet) {
  const { words, memory } = sheet;
  memory.line ??= { id: "line", draft: true, words: "", kind: "", contact_id: null, on: "" };
  const line = memory.line;
  const fields = sheet.fields("line", line);
  const read = (event) => {
    event.preventDefault();
    if (!line.words.trim()) return;
    sheet.send(
      { do: "read", text: line.words },
      {
        done: (answer) => {
          if (!answer.ok) return;
          const { kind, contact_id, name, on, perhaps } = answer;
          Object.assign(line, { kind, contact_id: contact_id || null, name, on, perhaps });
          sheet.draw();
          sheet.focus("line.keep");
        },
      },
    );
  };
  return h(
    "form",
    { class: "line", key: "line", novalidate: true, onsubmit: read },
    h(
      "div",
      { class: "row" },
      fields.text("words", {
        label: words.line,
        hideLabel: true,
        placeholder: words.line_example,
        focus: "line.words",
      }),
      !line.kind && h("button", { type: "submit" }, words.line_add),
    ),
    line.kind && drawUnderstood(sheet, line, fields),
  );
}

/** What the line says, to be changed before it is stored. @param {Sheet} sheet */
function drawUnderstood(sheet, line, fields) {
  const { words, memory } = sheet;
  const clear = () => {
    memory.line = null;
    sheet.draw();
    sheet.focus("line.words");
  };
  const keep = () =>
    sheet.send(
      {
        do: "add_line",
        words: line.words.trim(),
        kind: line.kind,
        contact_id: line.contact_id ?? "",
        on: line.on,
      },
      { done: (answer) => answer.ok && clear() },
    );
  const nameWho = (person) => {
    const { id = null, name = "" } = person ?? {};
    Object.assign(line, { contact_id: id, name, perhaps: [] });
    sheet.draw();
  };
  return h(
    "div",
    { class: "understood", key: "understood" },
    fields.choose("kind", words.line_kinds, { label: words.line_kind }),
    line.perhaps?.length > 0 &&
      h(
        "div",
        { class: "row", key: "perhaps", role: "group", "aria-label": words.line_which },
        h("p", { class: "hint" }, words.line_which),
        line.perhaps.map((person) =>
          sheet.button([person.name, person.note && h("small", {}, " ", person.note)], () => {
            nameWho(person);
            sheet.focus("line.keep");
          }),
        ),
      ),
    h(
      "div",
      { class: "pair" },
      personPicker(fields, "contact_id", {
        label: words.line_who,
        name: line.name,
        fresh: true,
        onpick: nameWho,
      }),
      fields.dateField("on", { label: words.line_on }),
    ),
    h(
      "div",
      { class: "row" },
      sheet.button(words.line_keep, keep, { main: true, focus: "line.keep" }),
      sheet.button(words.line_cancel, clear),
    ),
  );
}

/** What was just done, and the way to note how it was. @param {Sheet} sheet */
function drawDone(sheet) {
  const { words, memory } = sheet;
  if (!memory.done) return null;
  return h(
    "p",
    { class: "row done", key: "done", role: "status" },
    h("span", { tabindex: -1, "data-focus": "done" }, memory.done.text),
    memory.done.note && h("a", { class: "button", href: "#note" }, words.note_it),
  );
}

/** @param {Sheet} sheet */
function drawGroup(sheet, group, at) {
  return h(
    "section",
    { class: `group of-${group.name}`, key: `${group.name}-${at}` },
    h("h3", {}, group.title, group.off && h("small", {}, group.off)),
    h(
      "ul",
      {},
      group.rows.map((row) => drawRow(sheet, row)),
    ),
    group.more > 0 && h("p", { class: "hint" }, sheet.say("more", { n: group.more })),
    group.name === "carried" && sheet.state.can_let_go > 2 && drawLetAllGo(sheet),
  );
}

/** @param {Sheet} sheet */
function drawLetAllGo(sheet) {
  return sheet.button(sheet.words.let_all_go, () =>
    sheet.send({ do: "let_all_go" }, { done: (answer) => answer.ok && tell(sheet, answer) }),
  );
}

/** After weeks away: one row only, and how many more wait. @param {Sheet} sheet */
function drawBrief(sheet) {
  const { state, words, memory } = sheet;
  const groups = [...state.groups];
  const rows = groups.flatMap((group) => group.rows);
  if (!rows.length) return null;
  const first = rows.find((row) => row.kind === "promise") ?? rows[0];
  const others = rows.length - 1 + groups.reduce((sum, group) => sum + group.more, 0);
  const all = () => {
    memory.all = true;
    sheet.draw();
  };
  return h(
    "section",
    { class: "group", key: "brief" },
    h("ul", {}, drawRow(sheet, first)),
    others > 0 &&
      h(
        "p",
        { class: "row" },
        sheet.button(sheet.say("others", { n: others }), all),
        state.can_let_go > 0 && drawLetAllGo(sheet),
      ),
    h("p", { class: "hint" }, words.no_hurry),
  );
}

/** One row: a mark and a word for its kind, the person's words, the name, the acts.
 * @param {Sheet} sheet
 */
function drawRow(sheet, row) {
  const { words, memory } = sheet;
  const opened = memory.opened === row.key;
  const text =
    row.kind === "plan"
      ? sheet.say("plan", { cue: row.cue, act: row.text })
      : row.text || format(words.texts[row.kind] ?? "", { name: row.who });
  const named = (act) => ({ name: sheet.say("act_name", { act, text }) });
  const notes = [
    words.kinds[row.kind],
    row.text && row.who,
    row.meets && sheet.say("meets", { kind: row.meets }),
    row.said && format(words.said[row.kind], { on: row.said }),
    row.was_for && sheet.say(row.kind === "promise" ? "was_due" : "was_for", { on: row.was_for }),
    row.for_day && sheet.say("for_day", { on: row.for_day }),
  ];
  const turn = () => {
    memory.opened = opened ? null : row.key;
    sheet.draw();
  };
  return h(
    "li",
    { class: "item", key: row.key },
    h("span", { class: "mark", "aria-hidden": "true" }, MARKS[row.kind]),
    h(
      "div",
      { class: "what" },
      h("p", { class: "text" }, text),
      h("p", { class: "hint" }, notes.filter(Boolean).join(" · ")),
      row.flagged && h("p", { class: "hint" }, h("a", { href: row.card }, words.flagged)),
    ),
    h(
      "div",
      { class: "acts" },
      SETTLED.includes(row.kind) &&
        sheet.button(
          words.done[row.kind],
          () => settle(sheet, "settle", row),
          named(words.done[row.kind]),
        ),
      row.been &&
        sheet.button(
          words.done.place,
          () =>
            sheet.send(
              { do: "go_on", id: row.id },
              { done: (answer) => answer.ok && tell(sheet, answer) },
            ),
          named(words.done.place),
        ),
      (row.ask || row.kind === "effect") &&
        h(
          "button",
          {
            type: "button",
            "aria-expanded": String(opened),
            "aria-label": sheet.say("act_name", { act: words.done.plan, text }),
            onclick: turn,
          },
          words.done.plan,
        ),
      row.open &&
        !row.ask &&
        h("a", { class: "button", href: row.open }, words.open[row.kind] ?? words.go),
      row.kind === "birthday" && drawWrite(sheet, row, named),
      (row.table || row.card) &&
        h(
          "button",
          {
            type: "button",
            class: "more",
            "aria-expanded": String(opened),
            "aria-label": sheet.say("act_name", { act: words.more_acts, text }),
            onclick: turn,
          },
          "⋯",
        ),
    ),
    row.late && !row.flagged && drawLate(sheet, row, named),
    opened && drawMore(sheet, row, named),
  );
}

/** A promise whose day has passed: three ways to mend it, each with a message that says so.
 * @param {Sheet} sheet
 */
function drawLate(sheet, row, named) {
  const { words, memory } = sheet;
  const late = words.late;
  const slot = `late-${row.id}`;
  const open = memory[slot]; // the new day, once it is asked for
  const fields = open && sheet.fields("late", open);
  const mend = (way, on = "") =>
    sheet.send(
      { do: "mend", id: row.id, way, on },
      {
        done: (answer) => {
          if (answer.ok) location.href = answer.href;
        },
      },
    );
  const askDay = () => {
    if (open?.on) return mend("promise_day", open.on);
    memory[slot] = { id: slot, draft: true, on: "" };
    sheet.draw();
    sheet.focus(`${slot}.on`);
  };
  return h(
    "div",
    { class: "further", key: "late", role: "group", "aria-label": late.ask },
    h("p", { class: "hint" }, late.ask),
    open && fields.dateField("on", { label: late.on, hint: late.day_first, focus: `${slot}.on` }),
    h(
      "div",
      { class: "row" },
      sheet.button(late.promise_late, () => mend("promise_late"), named(late.promise_late)),
      sheet.button(late.promise_day, askDay, named(late.promise_day)),
      sheet.button(late.promise_off, () => mend("promise_off"), named(late.promise_off)),
    ),
  );
}

/** @param {Sheet} sheet */
function drawWrite(sheet, row, named) {
  const { words } = sheet;
  const write = () =>
    sheet.send(
      { do: "write_to", kind: row.kind, id: row.id },
      {
        done: (answer) => {
          if (answer.ok) location.href = answer.href;
        },
      },
    );
  return sheet.button(words.write, write, named(words.write));
}

/** The further acts of a row: write, move, change the words, let go, why. @param {Sheet} sheet */
function drawMore(sheet, row, named) {
  const { state, words } = sheet;
  const { day, words: column } = row.columns;
  const fields = row.table ? sheet.fields(row.table, row) : null;
  const move = (text, on) =>
    row[day] !== on && sheet.button(text, () => fields?.write({ [day]: on }), named(text));
  const settled = LET_GO.includes(row.kind);
  return h(
    "div",
    { class: "further", key: "further" },
    row.kind === "effect" &&
      giftEffect(sheet, { id: row.id, what: row.text }, (answer) => tell(sheet, answer)),
    row.ask && planQuestions(sheet, { id: row.id, keep: row.keep }),
    settled && fields?.text(column, { label: words.change_words }),
    fields &&
      day &&
      h(
        "div",
        { class: "row" },
        fields.dateField(day, { label: words.move }),
        move(words.next_week, state.next_week),
        settled && move(words.groups.any_day, ""),
      ),
    h(
      "div",
      { class: "row" },
      row.who &&
        WRITTEN_TO.includes(row.kind) &&
        row.kind !== "birthday" &&
        drawWrite(sheet, row, named),
      settled &&
        sheet.button(words.let_go, () => settle(sheet, "let_go", row), named(words.let_go)),
      row.card && h("a", { class: "button", href: row.card }, sheet.say("card", { name: row.who })),
    ),
    row.reason && h("p", { class: "hint", key: "why" }, row.reason.act),
    row.reason && explanation(sheet, row.key, row.reason),
  );
}

/** Do an act on a row, and say what happened. @param {Sheet} sheet */
function settle(sheet, verb, row) {
  sheet.send(
    { do: verb, kind: row.kind, id: row.id },
    { done: (answer) => answer.ok && tell(sheet, answer) },
  );
}

/** Show what was just done.
 * @param {Sheet} sheet
 * @param {any} answer
 */
function tell(sheet, { text, note = false }) {
  sheet.memory.done = { text, note };
  sheet.draw();
  sheet.focus("done");
}

/** An open question and the coach's suggestions, marked as such. @param {Sheet} sheet */
function drawSuggestions(sheet) {
  const { state, words } = sheet;
  const { question, suggestions } = state;
  if (!question && !suggestions.length) return null;
  return h(
    "section",
    { class: "suggested", key: "suggested" },
    h("h3", {}, words.suggested),
    h(
      "ul",
      { class: "cards" },
      question && drawQuestion(sheet, question),
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
    explanation(sheet, one.id, one.reason),
    one.because && explanation(sheet, `because-${one.id}`, one.because),
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
    title && h("h3", {}, title),
    h("p", {}, format(text, facts)),
    act,
  );
}

/** Print and calendar, rest, and what the suggestions rest on. @param {Sheet} sheet */
function drawFoot(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "folds", key: "foot" },
    h(
      "p",
      { class: "row" },
      h("a", { class: "button", href: "#plan" }, words.print),
      h("a", { class: "button", href: "#review" }, words.look_back),
      !state.resting && !state.hard && sheet.button(words.rest, () => rest(sheet, true)),
    ),
    drawMeasure(sheet),
    !state.nobody && drawHeld(sheet),
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
