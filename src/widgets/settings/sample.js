// The sample book: load and remove it, in one click each.

import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const act = (name) => sheet.send({ do: name });
  return h(
    "div",
    { class: "cards" },
    h(
      "div",
      { class: "card", key: "holds" },
      h("h3", {}, words.holds_title),
      h(
        "ul",
        { class: "dots" },
        Object.entries(words.holds).map(([table, text]) =>
          h("li", { key: table }, format(text, { n: state.holds[table] })),
        ),
      ),
    ),
    state.left.length > 0 && drawLeftovers(sheet, act),
    state.loaded
      ? h(
          "div",
          { key: "in" },
          h("p", {}, words.loaded),
          h("p", { class: "hint" }, words.remove_hint),
          h(
            "div",
            { class: "row" },
            h("a", { class: "button main", href: state.next, "data-focus": "sample" }, words.look),
            sheet.button(words.remove, () => act("take_out")),
          ),
        )
      : h(
          "div",
          { key: "out" },
          h("p", { class: "hint" }, words.own_stays),
          sheet.button(words.load, () => act("load"), { main: true, focus: "sample" }),
        ),
  );
}

/** @param {Sheet} sheet */
function drawLeftovers(sheet, act) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "card", key: "left" },
    h("h3", {}, words.left_title),
    h("p", { class: "hint" }, words.left_hint),
    h(
      "ul",
      { class: "dots" },
      state.left.map(({ table, text }, index) =>
        h("li", { key: index }, `${words.tables[table]}${text && `: ${text}`}`),
      ),
    ),
    state.more > 0 && h("p", {}, sheet.say("left_more", { n: state.more })),
    sheet.button(words.remove_left, () => act("take_left")),
  );
}

export default defineSheet({ draw });
