// Reasons: the rule, the person's own data, the source, and the switch.

import { afterPause } from "../base/pause.js";
import { h } from "../base/sheet.js";

/** A section with the reason for a suggestion.
 * @param {Sheet} sheet
 * @param {string} key distinguishes it from others on the sheet
 * @param {Reason} reason
 */
export function explanation(sheet, key, reason) {
  const words = sheet.common.reason;
  const silence = () =>
    sheet.send({ do: "silence", rule: reason.rule }, { done: () => sheet.focusQuestion() });
  return h(
    "div",
    { class: "source", key: `source-${key}` },
    sheet.details(
      `why-${key}`,
      words.why,
      h(
        "dl",
        {},
        h("dt", {}, words.rule),
        h("dd", {}, reason.name),
        h("dt", {}, words.data),
        h("dd", {}, reason.why),
        reason.advice.length > 0 && [
          h("dt", { key: "a" }, words.advice),
          h(
            "dd",
            { key: "ad" },
            reason.advice.map(({ id, said }) => h("p", { key: id }, said, h("small", {}, id))),
          ),
        ],
        reason.studies.length > 0 && [
          h("dt", { key: "s" }, words.studies),
          h(
            "dd",
            { key: "sd" },
            reason.studies.map(({ cite, said }) => h("p", {}, said, h("small", {}, cite))),
          ),
        ],
      ),
      h("p", { class: "hint" }, words.thumb),
      !reason.always &&
        sheet.button(words.silence, silence, { name: `${words.silence} – ${reason.name}` }),
    ),
  );
}

/** A gentle hint at a note; it can be switched off where its reason stands.
 * @param {Sheet} sheet
 * @param {Reason} reason
 * @param {string} [key] distinguishes it from others on the sheet
 */
export const noteCaution = (sheet, reason, key = "note-caution") =>
  h(
    "div",
    { class: "example", key, role: "note" },
    h("p", {}, reason.why, " ", reason.act),
    explanation(sheet, key, reason),
  );

/** Milliseconds without a keystroke after which a note is looked at. */
const NOTE_PAUSE = 700;

/** Look at a note that is not saved yet; the row then has the hint at it as `caution`.
 * @param {Sheet} sheet
 * @param {Row} row
 * @param {string} text
 */
export function lookAtNote(sheet, row, text) {
  /** @param {any} answer */
  const done = (answer) => {
    if (!answer.ok) return;
    row.caution = answer.caution;
    sheet.draw();
  };
  afterPause(row, NOTE_PAUSE, () => sheet.send({ do: "find_touched", text }, { done }));
}
