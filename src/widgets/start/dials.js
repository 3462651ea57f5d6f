// The three dials, their earlier values, and where to begin.

import "../parts/self_rating.js";
import { fill, h, paper } from "../base/sheet.js";

function draw(sheet) {
  const { begin, words } = sheet.state.dials;
  return [
    sheet.dials({
      after:
        begin &&
        h(
          "p",
          { class: "example", key: "begin" },
          fill(words.begin, { dial: words[begin.dial] }),
          " ",
          h("a", { href: begin.href }, begin.text),
        ),
    }),
  ];
}

export default paper({ draw });
