// The three dials, what they said before, and where one may begin.

import "./dialing.js";
import { fill, h, paper } from "./paper.js";

function draw(sheet) {
  const { begin, words } = sheet.state.dials;
  return [
    sheet.dials({ after: begin && h("p", { class: "example", key: "begin" }, fill(words.begin, { dial: words[begin.dial] }), " ", h("a", { href: begin.href }, begin.text)) }),
  ];
}

export default paper({ draw });
