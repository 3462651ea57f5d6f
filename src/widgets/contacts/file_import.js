// Import a file or a pasted table: choose it, say how to read it and who is who, bring it in, undo.

import { saveFile } from "../base/download.js";
import { format, h } from "../base/sheet.js";

/** Draw again as the import goes on. @param {Sheet} sheet */
export function watchImport(sheet) {
  sheet.model.on("change:progress", () => sheet.draw());
}

/** @param {Sheet} sheet */
async function read(sheet, input) {
  const [file] = input.files;
  if (!file) return;
  if (file.size > sheet.limits.message_bytes) {
    input.value = "";
    return sheet.setStatus(sheet.words.file.too_large, true);
  }
  const bytes = await file.arrayBuffer();
  input.value = ""; // so that the same file can be chosen once more
  sheet.send({ do: "read", name: file.name.slice(-200) }, { buffers: [new DataView(bytes)] });
}

/** The file that is being read or looked at, else how to choose one; then the earlier imports.
 * @param {Sheet} sheet
 */
export function drawFileImport(sheet) {
  const { state } = sheet;
  const progress = sheet.model.get("progress");
  return [
    progress.doing
      ? drawProgress(sheet, progress)
      : state.file
        ? drawFile(sheet, state.file)
        : drawChoice(sheet),
    state.earlier.length > 0 && drawEarlier(sheet),
  ];
}

/** Make the import ready step by step, so that it can be stopped, and then write it at once.
 * @param {Sheet} sheet
 */
function bring(sheet) {
  const { memory } = sheet;
  memory.stopped = false;
  const next = () =>
    sheet.send(
      { do: "prepare" },
      {
        done: (answer) => {
          if (!answer.ok || memory.stopped) return;
          if (answer.ready) sheet.send({ do: "bring" });
          else next();
        },
      },
    );
  next();
}

/** @param {Sheet} sheet */
function drawProgress(sheet, { doing, done, total }) {
  const words = sheet.words.file;
  const said = total ? format(words.progress, { done, total }) : "";
  const stop = () => {
    sheet.memory.stopped = true;
    sheet.send({ do: "stop" });
  };
  return h(
    "div",
    { class: "empty", key: "progress" },
    h("label", { for: `${sheet.id}-progress` }, words[doing]),
    h("progress", { id: `${sheet.id}-progress`, max: total || null, value: total ? done : null }),
    h("p", { class: "hint" }, said),
    doing === "bringing" && sheet.button(words.stop, stop),
  );
}

/** Choose a file or paste a table; how to export from programs is folded.
 * @param {Sheet} sheet
 */
function drawChoice(sheet) {
  const words = sheet.words.file;
  const id = `${sheet.id}-file`;
  return h(
    "div",
    { key: "choice" },
    h("p", {}, sheet.words.file_lead),
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.choose_file),
      h("p", { class: "hint", id: `${id}-hint` }, words.file_hint),
      h("input", {
        id,
        type: "file",
        accept: ".csv,.tsv,.txt,.xlsx,.vcf,.zip,.json",
        "aria-describedby": `${id}-hint`,
        "data-focus": "choose",
        onchange: (event) => read(sheet, event.target),
      }),
    ),
    sheet.details("paste", words.paste, drawPaste(sheet)),
    sheet.details(
      "sample",
      words.sample,
      h("p", {}, words.sample_hint),
      sheet.button(words.sample_take, () => takeSample(sheet)),
    ),
    Object.entries(words.guides).map(([name, guide]) =>
      sheet.details(
        `guide-${name}`,
        guide.title,
        h(
          "ol",
          { class: "steps-told" },
          guide.steps.map((step) => h("li", {}, step)),
        ),
      ),
    ),
  );
}

/** A table or contact cards from the clipboard. @param {Sheet} sheet */
function drawPaste(sheet) {
  const { memory } = sheet;
  const words = sheet.words.file;
  const id = `${sheet.id}-paste`;
  return h(
    "form",
    {
      key: "paste",
      onsubmit: (event) => {
        event.preventDefault();
        const text = memory.pasted ?? "";
        if (!text.trim()) return sheet.focus("paste");
        const bytes = new TextEncoder().encode(text);
        if (bytes.length > sheet.limits.message_bytes) {
          return sheet.setStatus(words.too_large, true);
        }
        sheet.send(
          { do: "read", name: words.pasted },
          {
            buffers: [new DataView(bytes.buffer)],
            done: (answer) => {
              if (answer.ok) memory.pasted = "";
            },
          },
        );
      },
    },
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.paste_here),
      h("p", { class: "hint", id: `${id}-hint` }, words.paste_hint),
      h("textarea", {
        id,
        rows: 4,
        value: memory.pasted ?? "",
        "aria-describedby": `${id}-hint`,
        "data-focus": "paste",
        oninput: (event) => {
          memory.pasted = event.target.value;
        },
      }),
    ),
    h("button", { type: "submit" }, words.paste_read),
  );
}

/** Download a table to fill in; its byte order mark tells Excel the encoding.
 * @param {Sheet} sheet
 */
function takeSample(sheet) {
  const { sample_file, sample_rows } = sheet.words.file;
  saveFile(sample_file, `\ufeff${sample_rows.map((row) => `${row}\r\n`).join("")}`, "text/csv");
}

/** @param {Sheet} sheet */
function drawFile(sheet, file) {
  const words = sheet.words.file;
  const isRoom = file.kind === "room";
  return h(
    "div",
    { key: "file", "data-names": file.name_forms.join("\n") },
    h(
      "p",
      { tabindex: -1, "data-focus": "file" },
      format(isRoom ? words.part_is : words.what_it_is, {
        file: file.name,
        kind: words.kinds[file.kind],
        rows: file.rows,
      }),
    ),
    !isRoom && drawRecognised(sheet, file),
    file.problems.length > 0 &&
      sheet.details(
        "problems",
        format(words.problems, { count: file.problems.length + file.more }),
        h(
          "ul",
          {},
          file.problems.map(({ line, text }) =>
            h(
              "li",
              {},
              h("span", { class: "tag" }, format(words.problem_line, { line })),
              " ",
              text,
            ),
          ),
        ),
        file.more > 0 && h("p", {}, format(words.problems_more, { count: file.more })),
      ),
    h("h3", {}, words.what_happens),
    h("p", { class: "hint" }, isRoom ? words.part_hint : words.actions_hint),
    h(
      "div",
      { class: "row", role: "group", "aria-label": words.what_happens },
      [
        ["", words.all, file.rows],
        ...Object.entries(file.counts).map(([name, count]) => [name, words.actions[name], count]),
      ]
        .filter(([name, , count]) => !name || count)
        .map(([name, text, count]) =>
          h(
            "button",
            {
              type: "button",
              key: name || "all",
              "aria-pressed": String(file.action === name),
              onclick: () => sheet.send({ do: "turn", action: name }),
            },
            `${text} ${count}`,
          ),
        ),
    ),
    file.kind === "linkedin" &&
      h(
        "label",
        { class: "option tick", key: "swap" },
        h("input", {
          type: "checkbox",
          checked: file.swapped,
          "data-focus": "swap",
          onchange: (event) => sheet.send({ do: "swap", on: event.target.checked }),
        }),
        h("span", {}, words.swap),
      ),
    !file.writing && h("p", { class: "empty" }, words.nothing_to_bring),
    h(
      "div",
      { class: "row acts" },
      file.writing > 0 &&
        sheet.button(
          format(isRoom ? words.part_bring : words.bring, { count: file.writing }),
          () => bring(sheet),
          { main: true },
        ),
      sheet.button(words.drop_file, () => sheet.send({ do: "put_away" })),
    ),
    drawLines(sheet, file),
  );
}

/** How the file was read, each part of it to be changed. @param {Sheet} sheet */
function drawRecognised(sheet, { kind, encoding, recognised, entries }) {
  const words = sheet.words.file;
  const { kinds, encodings, asks_days, day_order, columns, fields } = recognised;
  const isPlain = kinds.length === 0 && encodings.length < 2;
  if (isPlain) return null;
  const hasChoice = encodings.length > 1;
  return h(
    "div",
    { class: "card recognised", key: "recognised" },
    h("h3", {}, words.recognised),
    kinds.length > 0 &&
      choose(sheet, "kind", words.kind, kinds, kind, {
        text: (each) => words.kinds[each],
        pick: (picked) => sheet.send({ do: "choose_kind", kind: picked }),
      }),
    hasChoice &&
      choose(
        sheet,
        "encoding",
        words.encoding,
        encodings.map((each) => each.encoding),
        encoding,
        {
          hint: words.encoding_hint,
          text: (each) => {
            const { names } = encodings.find((one) => one.encoding === each);
            return format(words.encoding_names, {
              encoding: words.encodings[each] ?? each,
              names: names.slice(0, 3).join(words.between),
            });
          },
          pick: (picked) => sheet.send({ do: "choose_encoding", encoding: picked }),
        },
      ),
    hasChoice &&
      entries.length > 0 &&
      h(
        "p",
        { class: "hint", key: "names" },
        format(words.names_read, {
          names: encodings[0].names.slice(0, 5).join(words.between),
        }),
      ),
    asks_days && drawDayOrder(sheet, day_order),
    columns.length > 0 && drawColumns(sheet, columns, fields),
  );
}

/** A list to choose one from, with its label.
 * @param {Sheet} sheet
 */
function choose(sheet, key, label, values, chosen, { text, pick, hint = null }) {
  const id = `${sheet.id}-${key}`;
  return h(
    "div",
    { class: "field", key },
    h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    h(
      "select",
      {
        id,
        value: chosen,
        "aria-describedby": hint ? `${id}-hint` : null,
        "data-focus": key,
        onchange: (event) => pick(event.target.value),
      },
      values.map((value) =>
        h("option", { key: value, value, selected: value === chosen }, text(value)),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawDayOrder(sheet, chosen) {
  const words = sheet.words.file;
  return radios(sheet, {
    key: "days",
    legend: words.day_order,
    hint: words.day_order_hint,
    options: Object.entries(words.day_orders),
    chosen,
    pick: (order) => sheet.send({ do: "choose_day_order", order }),
  });
}

/** A choice of one from a few. @param {Sheet} sheet */
function radios(sheet, { key, legend, hint = null, options, chosen, pick }) {
  const id = `${sheet.id}-${key}`;
  return h(
    "fieldset",
    { class: "choose", key, "aria-describedby": hint ? `${id}-hint` : null },
    h("legend", {}, legend),
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    h(
      "div",
      { class: "choices" },
      options.map(([value, text]) =>
        h(
          "label",
          { key: value, class: "option" },
          h("input", {
            type: "radio",
            name: id,
            checked: chosen === value,
            "data-focus": `${key}.${value}`,
            onchange: () => pick(value),
          }),
          h("span", {}, text),
        ),
      ),
    ),
  );
}

/** What each column of an unknown table holds. @param {Sheet} sheet */
function drawColumns(sheet, columns, fields) {
  const words = sheet.words.file;
  return h(
    "div",
    { key: "columns" },
    h("h4", {}, words.columns),
    h("p", { class: "hint" }, words.columns_hint),
    h(
      "ul",
      { class: "columns" },
      columns.map(({ label, samples, field }, column) => {
        const id = `${sheet.id}-column-${column}`;
        return h(
          "li",
          { key: `c-${column}` },
          h(
            "div",
            {},
            h("label", { for: id }, label),
            h("p", { class: "hint" }, samples.join(words.between)),
          ),
          h(
            "select",
            {
              id,
              value: field,
              "data-focus": `column-${column}`,
              onchange: (event) => {
                sheet.send({ do: "map_column", column, field: event.target.value });
              },
            },
            ["", ...fields].map((each) =>
              h(
                "option",
                { key: each || "none", value: each, selected: each === field },
                each ? (words.fields[each] ?? sheet.words[each]) : words.no_field,
              ),
            ),
          ),
        );
      }),
    ),
  );
}

/** @param {Sheet} sheet */
function drawLines(sheet, file) {
  const words = sheet.words.file;
  const end = file.start + file.entries.length;
  const turn = (start) => sheet.send({ do: "turn", action: file.action, start });
  return [
    h(
      "p",
      { class: "hint" },
      format(words.shown, { from: file.total ? file.start + 1 : 0, to: end, total: file.total }),
    ),
    drawForAll(sheet, file),
    h(
      "ul",
      { class: "lines" },
      file.entries.map((entry) => drawLine(sheet, entry)),
    ),
    file.total > file.entries.length &&
      h(
        "div",
        { class: "row", key: "turn" },
        sheet.button(words.back, () => turn(Math.max(0, file.start - file.page_size)), {
          disabled: file.start === 0,
        }),
        sheet.button(words.forth, () => turn(end), { disabled: end >= file.total }),
      ),
  ];
}

/** What is done with all lines of one view. @param {Sheet} sheet */
function drawForAll(sheet, { kind, action, entries }) {
  const words = sheet.words.file;
  const button = (text, message) => sheet.button(text, () => sheet.send(message));
  if (action === "perhaps" && kind !== "room") {
    return h(
      "div",
      { class: "row", key: "all-perhaps" },
      Object.entries(words.decide_all).map(([who, text]) =>
        button(text, { do: "decide_all", who }),
      ),
    );
  }
  if (action === "differs") {
    return h(
      "div",
      { class: "row", key: "all-differs" },
      button(words.take_file_all, { do: "take_all_values", on: true }),
      button(words.keep_book_all, { do: "take_all_values", on: false }),
    );
  }
  const takes = action && action !== "problem" && entries.some((entry) => entry.takes);
  return (
    takes &&
    h(
      "div",
      { class: "row", key: "all" },
      button(words.leave_out_all, { do: "leave_out_all", action, out: true }),
      button(words.take_all, { do: "leave_out_all", action, out: false }),
    )
  );
}

/** @param {Sheet} sheet */
function drawLine(sheet, entry) {
  const { state } = sheet;
  const { line, action, name, told, takes, out, differences, decision, swaps } = entry;
  const words = sheet.words.file;
  const isAsked = decision !== null;
  return h(
    "li",
    { key: line },
    h(
      "div",
      { class: "whom" },
      state.file.kind !== "room" &&
        h("span", { class: "tag" }, format(words.problem_line, { line })),
      h("strong", {}, name),
      h("span", { class: `tag ${action}` }, words.actions[action]),
    ),
    told.map((text) => h("p", { class: "hint" }, text)),
    differences.map((difference) => drawDifference(sheet, line, difference)),
    isAsked &&
      radios(sheet, {
        key: `who-${line}`,
        legend: format(words.same_question, { name }),
        options: Object.entries(words.decisions),
        chosen: decision,
        pick: (who) => sheet.send({ do: "decide", lines: [line], who }),
      }),
    swaps &&
      h(
        "div",
        { class: "row" },
        sheet.button(words.swap_line, () => sheet.send({ do: "swap_line", line }), {
          name: format(words.swap_which, { name }),
          focus: `swap-${line}`,
        }),
      ),
    takes &&
      !isAsked &&
      h(
        "label",
        { class: "option" },
        h("input", {
          type: "checkbox",
          checked: !out,
          "aria-label": format(words.take_line, { line, name }),
          "data-focus": `line-${line}`,
          onchange: (event) =>
            sheet.send({ do: "leave_out", lines: [line], out: !event.target.checked }),
        }),
        h("span", { "aria-hidden": "true" }, words.take),
      ),
  );
}

/** A field that differs; the file's value can be taken if it is clear whose line it is.
 * @param {Sheet} sheet
 */
function drawDifference(sheet, line, { field, text, taken }) {
  if (taken === undefined) return h("p", { class: "hint", key: field }, text);
  return h(
    "label",
    { class: "differs", key: field },
    h("input", {
      type: "checkbox",
      checked: taken,
      "data-focus": `take-${line}-${field}`,
      onchange: (event) => sheet.send({ do: "take_value", line, field, on: event.target.checked }),
    }),
    h("span", {}, text, h("small", {}, sheet.words.file.take_file)),
  );
}

/** @param {Sheet} sheet */
function drawEarlier(sheet) {
  const { state } = sheet;
  const words = sheet.words.file;
  return h(
    "div",
    { key: "earlier" },
    h("h3", { tabindex: -1, "data-focus": "earlier" }, words.earlier),
    h(
      "ul",
      { class: "cards" },
      state.earlier.map(({ batch, at }) =>
        h(
          "li",
          { class: "card row", key: batch },
          h("span", {}, at),
          sheet.button(words.undo_import, () => sheet.send({ do: "undo_import", batch }), {
            name: format(words.undo_which, { at }),
          }),
        ),
      ),
    ),
  );
}
