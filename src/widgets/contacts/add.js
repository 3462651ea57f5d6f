// Add people: one form, Enter saves it, and the next name can follow at once; below it, a file.

import { drawFileImport, watchImport } from "./file_import.js";
import { personPicker } from "../parts/person_picker.js";
import { emptyLine, lineValues, quickLine } from "../parts/quick_line.js";
import { isRemembering, remembering } from "../parts/remembering.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** The form's values exist only on the page until they are saved. @param {Sheet} sheet */
function draft(sheet) {
  const { memory } = sheet;
  memory.count ??= 0;
  return (memory.draft ??= memory.refused?.pop() ?? {
    id: `new-${memory.count}`,
    draft: true,
    name: "",
    reading: "",
    known_as: "",
    known_since: null,
    met_on: "",
    last_talk: "",
    role_id: "",
    ahead: "",
    organisation: "",
    where_met: "",
    through_id: null,
    line: emptyLine(`line-${memory.count++}`),
  });
}

/** Save the form and clear it for the next name; refused values come back for correction, as do
 *  those of a name that stands in the book: then `same` says who it is.
 * @param {Sheet} sheet
 * @param {{same_id?: string, is_other?: boolean}} same
 */
function keep(sheet, same = {}) {
  const { memory } = sheet;
  const row = draft(sheet);
  const { id, draft: _, line, through_id, ...said } = row;
  if (!row.name.trim()) return sheet.focus("add.name");
  memory.draft = null;
  delete memory.asked?.[id];
  sheet.draw();
  sheet.focus("add.name");
  sheet.send(
    { do: "keep", ...said, ...lineValues(line), through_id: through_id ?? "", ...same },
    {
      done: (answer) => {
        if (answer.ok && !answer.namesakes) return;
        (memory.refused ??= []).push(row);
        if (!memory.draft?.name && !memory.draft?.line.words) memory.draft = null;
        if (answer.namesakes) (memory.asked ??= {})[id] = answer.namesakes;
        sheet.draw();
        if (answer.namesakes && memory.draft === row) sheet.focus("add.same");
      },
    },
  );
}

/** Ask whether a name that is typed is somebody in the book. @param {Sheet} sheet */
function drawSame(sheet, row, people) {
  const { words, common } = sheet;
  return h(
    "div",
    { class: "today same", key: "same", role: "group", "aria-labelledby": `${sheet.id}-same` },
    h("p", { id: `${sheet.id}-same`, tabindex: -1, "data-focus": "add.same" }, common.person_same),
    h(
      "div",
      { class: "row" },
      people.map(({ id, name, note }) =>
        sheet.button([format(words.same, { name }), note && h("small", {}, note)], () =>
          keep(sheet, { same_id: id }),
        ),
      ),
      sheet.button(format(words.other, { name: row.name.trim() }), () =>
        keep(sheet, { is_other: true }),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  if (isRemembering(sheet)) return remembering(sheet);
  const row = draft(sheet);
  return [
    drawForm(sheet, row),
    memory.asked?.[row.id] && drawSame(sheet, row, memory.asked[row.id]),
    state.after && drawAfter(sheet, state.after),
    h("h3", {}, words.recent),
    state.recent.length
      ? h(
          "ul",
          { class: "cards" },
          state.recent.map((one) => drawRecent(sheet, one)),
        )
      : h("p", { class: "empty" }, words.recent_empty),
    remembering(sheet),
    sheet.details("from-file", words.from_file, drawFileImport(sheet)),
  ];
}

/** The form: a name, and what one tap or one line says. @param {Sheet} sheet */
function drawForm(sheet, row) {
  const { state, words } = sheet;
  const fields = sheet.fields("contact", row);
  const own = (column, options) =>
    fields.choose(column, options, {
      onpick: (value) => {
        row[column] = value;
        sheet.draw();
      },
    });
  return h(
    "form",
    {
      class: "add",
      key: "form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        keep(sheet);
      },
    },
    fields.text("name", {
      label: words.full_name,
      placeholder: words.name_example,
      focus: "add.name",
    }),
    fields.choose("known_as", words.known_ases, {
      onpick: (value) => {
        Object.assign(row, { known_as: value, met_on: row.met_on || state.today });
        sheet.draw();
      },
    }),
    row.known_as === "just_met" && fields.dateField("met_on"),
    row.known_as === "known" &&
      fields.year("known_since", state.today, { hint: words.known_since_hint }),
    row.known_as && row.known_as !== "just_met" && own("last_talk", state.last_talks),
    state.roles.length > 0 && own("role_id", state.roles),
    row.role_id && own("ahead", words.aheads),
    quickLine(sheet, row.line, { focus: "add.line" }),
    sheet.details(
      "more",
      words.more,
      h(
        "div",
        { class: "pair" },
        state.reads_kana && fields.text("reading", { placeholder: words.reading_example }),
        fields.text("where_met"),
        personPicker(fields, "through_id", { fresh: true }),
        fields.text("organisation"),
      ),
    ),
    h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, words.keep)),
  );
}

/** Just after, once: one thing they said or love. @param {Sheet} sheet */
function drawAfter(sheet, { id, question }) {
  const { words, memory } = sheet;
  const row = (memory[`after-${id}`] ??= { id: `after-${id}`, draft: true, words: "", kind: "" });
  const fields = sheet.fields("fact", row);
  const isWritten = Boolean(row.words.trim());
  const tell = (said) => sheet.send({ do: "tell", id, ...said });
  return h(
    "form",
    {
      class: "today",
      key: `after-${id}`,
      onsubmit: (event) => {
        event.preventDefault();
        tell({ words: row.words, kind: row.kind });
      },
    },
    fields.text("words", {
      label: question,
      hint: words.after_hint,
      placeholder: words.after_example,
      onwrite: () => Boolean(row.words.trim()) !== isWritten && sheet.draw(),
    }),
    isWritten &&
      fields.choose("kind", words.after_kinds, {
        label: words.after_kind,
        onpick: (kind) => {
          row.kind = kind;
          sheet.draw();
        },
      }),
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit" }, words.after_keep),
      sheet.button(words.after_skip, () => tell({})),
    ),
  );
}

/** @param {Sheet} sheet */
function drawRecent(sheet, one) {
  const { words } = sheet;
  return h(
    "li",
    { class: "card", key: one.id },
    h("h4", {}, one.name, one.reading && h("small", {}, one.reading)),
    one.known_as && h("p", { class: "hint" }, one.known_as),
    one.lines.map((text) => h("p", { key: text }, text)),
    h(
      "a",
      { href: one.card, "aria-label": format(words.open_card, one) },
      format(words.open_card, one),
    ),
  );
}

export default defineSheet({ draw, mounted: watchImport });
