// Add people quickly: one form, Enter saves it, and the next name can follow at once.

import { isRemembering, remembering } from "../parts/remembering.js";
import { personPicker } from "../parts/person_picker.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** The form's values exist only on the page until they are saved. @param {Sheet} sheet */
function draft(sheet) {
  const { memory } = sheet;
  memory.count ??= 0;
  return (memory.draft ??= memory.refused?.pop() ?? {
    id: `new-${memory.count++}`,
    draft: true,
    name: "",
    reading: "",
    step: "",
    on: "",
    known_as: "",
    known_since: null,
    met_on: "",
    last_talk: "",
    role_id: "",
    ahead: "",
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
  const { name, reading, step, on, known_as, known_since, met_on } = row;
  const { last_talk, role_id, ahead } = row;
  if (!name.trim()) return sheet.focus("capture.name");
  memory.draft = null;
  delete memory.asked?.[row.id];
  sheet.draw();
  sheet.focus("capture.name");
  sheet.send(
    {
      do: "keep",
      ...{ name, reading, step, on, known_as, known_since, met_on },
      ...{ last_talk, role_id, ahead, ...same },
    },
    {
      done: (answer) => {
        if (answer.ok && !answer.namesakes) return;
        (memory.refused ??= []).push(row);
        if (!memory.draft?.name && !memory.draft?.step) memory.draft = null;
        if (answer.namesakes) (memory.asked ??= {})[row.id] = answer.namesakes;
        sheet.draw();
        if (answer.namesakes && memory.draft === row) sheet.focus("capture.same");
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
    h(
      "p",
      { id: `${sheet.id}-same`, tabindex: -1, "data-focus": "capture.same" },
      common.person_same,
    ),
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
  const { state, words } = sheet;
  if (isRemembering(sheet)) return remembering(sheet);
  const row = draft(sheet);
  const fields = sheet.fields("contact", row);
  const own = (column, options) =>
    fields.choose(column, options, {
      onpick: (value) => {
        row[column] = value;
        sheet.draw();
      },
    });
  return [
    h(
      "form",
      {
        class: "capture",
        key: "form",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          keep(sheet);
        },
      },
      h(
        "div",
        { class: "pair" },
        fields.text("name", {
          label: words.full_name,
          placeholder: words.name_example,
          focus: "capture.name",
        }),
        fields.text("reading", { placeholder: words.reading_example }),
      ),
      h(
        "div",
        { class: "pair" },
        fields.text("step", { placeholder: words.step_example }),
        fields.dateField("on", { hint: words.on_hint }),
      ),
      fields.choose("known_as", words.known_ases, {
        onpick: (value) => {
          Object.assign(row, { known_as: value, met_on: row.met_on || sheet.state.today });
          sheet.draw();
        },
      }),
      row.known_as === "just_met" && fields.dateField("met_on"),
      row.known_as === "known" &&
        fields.year("known_since", state.today, { hint: words.known_since_hint }),
      row.known_as && row.known_as !== "just_met" && own("last_talk", state.last_talks),
      state.roles.length > 0 && own("role_id", state.roles),
      row.role_id && own("ahead", words.aheads),
      h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, words.keep)),
    ),
    sheet.memory.asked?.[row.id] && drawSame(sheet, row, sheet.memory.asked[row.id]),
    h("h3", {}, words.recent),
    state.recent.length
      ? h(
          "ul",
          { class: "cards" },
          state.recent.map((one) => drawRecent(sheet, one)),
        )
      : h("p", { class: "empty" }, words.recent_empty),
    remembering(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawRecent(sheet, one) {
  const { words } = sheet;
  const reading = `${one.family_kana} ${one.given_kana}`.trim();
  const fields = sheet.fields("contact", one);
  return h(
    "li",
    { class: "card", key: one.id },
    h("h4", {}, one.name, reading && h("small", {}, reading)),
    one.steps.map((step) =>
      h(
        "p",
        { key: step.id },
        format(step.on ? words.step_on : words.step_said, { step: step.words, on: step.day }),
      ),
    ),
    sheet.details(
      one.id,
      format(words.more_of, { name: one.name }),
      h(
        "div",
        { class: "pair" },
        fields.text("name", { label: words.full_name }),
        fields.text("organisation"),
        fields.text("family_kana"),
        fields.text("given_kana"),
        fields.text("how_met", { placeholder: words.how_met_example }),
        fields.text("where_met"),
        fields.choose("known_as", words.known_ases),
        fields.dateField("met_on"),
        personPicker(fields, "through_id", { fresh: true, without: [one.id] }),
        one.steps.map((step) => [
          sheet.fields("step", step).text("words", { label: words.step }),
          sheet.fields("step", step).dateField("on", { label: words.on }),
        ]),
      ),
      sheet.button(words.put_away, () => sheet.remove("contact", one)),
    ),
  );
}

export default defineSheet({ draw });
