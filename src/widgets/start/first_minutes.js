// The first ten minutes: five questions that tick off, and what one holds in one's hand then.

import { personPicker } from "../parts/person_picker.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    h("p", { class: "hint private", key: "private" }, words.private),
    !state.held && h("p", { key: "look" }, h("a", { href: state.sample }, words.look)),
    h(
      "ol",
      { class: "questions", key: "questions" },
      drawStep(sheet, "reason", words.reason.title, drawReason(sheet)),
      drawStep(sheet, "wish", words.wish.title, drawWish(sheet)),
      drawStep(sheet, "person", words.person.title, drawPerson(sheet)),
      drawStep(sheet, "idea", ideaTitle(state, words), drawIdea(sheet)),
      drawStep(sheet, "day", words.day.title, drawDay(sheet)),
    ),
    state.held && drawHeld(state, words),
    state.held &&
      sheet.details(
        "hour",
        words.hour.title,
        h("p", { class: "hint" }, words.hour.hint),
        h(
          "ol",
          { class: "dots" },
          state.path.map(({ href, title }) => h("li", { key: href }, h("a", { href }, title))),
        ),
      ),
    !state.is_hosted &&
      h(
        "p",
        { class: "hint", key: "group" },
        words.group,
        " ",
        h("code", {}, "enishi host --here"),
      ),
  ];
}

/** A question with its field, and a tick once it is answered.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {string} title
 * @param {Kid} field
 */
function drawStep(sheet, name, title, field) {
  const isWritten = sheet.state.written[name];
  return h(
    "li",
    { key: name, class: isWritten ? "written" : null },
    h(
      "h3",
      {},
      title,
      isWritten && h("span", { class: "tick", key: "tick" }, "✓", unseen(sheet.words.done)),
    ),
    field,
  );
}

const unseen = (/** @type {string} */ text) => h("span", { class: "unseen" }, ` ${text}`);

/** @param {Sheet} sheet */
function drawReason(sheet) {
  const { state, words } = sheet;
  const { title, starts, own, own_example } = words.reason;
  return [
    sheet.fields("goal", state.goal).choose("start", starts, { label: title, hideLabel: true }),
    sheet
      .fields("setting", state.reason)
      .text("value", { label: own, placeholder: own_example, focus: "reason" }),
  ];
}

/** @param {Sheet} sheet */
function drawWish(sheet) {
  const { title, hint, example } = sheet.words.wish;
  return sheet
    .fields("goal", sheet.state.goal)
    .textArea("wish", { label: title, hideLabel: true, hint, placeholder: example, rows: 2 });
}

/** @param {Sheet} sheet */
function drawPerson(sheet) {
  const { state, words } = sheet;
  const { name, name_example, hint, known } = words.person;
  const { person } = state;
  return [
    personPicker(sheet.fields("give", state.gift), "contact_id", {
      label: name,
      hint,
      placeholder: name_example,
      fresh: true,
    }),
    person &&
      sheet
        .fields("contact", person)
        .choose("known_as", state.known_ases, { label: format(known, { name: person.name }) }),
  ];
}

/** @param {State} state @param {Words} words */
function ideaTitle({ person }, words) {
  return person ? format(words.idea.title_for, { name: person.name }) : words.idea.title;
}

/** @param {Sheet} sheet */
function drawIdea(sheet) {
  const { state, words } = sheet;
  const { hint, example } = words.idea;
  return sheet.fields("give", state.gift).text("what", {
    label: ideaTitle(state, words),
    hideLabel: true,
    hint,
    placeholder: example,
  });
}

/** @param {Sheet} sheet */
function drawDay(sheet) {
  const { state, words } = sheet;
  const { title, hint, other } = words.day;
  const fields = sheet.fields("give", state.gift);
  const isListed = state.days.some(([day]) => day === state.gift.on);
  return [
    fields.choose("on", state.days, { label: title, hideLabel: true, hint }),
    sheet.details("day", other, fields.dateField("on", { label: other, hideLabel: true })),
    state.gift.on && !isListed && h("p", { class: "hint", key: "chosen" }, state.day),
  ];
}

/** @param {State} state @param {Words} words */
function drawHeld({ held, week }, words) {
  const { title, hint, past, week: seeWeek } = words.held;
  return h(
    "div",
    { class: "today held", key: "held", role: "status" },
    h("h3", {}, title),
    held.line && h("p", { class: "line" }, held.line),
    h("p", {}, held.past ? past : hint),
    h("p", {}, h("a", { class: "button main", href: week }, seeWeek)),
  );
}

export default defineSheet({ draw });
