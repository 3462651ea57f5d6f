// The end of a workbook: the place last left, one thing to do today, the next open link.

import { fill, h, paper } from "../base/sheet.js";
import { begin } from "../parts/resume.js";

function draw(sheet) {
  const { state, words, common } = sheet;
  const { knot } = state;
  return [
    sheet.drawLeft(),
    h(
      "div",
      { class: "today" },
      h("h3", {}, words.today_title),
      sheet.note(state.nearest ?? words.todays?.[knot?.name] ?? words.today),
    ),
    h("h3", {}, common.knot_title),
    knot
      ? [
          h("p", {}, fill(common.knot, { link: knot.title })),
          h(
            "p",
            {},
            h(
              "a",
              { class: "button", href: knot.href },
              fill(common.knot_go, { link: knot.title }),
            ),
          ),
        ]
      : h("p", {}, common.knots_whole),
  ];
}

export default paper({ draw, begin });
