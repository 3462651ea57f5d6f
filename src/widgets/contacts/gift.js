// A gift: what would please them, own ideas, then others; three questions, then it is planned.

import { explanation } from "../parts/explanation.js";
import { defineSheet, format, h } from "../base/sheet.js";

const CHECKS = ["wanted", "easy", "no_strings"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  const first = state.people.find((person) => !person.own_idea.trim()) ?? state.people[0];
  // one is open at first
  if (first && state.people.every(({ id }) => memory[id] === undefined)) memory[first.id] = true;
  return [
    state.people.length
      ? h(
          "ul",
          {},
          state.people.map((person) => drawPerson(sheet, person)),
        )
      : h(
          "div",
          { class: "empty" },
          h("p", {}, words.nobody),
          h("a", { class: "button", href: "#focus" }, words.to_focus),
        ),
    state.planned.length > 0 &&
      h(
        "div",
        { key: "planned" },
        h("h3", {}, words.planned),
        h(
          "ul",
          { class: "cards" },
          state.planned.map((give) => drawPlanned(sheet, give)),
        ),
      ),
    state.given.length > 0 &&
      sheet.details(
        "given",
        words.given,
        h(
          "ul",
          { class: "cards" },
          state.given.map((give) =>
            h(
              "li",
              { class: "card", key: give.id },
              h("p", {}, h("strong", {}, give.what), " ", whom(sheet, give)),
              sheet
                .fields("give", give)
                .textArea("effect", { rows: 2, placeholder: words.effect_example }),
            ),
          ),
        ),
      ),
  ];
}

/** @param {Sheet} sheet */
function whom(sheet, give) {
  return format(give.day ? sheet.words.planned_on : sheet.words.planned_for, {
    on: give.day,
    name: give.name,
  });
}

/** @param {Sheet} sheet */
function drawPerson(sheet, person) {
  const { state, words, memory } = sheet;
  const opened = person.own_idea.trim() || memory[`open-${person.id}`];
  const choose = (idea) => {
    memory[`draft-${person.id}`] = { id: `plan-${person.id}`, draft: true, on: "", ...idea };
    sheet.draw();
    sheet.focus(`plan-${person.id}`);
  };
  const take = (idea) =>
    sheet.button(words.take_idea, () => choose(idea), {
      name: format(words.take_idea_what, { what: idea.what }),
    });
  const fields = sheet.fields("contact", person);
  return h(
    "li",
    { class: "gift", key: person.id },
    sheet.details(
      person.id,
      person.name,
      h("p", { class: "example" }, words.mirror),
      person.facts.map((fact) => drawFact(sheet, fact)),
      sheet.button(words.add_fact, () => sheet.add("fact", { contact_id: person.id })),
      fields.textArea("own_idea", { rows: 2, placeholder: words.own_idea_example }),
      person.own_idea.trim() &&
        h(
          "div",
          { class: "own", key: "own" },
          take({
            what: person.own_idea.trim().replace(/\s+/g, " ").slice(0, sheet.limits.text_line),
          }),
        ),
      !opened &&
        h(
          "div",
          { class: "field", key: "first" },
          h("p", { class: "hint" }, words.own_first),
          sheet.button(words.no_idea, () => {
            memory[`open-${person.id}`] = true;
            sheet.draw();
            sheet.focus(`ideas-${person.id}`);
          }),
        ),
      opened &&
        h(
          "div",
          { key: "ideas" },
          h("h4", { tabindex: -1, "data-focus": `ideas-${person.id}` }, words.ideas),
          person.ideas.length
            ? h(
                "ul",
                { class: "ideas" },
                person.ideas.map((idea) =>
                  h(
                    "li",
                    { key: idea.what },
                    h(
                      "p",
                      {},
                      idea.what,
                      " ",
                      h("span", { class: "tag" }, format(words.minutes_about, { n: idea.minutes })),
                    ),
                    h("p", { class: "hint" }, idea.why),
                    take(idea),
                  ),
                ),
              )
            : h("p", { class: "hint" }, person.distant ? words.at_distance : words.no_ideas),
        ),
      fields.select("channel", state.channels, {
        label: words.reaches,
        hint: words.reaches_hint,
      }),
      memory[`draft-${person.id}`] && drawDraft(sheet, person, memory[`draft-${person.id}`]),
      h(
        "div",
        { class: "pair" },
        fields.textArea("they_gain", { rows: 2, placeholder: words.gain_example }),
        fields.textArea("i_gain", { rows: 2, placeholder: words.i_gain_example }),
      ),
      fields.textArea("hope", { rows: 2, hint: words.hope_hint }),
    ),
  );
}

/** What would please them, and how the person knows. @param {Sheet} sheet */
function drawFact(sheet, fact) {
  const { words } = sheet;
  const fields = sheet.fields("fact", fact);
  return h(
    "div",
    { class: "fact", key: fact.id },
    fields.textArea("words", {
      label: words.pleases,
      rows: 2,
      placeholder: words.pleases_example,
      focus: fact.id,
    }),
    fields.choose("source", words.sources, { label: words.pleases_source }),
  );
}

/** The three questions before a gift is planned; a no gives advice and blocks nothing.
 * @param {Sheet} sheet
 */
function drawDraft(sheet, person, draft) {
  const { state, words, memory } = sheet;
  const ready = CHECKS.every((name) => draft[name]);
  const close = () => {
    delete memory[`draft-${person.id}`];
    sheet.draw();
  };
  const plan = () => {
    const {
      what,
      on,
      way = "",
      size = "",
      minutes = null,
      strength_id = "",
      wanted,
      easy,
      no_strings,
    } = draft;
    sheet.send(
      {
        do: "plan",
        contact_id: person.id,
        what,
        on,
        way,
        size,
        minutes,
        strength_id,
        wanted,
        easy,
        no_strings,
      },
      { done: (answer) => answer.ok && close() },
    );
  };
  const fields = sheet.fields("give", draft);
  return h(
    "div",
    { class: "today", key: "draft" },
    h("h4", { tabindex: -1, "data-focus": `plan-${person.id}` }, words.plan_title),
    h("p", {}, `「${draft.what}」`),
    CHECKS.map((name) => [
      fields.choose(
        name,
        [
          ["yes", words.yes],
          ["no", words.no],
        ],
        { label: words.check[name] },
      ),
      draft[name] === "no" &&
        state.doubts[name].map((doubt) =>
          h(
            "div",
            { key: `no-${name}` },
            h("p", { class: "hint" }, doubt.why, " → ", doubt.act),
            explanation(sheet, `${person.id}-${name}`, doubt),
          ),
        ),
    ]),
    fields.dateField("on"),
    !ready && h("p", { class: "hint", key: "wait" }, words.plan_wait),
    h(
      "div",
      { class: "row" },
      sheet.button(words.plan, plan, { main: true, disabled: !ready }),
      sheet.button(words.cancel, close),
    ),
  );
}

/** @param {Sheet} sheet */
function drawPlanned(sheet, give) {
  const { state, words } = sheet;
  const settle = (values) => () =>
    sheet.send(
      { do: "write", table: "give", id: give.id, version: give.version, values },
      { done: () => sheet.focusQuestion() },
    );
  return h(
    "li",
    { class: "card", key: give.id },
    h(
      "p",
      { tabindex: -1, "data-focus": give.id },
      h("strong", {}, give.what),
      " ",
      whom(sheet, give),
    ),
    h(
      "div",
      { class: "row" },
      sheet.fields("give", give).dateField("on"),
      sheet.button(
        words.done,
        settle({ state: "done", on: give.on && give.on < state.today ? give.on : state.today }),
      ),
      sheet.button(words.let_go, settle({ state: "let_go" })),
    ),
  );
}

export default defineSheet({ draw });
