// Offers: what the person could do, in their own words and three sizes. Ideas open once something
// of their own is written.

import { lineEntry, sendLine } from "../parts/line_entry.js";
import { stand } from "../parts/stand.js";
import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { offers } = state;
  return [
    !offers.length && h("p", { class: "empty", key: "empty" }, words.empty),
    drawEntry(sheet),
    state.sizes.map((size) => drawSize(sheet, size)),
    offers.length > 0 && [
      h(
        "p",
        { class: state.enough ? "enough" : "hint", role: "status", key: "count" },
        format(state.enough ? words.enough : words.so_far, { n: state.small }),
      ),
      drawWeek(sheet),
      sheet.details(
        "ideas",
        words.ideas,
        h("p", { class: "hint" }, words.ideas_hint),
        state.ways.filter((way) => way.ideas.length).map((way) => drawWay(sheet, way)),
      ),
    ],
    stand(sheet, "first"),
  ];
}

/** How many minutes a week has: no gift is proposed that takes longer. @param {Sheet} sheet */
function drawWeek(sheet) {
  const { state, words } = sheet;
  const choices = state.sizes.map(({ minutes }) => [
    String(minutes),
    format(words.minutes_n, { n: minutes }),
  ]);
  return sheet.fields("setting", state.week).choose("minutes", choices, {
    label: words.week,
    hint: words.week_hint,
    onpick: (minutes) => sheet.send({ do: "give_time", minutes }),
  });
}

/** One line, and how long it takes. @param {Sheet} sheet */
function drawEntry(sheet) {
  const { state, words, memory } = sheet;
  const id = `${sheet.id}-entry`;
  const size = memory.size ?? "small";
  return h(
    "div",
    { class: "own", key: "own" },
    h("label", { for: id }, words.entry),
    h("p", { class: "hint", id: `${id}-hint` }, words.entry_example),
    lineEntry(sheet, { id, "aria-describedby": `${id}-hint`, "data-focus": "entry" }, (entry) =>
      offer(sheet, entry),
    ),
    h(
      "fieldset",
      { class: "choose" },
      h("legend", { class: "unseen" }, words.size),
      h(
        "div",
        { class: "choices" },
        state.sizes.map(({ name, minutes }) =>
          h(
            "label",
            { key: name, class: "option" },
            h("input", {
              type: "radio",
              name: `${id}-size`,
              checked: name === size,
              "data-focus": `size.${name}`,
              onchange: () => {
                memory.size = name;
                sheet.draw();
              },
            }),
            h("span", {}, format(words.minutes_n, { n: minutes })),
          ),
        ),
      ),
    ),
  );
}

/** Write the entry's line down and clear it for the next. @param {Sheet} sheet */
function offer(sheet, entry) {
  const text = entry.value;
  if (text.trim())
    sendLine(sheet, entry, { do: "offer", size: sheet.memory.size ?? "small", text });
}

/** @param {Sheet} sheet */
function drawSize(sheet, { name, minutes }) {
  const { state, words } = sheet;
  const rows = state.offers.filter((row) => (row.size || "small") === name);
  if (!rows.length) return null;
  const title = format(words.minutes_n, { n: minutes });
  return h(
    "section",
    { key: name, "aria-label": title },
    h("h3", {}, title),
    h(
      "ul",
      { class: "offers" },
      rows.map((row) => drawOffer(sheet, row)),
    ),
  );
}

/** @param {Sheet} sheet */
function drawOffer(sheet, row) {
  const { state, words } = sheet;
  const fields = sheet.fields("offer", row);
  return h(
    "li",
    { key: row.id },
    fields.textArea("what", { rows: 1, hideLabel: true, focus: row.id }),
    sheet.details(
      `offer-${row.id}`,
      words.about_offer,
      h(
        "div",
        { class: "pair" },
        fields.select(
          "size",
          state.sizes.map((size) => [size.name, format(words.minutes_n, { n: size.minutes })]),
        ),
        state.strengths.length > 0 && fields.select("strength_id", state.strengths),
        fields.select(
          "give",
          state.ways.map((way) => [way.name, way.title]),
        ),
      ),
      sheet.button(sheet.common.remove, () => sheet.remove("offer", row, "entry"), {
        name: row.what ? format(words.remove_one, { name: row.what }) : sheet.common.remove,
      }),
    ),
  );
}

/** One way to give, with ideas to use. @param {Sheet} sheet */
function drawWay(sheet, way) {
  const { state, words } = sheet;
  const minutes = Object.fromEntries(state.sizes.map((size) => [size.name, size.minutes]));
  return sheet.details(
    `way-${way.name}`,
    way.title,
    h(
      "ul",
      { class: "ideas" },
      way.ideas.map((idea) =>
        h(
          "li",
          { key: idea.text },
          sheet.button(
            [`＋ ${idea.text}`, h("small", {}, format(words.minutes_n, { n: minutes[idea.size] }))],
            () => sheet.add("offer", { give: way.name, size: idea.size, what: idea.text }),
            { name: format(words.take_idea, idea) },
          ),
        ),
      ),
    ),
  );
}

/** Write down what stands in the entry when the page is left. @param {Sheet} sheet */
function mounted(sheet) {
  const leave = () => {
    const entry = sheet.findFocus("entry");
    if (entry) offer(sheet, entry);
  };
  window.addEventListener("pagehide", leave, { capture: true });
  window.addEventListener("enishi:leave", leave, { capture: true });
}

export default defineSheet({ draw, mounted });
