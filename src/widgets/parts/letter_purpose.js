// Why a letter is written: one choice that may be left, and a line after three for a gain.

import { h } from "../base/sheet.js";

/** The choice, if the kind of letter has one; `state.purpose` says so.
 * @param {Sheet} sheet
 * @param {Row} row
 */
export function letterPurpose(sheet, row) {
  const { words } = sheet;
  const { asked, no_reason: offer } = sheet.state.purpose;
  if (!asked) return null;
  return [
    sheet.fields("message", row).choose("meant", words.meants, { hint: words.meant_hint }),
    offer &&
      h(
        "div",
        { class: "example", key: "gains" },
        h("p", {}, words.gains_running, " ", h("strong", {}, offer)),
        h(
          "div",
          { class: "row" },
          sheet.button(words.no_reason_do, () => sheet.send({ do: "plan_no_reason" })),
          sheet.button(words.gains_fine, () => sheet.send({ do: "let_gains_be" })),
        ),
      ),
  ];
}
