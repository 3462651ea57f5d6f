// Places where such people gather: a card for each place, with the plan for arriving there.

import { explanation, noteCaution } from "../parts/explanation.js";
import { ifThen } from "../parts/if_then.js";
import { lineEntry, sendLine } from "../parts/line_entry.js";
import { personPicker } from "../parts/person_picker.js";
import { signQuestion, solicitationSigns } from "../parts/solicitation.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    state.wish ? drawExample(sheet) : drawWishMissing(sheet),
    state.places.length === 0 && h("p", { class: "empty", key: "empty" }, words.empty),
    state.places.length > 1 && h("p", { class: "hint", key: "order" }, words.order),
    h(
      "ul",
      { class: "cards", key: "places" },
      state.places.map((place) => drawPlace(sheet, place)),
    ),
    h(
      "p",
      { key: "add" },
      sheet.button(words.add, () => sheet.add("place"), {
        main: state.places.length === 0,
        focus: "add-place",
      }),
    ),
    state.wish && state.untried.length > 0 && drawUntried(sheet),
    state.wish && drawDepartments(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawExample(sheet) {
  const { state, words } = sheet;
  return h(
    "p",
    { class: "example", key: "example" },
    h("strong", {}, words.example_title),
    " ",
    words.examples[state.start] ?? words.examples.any,
  );
}

/** Without a wish no place is proposed; one may be written all the same. @param {Sheet} sheet */
function drawWishMissing(sheet) {
  const { words } = sheet;
  return h(
    "p",
    { class: "example", key: "wish" },
    words.wish_missing,
    " ",
    h("a", { href: "#wish" }, words.to_wish),
  );
}

/** The kinds of place of which none is written. @param {Sheet} sheet */
function drawUntried(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "untried", key: "untried" },
    h("p", { class: "hint" }, words.untried),
    h(
      "div",
      { class: "row" },
      state.untried.map((kind) =>
        sheet.button(words.kinds[kind], () => sheet.add("place", { kind }), {
          name: sheet.say("add_kind", { kind: words.kinds[kind] }),
        }),
      ),
    ),
  );
}

/** The parts of the company where one knows nobody yet, one a line; a day makes one a place to go.
 * @param {Sheet} sheet
 */
function drawDepartments(sheet) {
  const { state, words, common, memory } = sheet;
  const id = `${sheet.id}-department`;
  memory.departments ??= state.departments.length > 0;
  const enter = (entry) => {
    if (entry.value.trim()) sendLine(sheet, entry, { do: "list_departments", text: entry.value });
  };
  return sheet.details(
    "departments",
    words.departments,
    h("p", { class: "hint", id: `${id}-hint` }, words.departments_hint),
    h("label", { for: id }, words.department),
    lineEntry(sheet, { id, "aria-describedby": `${id}-hint`, "data-focus": "department" }, enter),
    h(
      "ul",
      { class: "cards" },
      state.departments.map((row) =>
        h(
          "li",
          { class: "card", key: row.id, "aria-label": row.name },
          h("p", {}, h("strong", {}, row.name)),
          sheet.fields("place", row).dateField("next_on", { label: words.department_on }),
          sheet.button(common.remove, () => sheet.remove("place", row, "department"), {
            name: `${common.remove}: ${row.name}`,
          }),
        ),
      ),
    ),
    state.known_departments.map(({ id: key, name, who }) =>
      h("p", { class: "hint", key }, sheet.say("department_known", { name, who })),
    ),
  );
}

/** @param {Sheet} sheet */
function drawPlace(sheet, place) {
  const { state, words, common } = sheet;
  const called = place.name || words.unnamed;
  const fields = sheet.fields("place", place);
  return h(
    "li",
    { class: "card", key: place.id, "aria-label": called },
    fields.text("name", { label: words.place_name, focus: place.id }),
    h(
      "div",
      { class: "pair" },
      fields.dateField("next_on", { hint: place.name && !place.next_on && words.undated }),
      fields.select("rhythm", words.rhythms),
    ),
    place.near &&
      h(
        "p",
        { class: "hint", key: "near" },
        sheet.say(place.coming_on ? "upcoming" : "past", { on: place.near }),
      ),
    place.lines.map((line) => h("p", { class: "example", key: line }, line)),
    place.last &&
      h(
        "div",
        { key: "last" },
        h("p", { class: "hint" }, place.last.why, " ", words.comes_last),
        explanation(sheet, `last-${place.id}`, place.last),
      ),
    state.roles.length > 0 && fields.select("role_id", state.roles),
    place.name && drawPlans(sheet, place),
    sheet.details(
      `${place.id}-more`,
      common.more,
      personPicker(fields, "entrance_id", {
        label: words.entrance,
        hint: words.entrance_hint,
        fresh: true,
      }),
      fields.select("kind", words.kinds),
      fields.textArea("note", {
        label: words.place_note,
        hint: words.place_note_hint,
        rows: 2,
      }),
      place.note_caution && noteCaution(sheet, place.note_caution, `caution-${place.id}`),
    ),
    signQuestion(fields, place.asks, { focus: place.id }),
    solicitationSigns(fields),
    sheet.button(common.remove, () => sheet.remove("place", place, "add-place"), {
      name: `${common.remove}: ${called}`,
    }),
  );
}

/** What to do on arriving. @param {Sheet} sheet @param {Row} place */
function drawPlans(sheet, place) {
  const { words } = sheet;
  const examples = { cue: words.cue_example, act: words.act_example };
  return h(
    "div",
    { class: "arriving", key: "plans" },
    h("h3", {}, words.plan_title),
    place.plans.map((plan) => h("div", { key: plan.id }, ifThen(sheet, plan, examples))),
  );
}

export default defineSheet({ draw });
