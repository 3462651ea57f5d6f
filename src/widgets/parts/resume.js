// Resume at the place last left, on the first page only.

import { format, h, whereLeft } from "../base/sheet.js";

/** A link to the sheet that was shown last, if there is one.
 * @param {Sheet} sheet
 */
export function lastSheetLink({ memory, common }) {
  const { left } = memory;
  return (
    left &&
    h(
      "div",
      { class: "today left", key: "left" },
      h("h3", {}, common.left_title),
      h("p", {}, format(common.left, left)),
      h("p", {}, h("a", { class: "button main", href: left.href }, common.go_on)),
    )
  );
}

/** Ask Python for the link to the sheet that was shown last.
 * @param {Sheet} sheet
 */
export function offerLastSheet(sheet) {
  const seen = whereLeft();
  if (!seen || !sheet.state.first) return;
  const ask = () =>
    sheet.send(
      { do: "where", page: seen.page, screen: seen.screen },
      {
        done: (answer) => {
          sheet.memory.left = answer.left;
          sheet.draw();
        },
      },
    );
  sheet.model.on("change:words", ask); // the sheet's title depends on the language
  ask();
}
