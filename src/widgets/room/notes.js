// Notes: one's own word, and those of the others once they are opened.

import { readBy, said, whileOpen } from "./room_sheet.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { phase } = state;
  if (!phase) return h("p", { class: "empty", key: "none" }, words.none);
  return [
    h("h3", {}, phase.title, " ", h("span", { class: "tag" }, phase.grouping)),
    !state.is_full && drawEntry(sheet),
    state.own.length > 0 && drawOwn(sheet),
    h("h3", {}, words.others),
    drawOthers(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawEntry(sheet) {
  const { state, words, memory } = sheet;
  const { phase } = state;
  const draft = (memory.draft ??= { id: "note", draft: true, words: "" });
  const send = (event) => {
    event.preventDefault();
    if (!draft.words.trim()) {
      sheet.setStatus(words.empty, true);
      return sheet.focus("note.words");
    }
    const done = ({ ok }) => {
      if (!ok) return;
      memory.draft = null;
      const field = sheet.findFocus("note.words");
      if (field) field.value = "";
      sheet.draw();
      sheet.focus("note.words");
    };
    sheet.send({ do: "write_note", phase_id: phase.id, words: draft.words }, { done });
  };
  return h(
    "form",
    { key: `entry-${phase.id}`, novalidate: true, onsubmit: send },
    sheet.fields("entry", draft).text("words", {
      label: readBy(sheet, "group", words.words),
      hint: words.shows[phase.shows],
    }),
    h("button", { type: "submit", class: "main" }, words.keep),
  );
}

/** @param {Sheet} sheet */
function drawOwn(sheet) {
  const { state, words } = sheet;
  return [
    h("h3", {}, words.mine),
    h(
      "ul",
      { class: "cards", key: "own" },
      state.own.map((row) =>
        h(
          "li",
          { class: "row", key: row.id },
          sheet.fields("room_note", row).text("words", { hideLabel: true }),
          sheet.button(words.drop, () => sheet.remove("room_note", row, "note.words"), {
            name: `${words.drop} – ${row.words}`,
          }),
        ),
      ),
    ),
  ];
}

/** What was opened; what came later stands on top, marked as new. @param {Sheet} sheet */
function drawOthers(sheet) {
  const { state, words, memory } = sheet;
  const { phase } = state;
  if (phase.revealed !== "all") {
    const text = phase.revealed === "host" ? words.not_yet_all : words.not_yet;
    return h("p", { class: "empty", key: "not-yet" }, text);
  }
  const seen = (memory.seen ??= {});
  seen[phase.id] ??= new Set(state.others.map((note) => note.id));
  const isNew = (note) => !seen[phase.id].has(note.id);
  const order = [...state.others.filter(isNew), ...state.others.filter((note) => !isNew(note))];
  return h(
    "ul",
    { class: "cards", key: "others", "aria-live": "polite" },
    order.map((note) =>
      h(
        "li",
        { class: "card", key: note.id },
        said(note.words),
        h(
          "p",
          { class: "hint" },
          note.who,
          isNew(note) && [" ", h("span", { class: "tag" }, words.new)],
          note.pinned && [" ", h("span", { class: "tag" }, words.pinned)],
        ),
      ),
    ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
