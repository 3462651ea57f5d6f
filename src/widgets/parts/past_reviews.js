// Earlier reviews, each closed at first.

import { Sheet, h } from "../base/sheet.js";

/** The earlier reviews; `lines` are the columns, `words` their labels, `earlier` and `week`. */
Sheet.prototype.earlier = function (lines) {
  const { state, words } = this;
  return h(
    "section",
    { class: "earlier", key: "earlier" },
    h("h3", {}, words.earlier),
    !state.earlier.length && h("p", { class: "empty" }, words.earlier_empty),
    state.earlier.map((review) =>
      this.fold(
        `r-${review.id}`,
        review.span,
        review.rest && h("p", { class: "tag" }, words.rested),
        h(
          "dl",
          {},
          lines
            .filter((column) => review[column])
            .map((column) => [
              h("dt", { key: `t-${column}` }, words[column]),
              h("dd", { key: `d-${column}` }, review[column]),
            ]),
        ),
      ),
    ),
  );
};
