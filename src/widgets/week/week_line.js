// The line to write anything in: what it says is shown before it is stored.

import { personPicker } from "../parts/person_picker.js";
import { h } from "../base/sheet.js";

/** One line to write anything; what it says is shown before it is stored. @param {Sheet} sheet */
export function drawLine(sheet) {
  const { words, memory } = sheet;
  memory.line ??= {
    ...{ id: "line", draft: true, words: "", kind: "", contact_id: null, on: "" },
    ...{ heard: "", byHand: {} }, // the words that were read, and what the person set themselves
  };
  const line = memory.line;
  const fields = sheet.fields("line", line);
  /** Ask what the words say, anew when they change. @param {() => void} [then] */
  const read = (then) => {
    const text = line.words.trim();
    if (!text || text === line.heard) return;
    sheet.send(
      { do: "read", text },
      {
        done: (answer) => {
          if (!answer.ok) return;
          const { kind, contact_id, name, on, perhaps, no_day } = answer;
          line.heard = text;
          if (!line.byHand.kind) line.kind = kind;
          if (!line.byHand.who)
            Object.assign(line, { contact_id: contact_id || null, name, perhaps });
          line.no_day = no_day;
          if (!line.byHand.on) line.on = on;
          sheet.draw();
          then?.();
        },
      },
    );
  };
  return h(
    "form",
    {
      class: "line",
      key: "line",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        read(() => sheet.focus("line.keep"));
      },
    },
    h(
      "div",
      { class: "row", onchange: () => line.kind && read() },
      fields.text("words", {
        label: words.line,
        hideLabel: true,
        placeholder: words.line_example,
        focus: "line.words",
      }),
      !line.kind && h("button", { type: "submit" }, words.line_add),
    ),
    line.no_day &&
      !line.on &&
      h("p", { class: "trouble", key: "no-day", role: "status" }, line.no_day),
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
      () => ({
        do: "add_line", // built once words changed just before are read
        words: line.words.trim(),
        kind: line.kind,
        contact_id: line.contact_id ?? "",
        on: line.on,
      }),
      { done: (answer) => answer.ok && clear() },
    );
  const nameWho = (person) => {
    const { id = null, name = "" } = person ?? {};
    Object.assign(line, { contact_id: id, name, perhaps: [] });
    line.byHand.who = true;
    sheet.draw();
  };
  return h(
    "div",
    { class: "understood", key: "understood" },
    fields.choose("kind", words.line_kinds, {
      label: words.line_kind,
      onpick: (kind) => {
        line.kind = kind;
        line.byHand.kind = true;
        sheet.draw();
      },
    }),
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
      fields.dateField("on", {
        label: words.line_on,
        onwrite: () => {
          line.byHand.on = true;
        },
      }),
    ),
    h(
      "div",
      { class: "row" },
      sheet.button(words.line_keep, keep, { main: true, focus: "line.keep" }),
      sheet.button(words.line_cancel, clear),
    ),
  );
}
