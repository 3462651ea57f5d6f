// Promises: detected in a text, or entered; shown until they are kept.

import { personPicker } from "../parts/person_picker.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draft(sheet) {
  return (sheet.memory.draft ??= {
    id: `new-${sheet.memory.taken ?? 0}`,
    draft: true,
    contact_id: null,
    words: "",
    by: "me",
    due: "",
  });
}

/** Enter a promise; it needs the contact it was made with. @param {Sheet} sheet */
function takeDown(sheet, promise, done) {
  const { contact_id } = draft(sheet);
  if (!contact_id) {
    sheet.setStatus(sheet.words.who_first, true);
    return sheet.focus("promise.who");
  }
  const { words, by, due } = promise;
  if (!words.trim()) return sheet.focus("promise.words");
  sheet.send(
    { do: "take_down", contact_id, words, by, due },
    {
      done: (answer) => {
        if (answer.ok) {
          done();
          sheet.draw();
          sheet.focus("promise.words");
        }
      },
    },
  );
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    drawForm(sheet),
    h("h3", {}, words.mine),
    drawOpen(sheet, state.mine, words.none_mine),
    h("h3", {}, words.theirs),
    drawOpen(sheet, state.theirs, words.none_theirs),
    state.past.length > 0 &&
      sheet.details(
        "past",
        words.past,
        h(
          "ul",
          {},
          state.past.map((promise) =>
            h(
              "li",
              { class: "row", key: promise.id },
              h("span", {}, `「${promise.words}」 ${promise.name}`),
              h("span", { class: "tag" }, words.states[promise.state]),
              sheet.button(words.reopen, () => settle(sheet, promise, "open"), {
                name: `${words.reopen} 「${promise.words}」`,
              }),
            ),
          ),
        ),
      ),
  ];
}

/** @param {Sheet} sheet */
function drawForm(sheet) {
  const { words, memory } = sheet;
  const row = draft(sheet);
  const talk = (memory.talk ??= { id: "talk", draft: true, heard: "" });
  const listen = () =>
    sheet.send(
      { do: "hear", text: talk.heard },
      {
        done: (answer) => {
          if (answer.ok) {
            memory.heard = answer.heard;
            sheet.draw();
          }
        },
      },
    );
  const next = () => {
    memory.taken = (memory.taken ?? 0) + 1;
    // keep the contact
    memory.draft = { ...draft(sheet), id: `new-${memory.taken}`, words: "", due: "" };
  };
  const fields = sheet.fields("promise", row);
  return h(
    "form",
    {
      key: "form",
      onsubmit: (event) => {
        event.preventDefault();
        takeDown(sheet, draft(sheet), next);
      },
    },
    personPicker(fields, "contact_id", {
      label: words.who,
      fresh: true,
      focus: "promise.who",
    }),
    sheet.fields("promise", talk).textArea("heard", { rows: 2, placeholder: words.heard_example }),
    h("div", { class: "field" }, sheet.button(words.listen, listen)),
    memory.heard?.length > 0 &&
      h(
        "ul",
        { class: "cards field", key: "heard" },
        memory.heard.map((promise) =>
          h(
            "li",
            { class: "card", key: promise.words },
            h(
              "p",
              {},
              h("strong", {}, `「${promise.words}」`),
              " ",
              h("span", { class: "tag" }, words.bys[promise.by]),
              promise.day && [
                " ",
                h("span", { class: "tag" }, format(words.due_on, { on: promise.day })),
              ],
            ),
            h("p", { class: "hint" }, promise.why),
            sheet.button(
              words.take_down,
              () =>
                takeDown(sheet, promise, () => {
                  memory.heard = memory.heard.filter((one) => one !== promise);
                }),
              { name: format(words.take_down_what, { words: promise.words }) },
            ),
          ),
        ),
      ),
    fields.text("words", {
      placeholder: words.words_example,
      focus: "promise.words",
    }),
    h("div", { class: "pair" }, fields.choose("by", words.bys), fields.dateField("due")),
    h("div", { class: "field" }, h("button", { type: "submit", class: "main" }, words.write_down)),
  );
}

/** @param {Sheet} sheet */
function settle(sheet, promise, state) {
  sheet.send(
    { do: "settle", id: promise.id, version: promise.version, state },
    { done: (answer) => answer.ok && sheet.focusQuestion() },
  );
}

/** @param {Sheet} sheet */
function drawOpen(sheet, promises, none) {
  const { words } = sheet;
  if (!promises.length) return h("p", { class: "empty" }, none);
  const act = (promise, state) =>
    sheet.button(words[state], () => settle(sheet, promise, state), {
      name: format(words[`${state}_which`], { words: promise.words }),
    });
  return h(
    "ul",
    { class: "cards" },
    promises.map((promise) =>
      h(
        "li",
        { class: "card", key: promise.id },
        h(
          "p",
          {},
          h("strong", {}, promise.name),
          promise.day && [
            " ",
            h("span", { class: "tag" }, format(words.due_on, { on: promise.day })),
          ],
        ),
        h(
          "div",
          { class: "pair" },
          sheet.fields("promise", promise).text("words"),
          sheet.fields("promise", promise).dateField("due"),
        ),
        sheet.details(
          `kind-${promise.id}`,
          format(words.kind_of, {
            kind: words.kinds[promise.kind || promise.sounds] ?? words.kinds.other,
          }),
          sheet.fields("promise", promise).select(
            "kind",
            Object.entries(words.kinds).filter(([kind]) => kind !== "other"),
            { hint: words.kind_hint },
          ),
        ),
        h(
          "div",
          { class: "row" },
          promise.by === "me" &&
            sheet.button(
              words.letter,
              () => {
                sheet.saveAll();
                sheet.send(
                  { do: "letter", id: promise.id },
                  {
                    done: (answer) => {
                      if (answer.ok) location.hash = "draft";
                    },
                  },
                );
              },
              { name: format(words.letter_which, { words: promise.words }) },
            ),
          act(promise, "kept"),
          act(promise, "let_go"),
          promise.by === "me" && act(promise, "broken"),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw });
