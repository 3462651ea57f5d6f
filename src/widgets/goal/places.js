// Places where such people gather: a card for each place.

import { personPicker } from "../parts/person_picker.js";
import { solicitationSigns } from "../parts/solicitation.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const phases = Object.entries(words.phases);
  return [
    sheet
      .fields("goal", state.goal)
      .choose("phase", phases, { hint: words.phase_says[state.goal.phase] }),
    h(
      "p",
      { class: "example", key: "example" },
      h("strong", {}, words.example_title),
      " ",
      words.examples[state.goal.start || "any"],
    ),
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
  ];
}

/** @param {Sheet} sheet */
function drawPlace(sheet, place) {
  const { state, words, common } = sheet;
  const called = place.name || words.unnamed;
  const sizes = words.sizes.map(({ size, text }) => [size, text]);
  if (place.size != null && !sizes.some(([size]) => size === place.size))
    sizes.push([place.size, String(place.size)]);
  const fields = sheet.fields("place", place);
  return h(
    "li",
    { class: "card", key: place.id, "aria-label": called },
    fields.text("name", { label: words.place_name, focus: place.id }),
    h(
      "div",
      { class: "pair" },
      fields.dateField("next_on"),
      fields.select("rhythm", words.rhythms),
    ),
    place.near &&
      h(
        "p",
        { class: "hint", key: "near" },
        sheet.say(place.coming_on ? "upcoming" : "past", { on: place.near }),
      ),
    personPicker(fields, "entrance_id", {
      label: words.entrance,
      hint: words.entrance_hint,
      fresh: true,
    }),
    sheet.details(
      `${place.id}-more`,
      common.more,
      h(
        "div",
        { class: "pair" },
        fields.select("kind", words.kinds),
        fields.select("size", sizes),
        fields.select(
          "fit",
          words.fits.map((text, fit) => [fit, text]),
        ),
        state.roles.length > 0 && fields.select("role_id", state.roles),
      ),
      fields.textArea("note", { label: words.place_note, rows: 2 }),
    ),
    solicitationSigns(fields),
    sheet.button(common.remove, () => sheet.remove("place", place, "add-place"), {
      name: `${common.remove}: ${called}`,
    }),
  );
}

export default defineSheet({ draw });
