// The picture of the week: why it was chosen, the picture, and a way to do without. Which one it
// is, is asked once its place comes into view, so that no page waits for it.

import { h } from "../base/sheet.js";
import { picture } from "./picture.js";

/** @type {WeakSet<Element>} */
const places = new WeakSet();

/** @param {Sheet} sheet */
export function drawPicture(sheet) {
  if (!sheet.state.pictures) return null;
  const { chosen } = (sheet.memory.weekly ??= {});
  const id = `${sheet.id}-weekly`;
  queueMicrotask(() => watch(sheet));
  return h(
    "section",
    { class: "weekly", key: "weekly", "aria-labelledby": chosen ? id : null },
    chosen && [
      h("h3", { key: "title", id }, chosen.words.title),
      h("p", { key: "why", class: "why" }, chosen.why),
      picture(sheet, chosen.key),
      h(
        "p",
        { key: "foot", class: "row foot" },
        h("a", { href: chosen.all }, chosen.words.all),
        sheet.button(chosen.words.hide, () => sheet.send({ do: "hide_picture" })),
      ),
    ],
  );
}

/** Ask which picture it is once its place is seen, and again once the book has changed.
 * @param {Sheet} sheet
 */
function watch(sheet) {
  const { weekly } = sheet.memory;
  const place = sheet.el.querySelector(".weekly");
  if (weekly.isSeen) choose(sheet);
  if (!place || places.has(place)) return;
  places.add(place);
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    weekly.isSeen = true;
    choose(sheet);
  });
  observer.observe(place);
}

/** @param {Sheet} sheet */
function choose(sheet) {
  const { weekly } = sheet.memory;
  const asOf = sheet.state.pictures?.as_of;
  if (asOf == null || weekly.asOf === asOf) return;
  weekly.asOf = asOf;
  const done = (/** @type {Answer} */ answer) => {
    if (answer.ok) weekly.chosen = answer.weekly;
    sheet.draw();
  };
  sheet.send({ do: "choose_picture" }, { done });
}
