// The sources of this workbook: the advice, the rules, the rules of thumb; and a search.

import { defineSheet, format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  const id = `${sheet.id}-find`;
  const parts = [
    ["advice", state.advice, drawPiece],
    ["rules", state.rules, drawRule],
    ["thumbs", state.thumbs, drawThumb],
  ];
  const asked = plain(memory.find ?? "");
  const found = parts.map(([name, groups, drawRow]) => [
    name,
    groups,
    drawRow,
    groups.flatMap((group) => group.rows.filter((row) => !asked || speaks(row).includes(asked))),
  ]);
  const count = found.reduce((sum, part) => sum + part[3].length, 0);
  return [
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.find),
      h("input", {
        id,
        type: "search",
        autocomplete: "off",
        placeholder: words.find_example,
        value: memory.find ?? "",
        oninput: (event) => {
          memory.find = event.target.value;
          sheet.draw();
        },
      }),
      h(
        "p",
        { class: "hint", role: "status" },
        asked && (count ? sheet.say("found", { n: count }) : words.found_none),
      ),
    ),
    found.map(
      ([name, groups, drawRow, rows]) =>
        (!asked || rows.length > 0) &&
        h(
          "section",
          { key: name },
          h("h3", {}, words[name].title, h("span", { class: "tag" }, rows.length)),
          h("p", { class: "hint" }, words[name].lead),
          asked
            ? h(
                "ul",
                { class: "made" },
                rows.map((row) => drawRow(sheet, row)),
              )
            : groups.map((group) => drawGroup(sheet, name, group, drawRow)),
        ),
    ),
    !asked && drawDays(sheet),
  ];
}

/** Fold character widths and cases, so that a search ignores them. */
const plain = (text) => text.normalize("NFKC").toLowerCase().trim();

/** Return all texts of a row, for the search. */
const speaks = (row) =>
  (row.spoken ??= plain(
    [
      row.id,
      row.said,
      row.name,
      row.why,
      row.act,
      ...(row.places ?? []).map((place) => place.label),
      ...(row.advice ?? []).map(({ id, said }) => id + said),
      ...(row.studies ?? []).map(({ cite, said }) => cite + said),
    ].join(" "),
  ));

/** A group that opens; its content is drawn only then. @param {Sheet} sheet */
function drawGroup(sheet, part, group, drawRow) {
  const { memory } = sheet;
  const key = `${part}-${group.key}`;
  const toggle = (event) => {
    if (memory[key] !== event.target.open) {
      memory[key] = event.target.open;
      sheet.draw();
    }
  };
  return h(
    "details",
    { key, class: "fold", open: memory[key], ontoggle: toggle },
    h("summary", {}, group.name, h("span", { class: "tag" }, group.rows.length)),
    h(
      "div",
      { class: "inside" },
      memory[key] &&
        h(
          "ul",
          { class: "made" },
          group.rows.map((row) => drawRow(sheet, row)),
        ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawPiece(sheet, { id, said, places }) {
  return h(
    "li",
    { key: id },
    h("p", {}, said, h("small", {}, id)),
    h(
      "p",
      { class: "places" },
      places.map(({ href, label }) => h("a", { key: href, href }, label)),
    ),
  );
}

/** @param {Sheet} sheet */
function drawRule(sheet, row) {
  const { words } = sheet;
  const turn = (event) =>
    sheet.send({ do: event.target.checked ? "hear" : "silence", rule: row.id });
  return h(
    "li",
    { key: row.id },
    row.always
      ? h("p", {}, h("strong", {}, row.name), h("small", {}, row.why), h("small", {}, words.always))
      : h(
          "label",
          { class: "option tick" },
          h("input", { type: "checkbox", checked: row.on, onchange: turn }),
          h(
            "span",
            {},
            row.name,
            h("small", {}, row.why),
            !row.on && h("small", { key: "off" }, words.off),
          ),
        ),
    h("p", { class: "act" }, "→ ", row.act),
    sheet.details(`from-${row.id}`, words.sources, drawSources(row)),
  );
}

/** Days on which work waits: a country's holidays, and the person's days off.
 * @param {Sheet} sheet
 */
function drawDays(sheet) {
  const { state, words, memory } = sheet;
  const said = words.days;
  const draft = (memory.days ??= { id: "days", draft: true, lines: state.days.lines });
  if (memory.days_were !== state.days.lines) {
    memory.days_were = draft.lines = state.days.lines;
  }
  const keep = () =>
    sheet.send({ do: "take_off", lines: draft.lines }, { field: "days/days/lines" });
  return h(
    "section",
    { key: "days" },
    h("h3", {}, said.title),
    h("p", { class: "hint" }, said.lead),
    sheet.fields("days", state.days).choose("country", said.countries, {
      label: said.country,
      onpick: (country) => sheet.send({ do: "live_in", country }),
    }),
    sheet
      .fields("days", draft)
      .textArea("lines", { label: said.own, hint: said.own_hint, rows: 4 }),
    sheet.button(said.keep, keep),
  );
}

function drawSources({ advice, studies }) {
  return [
    advice.map(({ id, said }) => h("p", { key: id }, said, h("small", {}, id))),
    studies.map(({ cite, said }) => h("p", { key: cite }, said, h("small", {}, cite))),
  ];
}

/** @param {Sheet} sheet */
function drawThumb(sheet, row) {
  const { words, memory } = sheet;
  const tried = (memory.tried ??= {});
  const id = `${sheet.id}-${row.id}`;
  const field = `setting/${row.id}/value`;
  const error = sheet.edits.errors.get(field);
  const change = (event) => {
    const box = event.target;
    if (box.value === "") {
      delete tried[row.id];
      sheet.edits.errors.delete(field);
      box.value = row.value;
      sheet.draw();
      return;
    }
    tried[row.id] = box.value;
    sheet.send(
      { do: "measure", name: row.id, value: Number(box.value) },
      {
        field,
        done: (answer) => {
          if (answer.ok) {
            delete tried[row.id];
            sheet.draw();
          }
        },
      },
    );
  };
  const again = () => {
    delete tried[row.id];
    sheet.edits.errors.delete(field);
    sheet.send({ do: "usual", name: row.id });
  };
  const usual = format(row.unit, { n: row.usual });
  return h(
    "li",
    { key: row.id, class: "field" },
    h("label", { for: id }, row.name),
    h("p", { class: "hint", id: `${id}-hint` }, row.why),
    h(
      "div",
      { class: "row number" },
      h("input", {
        id,
        type: "number",
        inputmode: row.least < 0 ? null : "numeric",
        min: row.least,
        max: row.most,
        step: 1,
        value: tried[row.id] ?? row.value,
        "data-focus": row.id,
        "aria-describedby": [`${id}-hint`, `${id}-unit`, error && `${id}-trouble`]
          .filter(Boolean)
          .join(" "),
        "aria-invalid": error ? "true" : null,
        onchange: change,
      }),
      h("span", { id: `${id}-unit` }, sheet.say("usual", { usual })),
      (row.value !== row.usual || error) &&
        sheet.button(words.again, again, { name: `${words.again} – ${row.name}` }),
    ),
    error && h("div", { class: "trouble", id: `${id}-trouble` }, error.text),
    h("small", {}, row.kind),
    row.studies.map(({ cite, said }) => h("small", { key: cite }, `${said} – ${cite}`)),
  );
}

export default defineSheet({ draw });
