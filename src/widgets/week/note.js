// The note: enter a meeting and the next step together; and recent entries.

import { noteCaution } from "../parts/explanation.js";
import { personPicker } from "../parts/person_picker.js";
import { hearDay } from "../parts/quick_line.js";
import { signQuestion, solicitationSigns } from "../parts/solicitation.js";
import { afterPause } from "../base/pause.js";
import { defineSheet, h, namedByAddress } from "../base/sheet.js";

const WRITTEN = ["message", "letter", "sns"];
const TOGETHER_MOST = 12;
const LISTENING = 600; // milliseconds without typing after which a line is searched for promises
let drafts = Date.now(); // so that no number repeats, also after the page reloads

const nextRow = (values = {}) => ({
  draft: true,
  id: `next-${++drafts}`,
  words: "",
  by: "step",
  due: "",
  contact_id: "",
  ...values,
});

/** Begin a new entry: the page keeps it until it is sent as one. @param {Sheet} sheet */
function clear(sheet) {
  Object.assign(sheet.memory, {
    entry: {
      draft: true,
      id: `entry-${++drafts}`,
      kind: "met",
      on: sheet.state.today,
      note: "",
      started_by: "",
      depth: "",
      hard: false,
      changed: "",
    },
    met: [],
    came: { draft: true, id: `came-${drafts}`, helped: "", kind: "", what: "", through: null },
    then: [nextRow()],
    heard: [],
    caution: null,
    open: {},
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
    meet(sheet, state.with);
  }
  return [
    memory.noted &&
      h(
        "p",
        { class: "row", key: "back" },
        h("a", { class: "button", href: "#my_week" }, words.back),
      ),
    state.invite && drawInvitation(sheet),
    h(
      "div",
      { class: "card entry", key: entry.id },
      drawWho(sheet),
      drawEntry(sheet, entry),
      drawOpen(sheet),
      drawHeard(sheet),
      drawNext(sheet),
      sheet.details("more", words.more, drawMore(sheet, entry), drawCame(sheet)),
      state.person &&
        memory.met.some((person) => person.id === state.person.id) &&
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

/** To see somebody new again: two days and a form, in one line.
 * @param {Sheet} sheet
 */
function drawInvitation(sheet) {
  const { memory, state } = sheet;
  const { invite: words } = sheet.words;
  const { id, title } = state.invite;
  const slot = `invite-${id}`;
  const one = (memory[slot] ??= { id: slot, draft: true, form: "coffee", first: "", second: "" });
  const fields = sheet.fields("invite", one);
  const invite = () => {
    if (!one.first) return sheet.focus(`${slot}.first`);
    sheet.send(
      { do: "invite", id, form: one.form, first: one.first, second: one.second },
      {
        done: ({ ok }) => {
          if (!ok) return;
          delete memory[slot];
          sheet.draw();
        },
      },
    );
  };
  return h(
    "div",
    { class: "example field", key: slot },
    h("h3", {}, title),
    h("p", { class: "hint" }, words.hint),
    fields.choose("form", words.forms, {
      label: words.form,
      onpick: (form) => {
        one.form = form;
        sheet.draw();
      },
    }),
    h(
      "div",
      { class: "pair" },
      fields.dateField("first", { label: words.first }),
      fields.dateField("second", { label: words.second }),
    ),
    sheet.button(words.save, invite),
  );
}

/** Those who were met, and the field for one more. @param {Sheet} sheet */
function drawWho(sheet) {
  const { words, memory } = sheet;
  const { met } = memory;
  const leave = (person) => () => {
    memory.met = met.filter((other) => other !== person);
    delete memory.open[person.id];
    sheet.draw();
    sheet.focus("who");
  };
  return [
    met.length > 0 &&
      h(
        "ul",
        { class: "row met", key: "met", "aria-label": words.met },
        met.map((person) =>
          h(
            "li",
            { key: person.id },
            h("strong", {}, person.name),
            sheet.button("×", leave(person), { name: sheet.say("leave_out", person) }),
          ),
        ),
      ),
    met.length < TOGETHER_MOST &&
      personPicker(sheet.fields("entry", { id: "who", contact_id: null }), "contact_id", {
        label: met.length ? words.who_else : words.who,
        fresh: true,
        focus: "who",
        without: met.map((person) => person.id),
        onpick: (person) => person && meet(sheet, person),
      }),
  ];
}

/** Take a person into the entry, and ask what is open with them.
 * @param {Sheet} sheet
 * @param {any} person `{id, name}`
 */
function meet(sheet, { id, name }) {
  const { memory } = sheet;
  if (memory.met.some((person) => person.id === id)) return;
  memory.met = [...memory.met, { id, name }];
  sheet.send(
    { do: "about", id },
    {
      done: (answer) => {
        if (!answer.ok) return;
        memory.open[id] = answer;
        sheet.draw();
      },
    },
  );
}

/** How, when, and a line. @param {Sheet} sheet */
function drawEntry(sheet, entry) {
  const { words } = sheet;
  const hear = (text) => {
    const done = (answer) => {
      if (answer.ok) {
        Object.assign(sheet.memory, { heard: answer.heard, caution: answer.caution });
        sheet.draw();
      }
    };
    afterPause(sheet, LISTENING, () => sheet.send({ do: "listen", text }, { done }));
  };
  const fields = sheet.fields("encounter", entry);
  return [
    fields.choose("kind", words.kinds),
    WRITTEN.includes(entry.kind) && fields.choose("started_by", words.starters),
    fields.dateField("on"),
    fields.textArea("note", { hint: words.note_hint, rows: 2, onwrite: hear }),
    sheet.memory.caution && noteCaution(sheet, sheet.memory.caution),
  ];
}

/** Optional details of a meeting. @param {Sheet} sheet */
function drawMore(sheet, entry) {
  const { words } = sheet;
  const fields = sheet.fields("encounter", entry);
  return [
    !WRITTEN.includes(entry.kind) && fields.choose("started_by", words.starters),
    fields.choose("depth", words.depths),
    !entry.draft && fields.checkbox("act_in"),
    fields.checkbox("hard"),
    fields.textArea("changed", { hint: words.changed_hint, rows: 2 }),
  ];
}

/** What they did for me, and what came of the meeting. @param {Sheet} sheet */
function drawCame(sheet) {
  const { words, memory } = sheet;
  const { came, met } = memory;
  const fields = sheet.fields("came", came);
  return [
    fields.text("helped", { hint: words.helped_hint, placeholder: words.helped_example }),
    fields.choose("kind", words.cames, { label: words.came }),
    came.kind && [
      fields.text("what", { label: words.came_what, placeholder: words.came_example }),
      personPicker(fields, "through", {
        hint: met.length ? sheet.say("through_hint", met[0]) : null,
        fresh: true,
        onpick: (person) => {
          came.through = person?.id ?? null;
        },
      }),
    ],
  ];
}

/** What is open with those who were met; a tick settles it together with the entry.
 * @param {Sheet} sheet
 */
function drawOpen(sheet) {
  const { words, memory } = sheet;
  const found = Object.values(memory.open);
  const [steps, promises] = ["steps", "promises"].map((name) =>
    found.flatMap((/** @type {any} */ one) => one[name]),
  );
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
        h(
          "div",
          { key: "words", onchange: () => hearDay(sheet, next, "words", "due") },
          sheet
            .fields("then", next)
            .text("words", { placeholder: words.words_example, hideLabel: true }),
        ),
        h(
          "div",
          { class: "pair" },
          sheet.fields("then", next).choose("by", words.bys, { hideLabel: true }),
          sheet.fields("then", next).dateField("due"),
        ),
        memory.met.length > 1 &&
          sheet.fields("then", next).select(
            "contact_id",
            memory.met.map((person) => [person.id, person.name]),
            { label: words.then_with, empty: memory.met[0].name },
          ),
      ),
    ),
    memory.then.length < 5 && sheet.button(words.another, another),
  );
}

const spoken = (memory) =>
  memory.then
    .filter((next) => next.words.trim())
    .map(({ words, by, due, contact_id }) => ({ words, by, due, contact_id }));

/** What came of the meeting, as it is sent. @param {any} memory */
const received = ({ came: { helped, kind, what, through } }) => [
  ...(helped.trim() ? [{ what: helped.trim() }] : []),
  ...(kind && what.trim() ? [{ what: what.trim(), came: kind, through: through ?? "" }] : []),
];

/** Send the entry and everything that belongs to it as one. @param {Sheet} sheet */
function enter(sheet) {
  const { memory, words } = sheet;
  const { draft, id, ...meeting } = memory.entry;
  if (!memory.met.length) {
    sheet.setStatus(words.who_first, true);
    sheet.focus("who");
    return;
  }
  const ticked = (name) =>
    Object.values(memory.open)
      .flatMap((/** @type {any} */ one) => one[name].map((row) => row.id))
      .filter((id) => memory.done[id]);
  // built when it is sent, after the answer that has the day of the line written last
  sheet.send(
    () => ({
      do: "enter",
      contact_ids: memory.met.map((person) => person.id),
      meeting,
      then: spoken(memory),
      received: received(memory),
      kept: ticked("promises"),
      steps: ticked("steps"),
    }),
    {
      done: (answer) => {
        if (answer.ok) {
          clear(sheet);
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
          row.changed &&
            h("p", { class: "hint" }, sheet.say("changed_line", { text: row.changed })),
          row.checked && drawChecked(sheet, row),
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

/** The question about signs in an entry, and the checklist once the person looks at it.
 * @param {Sheet} sheet
 */
function drawChecked(sheet, row) {
  const fields = sheet.fields("contact", row.checked);
  return [
    signQuestion(fields, row.asks, { focus: "last", opens: `${row.id}-looked` }),
    sheet.memory[`${row.id}-looked`] && h("div", { key: "checked" }, solicitationSigns(fields)),
  ];
}

/** Begin with the person whom a link names (`#note=…`). @param {Sheet} sheet */
function mounted(sheet) {
  const begin = () => {
    const { screen, row } = namedByAddress();
    if (screen !== sheet.position.name || !row) return;
    history.replaceState(history.state, "", `#${screen}`);
    sheet.send({ do: "begin_with", id: row });
  };
  window.addEventListener("hashchange", begin);
  begin();
}

export default defineSheet({ draw, mounted });
