// The card of a person: who they are, what is between the two now, and what has been.

import { cardCircles } from "./circle_labels.js";
import { drawFull, gather } from "./focus.js";
import { mainLinks, personDetails, stillTrue } from "./details.js";
import { relationList } from "./relations.js";
import { likelySame } from "./same_person.js";
import { balanceChoices } from "../parts/balance.js";
import { explanation, noteCaution } from "../parts/explanation.js";
import { factList } from "../parts/fact_list.js";
import { firstMove } from "../parts/first_move.js";
import { mergePeople } from "../parts/merge_people.js";
import { personPicker } from "../parts/person_picker.js";
import { emptyLine, lineValues, quickLine } from "../parts/quick_line.js";
import { sharedDays } from "../parts/shared_hobbies.js";
import { signQuestion, solicitationSigns } from "../parts/solicitation.js";
import { stand } from "../parts/stand.js";
import { format, h } from "../base/sheet.js";

const FEW = 6; // entries of what has been that are shown without being asked for

/** @param {Sheet} sheet @param {Row} card */
export function drawCard(sheet, card) {
  const { words } = sheet;
  return h(
    "div",
    { class: "card person-card", key: `card-${card.id}` },
    sheet.button(words.close_card, () => sheet.send({ do: "choose", id: "" })),
    h("h3", { tabindex: -1, "data-focus": "card" }, card.name),
    cardCircles(sheet, card.circles),
    card.sentence && h("p", {}, card.sentence),
    stillTrue(sheet, card),
    card.thrives && h("p", { key: "thrives" }, card.thrives),
    card.asks === "known_as" && knownAs(sheet, card),
    card.asks === "last_talk" && lastTalk(sheet, card),
    card.asks === "known_since" && knownSince(sheet, card),
    drawNow(sheet, card),
    drawAbout(sheet, card),
    card.sign_questions.map((/** @type {Row} */ question) =>
      signQuestion(sheet.fields("contact", card), question, { focus: "card" }),
    ),
    drawUs(sheet, card),
    drawPast(sheet, card),
    drawPart(sheet, card, "met", drawMet(sheet, card)),
    relationList(sheet, card),
    drawPart(sheet, card, "reach", drawReach(sheet, card)),
    drawPart(sheet, card, "rest", drawRest(sheet, card)),
    solicitationSigns(sheet.fields("contact", card)),
    mergePeople(sheet, card, (merge) => likelySame(sheet, card.same_person, card.id, merge)),
    drawGoing(sheet, card),
  );
}

/** A section of the card that opens and closes.
 * @param {Sheet} sheet
 * @param {Row} card
 * @param {string} name
 * @param {Kid} kids
 */
const drawPart = (sheet, card, name, kids) =>
  sheet.details(`${name}-${card.id}`, sheet.words[`part_${name}`], kids);

// -- 1 who they are: each unknown is a question, one at a time

/** How the person knows a contact; stays empty if not given.
 * @param {Sheet} sheet
 * @param {Row} card
 */
const knownAs = (sheet, card) =>
  sheet.fields("contact", card).choose("known_as", sheet.words.known_ases, {
    hint: sheet.words.known_as_hint,
  });

/** When they last talked, as the person remembers it; kept with the day on which it was said.
 * @param {Sheet} sheet
 * @param {Row} card
 */
const lastTalk = (sheet, card) =>
  sheet.fields("contact", card).choose("last_talk", sheet.state.last_talks, {
    hint: sheet.words.last_talk_hint,
    onpick: (value) =>
      sheet.write("contact", card, { last_talk: value, last_talk_said_on: sheet.state.today }),
  });

/** Since which year they know each other. @param {Sheet} sheet @param {Row} card */
const knownSince = (sheet, card) =>
  sheet.fields("contact", card).year("known_since", sheet.state.today, {
    hint: sheet.words.known_since_hint,
  });

// -- 2 what is between the two now

/** @param {Sheet} sheet @param {Row} card */
function drawNow(sheet, card) {
  const { words } = sheet;
  const { steps, promises, gifts, introductions, note } = card.now;
  /** @param {string} verb @param {string} screen */
  const goTo = (verb, screen) => {
    sheet.saveAll();
    /** @param {Answer} answer */
    const done = (answer) => {
      if (answer.ok) location.hash = screen;
    };
    sheet.send({ do: verb, id: card.id }, { done });
  };
  return h(
    "section",
    { class: "now", key: "now", "aria-label": words.part_now },
    h("h4", { tabindex: -1, "data-focus": "now" }, words.part_now),
    steps.map((/** @type {Row} */ step) => drawStep(sheet, step)),
    promises.map((/** @type {Row} */ promise) => drawPromise(sheet, promise)),
    gifts.map((/** @type {Row} */ gift) =>
      h(
        "p",
        { key: gift.id },
        h("span", { class: "tag" }, words.gift_planned),
        " ",
        gift.what,
        gift.day && h("small", {}, " ", gift.day),
      ),
    ),
    introductions.map((/** @type {{id: string, text: string}} */ { id, text }) =>
      h("p", { key: id }, h("a", { href: "#introductions" }, text)),
    ),
    drawLine(sheet, card),
    h(
      "div",
      { class: "row" },
      h("a", { class: "button", href: note }, words.to_note),
      sheet.button(words.to_write, () => goTo("write_to", "draft")),
      sheet.button(words.to_gift, () => goTo("think_of_gift", "gift")),
    ),
  );
}

/** @param {Sheet} sheet @param {Row} step */
function drawStep(sheet, step) {
  const { words } = sheet;
  const fields = sheet.fields("step", step);
  return h(
    "div",
    { class: "row", key: step.id },
    fields.text("words", { label: words.step }),
    fields.dateField("on", { label: words.on }),
  );
}

/** A line to add a step or a promise. @param {Sheet} sheet @param {Row} card */
function drawLine(sheet, card) {
  const { state, memory } = sheet;
  const slot = `line-${card.id}`;
  const count = (memory.linesAdded ??= 0); // a new id for each, so that the fields are empty again
  /** @type {Row} */
  const row = (memory[slot] ??= emptyLine(`${slot}-${count}`));
  /** @param {{preventDefault: () => void}} event */
  const add = (event) => {
    event.preventDefault();
    if (!row.words.trim()) return sheet.focus(slot);
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok) return;
      delete memory[slot];
      memory.linesAdded = count + 1;
      sheet.draw();
      sheet.focus(slot);
    };
    sheet.send({ do: "add_line", contact_id: card.id, ...lineValues(row) }, { done });
  };
  return h(
    "form",
    { key: slot, novalidate: true, onsubmit: add },
    quickLine(sheet, row, { focus: slot }),
    h("div", { class: "row" }, h("button", { type: "submit" }, state.line.add)),
  );
}

/** An open promise of either side, and what can become of it.
 * @param {Sheet} sheet
 * @param {Row} promise
 */
function drawPromise(sheet, promise) {
  const { words } = sheet;
  const mine = promise.by === "me";
  const fields = sheet.fields("promise", promise);
  /** @param {string} key */
  const named = (key) => ({ name: format(words[`${key}_which`], { words: promise.words }) });
  /** @param {string} state */
  const act = (state) =>
    sheet.button(words[state], () => sheet.send({ do: "settle", id: promise.id, state }), {
      ...named(state),
    });
  const write = () => {
    sheet.saveAll();
    /** @param {Answer} answer */
    const done = (answer) => {
      if (answer.ok) location.hash = "draft";
    };
    sheet.send({ do: "write_promise", id: promise.id }, { done });
  };
  return h(
    "div",
    { class: "promise", key: promise.id },
    h(
      "p",
      {},
      h("span", { class: "tag" }, words.promise_of[promise.by]),
      " ",
      format(words.quoted, { words: promise.words }),
      promise.day && h("small", {}, " ", format(words.due_on, { on: promise.day })),
    ),
    promise.late && h("p", { class: "hint" }, words.promise_late),
    h(
      "div",
      { class: "row" },
      mine && sheet.button(words.promise_write, write, named("promise_write")),
      act("kept"),
      act("let_go"),
      mine && act("broken"),
    ),
    sheet.details(
      `promise-${promise.id}`,
      [
        words.promise_change,
        h("span", { class: "unseen" }, " ", format(words.quoted, { words: promise.words })),
      ],
      h(
        "div",
        { class: "pair" },
        fields.text("words", { label: words.promise_words }),
        fields.dateField("due"),
      ),
      mine &&
        fields.select(
          "kind",
          Object.entries(words.promise_kinds).filter(([kind]) => kind !== "other"),
          {
            label: words.promise_kind,
            hint: words.promise_kind_hint,
            empty: words.promise_kinds[promise.sounds || "other"],
          },
        ),
    ),
  );
}

// -- 3 about them, 4 to me

/** @param {Sheet} sheet @param {Row} card */
function drawAbout(sheet, card) {
  const { words } = sheet;
  const fields = sheet.fields("contact", card);
  const hint = words.texts_hint;
  return h(
    "section",
    { key: "about" },
    factList(sheet, { id: card.id, facts: card.facts }),
    card.shared.map((/** @type {string} */ text) => h("p", { key: text }, text)),
    sharedDays(sheet, card),
    card.topics.length > 0 && fields.textList("topics", { hint }),
    card.needs.length > 0 && fields.textList("needs", { hint }),
    fields.textArea("note", { hint: words.note_hint }),
    card.note_caution && noteCaution(sheet, card.note_caution),
  );
}

/** @param {Sheet} sheet @param {Row} card */
function drawUs(sheet, card) {
  const { state, words } = sheet;
  const fields = sheet.fields("contact", card);
  const { gathering } = sheet.memory;
  sheet.memory[`us-${card.id}`] ??= true; // open at first
  return sheet.details(
    `us-${card.id}`,
    words.part_us,
    card.closer && drawProposal(sheet, card),
    firstMove(sheet, card),
    fields.choose("closeness", state.closeness, { hint: words.closeness_hint }),
    fields.text("closeness_word"),
    (card.closeness_on || ["close", "companion"].includes(card.closeness)) &&
      fields.dateField("closeness_on", { hint: words.closeness_on_hint }),
    fields.textArea("respect_for", { rows: 2, hint: words.respect_for_hint }),
    fields.textArea("they_respect", { rows: 2, hint: words.they_respect_hint }),
    card.us_caution && noteCaution(sheet, card.us_caution, "caution-us"),
    state.roles.length > 0 && [
      fields.select("role_id", state.roles),
      card.role_id && fields.choose("ahead", words.aheads),
    ],
    fields.choose("afternoon", words.afternoons, {
      hint: sheet.state.stands.each.whom.follows || words.afternoon_hint,
    }),
    stand(sheet, "whom"),
    h("div", { class: "field" }, fields.checkbox("cheer", { hint: words.cheer_hint })),
    fields.ticks("passes", words.passes_kinds, { hint: words.passes_hint }),
    gathering?.id === card.id
      ? drawFull(sheet, gathering)
      : h(
          "div",
          { class: "row", key: "focus" },
          card.focus
            ? sheet.button(words.let_rest, () => sheet.send({ do: "let_rest", id: card.id }), {
                name: format(words.let_rest_who, { name: card.name }),
              })
            : sheet.button(words.take_in, () => gather(sheet, { id: card.id, name: card.name }), {
                name: format(words.take_in_who, { name: card.name }),
              }),
        ),
    card.kindly.map((/** @type {Reason} */ reason) =>
      h(
        "div",
        { key: reason.rule, class: "example" },
        h("p", {}, reason.why, " ", reason.act),
        balanceChoices(sheet, reason.rule, { id: card.id, name: card.name }),
        explanation(sheet, `kindly-${reason.rule}`, reason),
      ),
    ),
    card.earlier.length > 0 && [
      h("h5", { key: "earlier" }, words.earlier_notes),
      card.earlier.map((/** @type {string} */ text) => h("p", { class: "hint", key: text }, text)),
    ],
  );
}

/** A nearer word, with what the person wrote; their own press says it.
 * @param {Sheet} sheet
 * @param {Row} card
 */
function drawProposal(sheet, card) {
  const { text, yes, closeness } = card.closer;
  return h(
    "div",
    { class: "today", key: "closer" },
    h("p", {}, text),
    h(
      "div",
      { class: "row" },
      sheet.button(yes, () => sheet.write("contact", card, { closeness })),
    ),
  );
}

// -- 5 what has been

/** Notes, gifts, promises and introductions, in words; a promise can be opened again.
 * @param {Sheet} sheet
 * @param {Row} card
 */
function drawPast(sheet, card) {
  const { words } = sheet;
  /** @type {{on: string, said: string, promise: string}[]} */
  const past = card.past;
  if (!past.length) return null;
  sheet.memory[`past-${card.id}`] ??= past.length <= FEW;
  return drawPart(
    sheet,
    card,
    "past",
    h(
      "ul",
      { class: "past" },
      past.map(({ on, said, promise }) =>
        h(
          "li",
          { key: `${on}${said}${promise}` },
          on && h("small", {}, on),
          h("span", {}, said),
          promise &&
            sheet.button(
              words.reopen,
              () => sheet.send({ do: "settle", id: promise, state: "open" }),
              { name: `${words.reopen} – ${said}` },
            ),
        ),
      ),
    ),
  );
}

// -- 6 how we met, where to reach them; 7 rhythm and distance

/** @param {Sheet} sheet @param {Row} card */
function drawMet(sheet, card) {
  const { words } = sheet;
  const fields = sheet.fields("contact", card);
  return [
    card.asks !== "known_as" && knownAs(sheet, card),
    (card.last_talk || card.last) && lastTalk(sheet, card),
    h(
      "div",
      { class: "pair" },
      card.known_as !== "just_met" && card.asks !== "known_since" && knownSince(sheet, card),
      (card.known_as === "just_met" || card.met_on) && fields.dateField("met_on"),
      fields.text("how_met"),
      fields.text("where_met"),
      personPicker(fields, "through_id", { fresh: true, without: [card.id] }),
    ),
    fields.textList("circles", { hint: words.texts_hint }),
  ];
}

/** @param {Sheet} sheet @param {Row} card */
function drawReach(sheet, card) {
  const { state, words } = sheet;
  const fields = sheet.fields("contact", card);
  const hasReading = state.reads_kana || card.family_kana || card.given_kana;
  const hasParts = state.reads_kana || card.family || card.given;
  return [
    h(
      "div",
      { class: "pair", key: "reach" },
      fields.text("name", { label: words.full_name }),
      fields.text("called"),
      hasParts && [fields.text("family"), fields.text("given")],
      hasReading && [
        fields.text("family_kana", { hint: card.family_kana ? null : words.no_reading }),
        fields.text("given_kana"),
      ],
      fields.text("organisation"),
      fields.text("department"),
      fields.text("title"),
      fields.text("email"),
      fields.text("phone"),
      fields.text("url"),
      fields.select("channel", card.channels),
    ),
    mainLinks(card),
    personDetails(sheet, card),
  ];
}

/** The rhythms to choose for a contact, including the current one.
 * @param {Sheet} sheet
 * @param {Row} card
 * @returns {[number, string][]}
 */
function rhythms(sheet, { cadence_days: now }) {
  const days = [...new Set([7, 14, 21, 30, 60, 90, 180, 365, ...(now ? [now] : [])])];
  days.sort((a, b) => a - b);
  return days.map((n) => [n, format(sheet.words.every_days, { n })]);
}

/** @param {Sheet} sheet @param {Row} card */
function drawRest(sheet, card) {
  const { state, words } = sheet;
  const fields = sheet.fields("contact", card);
  return [
    h("p", { class: "hint" }, words.distance_hint),
    fields.select("cadence_days", rhythms(sheet, card), { hint: words.cadence_hint }),
    fields.select("politeness", state.levels, { hint: words.politeness_hint }),
    fields.dateField("quiet_until"),
    h(
      "div",
      { class: "row" },
      fields.checkbox("closed", { hint: words.closed_hint }),
      fields.checkbox("do_not_contact"),
    ),
  ];
}

/** Put the card away, or delete everything. @param {Sheet} sheet @param {Row} card */
function drawGoing(sheet, card) {
  const { words, memory } = sheet;
  const ask = () => {
    memory.asking = card.id;
    sheet.draw();
    sheet.focus("forget-no");
  };
  const putAway = () =>
    sheet.send(
      { do: "drop", table: "contact", id: card.id },
      { done: () => sheet.focus("search") },
    );
  return [
    h(
      "div",
      { class: "row", key: "going" },
      sheet.button(words.put_away, putAway),
      sheet.button(words.forget, ask, { danger: true }),
    ),
    memory.asking === card.id && drawAsking(sheet, { id: card.id, name: card.name }),
  ];
}

/** Ask once more before a person is erased.
 * @param {Sheet} sheet
 * @param {{id: string, name: string}} person
 */
export function drawAsking(sheet, { id, name }) {
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
