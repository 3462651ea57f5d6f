// A gathering: which one, what to take there, and whom the person met.

import { explanation, lookAtNote, noteCaution } from "../parts/explanation.js";
import { personPicker } from "../parts/person_picker.js";
import { hearDay } from "../parts/quick_line.js";
import { signQuestion, solicitationSigns } from "../parts/solicitation.js";
import { stand } from "../parts/stand.js";
import { reminders } from "../parts/wrong_ways.js";
import { defineSheet, h } from "../base/sheet.js";

let drafts = Date.now(); // so that no number repeats, also after the page reloads
const somebody = () => ({
  draft: true,
  id: `met-${++drafts}`,
  contact_id: null,
  note: "",
  words: "",
  by: "me",
  due: "",
  known_as: "",
});

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  if (memory.event !== state.event?.id)
    Object.assign(memory, {
      event: state.event?.id,
      met: [somebody()],
      card: 0,
      turned: false,
    });
  return [
    drawWhich(sheet),
    state.event &&
      h(
        "div",
        { key: state.event.id },
        h("h3", { class: "which", tabindex: -1, "data-focus": "event" }, state.event.name),
        state.sign_questions.map((/** @type {Row} */ question) =>
          signQuestion(sheet.fields("place", state.place), question, {
            focus: "event",
            opens: "before",
          }),
        ),
        state.event.done
          ? [drawTold(sheet), sheet.details("before", words.look_back, drawBefore(sheet))]
          : state.over
            ? [drawAfter(sheet), sheet.details("before", words.look_back, drawBefore(sheet))]
            : [
                drawBefore(sheet),
                state.undated &&
                  h(
                    "p",
                    { key: "been" },
                    sheet.button(words.been, () => {
                      sheet.saveAll();
                      sheet.send(() => ({ do: "been", id: sheet.state.event.id }));
                    }),
                  ),
              ],
      ),
  ];
}

/** The choice of an event: those ahead, past ones, or a new one. @param {Sheet} sheet */
function drawWhich(sheet) {
  const { state, words, memory } = sheet;
  const fresh = (memory.fresh ??= { draft: true, id: "fresh", name: "", on: "" });
  const options = (events) => events.map(({ id, name, day }) => [id, name || words.unnamed, day]);
  const which = (events, label, key) =>
    events.length > 0 &&
    sheet.fields("event", { id: key, which: state.chosen }).choose("which", options(events), {
      label,
      onpick: (id) => sheet.send({ do: "choose", id }),
    });
  const begin = () =>
    fresh.name.trim()
      ? sheet.send(
          { do: "begin", name: fresh.name, on: fresh.on },
          {
            done: (answer) => {
              if (answer.ok) {
                delete memory.fresh;
                memory.another = false;
                sheet.draw();
              }
            },
          },
        )
      : sheet.focus("fresh.name");
  const fields = sheet.fields("event", fresh);
  const form = [
    fields.text("name", {
      label: words.event_name,
      placeholder: words.name_example,
    }),
    fields.dateField("on"),
    sheet.button(words.begin, begin),
  ];
  return [
    !state.ahead.length && h("p", { class: "empty", key: "none" }, words.none),
    which(state.ahead, words.which, "ahead"),
    state.past.length > 0 &&
      sheet.details("past", words.past, which(state.past, words.past_which, "past")),
    state.ahead.length
      ? sheet.details("another", words.another, form)
      : h("div", { key: "new" }, form),
  ];
}

/** The part for before the event. The greater the pressure, the fewer the tasks.
 * @param {Sheet} sheet
 */
function drawBefore(sheet) {
  const { state, words } = sheet;
  const { event } = state;
  const small = state.talks === 1;
  const fields = sheet.fields("event", event);
  const said = sheet.fields("event", { ...event, pressure: state.weight });
  const own = [
    drawEarlier(sheet),
    drawEnds(sheet),
    fields.dateField("on"),
    reminders(state.reminders),
    event.kind === "mixer" && stand(sheet, "mixers"),
    stand(sheet, "purpose"),
  ];
  const signs = state.place && solicitationSigns(sheet.fields("place", state.place));
  if (state.declined)
    return h("div", { key: "plan" }, own, fields.select("kind", words.kinds), signs);
  return h(
    "div",
    { key: "plan" },
    own,
    said.choose("pressure", state.weights, {
      hint: words.pressure_hint,
      onpick: (pressure) => fields.write({ pressure }),
    }),
    state.eased && h("p", { class: "example", key: "eased" }, state.eased),
    h(
      "div",
      { class: "today field", key: "talks", "aria-live": "polite" },
      h("p", {}, state.talks_said),
      small && h("p", {}, words.small),
    ),
    fields.text("bring", { hint: words.bring_hint, placeholder: words.bring_example }),
    state.could_bring.map((text) => h("p", { class: "hint", key: text }, text)),
    state.takers &&
      h(
        "div",
        { class: "example field", key: "takers" },
        h("p", {}, state.takers.why, " ", state.takers.act),
        explanation(sheet, "takers", state.takers),
      ),
    sheet.details("who", words.who_comes, drawGuess(sheet)),
    sheet.details("go", words.go, drawGo(sheet)),
    sheet.details("deck", words.deck, drawDeck(sheet)),
    signs,
  );
}

/** What the person wrote after earlier evenings: their own words come first.
 * @param {Sheet} sheet
 */
function drawEarlier(sheet) {
  const { earlier } = sheet.state;
  if (!earlier.otherwise && !earlier.lines.length) return null;
  return h(
    "div",
    { class: "example field", key: "earlier" },
    earlier.otherwise && [
      h("p", { class: "hint", key: "at" }, earlier.otherwise_at),
      h("p", { key: "otherwise" }, h("strong", {}, earlier.otherwise)),
    ],
    earlier.lines.map((line) => h("p", { key: line }, line)),
  );
}

/** Nothing went on three times: two other ways stand above the plan. @param {Sheet} sheet */
function drawEnds(sheet) {
  const { ended } = sheet.state;
  if (!ended) return null;
  const { reason, ways } = ended;
  return h(
    "div",
    { class: "example field", key: "ended" },
    h("p", {}, reason.why, " ", reason.act),
    h(
      "div",
      { class: "row" },
      ways.map(({ text, href }) => h("a", { class: "button", key: href, href }, text)),
    ),
    explanation(sheet, "ended", reason),
  );
}

/** What kind it is, whose, and why people may be there. @param {Sheet} sheet */
function drawGuess(sheet) {
  const { state, words } = sheet;
  const fields = sheet.fields("event", state.event);
  return [
    fields.choose("guess", words.guesses, { hint: words.guess_hint }),
    fields.select("kind", words.kinds),
    personPicker(fields, "host_id", { hint: words.host_hint, fresh: true }),
  ];
}

/** The decision to go: reasons for it, and cautions.
 * @param {Sheet} sheet
 */
function drawGo(sheet) {
  const { state, words } = sheet;
  const side = (name) =>
    state[name].length > 0 &&
    h(
      "section",
      { key: name },
      h("h4", {}, words[name]),
      h(
        "ul",
        { class: "cards" },
        state[name].map((reason) =>
          h(
            "li",
            { class: "card", key: reason.rule },
            h("p", {}, reason.why),
            h("p", { class: "hint" }, reason.act),
            explanation(sheet, `${name}-${reason.rule}`, reason),
          ),
        ),
      ),
    );
  return h("section", { key: "go" }, h("p", {}, words.go_lead), side("why"), side("why_not"));
}

/** Conversation cards: pressing a card turns it, the arrows bring the next one.
 * @param {Sheet} sheet
 */
function drawDeck(sheet) {
  const { state, words, memory } = sheet;
  const go = (step) => {
    Object.assign(memory, {
      card: (memory.card + step + state.cards.length) % state.cards.length,
      turned: false,
    });
    sheet.draw();
  };
  const turn = () => {
    memory.turned = !memory.turned;
    sheet.draw();
  };
  const press = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(step);
  };
  const card = state.cards[memory.card];
  return h(
    "section",
    { class: "deck", key: "deck", onkeydown: press },
    h("p", { class: "hint" }, words.deck_hint),
    h(
      "div",
      { "aria-live": "polite" },
      h(
        "button",
        { type: "button", class: memory.turned ? "face turned" : "face", onclick: turn },
        h("small", {}, memory.turned ? words.face_more : words.face_ask),
        memory.turned ? card.more : card.ask,
      ),
    ),
    h(
      "div",
      { class: "row" },
      sheet.button(words.card_before, () => go(-1)),
      sheet.button(words.card_next, () => go(1)),
    ),
    h(
      "div",
      { key: "lines" },
      h("h4", {}, words.ritual),
      h(
        "ul",
        { class: "dots" },
        state.ritual.map((step) => h("li", { key: step }, step)),
      ),
      h("h4", {}, words.opening),
      h(
        "ul",
        { class: "dots" },
        state.opening.map((line) => h("li", { key: line }, line)),
      ),
      h("h4", {}, words.leaving),
      h(
        "ul",
        { class: "dots" },
        state.leaving.map((line) => h("li", { key: line }, line)),
      ),
    ),
  );
}

/** The part for after the event: up to three names, each with a note and one promise or step.
 * @param {Sheet} sheet
 */
function drawAfter(sheet) {
  const { state, words, memory } = sheet;
  const { event } = state;
  const told = ((memory.tale ??= {})[event.id] ??= {
    draft: true,
    id: `tale-${event.id}`,
    on: event.on && event.on <= state.today ? event.on : state.today,
    guess_was: event.guess_was,
    note: event.note,
    again: event.again,
    otherwise: event.otherwise,
  });
  const more = () => {
    memory.met.push(somebody());
    sheet.draw();
    sheet.focus(`${memory.met.at(-1).id}.contact_id`);
  };
  const met = () =>
    memory.met
      .filter((one) => one.contact_id)
      .map(({ contact_id, note, known_as, words: line, by, due }) => ({
        contact_id,
        note,
        known_as,
        then: line.trim() ? [{ words: line, by, due }] : [],
      }));
  // built when it is sent, after the answer that has the day of the line written last
  const keep = () =>
    sheet.send(() => ({
      do: "keep",
      id: event.id,
      on: told.on,
      met: met(),
      guess_was: told.guess_was,
      note: told.note,
      again: told.again,
      otherwise: told.otherwise,
    }));
  const fields = sheet.fields("event", told);
  return h(
    "div",
    { key: "after" },
    h("p", {}, words.after_lead),
    fields.dateField("on", { label: words.was_on }),
    h(
      "ol",
      { class: "cards" },
      memory.met.map((one) => drawSomebody(sheet, one)),
    ),
    memory.met.length < state.room && h("p", { key: "more" }, sheet.button(words.one_more, more)),
    fields.choose("again", words.agains),
    sheet.details(
      "more",
      words.after_more,
      event.guess && [
        h(
          "p",
          { class: "hint", key: "guessed" },
          sheet.say("guessed", { guess: words.guesses[event.guess] }),
        ),
        fields.choose("guess_was", words.guess_wases),
      ],
      fields.textArea("note", {
        rows: 2,
        hint: words.note_hint,
        onwrite: (/** @type {string} */ text) => lookAtNote(sheet, told, text),
      }),
      told.caution && noteCaution(sheet, told.caution, "caution-event"),
      drawOtherwise(sheet, fields),
    ),
    sheet.button(words.keep, keep, { main: true }),
  );
}

/** What the person would do otherwise; what they meant to, the last time, is asked after.
 * @param {Sheet} sheet
 * @param {RowFields} fields
 */
function drawOtherwise(sheet, fields) {
  const { earlier } = sheet.state;
  const meant = earlier.otherwise && sheet.say("otherwise_meant", { words: earlier.otherwise });
  return fields.textArea("otherwise", {
    rows: 2,
    hint: meant || sheet.words.otherwise_hint,
    placeholder: sheet.words.otherwise_example,
  });
}

/** @param {Sheet} sheet */
function drawSomebody(sheet, one) {
  const { words, memory } = sheet;
  const others = memory.met
    .filter((other) => other !== one && other.contact_id)
    .map((other) => other.contact_id);
  const fields = sheet.fields("met", one);
  return h(
    "li",
    { class: "card", key: one.id },
    personPicker(fields, "contact_id", {
      label: words.who,
      fresh: true,
      without: others,
      onpick: (person) => {
        one.contact_id = person?.id ?? null;
      },
    }),
    fields.choose("known_as", words.known_ases),
    fields.textArea("note", {
      label: words.said,
      rows: 1,
      placeholder: words.said_example,
      onwrite: (/** @type {string} */ text) => lookAtNote(sheet, one, text),
    }),
    one.caution && noteCaution(sheet, one.caution, `caution-${one.id}`),
    h(
      "div",
      { key: "then", onchange: () => hearDay(sheet, one, "words", "due") },
      fields.text("words", { label: words.then, placeholder: words.then_example }),
    ),
    h(
      "div",
      { class: "pair" },
      fields.choose("by", words.bys, { label: words.whose }),
      fields.dateField("due", { label: words.due }),
    ),
  );
}

/** The follow-up, as text and names. @param {Sheet} sheet */
function drawTold(sheet) {
  const { state, words } = sheet;
  const { event } = state;
  const fields = sheet.fields("event", event);
  const line = (name) =>
    h(
      "p",
      { key: name },
      state[name]
        ? sheet.say(`funnel_${name}`, { names: state[name] })
        : words[`funnel_no_${name}`],
    );
  return h(
    "div",
    { key: "told" },
    state.met
      ? h("div", { class: "example field" }, line("met"), line("answered"), line("again"))
      : h("p", { class: "empty" }, words.funnel_nobody),
    state.waiting &&
      h(
        "div",
        { class: "today field", key: "waiting" },
        h("p", {}, sheet.say("waiting", { names: state.waiting })),
        h("p", {}, h("a", { class: "button", href: "#note" }, words.to_log)),
      ),
    event.guess &&
      event.guess_was &&
      h(
        "p",
        { key: "was" },
        sheet.say("guess_said", {
          guess: words.guesses[event.guess],
          was: words.guess_wases[event.guess_was],
        }),
      ),
    fields.choose("again", words.agains),
    fields.textArea("note", { rows: 2, hint: words.note_hint }),
    sheet.state.note_caution && noteCaution(sheet, sheet.state.note_caution, "caution-event"),
    drawOtherwise(sheet, fields),
  );
}

export default defineSheet({ draw });
