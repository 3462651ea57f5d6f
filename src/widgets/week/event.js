// An event: which one, what to take there, and whom the person met.

import "../parts/explanation.js";
import { h, paper } from "../base/sheet.js";
import "../parts/solicitation.js";

const pairs = (words) => Object.entries(words);
let drafts = Date.now(); // so that no number repeats, also after the page reloads
const somebody = () => ({
  draft: true,
  id: `met-${++drafts}`,
  contact_id: null,
  note: "",
  words: "",
  by: "me",
  due: "",
  comfort: null,
  known_as: "",
});

function draw(sheet) {
  const { state, words, memory } = sheet;
  if (memory.event !== state.event?.id)
    Object.assign(memory, {
      event: state.event?.id,
      met: [somebody()],
      card: 0,
      turned: false,
      ritual: {},
    });
  return [
    drawWhich(sheet),
    state.event &&
      h(
        "div",
        { key: state.event.id },
        h("h3", { class: "which", tabindex: -1, "data-focus": "event" }, state.event.name),
        state.event.done
          ? [drawTold(sheet), sheet.fold("before", words.look_back, drawBefore(sheet))]
          : state.over
            ? [drawAfter(sheet), sheet.fold("before", words.look_back, drawBefore(sheet))]
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

/** The choice of an event: those ahead, past ones, or a new one. */
function drawWhich(sheet) {
  const { state, words, memory } = sheet;
  const fresh = (memory.fresh ??= { draft: true, id: "fresh", name: "", on: "" });
  const options = (events) => events.map(({ id, name, day }) => [id, name || words.unnamed, day]);
  const which = (events, label, key) =>
    events.length > 0 &&
    sheet.choose("event", { id: key, which: state.chosen }, "which", options(events), {
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
  const form = [
    sheet.text("event", fresh, "name", {
      label: words.event_name,
      placeholder: words.name_example,
    }),
    sheet.day("event", fresh, "on"),
    sheet.button(words.begin, begin),
  ];
  return [
    !state.ahead.length && h("p", { class: "empty", key: "none" }, words.none),
    which(state.ahead, words.which, "ahead"),
    state.past.length > 0 &&
      sheet.fold("past", words.past, which(state.past, words.past_which, "past")),
    state.ahead.length
      ? sheet.fold("another", words.another, form)
      : h("div", { key: "new" }, form),
  ];
}

/** The part for before the event. The greater the pressure, the fewer the tasks. */
function drawBefore(sheet) {
  const { state, words } = sheet;
  const { event } = state;
  const small = state.talks === 1;
  const rest = [drawGuess(sheet), drawGo(sheet)];
  return h(
    "div",
    { key: "plan" },
    h(
      "div",
      { class: "pair" },
      sheet.day("event", event, "on"),
      sheet.select("event", event, "kind", pairs(words.kinds)),
    ),
    sheet.person("event", event, "host_id", { hint: words.host_hint, fresh: true }),
    sheet.dial("event", event, "pressure", {
      hint: words.pressure_hint,
      from: words.pressure_from,
      to: words.pressure_to,
    }),
    h(
      "div",
      { class: "today field", key: "talks", "aria-live": "polite" },
      h("p", {}, state.talks_said),
      small && h("p", {}, words.small),
    ),
    !small && rest,
    drawRitual(sheet),
    drawDeck(sheet),
    small && sheet.fold("rest", words.rest, rest),
    state.place && sheet.signs("place", state.place),
  );
}

function drawGuess(sheet) {
  const {
    state: { event },
    words,
  } = sheet;
  return h(
    "div",
    { key: "guess" },
    sheet.choose("event", event, "guess", pairs(words.guesses), { hint: words.guess_hint }),
    sheet.lines("event", event, "why_here", { rows: 1, placeholder: words.why_here_example }),
    sheet.text("event", event, "bring", {
      hint: words.bring_hint,
      placeholder: words.bring_example,
    }),
  );
}

/** The decision to go: reasons for it and cautions, and both sides of the advice. */
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
            sheet.why(`${name}-${reason.rule}`, reason),
          ),
        ),
      ),
    );
  return h(
    "section",
    { key: "go" },
    h("h3", {}, words.go),
    h("p", {}, words.go_lead),
    side("why"),
    side("why_not"),
    h("h4", {}, words.tempers),
    h(
      "div",
      { class: "pair" },
      ["few", "raise"].map((temper) =>
        h(
          "div",
          { class: "example", key: temper },
          h("p", {}, h("strong", {}, words.temper[temper].title)),
          h("p", {}, words.temper[temper].text),
        ),
      ),
    ),
    h("p", { class: "hint" }, words.leans[state.phase]),
  );
}

function drawRitual(sheet) {
  const { state, words, memory } = sheet;
  return h(
    "fieldset",
    { class: "choose", key: "ritual" },
    h("legend", {}, words.ritual),
    h(
      "div",
      { class: "choices" },
      state.ritual.map((step, at) =>
        h(
          "label",
          { class: "option tick", key: at },
          h("input", {
            type: "checkbox",
            checked: Boolean(memory.ritual[at]),
            onchange: (event) => {
              memory.ritual[at] = event.target.checked;
            },
          }),
          h("span", {}, step),
        ),
      ),
    ),
  );
}

/** Conversation cards: pressing a card turns it, the arrows bring the next one. */
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
    h("h3", {}, words.deck),
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
    sheet.fold(
      "lines",
      words.lines,
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

/** The part for after the event: up to three names, each with a note and one promise or step. */
function drawAfter(sheet) {
  const { state, words, memory } = sheet;
  const { event } = state;
  const told = ((memory.tale ??= {})[event.id] ??= {
    draft: true,
    id: `tale-${event.id}`,
    on: event.on && event.on <= state.today ? event.on : state.today,
    guess_was: event.guess_was,
    note: event.note,
  });
  const more = () => {
    memory.met.push(somebody());
    sheet.draw();
    sheet.focus(`${memory.met.at(-1).id}.contact_id`);
  };
  const keep = () => {
    const met = memory.met
      .filter((one) => one.contact_id)
      .map(({ contact_id, note, comfort, known_as, words: line, by, due }) => ({
        contact_id,
        note,
        comfort,
        known_as,
        then: line.trim() ? [{ words: line, by, due }] : [],
      }));
    sheet.send({
      do: "keep",
      id: event.id,
      on: told.on,
      met,
      guess_was: told.guess_was,
      note: told.note,
    });
  };
  return h(
    "div",
    { key: "after" },
    h("p", {}, words.after_lead),
    sheet.day("event", told, "on", { label: words.was_on }),
    h(
      "ol",
      { class: "cards" },
      memory.met.map((one) => drawSomebody(sheet, one)),
    ),
    memory.met.length < state.room && h("p", { key: "more" }, sheet.button(words.one_more, more)),
    event.guess &&
      h(
        "p",
        { class: "hint", key: "guessed" },
        sheet.say("guessed", { guess: words.guesses[event.guess] }),
      ),
    event.guess && sheet.choose("event", told, "guess_was", pairs(words.guess_wases)),
    sheet.lines("event", told, "note", { rows: 2, hint: words.note_hint }),
    sheet.button(words.keep, keep, { main: true }),
  );
}

function drawSomebody(sheet, one) {
  const { words, memory } = sheet;
  const others = memory.met
    .filter((other) => other !== one && other.contact_id)
    .map((other) => other.contact_id);
  return h(
    "li",
    { class: "card", key: one.id },
    sheet.person("met", one, "contact_id", {
      label: words.who,
      fresh: true,
      without: others,
      onpick: (person) => {
        one.contact_id = person?.id ?? null;
      },
    }),
    sheet.choose("met", one, "known_as", pairs(words.known_ases)),
    sheet.lines("met", one, "note", {
      label: words.said,
      rows: 1,
      placeholder: words.said_example,
    }),
    sheet.text("met", one, "words", { label: words.then, placeholder: words.then_example }),
    h(
      "div",
      { class: "pair" },
      sheet.choose("met", one, "by", pairs(words.bys), { label: words.whose }),
      sheet.day("met", one, "due", { label: words.due }),
    ),
    sheet.fold(
      `${one.id}-more`,
      words.at_ease,
      sheet.dial("met", one, "comfort", {
        least: 1,
        most: 5,
        hint: words.at_ease_hint,
        from: words.comfort_from,
        to: words.comfort_to,
        anchors: words.comforts,
      }),
    ),
  );
}

/** The follow-up, as text and names. */
function drawTold(sheet) {
  const { state, words } = sheet;
  const { event } = state;
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
        h("p", {}, h("a", { class: "button", href: "#log" }, words.to_log)),
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
    sheet.lines("event", event, "note", { rows: 2, hint: words.note_hint }),
  );
}

export default paper({ draw });
