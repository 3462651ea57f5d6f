// The log: enter a meeting and the next step together; and recent entries.

import { personPicker } from "../parts/person_picker.js";
import { solicitationSigns } from "../parts/solicitation.js";
import { defineSheet, h } from "../base/sheet.js";

const WRITTEN = ["message", "letter", "sns"];
const MINUTES = [5, 15, 30, 45, 60, 90, 120, 180, 240, 480];
const LISTENING = 600; // milliseconds without typing after which a line is searched for promises
const listening = new WeakMap(); // the timer of each sheet's next search; a reload ends it
let drafts = Date.now(); // so that no number repeats, also after the page reloads

const nextRow = (values = {}) => ({
  draft: true,
  id: `next-${++drafts}`,
  words: "",
  by: "step",
  due: "",
  ...values,
});

/** Begin a new entry: the page keeps it until it is sent as one. @param {Sheet} sheet */
function clear(sheet) {
  Object.assign(sheet.memory, {
    entry: {
      draft: true,
      id: `entry-${++drafts}`,
      contact_id: null,
      kind: "met",
      on: sheet.state.today,
      note: "",
      minutes: null,
      started_by: "",
      setting: "",
      two_way: false,
      disclosed_out: false,
      disclosed_in: false,
      act_in: false,
      comfort: null,
      hard: false,
    },
    gift: { draft: true, id: `gift-${drafts}`, direction: "none", what: "" },
    then: [nextRow()],
    heard: [],
    open: null,
    done: {},
    more: false,
  });
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  if (!memory.entry) clear(sheet);
  const { entry } = memory;
  if (state.with && memory.with !== state.with.id) {
    memory.with = state.with.id;
    choosePerson(sheet, entry, state.with);
  }
  return [
    memory.noted &&
      h(
        "p",
        { class: "row", key: "back" },
        h("a", { class: "button", href: "#my_week" }, words.back),
      ),
    h(
      "div",
      { class: "card entry", key: entry.id },
      drawWho(sheet, entry),
      drawEntry(sheet, entry),
      drawOpen(sheet),
      drawHeard(sheet),
      drawNext(sheet),
      sheet.details("more", words.more, drawMore(sheet, entry), drawGift(sheet)),
      state.person &&
        entry.contact_id === state.person.id &&
        solicitationSigns(sheet.fields("contact", state.person)),
      h(
        "div",
        { class: "row" },
        sheet.button(words.save, () => enter(sheet), { main: true }),
      ),
    ),
    drawLast(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawWho(sheet, entry) {
  const { memory } = sheet;
  return personPicker(sheet.fields("entry", entry), "contact_id", {
    label: sheet.words.who,
    name: memory.name,
    fresh: true,
    focus: "who",
    onpick: (person) => choosePerson(sheet, entry, person),
  });
}

/** Take the person of the entry, and ask what is open with them.
 * @param {Sheet} sheet
 * @param {any} entry
 * @param {any} person `{id, name}` or null
 */
function choosePerson(sheet, entry, person) {
  const { memory } = sheet;
  Object.assign(entry, { contact_id: person?.id ?? null });
  Object.assign(memory, { name: person?.name ?? "", open: null, done: {} });
  if (!person) return;
  const done = (answer) => {
    if (!answer.ok) return;
    memory.open = answer;
    sheet.draw();
  };
  sheet.send({ do: "about", id: person.id }, { done });
}

/** How, when, and a line. @param {Sheet} sheet */
function drawEntry(sheet, entry) {
  const { words } = sheet;
  const hear = (text) => {
    clearTimeout(listening.get(sheet));
    const done = (answer) => {
      if (answer.ok) {
        sheet.memory.heard = answer.heard;
        sheet.draw();
      }
    };
    listening.set(
      sheet,
      setTimeout(() => sheet.send({ do: "hear", text }, { done }), LISTENING),
    );
  };
  const fields = sheet.fields("encounter", entry);
  return [
    fields.choose("kind", words.kinds),
    WRITTEN.includes(entry.kind) && fields.choose("started_by", words.starters),
    fields.dateField("on"),
    fields.textArea("note", { hint: words.note_hint, rows: 2, onwrite: hear }),
  ];
}

/** Optional details of a meeting. @param {Sheet} sheet */
function drawMore(sheet, entry) {
  const { words } = sheet;
  const minutes = [...new Set([...MINUTES, entry.minutes ?? 15])].sort((a, b) => a - b);
  const fields = sheet.fields("encounter", entry);
  return [
    !WRITTEN.includes(entry.kind) && fields.choose("started_by", words.starters),
    h(
      "div",
      { class: "pair" },
      fields.select(
        "minutes",
        minutes.map((n) => [n, sheet.say("minutes_unit", { n })]),
        { label: words.minutes_spent },
      ),
      fields.select("setting", words.settings),
    ),
    h(
      "div",
      { class: "ticks" },
      WRITTEN.includes(entry.kind) && fields.checkbox("two_way"),
      ["disclosed_out", "disclosed_in", "act_in", "hard"].map((column) => fields.checkbox(column)),
    ),
    fields.slider("comfort", {
      from: words.comfort_from,
      to: words.comfort_to,
      anchors: words.comforts,
    }),
  ];
}

/** @param {Sheet} sheet */
function drawGift(sheet) {
  const { words, memory } = sheet;
  const fields = sheet.fields("give", memory.gift);
  return [
    fields.choose("direction", words.gifts, { label: words.gift }),
    memory.gift.direction !== "none" && fields.text("what"),
  ];
}

/** What is open with this person; a tick settles it together with the entry.
 * @param {Sheet} sheet
 */
function drawOpen(sheet) {
  const { words, memory } = sheet;
  const { steps = [], promises = [] } = memory.open ?? {};
  if (!steps.length && !promises.length) return null;
  const tick = (key, text) =>
    h(
      "label",
      { class: "option tick", key },
      h("input", {
        type: "checkbox",
        checked: Boolean(memory.done[key]),
        onchange: (event) => {
          memory.done[key] = event.target.checked;
        },
      }),
      h("span", {}, text),
    );
  return h(
    "fieldset",
    { class: "choose", key: "open" },
    h("legend", {}, words.open),
    h("p", { class: "hint" }, words.open_hint),
    h(
      "div",
      { class: "choices" },
      steps.map((step) => tick(step.id, sheet.say("step_was", step))),
      promises.map((promise) =>
        tick(promise.id, sheet.say(promise.by === "me" ? "mine_was" : "theirs_was", promise)),
      ),
    ),
  );
}

/** Promises detected in the line: offered, and entered only if the person agrees.
 * @param {Sheet} sheet
 */
function drawHeard(sheet) {
  const { words, memory } = sheet;
  const left = memory.heard.filter(
    (heard) => !memory.then.some((next) => next.words === heard.words),
  );
  if (!left.length) return null;
  const take = (heard) => () => {
    memory.then = [...memory.then.filter((next) => next.words.trim()), nextRow(heard)];
    sheet.draw();
    sheet.focus(`${memory.then.at(-1).id}.words`);
  };
  return h(
    "div",
    { class: "heard", key: "heard", role: "group", "aria-label": words.heard },
    left.map((heard) =>
      h(
        "div",
        { class: "row", key: heard.words },
        h("p", {}, words.heard, h("q", {}, heard.words)),
        sheet.button(words.take, take(heard), { name: `${words.take} – ${heard.words}` }),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawNext(sheet) {
  const { words, memory } = sheet;
  const another = () => {
    memory.then.push(nextRow());
    sheet.draw();
    sheet.focus(`${memory.then.at(-1).id}.words`);
  };
  return h(
    "fieldset",
    { class: "choose then", key: "then" },
    h("legend", {}, words.then),
    h("p", { class: "hint" }, words.then_hint),
    memory.then.map((next) =>
      h(
        "div",
        { key: next.id },
        sheet
          .fields("then", next)
          .text("words", { placeholder: words.words_example, hideLabel: true }),
        h(
          "div",
          { class: "pair" },
          sheet.fields("then", next).choose("by", words.bys, { hideLabel: true }),
          sheet.fields("then", next).dateField("due"),
        ),
      ),
    ),
    memory.then.length < 5 && sheet.button(words.another, another),
  );
}

const spoken = (memory) =>
  memory.then.filter((next) => next.words.trim()).map(({ words, by, due }) => ({ words, by, due }));

/** Send the entry and everything that belongs to it as one. @param {Sheet} sheet */
function enter(sheet) {
  const { memory, words } = sheet;
  const { draft, id, contact_id, ...meeting } = memory.entry;
  if (!contact_id) {
    sheet.setStatus(words.who_first, true);
    sheet.focus("who");
    return;
  }
  const ticked = (rows = []) => rows.map((row) => row.id).filter((id) => memory.done[id]);
  const { direction, what } = memory.gift;
  sheet.send(
    {
      do: "enter",
      contact_id,
      meeting,
      then: spoken(memory),
      gift: direction === "none" ? null : { direction, what },
      kept: ticked(memory.open?.promises),
      steps: ticked(memory.open?.steps),
    },
    {
      done: (answer) => {
        if (answer.ok) {
          clear(sheet);
          memory.name = "";
          memory.noted = true;
          sheet.draw();
          /** @type {HTMLElement | null} */ (sheet.el.querySelector(".row a"))?.focus();
        }
      },
    },
  );
}

/** Recent entries: read, edit, remove. @param {Sheet} sheet */
function drawLast(sheet) {
  const { state, words, memory } = sheet;
  const facts = (row) => ({ name: state.names[row.contact_id] ?? "", on: row.day });
  const turn = (row) => () => {
    memory.editing = memory.editing === row.id ? null : row.id;
    sheet.draw();
  };
  return h(
    "section",
    { class: "last", key: "last" },
    h("h3", { tabindex: -1, "data-focus": "last" }, words.last),
    !state.last.length && h("p", { class: "empty" }, words.last_empty),
    h(
      "ul",
      { class: "cards" },
      state.last.map((row) =>
        h(
          "li",
          { class: "card", key: row.id },
          h(
            "p",
            { class: "fact" },
            h("strong", {}, facts(row).name),
            h("span", {}, `${row.day} · ${words.kinds[row.kind] ?? ""}`),
          ),
          row.note && h("p", {}, row.note),
          h(
            "div",
            { class: "row" },
            h(
              "button",
              {
                type: "button",
                "aria-expanded": String(memory.editing === row.id),
                "aria-label": sheet.say("edit_name", facts(row)),
                onclick: turn(row),
              },
              words.edit,
            ),
            sheet.button(sheet.common.remove, () => sheet.remove("encounter", row, "last"), {
              name: sheet.say("remove_name", facts(row)),
            }),
          ),
          memory.editing === row.id &&
            h("div", { class: "edit", key: "edit" }, drawEntry(sheet, row), drawMore(sheet, row)),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw });
