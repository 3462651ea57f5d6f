// After a hard meeting: the name of somebody who encourages the person. `state.cheer` has it.

import { h } from "../base/sheet.js";

/** @param {Sheet} sheet */
export function encouragement(sheet) {
  const { cheer } = sheet.state;
  if (!cheer) return null;
  const aside = () => sheet.send({ do: "put_name_aside" }, { done: () => sheet.focusQuestion() });
  return h(
    "div",
    { class: "example field", key: "cheer" },
    h("p", {}, cheer.text),
    sheet.button(cheer.seen, aside),
  );
}
