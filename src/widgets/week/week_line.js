// The line to write anything in: what it says is shown before it is stored.

import { personPicker } from "../parts/person_picker.js";
import { h } from "../base/sheet.js";

/** One line to write anything; what it says is shown before it is stored. @param {Sheet} sheet */
export function drawLine(sheet) {
  const { words, memory } = sheet;
  memory.line ??= { id: "line", draft: true, words: "", kind: "", contact_id: null, on: "" };
  const line = memory.line;
  const fields = sheet.fields("line", line);
  const read = (event) => {
    event.preventDefault();
    if (!line.words.trim()) return;
    sheet.send(
      { do: "read", text: line.words },
      {
        done: (answer) => {
          if (!answer.ok) return;
          const { kind, contact_id, name, on, perhaps } = answer;
          Object.assign(line, { kind, contact_id: contact_id || null, name, on, perhaps });
          sheet.draw();
          sheet.focus("line.keep");
        },
      },
    );
  };
  return h(
    "form",
    { class: "line", key: "line", novalidate: true, onsubmit: read },
    h(
      "div",
      { class: "row" },
      fields.text("words", {
        label: words.line,
        hideLabel: true,
        placeholder: words.line_example,
        focus: "line.words",
      }),
      !line.kind && h("button", { type: "submit" }, words.line_add),
    ),
    line.kind && drawUnderstood(sheet, line, fields),
  );
}

/** What the line says, to be changed before it is stored. @param {Sheet} sheet */
function drawUnderstood(sheet, line, fields) {
  const { words, memory } = sheet;
  const clear = () => {
    memory.line = null;
    sheet.draw();
    sheet.focus("line.words");
  };
  const keep = () =>
    sheet.send(
      {
        do: "add_line",
        words: line.words.trim(),
        kind: line.kind,
        contact_id: line.contact_id ?? "",
        on: line.on,
      },
      { done: (answer) => answer.ok && clear() },
    );
  const nameWho = (person) => {
    const { id = null, name = "" } = person ?? {};
    Object.assign(line, { contact_id: id, name, perhaps: [] });
    sheet.draw();
  };
  return h(
    "div",
    { class: "understood", key: "understood" },
    fields.choose("kind", words.line_kinds, { label: words.line_kind }),
    line.perhaps?.length > 0 &&
      h(
        "div",
        { class: "row", key: "perhaps", role: "group", "aria-label": words.line_which },
        h("p", { class: "hint" }, words.line_which),
        line.perhaps.map((person) =>
          sheet.button([person.name, person.note && h("small", {}, " ", person.note)], () => {
            nameWho(person);
            sheet.focus("line.keep");
          }),
        ),
      ),
    h(
      "div",
      { class: "pair" },
      personPicker(fields, "contact_id", {
        label: words.line_who,
        name: line.name,
        fresh: true,
        onpick: nameWho,
      }),
      fields.dateField("on", { label: words.line_on }),
    ),
    h(
      "div",
      { class: "row" },
      sheet.button(words.line_keep, keep, { main: true, focus: "line.keep" }),
      sheet.button(words.line_cancel, clear),
    ),
  );
}
