// People: a list that can be searched, and one card at a time.

import { addressRow } from "../parts/address_row.js";
import { factList } from "../parts/fact_list.js";
import { mergePeople } from "../parts/merge_people.js";
import { personPicker } from "../parts/person_picker.js";
import { solicitationSigns } from "../parts/solicitation.js";
import { stand } from "../parts/stand.js";
import { defineSheet, format, h } from "../base/sheet.js";

const KEYSTROKE = 250; // milliseconds without typing after which the search starts
const searches = new WeakMap(); // the timer of each sheet's next search; a reload ends it

/** Show another part of the list; values that are not given stay. @param {Sheet} sheet */
function show(sheet, change) {
  const { text, order, letter } = { ...sheet.state, ...sheet.memory.view };
  sheet.memory.view = { text, order, letter, ...change };
  clearTimeout(searches.get(sheet));
  const search = () => sheet.send(() => ({ do: "show", ...sheet.memory.view }));
  searches.set(sheet, setTimeout(search, "text" in change ? KEYSTROKE : 0));
}

const inAddress = addressRow("choose", (sheet) => sheet.state.card?.id);

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state } = sheet;
  if (inAddress.arrives(sheet)) return []; // do not show another card meanwhile
  return [
    state.forgotten && drawForgotten(sheet, state.forgotten),
    state.card ? drawCard(sheet, state.card) : drawList(sheet),
    state.binned > 0 && drawBin(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawList(sheet) {
  const { state, words } = sheet;
  const id = `${sheet.id}-search`;
  if (!state.everyone) return h("p", { class: "empty" }, words.nobody);
  const view = { ...state, ...sheet.memory.view };
  const letter = (value, text, count) =>
    h(
      "button",
      {
        type: "button",
        key: value || "all",
        "aria-pressed": String(view.letter === value),
        "aria-label": count == null ? null : `${text}（${format(words.count, { count })}）`,
        onclick: () => show(sheet, { letter: value }),
      },
      text,
    );
  return h(
    "div",
    { key: "list" },
    h(
      "div",
      { class: "pair" },
      h(
        "div",
        { class: "field" },
        h("label", { for: id }, words.search),
        h("input", {
          id,
          type: "search",
          autocomplete: "off",
          value: view.text,
          placeholder: sheet.common.person_example,
          "data-focus": "search",
          oninput: (event) => show(sheet, { text: event.target.value, letter: "" }),
        }),
      ),
      h(
        "div",
        { class: "field" },
        h("label", { for: `${id}-order` }, words.order),
        h(
          "select",
          {
            id: `${id}-order`,
            value: view.order,
            onchange: (event) => show(sheet, { order: event.target.value }),
          },
          Object.entries(words.orders).map(([value, text]) =>
            h("option", { key: value, value }, text),
          ),
        ),
      ),
    ),
    h(
      "div",
      { class: "letters row", role: "group", "aria-label": words.index },
      letter("", words.everyone),
      Object.entries(state.letters).map(([value, count]) =>
        letter(value, words.headings[value] ?? value, count),
      ),
    ),
    h(
      "p",
      { class: "hint" },
      state.total > state.people.length
        ? format(words.count_of, { count: state.people.length, total: state.total })
        : format(words.count, { count: state.total }),
    ),
    state.people.length
      ? h(
          "ul",
          { class: "names" },
          state.people.map((person) =>
            h(
              "li",
              { key: person.id },
              h(
                "button",
                {
                  type: "button",
                  "data-focus": person.id,
                  onclick: () => sheet.send({ do: "choose", id: person.id }),
                },
                h("span", {}, person.name),
                person.note && h("small", {}, person.note),
              ),
            ),
          ),
        )
      : h("p", { class: "empty" }, words.nobody_so),
    state.total > state.people.length &&
      state.most < state.limit &&
      sheet.button(words.show_more, () =>
        show(sheet, { most: Math.min(state.limit, state.most + state.page_size) }),
      ),
  );
}

/** The rhythms to choose for a contact, including the current one. @param {Sheet} sheet */
function rhythms(sheet, { cadence_days: now }) {
  const days = [...new Set([7, 14, 21, 30, 60, 90, 180, 365, ...(now ? [now] : [])])].sort(
    (a, b) => a - b,
  );
  return days.map((n) => [n, format(sheet.words.every_days, { n })]);
}

/** @param {Sheet} sheet */
function drawCard(sheet, card) {
  const { state, words } = sheet;
  const fields = sheet.fields("contact", card);
  const part = (name, ...kids) => sheet.details(`${name}-${card.id}`, words[`part_${name}`], kids);
  sheet.memory[`person-${card.id}`] ??= true; // the main section is open at first
  sheet.memory[`us-${card.id}`] ??= true;
  const known = [card.last && format(words.last_met, { on: card.last }), card.known_for].filter(
    Boolean,
  );
  return h(
    "div",
    { class: "card", key: `card-${card.id}` },
    sheet.button(words.close_card, () => sheet.send({ do: "choose", id: "" })),
    h("h3", { tabindex: -1, "data-focus": "card" }, card.name),
    known.length > 0 && h("p", { class: "hint" }, known.join("　")),
    card.shared.map((text) => h("p", { key: text }, text)),
    drawStanding(sheet, card),
    drawSteps(sheet, card),
    card.asks === "known_as" && knownAs(sheet, card),
    card.asks === "last_talk" && lastTalk(sheet, card),
    card.asks === "known_since" && knownSince(sheet, card),
    part(
      "name",
      h(
        "div",
        { class: "pair" },
        fields.text("name", { label: words.full_name }),
        fields.text("called"),
        fields.text("family"),
        fields.text("given"),
        fields.text("family_kana", { hint: card.family_kana ? null : words.no_reading }),
        fields.text("given_kana"),
      ),
    ),
    part(
      "met",
      card.asks !== "known_as" && knownAs(sheet, card),
      (card.last_talk || card.last) && lastTalk(sheet, card),
      h(
        "div",
        { class: "pair" },
        card.known_as !== "just_met" && card.asks !== "known_since" && knownSince(sheet, card),
        fields.text("how_met"),
        fields.text("where_met"),
        fields.dateField("met_on"),
        personPicker(fields, "through_id", { fresh: true, without: [card.id] }),
      ),
    ),
    part(
      "person",
      factList(sheet, card),
      fields.textList("circles", { hint: words.texts_hint }),
      fields.textList("topics", { hint: words.texts_hint }),
      fields.textList("needs", { hint: words.texts_hint }),
      fields.textArea("note", { hint: words.note_hint }),
    ),
    part(
      "us",
      fields.choose("closeness", state.closeness, { hint: words.closeness_hint }),
      fields.text("closeness_word"),
      state.roles.length > 0 && [
        fields.select("role_id", state.roles),
        fields.choose("ahead", words.aheads),
      ],
      fields.choose("afternoon", words.afternoons, {
        hint: sheet.state.stands.each.whom.follows || words.afternoon_hint,
      }),
      stand(sheet, "whom"),
      h("div", { class: "field" }, fields.checkbox("cheer", { hint: words.cheer_hint })),
      fields.textArea("respect_for", { hint: words.respect_for_hint }),
      fields.textArea("hope", { hint: words.hope_hint, rows: 2 }),
      card.earlier.length > 0 && [
        h("h5", { key: "earlier" }, words.earlier_notes),
        card.earlier.map((text) => h("p", { class: "hint", key: text }, text)),
      ],
    ),
    part(
      "reach",
      h(
        "div",
        { class: "pair" },
        fields.text("organisation"),
        fields.text("department"),
        fields.text("title"),
        fields.text("email"),
        fields.text("phone"),
        fields.text("url"),
        fields.text("birthday"),
        fields.select("channel", words.channels),
        fields.select("politeness", state.levels, {
          hint: words.politeness_hint,
        }),
      ),
    ),
    part(
      "rest",
      h("p", { class: "hint" }, words.distance_hint),
      h(
        "div",
        { class: "row" },
        fields.checkbox("closed", { hint: words.closed_hint }),
        fields.checkbox("do_not_contact"),
      ),
      fields.dateField("quiet_until"),
      fields.select("cadence_days", rhythms(sheet, card), {
        hint: words.cadence_hint,
      }),
    ),
    solicitationSigns(fields),
    mergePeople(sheet, card),
    h(
      "div",
      { class: "row" },
      sheet.button(words.put_away, () =>
        sheet.send(
          { do: "drop", table: "contact", id: card.id },
          { done: () => sheet.focus("search") },
        ),
      ),
      sheet.button(
        words.forget,
        () => {
          sheet.memory.asking = card.id;
          sheet.draw();
          sheet.focus("forget-no");
        },
        { danger: true },
      ),
    ),
    sheet.memory.asking === card.id && drawAsking(sheet, card),
  );
}

/** The open steps with a contact, and a line to add one; it exists on the page until it is saved.
 * @param {Sheet} sheet
 */
function drawSteps(sheet, card) {
  const { words, memory } = sheet;
  const slot = `new-step-${card.id}`;
  const count = (memory.stepsAdded ??= 0); // a new id for each, so that the fields are empty again
  const row = (memory[slot] ??= { id: `${slot}-${count}`, draft: true, words: "", on: "" });
  const fields = sheet.fields("step", row);
  const add = (event) => {
    event.preventDefault();
    if (!row.words.trim()) return sheet.focus(slot);
    const done = (answer) => {
      if (!answer.ok) return;
      delete memory[slot];
      memory.stepsAdded = count + 1;
      sheet.draw();
      sheet.focus(slot);
    };
    sheet.send({ do: "add_step", contact_id: card.id, words: row.words, on: row.on }, { done });
  };
  return h(
    "div",
    { class: "steps", key: "steps" },
    card.steps.map((step) =>
      h(
        "div",
        { class: "row", key: step.id },
        sheet.fields("step", step).text("words", { label: words.step }),
        sheet.fields("step", step).dateField("on", { label: words.on }),
      ),
    ),
    h(
      "form",
      { class: "row", key: slot, novalidate: true, onsubmit: add },
      fields.text("words", {
        label: card.steps.length ? words.step_more : words.step,
        placeholder: words.step_example,
        focus: slot,
      }),
      fields.dateField("on", { label: words.on }),
      h("button", { type: "submit" }, words.step_add),
    ),
  );
}

/** Since which year they know each other. @param {Sheet} sheet */
const knownSince = (sheet, card) =>
  sheet.fields("contact", card).year("known_since", sheet.state.today, {
    hint: sheet.words.known_since_hint,
  });

/** When they last talked, as the person remembers it; kept with the day on which it was said.
 * @param {Sheet} sheet
 */
const lastTalk = (sheet, card) =>
  sheet.fields("contact", card).choose("last_talk", sheet.state.last_talks, {
    hint: sheet.words.last_talk_hint,
    onpick: (value) =>
      sheet.write("contact", card, { last_talk: value, last_talk_said_on: sheet.state.today }),
  });

/** How the person knows a contact; stays empty if not given.
 * @param {Sheet} sheet
 */
const knownAs = (sheet, card) =>
  sheet.fields("contact", card).choose("known_as", sheet.words.known_ases, {
    hint: sheet.words.known_as_hint,
  });

/** The relationship: what the person's own lines suggest, and what each has done for the other.
 * @param {Sheet} sheet
 */
function drawStanding(sheet, card) {
  const { words } = sheet;
  const { closer, leaning, trail, kindly } = card.standing;
  if (!closer && !leaning && !trail.length && !kindly.length) return null;
  return h(
    "section",
    { class: "standing", key: "standing", "aria-label": words.standing },
    h("h4", {}, words.standing),
    leaning && h("p", { key: "leaning" }, format(words.between, { leaning })),
    closer &&
      h(
        "div",
        { class: "today", key: "closer" },
        h("p", {}, closer.text),
        h(
          "div",
          { class: "row" },
          sheet.button(closer.yes, () =>
            sheet.write("contact", card, { closeness: closer.closeness }),
          ),
        ),
      ),
    kindly.map((reason) =>
      h("p", { key: reason.rule, class: "example" }, reason.why, " ", reason.act),
    ),
    trail.length > 0 &&
      sheet.details(
        `trail-${card.id}`,
        words.trail_title,
        h(
          "ul",
          { class: "dots" },
          trail.map(({ on, said }) => h("li", { key: `${on}${said}` }, on, on && "　", said)),
        ),
      ),
  );
}

/** Ask once more before a person is erased. @param {Sheet} sheet */
function drawAsking(sheet, { id, name }) {
  const { words } = sheet;
  const close = () => {
    sheet.memory.asking = null;
    sheet.draw();
  };
  return h(
    "div",
    {
      class: "trouble",
      role: "alertdialog",
      "aria-label": format(words.forget_who, { name }),
      key: `asking-${id}`,
    },
    h("p", {}, format(words.forget_ask, { name })),
    h(
      "div",
      { class: "row" },
      sheet.button(
        words.forget_no,
        () => {
          close();
          sheet.focus("card");
        },
        { focus: "forget-no" },
      ),
      sheet.button(
        words.forget_yes,
        () => {
          close();
          sheet.send({ do: "forget", id }, { done: (answer) => answer.ok || sheet.focus("card") });
        },
        { danger: true },
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawForgotten(sheet, gone) {
  const { words } = sheet;
  return h(
    "div",
    { class: "today gone", key: "forgotten", tabindex: -1, "data-focus": "forgotten" },
    h("h3", {}, format(words.forgotten, { name: gone.name })),
    h("p", {}, format(words.forgotten_rows, { rows: gone.rows })),
    h("p", {}, format(words.forgotten_traces, { count: gone.traces })),
    gone.named && h("p", {}, format(words.forgotten_named, { rows: gone.named })),
    gone.copies && h("p", {}, format(words.forgotten_copies, { files: gone.copies })),
    !gone.swept && h("p", {}, words.forgotten_unswept),
    gone.server && h("p", {}, words.forgotten_server),
    sheet.button(sheet.common.close, () => sheet.send({ do: "choose", id: "" })),
  );
}

/** @param {Sheet} sheet */
function drawBin(sheet) {
  const { state, words } = sheet;
  return sheet.details(
    "bin",
    format(words.bin, { count: state.binned }),
    h(
      "ul",
      { class: "cards" },
      state.bin.map((person) =>
        h(
          "li",
          { key: person.id },
          h(
            "div",
            { class: "row" },
            h("span", {}, person.name),
            sheet.button(words.restore, () => sheet.send({ do: "restore", id: person.id }), {
              name: format(words.restore_who, { name: person.name }),
            }),
            sheet.button(
              words.forget,
              () => {
                sheet.memory.asking = person.id;
                sheet.draw();
                sheet.focus("forget-no");
              },
              { danger: true, name: format(words.forget_who, { name: person.name }) },
            ),
          ),
          sheet.memory.asking === person.id && drawAsking(sheet, person),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw, mounted: inAddress.mounted });
