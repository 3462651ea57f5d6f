// Resume at the place last left, on the first page only.

import { Sheet, fill, h, whereLeft } from "../base/sheet.js";

/** Offer the sheet that was shown last, if there is one. */
Sheet.prototype.drawLeft = function () {
  const { left } = this.memory;
  return (
    left &&
    h(
      "div",
      { class: "today left", key: "left" },
      h("h3", {}, this.common.left_title),
      h("p", {}, fill(this.common.left, left)),
      h("p", {}, h("a", { class: "button main", href: left.href }, this.common.go_on)),
    )
  );
};

export function begin(sheet) {
  const seen = whereLeft();
  if (!seen || !sheet.state.first) return;
  const look = () =>
    sheet.send(
      { do: "where", page: seen.page, screen: seen.screen },
      {
        done: (answer) => {
          sheet.memory.left = answer.left;
          sheet.draw();
        },
      },
    );
  sheet.model.on("change:words", look); // the sheet's title depends on the language
  look();
}
