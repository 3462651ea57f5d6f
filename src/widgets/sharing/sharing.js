// My coach: which pages are open to whom and until when, and what they said about them.

import { personPicker } from "../parts/person_picker.js";
import { drawReply, sharedPage } from "./shared_page.js";
import { saveFile } from "../base/download.js";
import { defineSheet, format, h } from "../base/sheet.js";

const CONTACT = "contact:";
const NOBODY = "-"; // not chosen yet

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    state.late && h("p", { class: "trouble", key: "late", role: "alert" }, words.late),
    state.filed && drawFiled(sheet, state.filed),
    state.shares.length > 0 &&
      h(
        "ul",
        { class: "cards", key: "shares" },
        state.shares.map((share) => drawShare(sheet, share)),
      ),
    drawOpening(sheet),
    state.shares.some((share) => share.by_file) && drawFile(sheet),
    state.received &&
      h("p", { class: "apart", key: "received" }, h("a", { href: state.received }, words.received)),
  ];
}

/** What is open to one coach. @param {Sheet} sheet */
function drawShare(sheet, share) {
  const { memory } = sheet;
  const { id, reader: name, until_text: day } = share;
  const words = share.by_file ? { ...sheet.words, ...sheet.words.by_hand } : sheet.words;
  const withdraw = () => sheet.send({ do: "withdraw", id }, { done: () => sheet.focus("reader") });
  return h(
    "li",
    { class: "card", key: id, "data-names": share.name_forms.join("\n") },
    h("h3", {}, format(share.ended ? words.ended : words.open_to, { name, day })),
    !share.by_file &&
      h(
        "p",
        {},
        share.looked ? sheet.say("looked", { name, day: share.looked }) : words.not_looked,
      ),
    h("p", { class: "hint" }, share.masked ? words.has_initials : words.has_names),
    share.ended && h("p", {}, words.ended_hint),
    share.by_file &&
      !share.ended && [
        h("p", { key: "hint" }, words.hand_out_hint),
        h(
          "p",
          { key: "hand-out" },
          sheet.button(words.hand_out, () => handOut(sheet, id), {
            main: true,
            focus: `file-${id}`,
          }),
        ),
      ],
    share.threads.length > 0 && [
      h("h4", { "data-focus": `said-${id}`, tabindex: -1 }, words.said_title),
      h(
        "ul",
        { class: "said" },
        share.threads.map((thread) => drawThread(sheet, share, thread)),
      ),
    ],
    sheet.details(
      `seen-${id}`,
      format(words.seen, { name }),
      share.pages.length === 0 && h("p", { class: "empty" }, words.not_copied),
      share.pages.map((page) =>
        h(
          "section",
          { key: page.key },
          h("h4", {}, page.title),
          sharedPage(page, [], { nothing: words.nothing }),
        ),
      ),
    ),
    sheet.details(`change-${id}`, words.change, drawChoice(sheet, `of-${id}`, share)),
    h(
      "div",
      { class: "row", key: "acts" },
      memory[`sure-${id}`]
        ? [
            h("span", {}, words.sure),
            sheet.button(words.withdraw_yes, withdraw, { danger: true, focus: `yes-${id}` }),
            sheet.button(words.withdraw_no, () => ask(sheet, id, false)),
          ]
        : sheet.button(words.withdraw, () => ask(sheet, id, true), {
            name: format(words.withdraw_name, { name }),
            focus: `withdraw-${id}`,
          }),
    ),
  );
}

/** @param {Sheet} sheet */
function ask(sheet, id, isAsked) {
  sheet.memory[`sure-${id}`] = isAsked;
  sheet.draw();
  sheet.focus(isAsked ? `yes-${id}` : `withdraw-${id}`);
}

/** @param {Sheet} sheet */
function handOut(sheet, id) {
  const done = (answer) => answer.ok && saveFile(answer.file, answer.content, "text/html");
  sheet.send({ do: "hand_out", id }, { done });
}

/** What a coach said, with what can be done about it. @param {Sheet} sheet */
function drawThread(sheet, share, thread) {
  const { words, memory } = sheet;
  const settle = (state) => () =>
    sheet.send({ do: "settle", id: share.id, comment: thread.id, state });
  const key = `words-${thread.id}`;
  const reply = () => {
    const text = (memory[key] ?? "").trim();
    if (!text) return;
    const done = (answer) => {
      if (!answer.ok) return;
      memory[key] = "";
      memory[`reply-${thread.id}`] = false;
      sheet.draw();
      sheet.focus(`reply-${thread.id}`);
    };
    sheet.send({ do: "reply", id: share.id, comment: thread.id, words: text }, { done });
  };
  return h(
    "li",
    { key: thread.id },
    drawSaid(sheet, share.reader, thread),
    thread.replies.map((each) => drawReply(sheet, "my_reply", each)),
    thread.state === "taken" && h("p", { class: "tag", key: "taken" }, words.taken),
    thread.state === "closed"
      ? sheet.button(words.open_again, settle("open"), { focus: `again-${thread.id}` })
      : [
          sheet.details(
            `reply-${thread.id}`,
            words.reply,
            drawText(sheet, key, words.reply_label),
            sheet.button(words.reply_send, reply, { focus: `send-${thread.id}` }),
          ),
          h(
            "div",
            { class: "row", key: "acts" },
            thread.state !== "taken" &&
              thread.kind !== "mark" &&
              sheet.button(words.take, settle("taken")),
            sheet.button(words.close, settle("closed")),
          ),
        ],
  );
}

/** A comment with the line it is about. @param {Sheet} sheet @param {string} reader who wrote it */
function drawSaid(sheet, reader, { kind, on, quote, title, words }) {
  return [
    h("p", { class: "hint" }, sheet.say(`said_${kind}`, { name: reader, day: on })),
    h("blockquote", { dir: "auto" }, quote || title),
    words && h("p", { class: "words", dir: "auto" }, words),
  ];
}

/** A text that is kept in the browser until it is sent. @param {Sheet} sheet */
function drawText(sheet, key, label) {
  const id = `${sheet.id}-${key}`;
  return h(
    "div",
    { class: "field", key: `field-${key}` },
    h("label", { for: id }, label),
    h("textarea", {
      id,
      rows: 3,
      maxlength: sheet.state.longest,
      value: sheet.memory[key] ?? "",
      "data-focus": key,
      oninput: ({ target }) => (sheet.memory[key] = target.value),
    }),
  );
}

/** Open pages to a coach of this server, or by a file. @param {Sheet} sheet */
function drawOpening(sheet) {
  const { words } = sheet;
  return h(
    "section",
    { key: "opening" },
    h("h3", {}, words.opening_title),
    sheet.note(words.opening_lead),
    drawChoice(sheet, "new", null),
  );
}

/** Choose pages, people, the last day and names or initials; for something new, the coach as well.
 * @param {Sheet} sheet
 */
function drawChoice(sheet, key, share) {
  const { state, words, memory } = sheet;
  const start = () => ({
    keys: share ? [...share.keys] : [],
    named: Object.fromEntries(share?.titles ?? []),
    until: share?.until ?? state.until,
    masked: share?.masked ?? true,
    reader: state.coaches.length > 1 ? NOBODY : (state.coaches[0]?.[0] ?? ""),
    name: "",
    mine: "",
  });
  const chosen = memory[key] ?? start();
  const set = (values) => {
    memory[key] = Object.assign(chosen, values);
    sheet.draw();
  };
  const toggle = (page, is) =>
    set({ keys: is ? [...chosen.keys, page] : chosen.keys.filter((each) => each !== page) });
  const send = () => {
    const { keys, until, masked, reader, name, mine } = chosen;
    const done = (answer) => {
      if (!answer.ok) return;
      delete memory[key];
      if (share) memory[`change-${share.id}`] = false;
      sheet.draw();
    };
    const what = { keys, until, masked };
    if (share) sheet.send({ do: "change", id: share.id, ...what }, { done });
    else sheet.send({ do: "open_pages", reader, name, mine, ...what }, { done });
  };
  const people = chosen.keys.filter((each) => each.startsWith(CONTACT));
  const isByFile = !share && !chosen.reader;
  const isNamed = !isByFile || [chosen.name, state.hosted || chosen.mine].every(isFilled);
  const open = isByFile ? words.by_hand.open_do : words.open_do;
  return h(
    "div",
    { key: `choice-${key}` },
    !share && drawReader(sheet, chosen, set),
    drawTicks("pages", words.which, state.choices, chosen.keys, toggle),
    h(
      "fieldset",
      { class: "choose", key: "people" },
      h("legend", {}, words.whom),
      h("p", { class: "mind" }, words.would_they_mind),
      drawTicks(
        "chosen",
        "",
        people.map((page) => [page, chosen.named[page]]),
        people,
        toggle,
      ),
      personPicker(sheet.fields("contact", { id: `pick-${key}` }), "who", {
        label: words.pick,
        without: people.map((page) => page.slice(CONTACT.length)),
        onpick: (person) => {
          if (!person) return;
          chosen.named[CONTACT + person.id] = person.name;
          toggle(CONTACT + person.id, true);
        },
      }),
    ),
    h(
      "div",
      { class: "choose", key: "masked" },
      h(
        "label",
        { class: "option tick" },
        h("input", {
          type: "checkbox",
          checked: chosen.masked,
          onchange: ({ target }) => set({ masked: target.checked }),
        }),
        h("span", {}, words.initials, h("small", {}, words.initials_hint)),
      ),
    ),
    drawDay(sheet, key, chosen, set),
    sheet.button(share ? words.change_do : open, send, {
      main: true,
      disabled: !chosen.keys.length || !chosen.until || chosen.reader === NOBODY || !isNamed,
      focus: `do-${key}`,
    }),
    !isNamed && h("p", { class: "hint", key: "named" }, words.name_first),
    chosen.keys.length === 0 && h("p", { class: "hint", key: "first" }, words.choose_first),
  );
}

/** @param {string | true} name */
const isFilled = (name) => name === true || name.trim() !== "";

/** To whom: a coach of this server, or somebody who gets a file. @param {Sheet} sheet */
function drawReader(sheet, chosen, set) {
  const { state, words } = sheet;
  const id = `${sheet.id}-reader`;
  return [
    state.coaches.length > 0 &&
      h(
        "div",
        { class: "field", key: "reader" },
        h("label", { for: id }, words.reader),
        h(
          "select",
          {
            id,
            value: chosen.reader,
            "data-focus": "reader",
            onchange: ({ target }) => set({ reader: target.value }),
          },
          chosen.reader === NOBODY &&
            h("option", { key: NOBODY, value: NOBODY }, words.reader_empty),
          state.coaches.map(([coach, name]) => h("option", { key: coach, value: coach }, name)),
          h("option", { key: "file", value: "" }, words.reader_file),
        ),
      ),
    !chosen.reader && [
      h("p", { class: "hint", key: "file-hint" }, words.file_hint),
      drawLine(sheet, "name", words.file_name, chosen, set),
      !state.hosted && drawLine(sheet, "mine", words.file_mine, chosen, set),
    ],
  ];
}

/** @param {Sheet} sheet */
function drawLine(sheet, key, label, chosen, set) {
  const id = `${sheet.id}-${key}`;
  return h(
    "div",
    { class: "field", key },
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "text",
      maxlength: 80,
      value: chosen[key],
      "data-focus": key,
      oninput: ({ target }) => set({ [key]: target.value }),
    }),
  );
}

/** @param {Sheet} sheet */
function drawDay(sheet, key, chosen, set) {
  const id = `${sheet.id}-until-${key}`;
  return h(
    "div",
    { class: "field", key: "until" },
    h("label", { for: id }, sheet.words.until),
    h("input", {
      id,
      type: "date",
      value: chosen.until,
      "data-focus": `until-${key}`,
      onchange: ({ target }) => set({ until: target.value }),
    }),
  );
}

/** Boxes to tick, one a page. @param {string} key @param {string} title '' for none of its own */
function drawTicks(key, title, pages, ticked, toggle) {
  const boxes = pages.map(([page, name]) => drawTick(page, name, ticked.includes(page), toggle));
  const choices = boxes.length > 0 && h("div", { class: "choices", key }, boxes);
  if (!title) return choices;
  return h("fieldset", { class: "choose", key }, h("legend", {}, title), choices);
}

function drawTick(page, title, is, toggle) {
  return h(
    "label",
    { class: "option tick", key: page },
    h("input", {
      type: "checkbox",
      checked: is,
      onchange: ({ target }) => toggle(page, target.checked),
    }),
    h("span", {}, title),
  );
}

/** Where a file of comments is chosen. @param {Sheet} sheet */
function drawFile(sheet) {
  const { words } = sheet;
  const id = `${sheet.id}-comments`;
  return h(
    "div",
    { class: "field apart", key: "comments" },
    h("label", { for: id }, words.bring_in),
    h("p", { class: "hint", id: `${id}-hint` }, words.bring_in_hint),
    h("input", {
      id,
      type: "file",
      accept: ".json,application/json",
      "data-focus": "comments",
      "aria-describedby": `${id}-hint`,
      onchange: ({ target }) => bringIn(sheet, target),
    }),
  );
}

/** What is in a file of comments, before anything of it is stored. @param {Sheet} sheet */
function drawFiled(sheet, { reader, comments }) {
  const { words } = sheet;
  const isAnyNew = comments.some((each) => each.new);
  return h(
    "section",
    { class: "filed", key: "filed" },
    h("h3", { "data-focus": "filed", tabindex: -1 }, sheet.say("filed_title", { name: reader })),
    h("p", { class: "hint" }, isAnyNew ? words.filed_hint : words.nothing_new),
    h(
      "ul",
      { class: "said" },
      comments.map((each) =>
        h(
          "li",
          { key: each.id },
          drawSaid(sheet, reader, each),
          !each.new && h("p", { class: "tag" }, words.there),
        ),
      ),
    ),
    h(
      "div",
      { class: "row" },
      isAnyNew && sheet.button(words.take_in, () => sheet.send({ do: "take_in" }), { main: true }),
      sheet.button(words.put_away, () => sheet.send({ do: "put_away" })),
    ),
  );
}

/** @param {Sheet} sheet */
async function bringIn(sheet, input) {
  const [file] = input.files;
  if (!file) return;
  input.value = ""; // so that the same file can be chosen once more
  const buffers = [new DataView(await file.arrayBuffer())];
  sheet.send({ do: "bring_in", name: file.name.slice(-200) }, { buffers });
}

export default defineSheet({ draw });
