// People: a list that can be searched, and one card at a time.

import { fill, h, paper } from "../base/sheet.js";
import "../parts/solicitation.js";

const KEYSTROKE = 250; // milliseconds without typing after which the search starts
const searches = new WeakMap(); // the timer of each sheet's next search; a reload ends it

/** Show another part of the list; values that are not given stay. */
function show(sheet, change) {
  const { text, order, letter } = { ...sheet.state, ...sheet.memory.view };
  sheet.memory.view = { text, order, letter, ...change };
  clearTimeout(searches.get(sheet));
  const search = () => sheet.send(() => ({ do: "show", ...sheet.memory.view }));
  searches.set(sheet, setTimeout(search, "text" in change ? KEYSTROKE : 0));
}

function draw(sheet) {
  const { state } = sheet;
  return [
    state.forgotten && drawForgotten(sheet, state.forgotten),
    state.card ? drawCard(sheet, state.card) : drawList(sheet),
    state.binned > 0 && drawBin(sheet),
  ];
}

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
        "aria-label": count == null ? null : `${text}（${fill(words.count, { count })}）`,
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
      Object.entries(state.letters).map(([value, count]) => letter(value, value, count)),
    ),
    h(
      "p",
      { class: "hint" },
      state.total > state.people.length
        ? fill(words.count_of, { count: state.people.length, total: state.total })
        : fill(words.count, { count: state.total }),
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
      state.most < 1000 &&
      sheet.button(words.show_more, () => show(sheet, { most: Math.min(1000, state.most + 50) })),
  );
}

/** The rhythms to choose for a contact, including the current one. */
function rhythms(sheet, { cadence_days: now }) {
  const days = [...new Set([7, 14, 21, 30, 60, 90, 180, 365, ...(now ? [now] : [])])].sort(
    (a, b) => a - b,
  );
  return days.map((n) => [n, fill(sheet.words.every_days, { n })]);
}

function drawCard(sheet, card) {
  const { state, words } = sheet;
  const text = (column, options) => sheet.text("contact", card, column, options);
  const part = (name, ...kids) => sheet.fold(`${name}-${card.id}`, words[`part_${name}`], kids);
  sheet.memory[`person-${card.id}`] ??= true; // the main section is open at first
  sheet.memory[`us-${card.id}`] ??= true;
  const known = [
    card.last && fill(words.last_met, { on: card.last }),
    card.months > 0 && fill(words.known_for, { months: card.months }),
  ].filter(Boolean);
  return h(
    "div",
    { class: "card", key: `card-${card.id}` },
    sheet.button(words.close_card, () => sheet.send({ do: "choose", id: "" })),
    h("h3", { tabindex: -1, "data-focus": "card" }, card.name),
    known.length > 0 && h("p", { class: "hint" }, known.join("　")),
    drawStanding(sheet, card),
    !card.known_as && knownAs(sheet, card),
    part(
      "name",
      h(
        "div",
        { class: "pair" },
        text("name", { label: words.full_name }),
        text("called"),
        text("family"),
        text("given"),
        text("family_kana", { hint: card.family_kana ? null : words.no_reading }),
        text("given_kana"),
      ),
    ),
    part(
      "met",
      card.known_as && knownAs(sheet, card),
      h(
        "div",
        { class: "pair" },
        text("how_met"),
        text("where_met"),
        sheet.day("contact", card, "met_on"),
        sheet.person("contact", card, "through_id", { fresh: true, without: [card.id] }),
      ),
    ),
    part(
      "person",
      sheet.texts("contact", card, "circles", { hint: words.texts_hint }),
      sheet.texts("contact", card, "topics", { hint: words.texts_hint }),
      sheet.texts("contact", card, "needs", { hint: words.texts_hint }),
      sheet.lines("contact", card, "note", { hint: words.note_hint }),
    ),
    part(
      "us",
      sheet.dial("contact", card, "comfort", {
        least: 1,
        most: 5,
        anchors: words.comfort_words,
        from: words.comfort_words[0],
        to: words.comfort_words[4],
      }),
      sheet.dial("contact", card, "respect", {
        least: 1,
        most: 5,
        anchors: words.respect_words,
        from: words.respect_words[0],
        to: words.respect_words[4],
      }),
      sheet.choose("contact", card, "afternoon", Object.entries(words.afternoons)),
      sheet.lines("contact", card, "respect_for", { hint: words.respect_for_hint }),
      sheet.lines("contact", card, "hope", { hint: words.hope_hint, rows: 2 }),
      sheet.tick("contact", card, "companion"),
    ),
    part(
      "reach",
      h(
        "div",
        { class: "pair" },
        text("organisation"),
        text("department"),
        text("title"),
        text("email"),
        text("phone"),
        text("url"),
        text("birthday"),
        sheet.select("contact", card, "channel", Object.entries(words.channels)),
        sheet.select("contact", card, "politeness", Object.entries(state.levels), {
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
        sheet.tick("contact", card, "closed", { hint: words.closed_hint }),
        sheet.tick("contact", card, "do_not_contact"),
      ),
      sheet.day("contact", card, "quiet_until"),
      sheet.select("contact", card, "cadence_days", rhythms(sheet, card), {
        hint: words.cadence_hint,
      }),
    ),
    sheet.signs("contact", card),
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

/** Whether they have just met or know each other from before; both stay empty if not given. */
const knownAs = (sheet, card) =>
  sheet.choose("contact", card, "known_as", Object.entries(sheet.words.known_ases), {
    hint: sheet.words.known_as_hint,
  });

/** The relationship: its stage, what might come next, and what each has done for the other. */
function drawStanding(sheet, card) {
  const { words } = sheet;
  const { stage, missing, asks, hours, leaning, trail, kindly } = card.standing;
  return h(
    "section",
    { class: "standing", key: "standing", "aria-label": words.standing },
    h("h4", {}, words.standing),
    h(
      "p",
      {},
      h("span", { class: "tag" }, stage),
      " ",
      hours > 0 && fill(words.hours_together, { n: hours }),
      " ",
      leaning && fill(words.between, { leaning }),
    ),
    asks &&
      h(
        "div",
        { class: "today", key: "asks" },
        h("p", {}, fill(words.companions, { name: card.name })),
        h(
          "div",
          { class: "row" },
          sheet.button(words.companions_yes, () =>
            sheet.write("contact", card, { companion: true }),
          ),
        ),
      ),
    missing.length > 0 &&
      !asks && [
        h("p", { key: "next", class: "hint" }, words.next_signs),
        h(
          "ul",
          { key: "missing", class: "dots" },
          missing.map((text) => h("li", { key: text }, text)),
        ),
      ],
    kindly.map((reason) =>
      h("p", { key: reason.rule, class: "example" }, reason.why, " ", reason.act),
    ),
    trail.length > 0 &&
      sheet.fold(
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

/** Ask once more before a person is erased. */
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
      "aria-label": fill(words.forget_who, { name }),
      key: `asking-${id}`,
    },
    h("p", {}, fill(words.forget_ask, { name })),
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

function drawForgotten(sheet, gone) {
  const { words } = sheet;
  return h(
    "div",
    { class: "today gone", key: "forgotten", tabindex: -1, "data-focus": "forgotten" },
    h("h3", {}, fill(words.forgotten, { name: gone.name })),
    h("p", {}, fill(words.forgotten_rows, { rows: gone.rows })),
    h("p", {}, fill(words.forgotten_traces, { count: gone.traces })),
    gone.named && h("p", {}, fill(words.forgotten_named, { rows: gone.named })),
    gone.copies && h("p", {}, fill(words.forgotten_copies, { files: gone.copies })),
    !gone.swept && h("p", {}, words.forgotten_unswept),
    gone.server && h("p", {}, words.forgotten_server),
    sheet.button(sheet.common.close, () => sheet.send({ do: "choose", id: "" })),
  );
}

function drawBin(sheet) {
  const { state, words } = sheet;
  return sheet.fold(
    "bin",
    fill(words.bin, { count: state.binned }),
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
              name: fill(words.restore_who, { name: person.name }),
            }),
            sheet.button(
              words.forget,
              () => {
                sheet.memory.asking = person.id;
                sheet.draw();
                sheet.focus("forget-no");
              },
              { danger: true, name: fill(words.forget_who, { name: person.name }) },
            ),
          ),
          sheet.memory.asking === person.id && drawAsking(sheet, person),
        ),
      ),
    ),
  );
}

export default paper({ draw });
