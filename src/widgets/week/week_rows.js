// The rows of my week: a mark, the person's own words, and what can be done with them.

import { explanation } from "../parts/explanation.js";
import { giftEffect, offerGift } from "../parts/gift_effect.js";
import { planQuestions } from "../parts/plan_answer.js";
import { format, h } from "../base/sheet.js";

/** The shape of each kind of row. @type {Record<string, string>} */
export const MARKS = {
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
const SHOWN = { carried: 3, waiting: 2 }; // the rest is folded
const SETTLED = ["step", "promise", "theirs", "gift", "review", "experiment"];
const LET_GO = [...SETTLED, "way"];
const WRITTEN_TO = ["step", "promise", "theirs", "gift", "birthday"];

/** @param {Sheet} sheet */
export function drawGroup(sheet, group, at) {
  const shown = SHOWN[group.name] ?? group.rows.length;
  const rest = group.rows.slice(shown);
  return h(
    "section",
    { class: `group of-${group.name}`, key: `${group.name}-${at}` },
    group.title && h("h3", {}, group.title, group.off && h("small", {}, group.off)),
    h(
      "ul",
      {},
      group.rows.slice(0, shown).map((row) => drawRow(sheet, row)),
    ),
    rest.length > 0 &&
      sheet.details(
        `rest-${group.name}`,
        sheet.say("more", { n: rest.length + group.more }),
        h(
          "ul",
          {},
          rest.map((row) => drawRow(sheet, row)),
        ),
      ),
    !rest.length &&
      group.more > 0 &&
      h("p", { class: "hint" }, sheet.say("more", { n: group.more })),
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
export function drawBrief(sheet) {
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
    row.well_done && sheet.say("well_done", { words: row.well_done }),
    row.said,
    row.was_for && sheet.say(row.kind === "promise" ? "was_due" : "was_for", { on: row.was_for }),
    row.for_day && sheet.say("for_day", { on: row.for_day }),
    row.asks,
  ];
  const turn = () => {
    memory.opened = opened ? null : row.key;
    sheet.draw();
  };
  return h(
    "li",
    { class: "item", key: row.key, tabindex: -1, "data-focus": `row-${row.key}` },
    h("span", { class: "mark", "aria-hidden": "true" }, MARKS[row.kind]),
    h(
      "div",
      { class: "what" },
      row.first && drawFirstGift(sheet, row.first),
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
      row.undone &&
        h(
          "button",
          {
            type: "button",
            "aria-expanded": String(Boolean(memory[`smaller-${row.id}`])),
            "aria-label": sheet.say("act_name", { act: words.smaller, text }),
            onclick: () => turnSmaller(sheet, row),
          },
          words.smaller,
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
      (row.kind === "birthday" || row.invites) && drawWrite(sheet, row, named),
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
    row.undone && memory[`smaller-${row.id}`] && drawSmaller(sheet, row),
    opened && drawMore(sheet, row, named),
  );
}

/** A small gift before what is asked of somebody new. @param {Sheet} sheet */
function drawFirstGift(sheet, first) {
  const { words } = sheet;
  return h(
    "div",
    { class: "example", key: "first" },
    h("p", {}, first.text),
    h(
      "div",
      { class: "row" },
      sheet.button(
        words.take,
        () =>
          sheet.send(
            { do: "give_first", id: first.id },
            { done: (answer) => answer.ok && tell(sheet, answer) },
          ),
        { name: sheet.say("act_name", { act: words.take, text: first.text }) },
      ),
    ),
    explanation(sheet, `first-${first.id}`, first.reason),
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

/** Open or close the field for a smaller step; it is empty, the old words stand above it.
 * @param {Sheet} sheet
 * @param {Row} row
 */
function turnSmaller(sheet, row) {
  const slot = `smaller-${row.id}`;
  sheet.memory[slot] = sheet.memory[slot] ? null : { id: slot, draft: true, words: "" };
  sheet.draw();
  if (sheet.memory[slot]) sheet.focus(`${slot}.words`);
}

/** A step whose day has passed: a smaller one, for today. @param {Sheet} sheet @param {Row} row */
function drawSmaller(sheet, row) {
  const { words, memory } = sheet;
  const slot = `smaller-${row.id}`;
  const step = memory[slot];
  const enter = (event) => {
    event.preventDefault();
    if (!step.words.trim()) return sheet.focus(`${slot}.words`);
    sheet.send(
      { do: "make_smaller", id: row.id, words: step.words },
      {
        done: (answer) => {
          if (!answer.ok) return;
          delete memory[slot];
          tell(sheet, answer);
        },
      },
    );
  };
  return h(
    "form",
    { class: "further", key: "smaller", novalidate: true, onsubmit: enter },
    sheet.fields("step", step).text("words", {
      label: words.smaller_ask,
      placeholder: words.smaller_example,
    }),
    h("button", { type: "submit" }, words.smaller_do),
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
        !row.invites &&
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

/** What was just done, and the way to note how it was. @param {Sheet} sheet */
export function drawDone(sheet) {
  const { words, memory } = sheet;
  if (!memory.done) return null;
  return [
    h(
      "p",
      { class: "row done", key: "done", role: "status" },
      h("span", { tabindex: -1, "data-focus": "done" }, memory.done.text),
      memory.done.note && h("a", { class: "button", href: "#note" }, words.note_it),
    ),
    offerGift(sheet),
  ];
}
