// A message: recipient, kind, the text with its review, and the reader's perspective.

import { addressRow } from "../parts/address_row.js";
import { explanation, noteCaution } from "../parts/explanation.js";
import { letterPurpose } from "../parts/letter_purpose.js";
import { personPicker } from "../parts/person_picker.js";
import { stand } from "../parts/stand.js";
import { reminders } from "../parts/wrong_ways.js";
import { defineSheet, h } from "../base/sheet.js";
import { drawChair, drawFelt } from "./draft_chair.js";

const pairs = (words) => Object.entries(words);

/** Call a verb for the open message, after its edits are saved. @param {Sheet} sheet */
function sendForOpen(sheet, verb, more = {}, options = {}) {
  const { id } = sheet.state.open; // by the time it is sent, another message may be open
  sheet.saveAll();
  sheet.send({ do: verb, id, ...more }, options);
}

const inAddress = addressRow("show", (sheet) => sheet.state.open?.id);

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, memory } = sheet;
  if (inAddress.arrives(sheet)) return []; // do not show another message meanwhile
  if (memory.at !== state.open?.id) {
    memory.at = state.open?.id;
    memory.chair = false;
  }
  return [
    state.after && drawAfter(sheet),
    state.open ? drawOpen(sheet, state.open) : drawWho(sheet),
    drawListed(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawWho(sheet) {
  const { words } = sheet;
  const pick = (person) => person && sheet.send({ do: "turn_to", id: person.id });
  return h(
    "div",
    { key: "who" },
    personPicker(sheet.fields("message", { id: "new" }), "contact_id", {
      label: words.who,
      hint: words.who_hint,
      fresh: true,
      focus: "who",
      onpick: pick,
    }),
    sheet.details("admire", words.admire, drawAdmired(sheet)),
  );
}

/** Somebody admired from afar: a name, and what they made. @param {Sheet} sheet */
function drawAdmired(sheet) {
  const { words, memory } = sheet;
  const slot = "admired";
  /** @type {Row} */
  const row = (memory[slot] ??= { id: slot, draft: true, name: "", work: "" });
  const fields = sheet.fields("contact", row);
  /** @param {Answer & {known?: boolean}} answer */
  const done = ({ ok, known }) => {
    if (ok && !known) delete memory[slot];
  };
  return h(
    "form",
    {
      key: slot,
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        const { name, work } = row;
        if (!name.trim()) return sheet.focus(`${slot}.name`);
        sheet.send({ do: "admire", name, work }, { done });
      },
    },
    h("p", { class: "hint" }, words.admire_hint),
    h(
      "div",
      { class: "pair" },
      fields.text("name", { label: words.admire_name, placeholder: words.admire_name_example }),
      fields.text("work", { label: words.admire_work, placeholder: words.admire_work_example }),
    ),
    h("div", { class: "row" }, h("button", { type: "submit" }, words.admire_do)),
  );
}

/** @param {Sheet} sheet */
function drawOpen(sheet, row) {
  const { words, memory } = sheet;
  const turn = () => {
    sheet.saveAll();
    memory.chair = !memory.chair;
    sheet.draw();
    sheet.focus("draft");
  };
  return h(
    "div",
    { class: "draft", key: row.id },
    h(
      "h3",
      { tabindex: -1, "data-focus": "draft" },
      memory.chair
        ? sheet.say("chair_of", { name: row.name })
        : row.other
          ? sheet.say("to_both", { a: row.name, b: row.other })
          : sheet.say("to", { name: row.name }),
    ),
    memory.chair ? drawChair(sheet, row) : drawDesk(sheet, row),
    h(
      "div",
      { class: "row" },
      sheet.button(memory.chair ? words.chair_back : words.chair_take, turn),
      !memory.chair && [
        sheet.button(
          words.copy,
          () => sheet.copy(sheet.fields("message", row).currentValue("text")),
          {
            name: words.copy_text,
          },
        ),
        sheet.button(words.sent_it, () => sendForOpen(sheet, "sent"), { main: true }),
      ],
    ),
    !memory.chair && h("p", { class: "hint" }, words.never_sent),
    h(
      "div",
      { class: "row" },
      sheet.button(words.somebody_else, () => {
        sheet.saveAll();
        sheet.send({ do: "show", id: "" });
      }),
      sheet.button(words.throw_away, () => {
        sheet.edits.discardAll();
        sheet.remove("message", row, "who");
      }),
    ),
  );
}

/** The editor: kind, tone and language, the text, and its review. @param {Sheet} sheet */
function drawDesk(sheet, row) {
  return [
    drawKind(sheet, row),
    row.reading && drawReading(sheet, row),
    letterPurpose(sheet, row),
    reminders(row.reminders),
    drawFelt(sheet, row),
    row.read.size > 1 && [drawGain(sheet, row), stand(sheet, "hope")],
    ["thanks", "second"].includes(row.kind) && stand(sheet, "pace"),
    !row.signed && row.kind !== "refuse" && drawSign(sheet, row),
    drawText(sheet, row),
    row.kind !== "refuse" && drawNoticed(sheet, row), // a refusal needs no gentler line
    drawAbout(sheet, row),
    drawMissing(sheet, row),
    drawKindly(sheet, row),
  ];
}

/** @param {Sheet} sheet */
function drawKind(sheet, row) {
  const { state, words } = sheet;
  const id = `${sheet.id}-kind`;
  const shape = (change) => sendForOpen(sheet, "shape", change);
  const [first] = row.fits;
  const why =
    first &&
    (first.kind === row.kind
      ? [sheet.say("fits", { kind: state.kinds[first.kind][0] }), first]
      : [sheet.say("would_fit", { kind: state.kinds[first.kind][0] }), first]);
  const fields = sheet.fields("message", row);
  return [
    why &&
      h(
        "div",
        { class: "example", key: "fits" },
        h("p", {}, h("strong", {}, why[0]), " ", first.why),
        first.kind !== row.kind &&
          sheet.button(sheet.say("take_kind", { kind: state.kinds[first.kind][0] }), () =>
            shape({ kind: first.kind }),
          ),
        explanation(sheet, `fits-${row.id}`, first),
      ),
    h(
      "div",
      { class: "field", key: "kind" },
      h("label", { for: id }, words.kind),
      h("p", { class: "hint" }, state.kinds[row.kind][1]),
      h(
        "select",
        { id, value: row.kind, onchange: (event) => shape({ kind: event.target.value }) },
        pairs(state.kinds)
          .filter(([value]) => row.choices.includes(value))
          .map(([value, [name]]) => h("option", { key: value, value }, name)),
      ),
    ),
    sheet.details(
      `manner-${row.id}`,
      words.manner,
      fields.choose("level", state.levels, {
        onpick: (level) => shape({ level }),
      }),
      fields.choose(
        "language",
        [
          ["ja", words.languages.japanese],
          ["en", words.languages.english],
        ],
        { onpick: (language) => shape({ language }) },
      ),
    ),
  ];
}

/** What is not read or tried yet: a day for it instead of the letter. @param {Sheet} sheet */
function drawReading(sheet, row) {
  const { words, memory } = sheet;
  const { what, on, gift } = row.reading;
  const slot = `reading-${row.id}`;
  const day = (memory[slot] ??= { id: slot, draft: true, on });
  const set = (event) => {
    event.preventDefault();
    if (day.on) sendForOpen(sheet, "read_first", { on: day.on });
    else sheet.focus(`${slot}.on`);
  };
  return h(
    "form",
    { class: "today", key: slot, onsubmit: set },
    h("p", {}, sheet.say("reading", { what })),
    h(
      "div",
      { class: "row" },
      sheet.fields("give", day).dateField("on", { label: words.reading_on, focus: `${slot}.on` }),
      h("button", { type: "submit" }, words.reading_take),
    ),
    h("p", { class: "hint" }, words.reading_lines, " ", h("a", { href: gift }, words.reading_gift)),
  );
}

/** What is missing before they would pay, as the person wrote it. @param {Sheet} sheet */
function drawMissing(sheet, row) {
  const { words } = sheet;
  const { missing } = row;
  if (!missing) return null;
  return h(
    "div",
    { class: "example", key: "missing" },
    h("p", {}, missing.text),
    missing.planned
      ? h("p", { class: "hint" }, words.piece_planned)
      : sheet.button(words.piece_do, () => sendForOpen(sheet, "show_one_piece")),
  );
}

/** Reasons to wait, and an alternative; the draft stays as it is. @param {Sheet} sheet */
function drawKindly(sheet, row) {
  const { words } = sheet;
  if (!row.read.kindly.length) return null;
  return h(
    "div",
    { class: "kindly", key: "kindly" },
    h("h4", {}, words.kindly),
    row.early && h("p", { key: "early" }, row.early),
    row.read.kindly.map((reason) =>
      h(
        "div",
        { key: reason.rule },
        h("p", {}, reason.why, " ", h("strong", {}, reason.act)),
        explanation(sheet, `kindly-${reason.rule}`, reason),
      ),
    ),
    h("p", { class: "hint" }, words.kindly_free),
  );
}

/** Both sides of a request; what is in it for them may be asked of them first.
 * @param {Sheet} sheet
 */
function drawGain(sheet, row) {
  const { words } = sheet;
  const fields = sheet.fields("contact", row.person);
  const first = row.first_ask;
  return [
    h(
      "div",
      { class: "pair", key: "gain" },
      fields.textArea("they_gain", {
        rows: 2,
        hint: words.they_gain_hint,
        placeholder: words.they_gain_example,
      }),
      fields.textArea("hope", { rows: 2, hint: words.hope_hint }),
    ),
    row.hope_caution && noteCaution(sheet, row.hope_caution, "caution-hope"),
    first &&
      h(
        "div",
        { class: "example", key: "first_ask" },
        h("p", {}, words.first_ask, " ", h("strong", {}, first.text)),
        first.planned
          ? h("p", { class: "hint" }, words.first_ask_planned)
          : sheet.button(words.first_ask_do, () => sendForOpen(sheet, "ask_first")),
      ),
  ];
}

/** @param {Sheet} sheet */
function drawSign(sheet, row) {
  const { words, memory } = sheet;
  const me = (memory[`me-${row.language}`] ??= { id: `me-${row.language}`, draft: true, me: "" });
  const sign = (event) => {
    event.preventDefault();
    if (me.me.trim()) sendForOpen(sheet, "sign", { me: me.me.trim() });
  };
  return h(
    "form",
    { key: "sign", class: "row", onsubmit: sign },
    sheet.fields("setting", me).text("me", {
      hint: row.language === "ja" ? words.me_hints.japanese : words.me_hints.english,
    }),
    h("button", { type: "submit" }, words.sign),
  );
}

/** @param {Sheet} sheet */
function drawText(sheet, row) {
  const { words } = sheet;
  const fields = sheet.fields("message", row);
  const [subject, text] = ["subject", "text"].map((column) => fields.currentValue(column));
  const open = row.read.gaps.filter((gap) => `${subject}${text}`.includes(`［${gap}］`));
  return [
    row.subject !== "" && fields.text("subject"),
    h(
      "div",
      { key: "text", lang: row.language },
      fields.textArea("text", { rows: 12, hint: words.text_hint, focus: "text" }),
    ),
    row.text_caution && noteCaution(sheet, row.text_caution, "caution-text"),
    open.length > 0 &&
      h(
        "div",
        { class: "field", key: "gaps" },
        h("p", { class: "hint" }, words.gaps),
        h(
          "ul",
          { class: "row" },
          open.map((gap) =>
            h(
              "li",
              { key: gap },
              sheet.button(gap, () => goTo(sheet, `［${gap}］`), {
                name: sheet.say("go_to_gap", { gap }),
              }),
            ),
          ),
        ),
      ),
    row.own &&
      h(
        "p",
        { key: "anew" },
        sheet.button(words.anew, () => sendForOpen(sheet, "compose")),
      ),
  ];
}

/** Select a place in the text, so that typing replaces it. @param {Sheet} sheet */
function goTo(sheet, text) {
  const area = sheet.findFocus("text");
  const at = area?.value.indexOf(text) ?? -1;
  if (!area || at < 0) return;
  area.focus();
  area.setSelectionRange(at, at + text.length);
}

/** The findings of the review: the passage, the reason, and a gentler line to insert.
 * @param {Sheet} sheet
 */
function drawNoticed(sheet, row) {
  const { words } = sheet;
  const { findings, about, later, waits } = row.read;
  return h(
    "div",
    { class: "noticed", key: "noticed" },
    h(
      "p",
      { role: "status", class: findings.length ? null : "hint" },
      findings.length ? h("strong", {}, words.noticed) : words.noticed_none,
    ),
    findings.length > 0 &&
      h(
        "ul",
        { class: "cards" },
        findings.map((one) =>
          h(
            "li",
            { class: "card", key: one.rule },
            h("h4", {}, one.name),
            one.quote && h("p", {}, h("q", { lang: row.language }, one.quote)),
            h("p", {}, one.why),
            one.can
              ? h(
                  "dl",
                  { class: "rewording", lang: row.language },
                  one.before && [
                    h("dt", { key: "b" }, words.reads_now),
                    h("dd", { key: "bd" }, one.before),
                  ],
                  h("dt", {}, one.before ? words.reads_then : words.put_in),
                  h("dd", { class: "softer" }, one.after || words.left_out),
                )
              : h("p", { class: "hint" }, one.act),
            h(
              "div",
              { class: "row" },
              one.can &&
                sheet.button(
                  one.after ? words.soften : words.leave_out,
                  () => sendForOpen(sheet, "soften", { rule: one.rule }),
                  { name: `${one.after ? words.soften : words.leave_out} – ${one.name}` },
                ),
              one.quote &&
                sheet.button(words.see_it, () => goTo(sheet, one.quote), {
                  name: `${words.see_it} – ${one.name}`,
                }),
            ),
            explanation(sheet, `noticed-${one.rule}`, one),
          ),
        ),
      ),
    h(
      "p",
      { class: "hint" },
      about === "me" && [words.about_me, " "],
      later ? sheet.say("later", { when: later }) : words.now,
      " ",
      waits.map(({ why }) => why),
    ),
    waits.map((reason) => explanation(sheet, "waits", reason)),
  );
}

/** What the message keeps or gives, and the notes about the contact. @param {Sheet} sheet */
function drawAbout(sheet, row) {
  const { words } = sheet;
  const options = (found, column) => found.map((one) => [one.id, one[column]]);
  const fields = sheet.fields("message", row);
  return [
    row.promises.length > 0 &&
      fields.select("promise_id", options(row.promises, "words"), {
        label: words.keeps,
        empty: words.none_of_these,
      }),
    row.gives.length > 0 &&
      fields.select("give_id", options(row.gives, "what"), {
        label: words.gives,
        empty: words.none_of_these,
      }),
    row.notes.length > 0 &&
      sheet.details(
        `notes-${row.id}`,
        sheet.say("notes", { name: row.name }),
        h(
          "dl",
          {},
          row.notes.map(([key, text]) => [
            h("dt", { key }, words.noted[key]),
            h("dd", { key: `${key}-d` }, text),
          ]),
        ),
      ),
  ];
}

/** Ask for the next step after a sent message; none is fine as well. @param {Sheet} sheet */
function drawAfter(sheet) {
  const { state, words, memory } = sheet;
  const next = (memory.next ??= { id: "next", draft: true, words: "", due: "" });
  const close = (values) =>
    sheet.send(
      { do: "follow", ...values },
      {
        done: (answer) => {
          if (answer.ok) {
            memory.next = null;
            sheet.draw();
            sheet.focus("who");
          }
        },
      },
    );
  const fields = sheet.fields("step", next);
  return h(
    "form",
    {
      class: "today after",
      key: "after",
      onsubmit: (event) => {
        event.preventDefault();
        close({ words: next.words, due: next.due });
      },
    },
    h(
      "h3",
      { tabindex: -1, "data-focus": "after" },
      sheet.say("after", { name: state.after.name }),
    ),
    h(
      "div",
      { class: "pair" },
      fields.text("words", {
        label: words.next_step,
        placeholder: words.next_example,
      }),
      fields.dateField("due", { label: words.next_on }),
    ),
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "main" }, words.keep_next),
      sheet.button(words.no_next, () => close({ words: "" })),
    ),
  );
}

/** @param {Sheet} sheet */
function drawListed(sheet) {
  const { state, words } = sheet;
  const said = ({ name, kind, day }) =>
    sheet.say("listed", { name, kind: state.kinds[kind]?.[0] ?? "", day });
  return [
    state.begun.length > 0 &&
      h(
        "div",
        { key: "begun", class: "begun" },
        h("h3", {}, words.begun),
        h(
          "ul",
          {},
          state.begun.map((one) =>
            h(
              "li",
              { class: "row", key: one.id },
              h("span", {}, said(one)),
              sheet.button(
                words.go_on,
                () => {
                  sheet.saveAll();
                  sheet.send({ do: "show", id: one.id });
                },
                { name: `${words.go_on} – ${said(one)}` },
              ),
            ),
          ),
        ),
      ),
    state.sent.length > 0 &&
      sheet.details(
        "sent",
        words.sent_before,
        h(
          "ul",
          { class: "dots" },
          state.sent.map((one) => h("li", { key: one.id }, said(one))),
        ),
      ),
  ];
}

export default defineSheet({ draw, mounted: inAddress.mounted });
