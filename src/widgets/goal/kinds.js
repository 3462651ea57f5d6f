// Up to three kinds of person to meet: what they do, how far ahead they are, whom one knows of
// them, what to ask and what to give.

import { explanation } from "../parts/explanation.js";
import { stand } from "../parts/stand.js";
import { defineSheet, format, h } from "../base/sheet.js";

const QUESTIONS = ["question_1", "question_2", "question_3"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    state.roles.length === 0 && h("p", { class: "empty", key: "empty" }, words.empty),
    h(
      "ul",
      { class: "cards", key: "roles" },
      state.roles.map((role) => drawRole(sheet, role)),
    ),
    h(
      "p",
      { key: "add" },
      state.room
        ? sheet.button(words.add, () => sheet.add("role"), {
            main: state.roles.length === 0,
            focus: "add-role",
          })
        : words.full,
    ),
    stand(sheet, "reach"),
  ];
}

/** @param {Sheet} sheet */
function drawRole(sheet, role) {
  const { state, words, common } = sheet;
  const example = words.examples[state.start] ?? words.examples.any;
  const fields = sheet.fields("role", role);
  const called = role.does || role.name;
  const ask = (column, options) => fields.text(column, { rows: 1, ...options });
  return h(
    "li",
    { class: "card", key: role.id, "aria-label": called || words.new },
    ask("does", { placeholder: example.does, focus: role.id }),
    fields.choose("ahead", state.aheads),
    called && role.ahead === "far" && drawFar(sheet, role, fields),
    called && role.known.count > 0 && drawKnown(sheet, role.known),
    role.answers.length > 0 && drawAnswers(sheet, role.answers),
    called && (state.several || role.needed_now) && fields.checkbox("needed_now"),
    called && fields.choose("reach", words.reaches),
    called && role.ways.map((way) => drawWay(sheet, role, way)),
    sheet.details(
      role.id,
      words.more,
      h("h3", {}, words.questions),
      QUESTIONS.slice(0, role.asked).map((column, at) =>
        ask(column, { placeholder: at ? words[`${column}_example`] : example.question }),
      ),
      role.asked < QUESTIONS.length && h("p", { class: "hint", key: "next" }, words.question_next),
      h("h3", {}, words.gifts),
      h("p", { class: "hint" }, words.gift_hint),
      ask("gift_1", { placeholder: example.gift }),
      ask("gift_2"),
      ask("name", { label: words.name_label }),
    ),
    sheet.button(common.remove, () => sheet.remove("role", role, "add-role"), {
      name: `${common.remove}: ${called || words.new}`,
    }),
  );
}

/** A way to meet somebody of a kind: at a place, or through somebody who may know one.
 * @param {Sheet} sheet
 * @param {Row} role
 * @param {{by: string, name: string, why?: Reason}} way
 */
function drawWay(sheet, role, { by, name, why }) {
  const { state, words } = sheet;
  if (why)
    return h(
      "div",
      { key: by },
      h(
        "p",
        { class: "hint" },
        format(words.by_somebody, { name }),
        " ",
        h("a", { href: state.introductions }, words.to_introductions),
      ),
      explanation(sheet, `bridge-${role.id}`, why),
    );
  return h(
    "p",
    { class: "hint", key: by },
    h("a", { href: "#places" }, name ? format(words.by_place, { name }) : words.where),
  );
}

/** Somebody far ahead: who is between, or why directly all the same.
 * @param {Sheet} sheet
 * @param {Row} role
 * @param {RowFields} fields
 */
function drawFar(sheet, role, fields) {
  const { state, words } = sheet;
  const isAnswered = role.nearer || role.directly;
  return h(
    "div",
    { class: "example far", key: "far" },
    fields.text("nearer", {
      rows: 1,
      hint: words.nearer_hint,
      placeholder: words.nearer_example,
    }),
    !role.nearer && fields.text("directly", { rows: 1, placeholder: words.directly_example }),
    isAnswered &&
      h("p", { class: "hint" }, h("a", { href: state.introductions }, words.to_introductions)),
  );
}

/** Whom one knows of this kind, each with a link to their card.
 * @param {Sheet} sheet
 * @param {{count: number, people: {id: string, name: string, card: string}[]}} known
 */
function drawKnown(sheet, { count, people }) {
  const { words } = sheet;
  return h(
    "div",
    { class: "row known", key: "known" },
    h("span", { class: "hint" }, format(words.known, { n: count })),
    people.map(({ id, name, card }) => h("a", { class: "button", key: id, href: card }, name)),
    count > people.length &&
      h("span", { class: "hint" }, format(words.known_more, { n: count - people.length })),
  );
}

/** What people of this kind answered to its questions.
 * @param {Sheet} sheet
 * @param {{name: string, words: string}[]} answers
 */
function drawAnswers(sheet, answers) {
  return h(
    "div",
    { class: "answers", key: "answers" },
    h("p", { class: "hint" }, sheet.words.answers),
    h(
      "ul",
      { class: "dots" },
      answers.map(({ name, words }, at) =>
        h("li", { key: at }, sheet.say("answer", { name, words })),
      ),
    ),
  );
}

export default defineSheet({ draw });
