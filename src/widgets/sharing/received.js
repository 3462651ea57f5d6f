// Opened to me: who shows pages to their coach, and one person's pages with comments.

import { followLook, picture } from "../parts/picture.js";
import { drawReply, sharedPage } from "./shared_page.js";
import { saveFile } from "../base/download.js";
import { defineSheet, h } from "../base/sheet.js";

const KINDS = ["comment", "question"];
const SHORT = 60; // characters of a line in the name of what can be done about it

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  const whose = state.reading?.id ?? "";
  if (memory.whose !== whose) {
    // nothing that was drawn of one person's pages outlives them, or shows on another's
    for (const key of ["at", "text"]) delete memory[key];
    memory.shown = Object.defineProperty({}, "passing", { value: true }); // stored nowhere
    memory.whose = whose;
  }
  const late = state.late && h("p", { class: "trouble", key: "late", role: "alert" }, words.late);
  if (state.reading) return [late, drawReading(sheet, state.reading)];
  return [
    late,
    state.closed && h("p", { class: "trouble", key: "closed", role: "status" }, words.gone),
    state.people.length === 0
      ? h("p", { class: "empty", key: "nobody" }, words.nobody)
      : h(
          "ul",
          { class: "cards", key: "people" },
          state.people.map((one) => drawPerson(sheet, one)),
        ),
    drawFile(sheet),
  ];
}

/** Somebody with what they opened, what is new and what was asked. @param {Sheet} sheet */
function drawPerson(sheet, person) {
  const { id, name, name_forms, until: day, by_file, pages, replies, asked } = person;
  const { words } = sheet;
  return h(
    "li",
    { class: "card opener-card", key: id, "data-names": name_forms.join("\n") },
    h(
      "div",
      {},
      h("h3", { dir: "auto" }, name),
      h("p", { class: "hint" }, sheet.say(by_file ? "by_file" : "until", { day })),
      h(
        "ul",
        { class: "open" },
        pages.map(({ key, title, new: isNew }) =>
          h("li", { key }, title, isNew && [" ", h("span", { class: "tag" }, words.is_new)]),
        ),
      ),
      listed(words.replies_title, replies),
      listed(words.asked_title, asked),
    ),
    sheet.button(words.read, () => sheet.send({ do: "read", id }), {
      name: sheet.say("read_name", { name }),
      focus: `read-${id}`,
    }),
  );
}

/** @param {string} title @param {string[]} texts */
function listed(title, texts) {
  if (!texts.length) return null;
  const items = texts.map((text) => h("li", { dir: "auto" }, text));
  return [h("h4", {}, title), h("ul", { class: "dots" }, items)];
}

/** @param {Sheet} sheet */
function drawReading(sheet, shared) {
  const { id, name, name_forms, until: day, by_file, pages, threads } = shared;
  const { words } = sheet;
  const handBack = () => {
    const done = (answer) => answer.ok && saveFile(answer.file, answer.content, "application/json");
    sheet.send({ do: "hand_back", id }, { done });
  };
  return h(
    "section",
    { key: `reading-${id}`, "data-names": name_forms.join("\n") },
    h(
      "p",
      { key: "back" },
      sheet.button(words.back, () => sheet.send({ do: "leave" })),
    ),
    h("h3", { "data-focus": "reading", tabindex: -1 }, sheet.say("pages_of", { name })),
    h("p", { class: "hint" }, sheet.say(by_file ? "by_file" : "until", { day })),
    pages.length === 0 && h("p", { class: "empty", key: "none" }, words.no_pages),
    pages.map((page) => drawPage(sheet, id, page, threads)),
    by_file &&
      h(
        "div",
        { class: "row apart", key: "file" },
        sheet.button(words.hand_back, handBack, { main: true }),
        sheet.button(words.remove, () => sheet.send({ do: "remove", id }), { danger: true }),
      ),
  );
}

/** @param {Sheet} sheet */
function drawPage(sheet, share, page, threads) {
  const { words } = sheet;
  return h(
    "section",
    { class: "shared-page", key: `page-${page.key}` },
    h("h4", {}, page.title, " ", page.new && h("span", { class: "tag" }, words.is_new)),
    h("p", { class: "hint" }, sheet.say("as_of", { day: page.on })),
    sharedPage(page, threads, {
      nothing: words.nothing,
      picture: page.picture && picture(sheet, page.key),
      act: (line) => drawSaying(sheet, share, page, line),
      thread: (thread) => drawThread(sheet, share, thread),
    }),
  );
}

/** A field for a comment on a line, or on the page as a whole. @param {Sheet} sheet */
function drawSaying(sheet, share, page, line) {
  const { state, words, memory } = sheet;
  const key = `${page.key} ${line}`;
  const text = page.lines.find((each) => each.id === line)?.words ?? page.title;
  if (memory.at !== key) {
    const begin = () => {
      Object.assign(memory, { at: key, text: "", kind: "comment" });
      sheet.draw();
      sheet.focus("saying");
    };
    const mark = () =>
      sheet.send({ do: "comment", id: share, key: page.key, line, kind: "mark", words: "" });
    return h(
      "div",
      { class: "row acts", key: `acts-${line}` },
      sheet.button(line ? words.say : words.say_page, begin, {
        name: sheet.say("say_name", { text: shorten(text) }),
        focus: `say ${key}`,
      }),
      line &&
        sheet.button(words.mark, mark, { name: sheet.say("mark_name", { text: shorten(text) }) }),
    );
  }
  const id = `${sheet.id}-saying`;
  const close = () => {
    memory.at = null;
    sheet.draw();
    sheet.focus(`say ${key}`);
  };
  const send = () => {
    const said = memory.text.trim();
    if (!said) return;
    const message = { do: "comment", id: share, key: page.key, line, kind: memory.kind };
    sheet.send({ ...message, words: said }, { done: (answer) => answer.ok && close() });
  };
  /** @param {string} kind */
  const drawKind = (kind) =>
    h(
      "label",
      { class: "option", key: kind },
      h("input", {
        type: "radio",
        name: `${id}-kind`,
        checked: memory.kind === kind,
        onchange: () => {
          memory.kind = kind;
          sheet.draw();
        },
      }),
      h("span", {}, words.kinds[kind]),
    );
  return h(
    "div",
    { class: "card saying", key: `saying-${line}` },
    h(
      "fieldset",
      { class: "choose", key: "kind" },
      h("legend", {}, words.kind),
      h("div", { class: "choices" }, KINDS.map(drawKind)),
    ),
    h(
      "div",
      { class: "field", key: "saying" },
      h("label", { for: id }, sheet.say("saying", { text: shorten(text) })),
      h("textarea", {
        id,
        rows: 3,
        maxlength: state.longest,
        value: memory.text,
        "data-focus": "saying",
        oninput: ({ target }) => (memory.text = target.value),
      }),
    ),
    h(
      "div",
      { class: "row" },
      sheet.button(words.send, send, { main: true }),
      sheet.button(words.cancel, close),
    ),
  );
}

/** @param {string} text */
function shorten(text) {
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
}

/** What the coach said, and what came back. @param {Sheet} sheet */
function drawThread(sheet, share, thread) {
  const { words } = sheet;
  return h(
    "li",
    { key: thread.id },
    h("p", { class: "hint" }, sheet.say(`mine_${thread.kind}`, { day: thread.on })),
    thread.words && h("p", { class: "words", dir: "auto" }, thread.words),
    thread.replies.map((each) => drawReply(sheet, "their_reply", each)),
    thread.state !== "open" && h("p", { class: "tag", key: "state" }, words.states[thread.state]),
    h(
      "div",
      { class: "row acts", key: "acts" },
      sheet.button(
        words.take_back,
        () => sheet.send({ do: "take_back", id: share, comment: thread.id }),
        { name: sheet.say("take_back_name", { text: shorten(thread.words || thread.quote) }) },
      ),
    ),
  );
}

/** Pages that came by a file. @param {Sheet} sheet */
function drawFile(sheet) {
  const { words } = sheet;
  const id = `${sheet.id}-file`;
  const bringIn = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    target.value = ""; // so that the same file can be chosen once more
    const buffers = [new DataView(await file.arrayBuffer())];
    sheet.send({ do: "bring_in", name: file.name.slice(-200) }, { buffers });
  };
  return h(
    "div",
    { class: "field", key: "file" },
    h("label", { for: id }, words.bring_in),
    h("p", { class: "hint", id: `${id}-hint` }, words.bring_in_hint),
    h("input", {
      id,
      type: "file",
      accept: ".html,text/html",
      "aria-describedby": `${id}-hint`,
      onchange: bringIn,
    }),
  );
}

export default defineSheet({ draw, mounted: followLook });
