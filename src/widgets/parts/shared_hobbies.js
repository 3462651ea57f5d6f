// A day together, proposed by a hobby that both like; one press plans it.

import { explanation } from "./explanation.js";
import { format, h } from "../base/sheet.js";

/** The days that `person.days` proposes.
 * @param {Sheet} sheet
 * @param {Row} person
 */
export const sharedDays = (sheet, person) =>
  person.days.map((/** @type {Reason & {hobby: string, words: string}} */ day) =>
    h(
      "div",
      { class: "example", key: `day-${day.hobby}` },
      h("p", {}, day.why, " ", day.act),
      h(
        "div",
        { class: "row" },
        sheet.button(format(sheet.common.shared_day, day), () =>
          sheet.send({ do: "plan_day", contact_id: person.id, hobby: day.hobby }),
        ),
      ),
      explanation(sheet, `day-${person.id}-${day.hobby}`, day),
    ),
  );
