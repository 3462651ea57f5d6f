// Gives: ten ways that open and close, each with three sizes side by side (one below another on a
// narrow display): the person's own offers, and ideas to use.

import { fill, h, paper } from "../base/sheet.js";

function draw(sheet) {
  const { state, words } = sheet;
  return [
    h(
      "p",
      { class: state.enough ? "enough" : "hint", role: "status", key: "count" },
      fill(state.enough ? words.enough : words.so_far, { n: state.small }),
    ),
    state.strengths.length > 0 &&
      sheet.fold(
        "tie",
        words.ways_title,
        h("p", { class: "hint" }, words.ways_hint),
        h(
          "div",
          { class: "pair" },
          state.strengths.map((row) =>
            sheet.select(
              "strength",
              row,
              "give",
              state.ways.map((way) => [way.name, way.title]),
              { label: fill(words.way_of, row) },
            ),
          ),
        ),
      ),
    h(
      "div",
      { class: "ways", key: "ways" },
      state.ways.map((way) => drawWay(sheet, way)),
    ),
  ];
}

function drawWay(sheet, way) {
  const { state, words } = sheet;
  const title = [
    h("span", {}, way.title),
    " ",
    way.count > 0 && h("span", { class: "tag" }, fill(words.count, { n: way.count })),
    way.fits.length > 0 &&
      h("small", {}, fill(words.fits, { names: way.fits.join(words.between) })),
  ];
  return sheet.fold(
    `way-${way.name}`,
    title,
    h(
      "div",
      { class: "sizes" },
      state.sizes.map((size) => drawSize(sheet, way, size)),
    ),
  );
}

function drawSize(sheet, way, size) {
  const { words } = sheet;
  const more = `more.${way.name}.${size.name}`;
  const start = { give: way.name, size: size.name, strength_id: way.strength_id };
  return h(
    "div",
    { key: size.name, role: "group", "aria-label": `${way.title}: ${size.title}` },
    h("h3", {}, size.title),
    h(
      "ul",
      {},
      way.offers[size.name].map((row) => drawOffer(sheet, row, size, more)),
    ),
    h(
      "ul",
      { class: "ideas", "aria-label": words.ideas },
      way.ideas[size.name].map((idea) =>
        h(
          "li",
          { key: idea.text },
          sheet.button(
            `＋ ${idea.text}`,
            () => sheet.add("offer", { ...start, what: idea.text, minutes: idea.minutes }),
            { name: fill(words.take_idea, idea) },
          ),
        ),
      ),
    ),
    sheet.button(words.add_own, () => sheet.add("offer", start), {
      focus: more,
      name: fill(words.add_own_to, { way: way.title, size: size.title }),
    }),
  );
}

function drawOffer(sheet, row, size, more) {
  const { state, words } = sheet;
  const minutes = state.minutes[size.name].map((n) => [n, fill(words.minutes_n, { n })]);
  return h(
    "li",
    { class: "offer", key: row.id },
    sheet.lines("offer", row, "what", { rows: 1, placeholder: words.what_example, focus: row.id }),
    h(
      "div",
      { class: "row" },
      sheet.select("offer", row, "minutes", minutes, { label: words.minutes_label }),
      sheet.button("×", () => sheet.drop("offer", row, more), {
        name: row.what ? fill(words.remove_one, { name: row.what }) : sheet.common.remove,
      }),
    ),
  );
}

/** At first, open the ways that hold an offer, else the first way that fits a strength. */
function begin(sheet) {
  const { state, memory } = sheet;
  if (!state.ways) return;
  memory.tie ??= state.strengths.length > 0 && !state.strengths.some((row) => row.give);
  const filled = state.ways.filter((way) => way.count > 0);
  const open = filled.length
    ? filled
    : [state.ways.find((way) => way.fits.length > 0) ?? state.ways[0]];
  for (const way of state.ways) memory[`way-${way.name}`] ??= open.includes(way);
  sheet.draw();
}

export default paper({ draw, begin });
