// What matters: the person's reason and a short self-check; all else is folded.

import { stand, twoVoices } from "../parts/stand.js";
import { selfCheck } from "../parts/wrong_ways.js";
import { defineSheet, h } from "../base/sheet.js";

const QUESTIONS = ["mixers", "depth", "hope", "reach", "whom", "first", "purpose", "pace"];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    sheet
      .fields("setting", state.why)
      .textArea("value", { label: words.why, placeholder: words.why_example, rows: 3 }),
    selfCheck(sheet),
    h(
      "div",
      { class: "folds", key: "folds" },
      sheet.details("traits", words.traits_title, drawTraits(words)),
      sheet.details(
        "stands",
        words.stands_title,
        h("p", { class: "hint" }, words.stands_lead),
        QUESTIONS.map((question) =>
          question === "depth" ? drawDepth(sheet) : stand(sheet, question, { isHome: true }),
        ),
      ),
      ["warm", "blunt"].map((voice) =>
        sheet.details(voice, words.voices[voice], drawStory(sheet, voice)),
      ),
      sheet.details("books", words.books_title, drawBooks(sheet)),
      sheet.details(
        "word",
        words.word_title,
        sheet.note(words.word_examples),
        h("p", {}, h("a", { href: state.word_at }, words.word_link)),
      ),
      sheet.details("is", words.is_title, drawDots(words.is)),
    ),
  ];
}

/** @param {Words} words */
function drawTraits(words) {
  return h(
    "ol",
    { class: "cards traits" },
    Object.entries(words.traits).map(([name, { title, text }]) =>
      h("li", { class: "card", key: name }, h("h4", {}, title), h("p", {}, text)),
    ),
  );
}

/** @param {string[]} lines */
function drawDots(lines) {
  return h(
    "ul",
    { class: "dots" },
    lines.map((line) => h("li", { key: line }, line)),
  );
}

/** Wider or deeper: the stand on it is the phase of the goal. @param {Sheet} sheet */
function drawDepth(sheet) {
  const { depth, stands } = sheet.state;
  return sheet.details(
    "stand-depth",
    [depth.ask, h("small", {}, depth.phase || stands.words.open)],
    twoVoices(stands.words, depth),
    h("p", {}, depth.now, " ", h("a", { href: depth.at }, depth.go)),
  );
}

/** What a writer tells of their failures, and where they stand firm.
 * @param {Sheet} sheet
 * @param {string} voice
 */
function drawStory(sheet, voice) {
  const { state, words } = sheet;
  const { failed, firm } = state.stories[voice];
  return [
    sheet.note(failed),
    h("h4", {}, words.firm),
    drawDots(firm),
    voice === "blunt" && state.help && h("p", { class: "hint" }, state.help),
  ];
}

/** Two books, each with steps; one of them goes into the week. @param {Sheet} sheet */
function drawBooks(sheet) {
  const { books } = sheet.state;
  return [
    h("p", { class: "hint" }, books.lead),
    Object.entries(books.each).map(([name, book]) => drawBook(sheet, name, book)),
  ];
}

/** @param {Sheet} sheet @param {string} name @param {State} book */
function drawBook(sheet, name, book) {
  const { state, memory } = sheet;
  const { books } = state;
  const act = (memory[`book-${name}`] ??= { id: `book-${name}`, draft: true, step: "", words: "" });
  const fields = sheet.fields("step", act);
  const pick = (step) => {
    Object.assign(act, { step, words: book.steps[step].act });
    memory[`added-${name}`] = false;
    sheet.draw();
  };
  const add = () => {
    const words = fields.currentValue("words");
    if (!words.trim()) return sheet.focus(`${act.id}.words`);
    sheet.send(
      { do: "put_in_week", book: name, words },
      {
        done: (answer) => {
          if (!answer.ok) return;
          Object.assign(act, { step: "", words: "" });
          memory[`added-${name}`] = answer.text;
          sheet.draw();
        },
      },
    );
  };
  const names = Object.entries(book.steps).map(([step, one]) => [step, one.name]);
  return h(
    "section",
    { key: name },
    h("h4", {}, book.title),
    h("p", {}, book.gives),
    state.kept[name].length > 0 && [
      h("p", { class: "hint", key: "kept" }, books.kept),
      h(
        "ul",
        { class: "dots", key: "kept-list" },
        state.kept[name].map(({ step, words }) =>
          h("li", { key: step }, h("p", {}, step), words && h("p", { class: "hint" }, words)),
        ),
      ),
    ],
    fields.choose("step", names, { label: books.step, onpick: pick }),
    act.step && [
      fields.text("words", { label: books.act, rows: 2 }),
      h("p", { key: "add" }, sheet.button(books.add, add, { main: true })),
    ],
    memory[`added-${name}`] &&
      h(
        "p",
        { role: "status", key: "added" },
        memory[`added-${name}`],
        " ",
        h("a", { href: state.week }, books.added_hint),
      ),
  );
}

export default defineSheet({ draw });
