// Gives: ten ways that open and close, each with three sizes side by side (one below another on a
// narrow display): the person's own offers, and ideas to use.

import { stand } from "../parts/stand.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    h(
      "p",
      { class: state.enough ? "enough" : "hint", role: "status", key: "count" },
      format(state.enough ? words.enough : words.so_far, { n: state.small }),
    ),
    state.strengths.length > 0 &&
      sheet.details(
        "tie",
        words.ways_title,
        h("p", { class: "hint" }, words.ways_hint),
        h(
          "div",
          { class: "pair" },
          state.strengths.map((row) =>
            sheet.fields("strength", row).select(
              "give",
              state.ways.map((way) => [way.name, way.title]),
              { label: format(words.way_of, row) },
            ),
          ),
        ),
      ),
    h(
      "div",
      { class: "ways", key: "ways" },
      state.ways.map((way) => drawWay(sheet, way)),
    ),
    stand(sheet, "first"),
  ];
}

/** @param {Sheet} sheet */
function drawWay(sheet, way) {
  const { state, words } = sheet;
  const title = [
    h("span", {}, way.title),
    " ",
    way.count > 0 && h("span", { class: "tag" }, format(words.count, { n: way.count })),
    way.fits.length > 0 &&
      h("small", {}, format(words.fits, { names: way.fits.join(words.between) })),
  ];
  return sheet.details(
    `way-${way.name}`,
    title,
    h(
      "div",
      { class: "sizes" },
      state.sizes.map((size) => drawSize(sheet, way, size)),
    ),
  );
}

/** @param {Sheet} sheet */
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
            { name: format(words.take_idea, idea) },
          ),
        ),
      ),
    ),
    sheet.button(words.add_own, () => sheet.add("offer", start), {
      focus: more,
      name: format(words.add_own_to, { way: way.title, size: size.title }),
    }),
  );
}

/** @param {Sheet} sheet */
function drawOffer(sheet, row, size, more) {
  const { state, words } = sheet;
  const minutes = state.minutes[size.name].map((n) => [n, format(words.minutes_n, { n })]);
  const fields = sheet.fields("offer", row);
  return h(
    "li",
    { class: "offer", key: row.id },
    fields.textArea("what", { rows: 1, placeholder: words.what_example, focus: row.id }),
    h(
      "div",
      { class: "row" },
      fields.select("minutes", minutes, { label: words.minutes_label }),
      sheet.button("×", () => sheet.remove("offer", row, more), {
        name: row.what ? format(words.remove_one, { name: row.what }) : sheet.common.remove,
      }),
    ),
  );
}

/** At first, open the ways that hold an offer, else the first way that fits a strength.
 * @param {Sheet} sheet
 */
function mounted(sheet) {
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

export default defineSheet({ draw, mounted });
