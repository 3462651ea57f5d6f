// The picture of the week: why it was chosen, the picture, and a way to do without.

import { h } from "../base/sheet.js";
import { picture } from "./picture.js";

/** @param {Sheet} sheet */
export function drawPicture(sheet) {
  const { weekly } = sheet.state;
  if (!weekly) return null;
  const { key, why, words, all } = weekly;
  return h(
    "section",
    { class: "weekly", key: "weekly", "aria-labelledby": `${sheet.id}-weekly` },
    h("h3", { id: `${sheet.id}-weekly` }, words.title),
    h("p", { class: "why" }, why),
    picture(sheet, key),
    h(
      "p",
      { class: "row foot" },
      h("a", { href: all }, words.all),
      sheet.button(words.hide, () => sheet.send({ do: "hide_picture" })),
    ),
  );
}
