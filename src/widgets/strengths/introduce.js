// Introduction: ten seconds at once; folded, the longer texts, a stopwatch, and where others can
// read it. Each text has the seconds it takes to say, updated while typing.

import { defineSheet, format, h } from "../base/sheet.js";

const KANA_KANJI = /[\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uff66-\uff9f]/g;
const WORD = /[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}'’-]*/gu;
const stopwatches = new WeakMap(); // each sheet's running stopwatch; a reload ends it

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const [first, ...longer] = state.texts;
  const written = state.texts.filter((row) => textOf(sheet, row).trim());
  return [
    drawText(sheet, first),
    sheet.details(
      "longer",
      words.longer,
      h("p", { class: "hint" }, words.longer_hint),
      longer.map((row) => drawText(sheet, row)),
    ),
    state.kinds.length > 0 &&
      sheet.details(
        "kinds",
        words.kinds_title,
        h("p", { class: "hint" }, words.kinds_hint),
        state.kinds.map((row) =>
          sheet.fields("introduction_text", row).textArea("text", {
            label: row.kind ? format(words.kind, { kind: row.kind }) : words.kind_gone,
            placeholder: words.kind_example,
            rows: 2,
            focus: row.id,
          }),
        ),
      ),
    written.length > 0 && [
      sheet.details(
        "aloud",
        words.aloud_title,
        h("p", { class: "hint" }, words.aloud_hint),
        written.map((row) => drawStopwatch(sheet, row)),
      ),
      sheet.details(
        "seen",
        words.seen_title,
        sheet
          .fields("introduction_text", first)
          .textList("seen_at", { hint: words.seen_at_hint, placeholder: words.seen_at_example }),
      ),
    ],
  ];
}

/** Return the text as it stands in its field. @param {Sheet} sheet */
function textOf(sheet, row) {
  return String(sheet.fields("introduction_text", row).currentValue("text") ?? "");
}

/** @param {Sheet} sheet */
function drawText(sheet, row) {
  const { words } = sheet;
  const fields = sheet.fields("introduction_text", row);
  const text = textOf(sheet, row);
  const { said, seconds } = counted(sheet, text);
  return h(
    "section",
    { key: row.id },
    fields.textArea("text", {
      label: words.lengths[row.seconds],
      hint: words.uses[row.seconds],
      focus: row.id,
      onwrite: () => sheet.draw(),
    }),
    h("p", { class: "hint", key: "count" }, text.trim() ? said : words.nothing),
    seconds > 1.3 * row.seconds && h("p", { class: "hint", key: "long" }, words.long),
    drawFrame(sheet, row, text),
  );
}

/** Reading one of the texts aloud. @param {Sheet} sheet */
function drawStopwatch(sheet, row) {
  const { words, memory } = sheet;
  const ticking = stopwatches.get(sheet)?.of === row.id;
  const length = words.lengths[row.seconds];
  return h(
    "div",
    { class: "row timer", key: row.id },
    h("span", {}, length),
    sheet.button(
      ticking ? words.stop : words.aloud,
      () => (ticking ? stop(sheet, row) : start(sheet, row)),
      { name: `${length}: ${ticking ? words.stop : words.aloud}` },
    ),
    ticking &&
      h("span", { role: "timer", "aria-live": "off" }, format(words.ticking, { n: passed(sheet) })),
    ticking && h("progress", { max: row.seconds, value: passed(sheet), "aria-hidden": "true" }),
    h(
      "span",
      { role: "status" },
      !ticking && memory.took?.[row.id] != null
        ? format(words.took, { n: memory.took[row.id] })
        : "",
    ),
  );
}

/** The frame: sentences to start from. They go into the field only on request.
 * @param {Sheet} sheet
 */
function drawFrame(sheet, row, text) {
  const { words } = sheet;
  return sheet.details(
    `frame-${row.id}`,
    words.outline,
    h("p", { class: "hint" }, words.outline_hint),
    h(
      "div",
      { class: "example" },
      row.frame.map((line) => h("p", {}, line)),
    ),
    !text.trim() &&
      sheet.button(
        words.start,
        () => {
          sheet.write("introduction_text", row, { text: row.frame.join("\n") });
          sheet.focus(row.id);
        },
        { name: `${words.lengths[row.seconds]}: ${words.start}` },
      ),
  );
}

/** The text's length, and its seconds aloud: Japanese by characters, others by words.
 * @param {Sheet} sheet
 */
function counted(sheet, text) {
  const { words, state } = sheet;
  const characters = (text.match(KANA_KANJI) ?? []).length;
  const spoken = (text.replace(KANA_KANJI, " ").match(WORD) ?? []).length;
  const seconds = Math.round(60 * (characters / state.pace.characters + spoken / state.pace.words));
  const length = characters
    ? format(words.characters, { n: [...text.replace(/\s/g, "")].length })
    : format(words.counted, { n: spoken });
  return { seconds, said: `${length} · ${format(words.reading, { n: seconds })}` };
}

/** @param {Sheet} sheet */
function passed(sheet) {
  return Math.floor((Date.now() - stopwatches.get(sheet).since) / 1000);
}

/** @param {Sheet} sheet */
function start(sheet, row) {
  clearInterval(stopwatches.get(sheet)?.timer);
  const timer = setInterval(() => sheet.draw(), 1000);
  stopwatches.set(sheet, { of: row.id, since: Date.now(), timer });
  sheet.draw();
}

/** @param {Sheet} sheet */
function stop(sheet, row) {
  const { since, timer } = stopwatches.get(sheet);
  clearInterval(timer);
  stopwatches.delete(sheet);
  (sheet.memory.took ??= {})[row.id] = Math.round((Date.now() - since) / 1000);
  sheet.draw();
}

/** Open the frames of texts that are not written yet. @param {Sheet} sheet */
function mounted(sheet) {
  if (!sheet.state.texts) return;
  for (const row of sheet.state.texts) sheet.memory[`frame-${row.id}`] ??= !row.text;
  sheet.draw();
}

export default defineSheet({ draw, mounted });
