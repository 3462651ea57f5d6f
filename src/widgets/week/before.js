// Before a meeting: a short brief on each person to be met, to read on the way there.

import { explanation } from "../parts/explanation.js";
import { personPicker } from "../parts/person_picker.js";
import { savePageButton } from "../parts/printable.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    state.people.length
      ? h(
          "ul",
          { class: "cards", key: "people" },
          state.people.map((person) => drawPerson(sheet, person)),
        )
      : h("p", { class: "empty", key: "none" }, words.none),
    state.more > 0 &&
      h("p", { class: "hint", key: "more" }, sheet.say("more_people", { n: state.more })),
    state.people.length > 0 && h("p", { key: "save" }, savePageButton(sheet, words.name, ".cards")),
    personPicker(sheet.fields("before", { id: "new" }), "who", {
      label: state.people.length ? words.who_else : words.who,
      welcomed: true,
      onpick: (person) => person && sheet.send({ do: "prepare", id: person.id }),
    }),
  ];
}

/** @param {Sheet} sheet */
function drawPerson(sheet, person) {
  const { state, words } = sheet;
  const line = (term, text) =>
    text && [h("dt", { key: `${term}-t` }, words.terms[term]), h("dd", { key: term }, text)];
  const lines = (term, texts) =>
    texts.length > 0 &&
    line(
      term,
      texts.map((text) => h("p", { key: text }, sheet.say("quoted", { words: text }))),
    );
  const met = [
    person.since,
    person.how,
    person.through && sheet.say("through", { name: person.through }),
  ]
    .filter(Boolean)
    .join(" · ");
  return h(
    "li",
    { class: "card", key: person.id },
    h("h3", { tabindex: -1, "data-focus": person.id }, person.name),
    (person.day || person.words) &&
      h(
        "p",
        { class: "row" },
        person.day && h("span", { class: "tag" }, person.day),
        person.off && h("span", { class: "tag" }, person.off),
        person.words && h("span", {}, person.words),
      ),
    h(
      "dl",
      { class: "brief" },
      line("heard", person.heard),
      line("otherwise", person.otherwise),
      person.shared.length > 0 &&
        line(
          "shared",
          person.shared.map((text) => h("p", { key: text }, text)),
        ),
      line("met", met),
      person.last.length > 0 &&
        line(
          "last",
          person.last.map((text) => h("p", { key: text }, text)),
        ),
      line("letter", person.letter),
      line("changed", person.changed),
      lines("mine", person.mine),
      lines("theirs", person.theirs),
      lines("planned", person.planned),
      line("gain", person.gain && sheet.say("quoted", { words: person.gain })),
      line("gift", person.gift),
      line(person.unknown ? "find_out" : "question", person.question),
    ),
    person.reason.map((reason) => explanation(sheet, `gift-${person.id}`, reason)),
    sheet.details(`learned-${person.id}`, words.learned, drawLearned(sheet, person)),
    sheet.details(
      `door-${person.id}`,
      words.door,
      h(
        "ul",
        { class: "dots" },
        words.door_lines.map((line) => h("li", { key: line }, line)),
      ),
    ),
    person.id === state.chosen &&
      h(
        "p",
        { key: "close" },
        sheet.button(sheet.common.close, () => sheet.send({ do: "prepare", id: "" })),
      ),
  );
}

/** What was looked up about a person: it is written on their card. @param {Sheet} sheet */
function drawLearned(sheet, person) {
  const { state, words, memory } = sheet;
  const slot = `looked-${person.id}`;
  const row = (memory[slot] ??= { id: slot, draft: true, work: "", hobby: "", lately: "" });
  const fields = sheet.fields("looked", row);
  const names = state.fields;
  const keep = () => {
    if (!names.some((name) => row[name].trim())) return sheet.focus(`${slot}.${names[0]}`);
    const { work, hobby, lately } = row;
    sheet.send(
      { do: "look_up", id: person.id, work, hobby, lately },
      {
        done: (answer) => {
          if (!answer.ok) return;
          delete memory[slot];
          sheet.draw();
        },
      },
    );
  };
  return [
    h("p", { class: "hint", key: "hint" }, words.learned_hint),
    names.map((name) => fields.text(name, { placeholder: words[`${name}_example`] })),
    h("p", { key: "keep" }, sheet.button(words.learned_keep, keep)),
  ];
}

export default defineSheet({ draw });
