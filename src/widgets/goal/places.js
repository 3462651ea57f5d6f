// Places where such people gather: a card for each place.

import { h, paper } from "../base/sheet.js";
import "../parts/solicitation.js";

function draw(sheet) {
  const { state, words } = sheet;
  const phases = Object.entries(words.phases);
  return [
    sheet.choose("goal", state.goal, "phase", phases, { hint: words.phase_says[state.goal.phase] }),
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

function drawPlace(sheet, place) {
  const { state, words, common } = sheet;
  const called = place.name || words.unnamed;
  const sizes = words.sizes.map(({ size, text }) => [size, text]);
  if (place.size != null && !sizes.some(([size]) => size === place.size))
    sizes.push([place.size, String(place.size)]);
  return h(
    "li",
    { class: "card", key: place.id, "aria-label": called },
    sheet.text("place", place, "name", { label: words.place_name, focus: place.id }),
    h(
      "div",
      { class: "pair" },
      sheet.day("place", place, "next_on"),
      sheet.select("place", place, "rhythm", Object.entries(words.rhythms)),
    ),
    place.near &&
      h(
        "p",
        { class: "hint", key: "near" },
        sheet.say(place.upcoming ? "upcoming" : "past", { on: place.near }),
      ),
    sheet.person("place", place, "entrance_id", {
      label: words.entrance,
      hint: words.entrance_hint,
      fresh: true,
    }),
    sheet.fold(
      `${place.id}-more`,
      common.more,
      h(
        "div",
        { class: "pair" },
        sheet.select("place", place, "kind", Object.entries(words.kinds)),
        sheet.select("place", place, "size", sizes),
        sheet.select(
          "place",
          place,
          "fit",
          words.fits.map((text, fit) => [fit, text]),
        ),
        state.roles.length > 0 && sheet.select("place", place, "role_id", state.roles),
      ),
      sheet.lines("place", place, "note", { label: words.place_note, rows: 2 }),
    ),
    sheet.signs("place", place),
    sheet.button(common.remove, () => sheet.drop("place", place, "add-place"), {
      name: `${common.remove}: ${called}`,
    }),
  );
}

export default paper({ draw });
