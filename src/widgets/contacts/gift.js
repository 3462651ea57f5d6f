// A gift: what is known of a person, one's own idea, then examples; later, what it did for them.

import { explanation } from "../parts/explanation.js";
import { factList } from "../parts/fact_list.js";
import { firstMove } from "../parts/first_move.js";
import { giftEffect, offerGift } from "../parts/gift_effect.js";
import { personPicker } from "../parts/person_picker.js";
import { sharedDays } from "../parts/shared_hobbies.js";
import { askPair } from "../parts/word_pair.js";
import { defineSheet, format, h } from "../base/sheet.js";

const CHECKS = ["wanted", "easy", "no_strings"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  const first = state.people[0];
  // one is open at first
  if (first && state.people.every(({ id }) => memory[id] === undefined)) memory[first.id] = true;
  return [
    offerGift(sheet),
    state.asks.map((give) => drawAsked(sheet, give)),
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
    h(
      "div",
      { key: "people" },
      state.people.length > 0 && h("h3", {}, words.people),
      h(
        "ul",
        {},
        state.people.map((person) => drawPerson(sheet, person)),
      ),
      drawPicker(sheet),
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
    state.gladdened.length > 0 &&
      sheet.details(
        "gladdened",
        words.gladdened,
        h(
          "ul",
          { class: "dots" },
          state.gladdened.map((give) =>
            h(
              "li",
              { key: give.id },
              h("p", { class: "said" }, give.effect),
              h("p", { class: "hint" }, give.what, " ", whom(sheet, give)),
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

/** Ask once what a gift did. @param {Sheet} sheet */
function drawAsked(sheet, give) {
  return h(
    "div",
    { class: "today asked", key: `asked-${give.id}` },
    h("p", {}, h("strong", {}, give.what), " ", whom(sheet, give)),
    give.well_done &&
      h("p", { class: "hint" }, format(sheet.words.well_done_was, { words: give.well_done })),
    giftEffect(sheet, give, () => sheet.focusQuestion()),
  );
}

/** @param {Sheet} sheet */
function drawPicker(sheet) {
  const { state, words, memory } = sheet;
  const open = (person) => {
    if (!person) return;
    memory[person.id] = true;
    sheet.send({ do: "choose", id: person.id });
  };
  return personPicker(sheet.fields("give", { id: "new" }), "contact_id", {
    label: state.people.length ? words.somebody_else : words.who,
    hint: state.people.length ? null : words.nobody,
    fresh: true,
    focus: "who",
    onpick: open,
  });
}

/** @param {Sheet} sheet */
function drawPerson(sheet, person) {
  return h(
    "li",
    { class: "gift", key: person.id },
    sheet.details(
      person.id,
      person.name,
      firstMove(sheet, person),
      drawOwn(sheet, person),
      factList(sheet, person),
      sharedDays(sheet, person),
      drawIdeas(sheet, person),
      askPair(sheet, person.pair),
    ),
  );
}

/** Plan a gift for a person; the answer moves the focus to it. @param {Sheet} sheet */
function planFor(sheet, person, gift, done = () => {}) {
  sheet.saveAll();
  sheet.send(
    { do: "plan", contact_id: person.id, ...gift },
    { done: (answer) => answer.ok && done() },
  );
}

/** The person's own idea: one line, a day if they like, and it is planned.
 * @param {Sheet} sheet
 */
function drawOwn(sheet, person) {
  const { words, memory } = sheet;
  const slot = `own-${person.id}`;
  const count = (memory.planned ??= 0); // a new id for each, so that the fields are empty again
  memory[slot] ??= { id: `${slot}-${count}`, draft: true, what: "", on: "" };
  const row = memory[slot];
  const fields = sheet.fields("give", row);
  const plan = (event) => {
    event.preventDefault();
    if (!row.what.trim()) return sheet.focus(slot);
    planFor(sheet, person, { what: row.what, on: row.on }, () => {
      delete memory[slot];
      memory.planned = count + 1;
      sheet.draw();
    });
  };
  return h(
    "form",
    { class: "own", key: slot, onsubmit: plan },
    h(
      "div",
      { class: "row" },
      fields.text("what", {
        label: words.own_idea,
        hint: words.mirror,
        placeholder: words.own_idea_example,
        focus: slot,
      }),
      fields.dateField("on"),
      h("button", { type: "submit", class: "main" }, words.plan),
    ),
    person.own_idea.trim() &&
      h(
        "div",
        { class: "example", key: "earlier" },
        h("p", {}, words.earlier_idea),
        h("p", { class: "said" }, format(words.quoted, { words: person.own_idea.trim() })),
        h(
          "div",
          { class: "row" },
          sheet.button(
            words.plan,
            () => sheet.send({ do: "plan_earlier", contact_id: person.id }),
            { name: `${words.plan} – ${words.earlier_idea}` },
          ),
          sheet.button(
            words.let_go,
            () => sheet.send({ do: "leave_earlier", contact_id: person.id }),
            { name: `${words.let_go} – ${words.earlier_idea}` },
          ),
        ),
      ),
  );
}

/** Examples, behind the person's own idea. @param {Sheet} sheet */
function drawIdeas(sheet, person) {
  const { words } = sheet;
  if (person.excluded)
    return h("p", { class: "hint", key: "excluded" }, words.excluded[person.excluded]);
  const leading = person.ideas.filter((idea) => idea.reason);
  const examples = person.ideas.filter((idea) => !idea.reason);
  const list = (ideas) =>
    h(
      "ul",
      { class: "ideas" },
      ideas.map((idea) => drawIdea(sheet, person, idea)),
    );
  return [
    leading.length > 0 &&
      h("div", { key: "leading" }, h("h4", {}, words.ideas_gladdened), list(leading)),
    sheet.details(
      `ideas-${person.id}`,
      words.ideas,
      examples.length ? list(examples) : h("p", { class: "hint" }, words.no_ideas),
    ),
  ];
}

/** An idea of the coach's; one that an earlier effect leads to says by which rule.
 * @param {Sheet} sheet
 */
function drawIdea(sheet, person, { why, reason, match, ...gift }) {
  const { words } = sheet;
  return h(
    "li",
    { key: gift.what },
    h(
      "p",
      {},
      gift.what,
      gift.minutes && [
        " ",
        h("span", { class: "tag" }, format(words.minutes_about, { n: gift.minutes })),
      ],
    ),
    h("p", { class: "hint" }, why),
    h(
      "div",
      { class: "row" },
      sheet.button(words.take_idea, () => planFor(sheet, person, gift), {
        name: format(words.take_idea_what, { what: gift.what }),
      }),
      match &&
        sheet.button(
          words.refuse_match,
          () => sheet.send({ do: "refuse_match", contact_id: person.id, match }),
          { name: `${words.refuse_match} – ${gift.what}` },
        ),
    ),
    reason && explanation(sheet, `idea-${person.id}-${reason.rule}-${gift.what}`, reason),
  );
}

/** @param {Sheet} sheet */
function drawPlanned(sheet, give) {
  const { words } = sheet;
  const fields = sheet.fields("give", give);
  const named = (text) => ({ name: `${text} – ${give.what}` });
  const handOver = () => {
    sheet.saveAll();
    sheet.send(() => ({ do: "hand_over", id: give.id, version: versionOf(sheet, give) }), {
      done: () => sheet.focusQuestion(),
    });
  };
  const write = () => {
    sheet.saveAll();
    sheet.send(
      { do: "letter", id: give.id },
      {
        done: (answer) => {
          if (answer.ok) location.hash = "draft";
        },
      },
    );
  };
  const letGo = () => sheet.write("give", give, { state: "let_go" }, () => sheet.focusQuestion());
  const strings = checkField(sheet, give, "no_strings");
  const measure = fields.text("well_done", { hint: words.well_done_hint });
  return h(
    "li",
    { class: "card", key: give.id },
    h("h4", {}, whom(sheet, give)),
    fields.text("what", { label: words.what, hideLabel: true }),
    give.fact &&
      !give.what.includes(give.fact) &&
      h(
        "p",
        { class: "hint said", key: "fact" },
        words.answers,
        " ",
        format(words.quoted, { words: give.fact }),
      ),
    give.large && [strings, measure],
    give.work && fields.textArea("moved", { hint: words.moved_hint }),
    h(
      "div",
      { class: "row" },
      fields.dateField("on"),
      sheet.button(words.done, handOver, named(words.done)),
      give.letter && sheet.button(words.write, write, named(words.write)),
      sheet.button(words.let_go, letGo, named(words.let_go)),
    ),
    sheet.details(
      `check-${give.id}`,
      words.check_title,
      CHECKS.filter((name) => name !== "no_strings" || !give.large).map((name) =>
        name === "no_strings" ? strings : checkField(sheet, give, name),
      ),
      !give.large && measure,
    ),
  );
}

/** The version of a gift after the edits that this page saved. @param {Sheet} sheet */
function versionOf(sheet, give) {
  return sheet.state.planned.find(({ id }) => id === give.id)?.version ?? give.version;
}

/** A question about a planned gift; a no gives advice and blocks nothing.
 * @param {Sheet} sheet
 */
function checkField(sheet, give, name) {
  const { state, words } = sheet;
  return [
    sheet.fields("give", give).choose(
      name,
      [
        ["yes", words.yes],
        ["no", words.no],
      ],
      { label: words.check[name] },
    ),
    give[name] === "no" &&
      state.doubts[name].map((doubt) =>
        h(
          "div",
          { key: `no-${name}` },
          h("p", { class: "hint" }, doubt.why, " → ", doubt.act),
          explanation(sheet, `${give.id}-${name}`, doubt),
        ),
      ),
  ];
}

export default defineSheet({ draw });
