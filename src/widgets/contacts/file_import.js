// Import a file: choose it, preview it, import it, and undo the import if it was wrong.

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

/** @param {Sheet} sheet */
function drawProgress(sheet, { doing, done, total }) {
  const words = sheet.words.file;
  const said = total ? format(words.progress, { done, total }) : "";
  return h(
    "div",
    { class: "empty", key: "progress" },
    h("label", { for: `${sheet.id}-progress` }, words[doing]),
    h("progress", { id: `${sheet.id}-progress`, max: total || null, value: total ? done : null }),
    h("p", { class: "hint" }, said),
  );
}

/** @param {Sheet} sheet */
function drawChoice(sheet) {
  const words = sheet.words.file;
  const id = `${sheet.id}-file`;
  return h(
    "div",
    { key: "choice" },
    h("p", {}, sheet.words.file_lead),
    h(
      "div",
      { class: "pair" },
      Object.entries(words.guides).map(([name, guide]) =>
        h(
          "div",
          { key: name },
          h("h3", {}, guide.title),
          h(
            "ol",
            { class: "steps-told" },
            guide.steps.map((step) => h("li", {}, step)),
          ),
        ),
      ),
    ),
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.choose_file),
      h("p", { class: "hint", id: `${id}-hint` }, words.file_hint),
      h("input", {
        id,
        type: "file",
        accept: ".csv,.zip,.json,text/csv,application/zip,application/json",
        "aria-describedby": `${id}-hint`,
        "data-focus": "choose",
        onchange: (event) => read(sheet, event.target),
      }),
    ),
  );
}

/** @param {Sheet} sheet */
function drawFile(sheet, file) {
  const words = sheet.words.file;
  return h(
    "div",
    { key: "file" },
    h(
      "p",
      { tabindex: -1, "data-focus": "file" },
      format(file.kind === "room" ? words.part_is : words.what_it_is, {
        file: file.name,
        kind: words.kinds[file.kind],
        rows: file.rows,
        encoding: file.encoding,
        line: file.line,
      }),
    ),
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
    h("p", { class: "hint" }, file.kind === "room" ? words.part_hint : words.actions_hint),
    h(
      "div",
      { class: "row", role: "group", "aria-label": words.what_happens },
      [
        ["", words.all, file.rows],
        ...Object.entries(file.counts).map(([name, count]) => [name, words.actions[name], count]),
      ].map(([name, text, count]) =>
        h(
          "button",
          {
            type: "button",
            key: name || "all",
            disabled: !count,
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
          format(file.kind === "room" ? words.part_bring : words.bring, { count: file.writing }),
          () => sheet.send({ do: "bring" }),
          { main: true },
        ),
      sheet.button(words.drop_file, () => sheet.send({ do: "put_away" })),
    ),
    drawLines(sheet, file),
  );
}

/** @param {Sheet} sheet */
function drawLines(sheet, file) {
  const words = sheet.words.file;
  const end = file.start + file.entries.length;
  const turn = (start) => sheet.send({ do: "turn", action: file.action, start });
  const takes = file.action && file.entries.some((entry) => entry.takes);
  return [
    h(
      "p",
      { class: "hint" },
      format(words.shown, { from: file.total ? file.start + 1 : 0, to: end, total: file.total }),
    ),
    takes &&
      h(
        "div",
        { class: "row", key: "all" },
        sheet.button(words.leave_out_all, () =>
          sheet.send({ do: "leave_out_all", action: file.action, out: true }),
        ),
        sheet.button(words.take_all, () =>
          sheet.send({ do: "leave_out_all", action: file.action, out: false }),
        ),
      ),
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

/** @param {Sheet} sheet */
function drawLine(sheet, { line, action, name, told, takes, out }) {
  const { state } = sheet;
  const words = sheet.words.file;
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
    takes &&
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
      state.earlier.map(({ batch, at, size }) =>
        h(
          "li",
          { class: "card row", key: batch },
          h("span", {}, format(words.earlier_line, { at, size })),
          sheet.button(words.undo_import, () => sheet.send({ do: "undo_import", batch }), {
            name: format(words.undo_which, { at }),
          }),
        ),
      ),
    ),
  );
}
