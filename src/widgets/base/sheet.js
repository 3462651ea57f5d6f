// The base of all sheets in the browser. A sheet's own file decides what it shows, and ends with
// `export default paper({ draw })`; it imports everything it needs from here.

import { fill, h, patch } from "./dom.js";
import { Fields, grow } from "./fields.js";
import { namedByAddress, rememberWhere, whereLeft } from "./last_sheet.js";
import { MOST_BYTES } from "./autosave.js";
import { putAside, takeUp } from "./unsaved_edits.js";

export { MOST_BYTES, Sheet, fill, h, namedByAddress, paper, rememberWhere, whereLeft };

/** One sheet on the page; `content(sheet)` returns what it shows. */
class Sheet extends Fields {
  constructor(model, el, content) {
    super(model, el);
    this.content = content;
  }

  /** Put a text on the clipboard; only the person sends it, in another program. */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.tell(this.say("copied"));
    } catch {
      this.tell(this.say("not_copied"), true);
    }
  }

  /** Draw the sheet. Removing a focused field may call `draw` again: that call waits. */
  draw() {
    if (this.drawing) return void queueMicrotask(() => this.draw());
    this.drawing = true;
    try {
      this.drawNow();
    } finally {
      this.drawing = false;
    }
  }

  drawNow() {
    if (this.words.closed === true) return patch(this.el, []); // the header shows why
    const active = document.activeElement;
    const { name, index, of, previous, next } = this.position;
    const words = this.words;
    const bare = words.bare === true; // the page's header has no question of its own
    const inner = this.content(this);
    patch(
      this.el,
      bare
        ? [inner].flat()
        : [
            h(
              "section",
              { class: "enishi sheet", id: name, "aria-labelledby": `${this.id}-q`, key: "sheet" },
              h(
                "p",
                { class: "eyebrow" },
                `${index} / ${of}`,
                words.name && h("span", {}, words.name),
                words.minutes && h("span", {}, fill(this.common.minutes, { n: words.minutes })),
              ),
              h("h2", { id: `${this.id}-q`, tabindex: -1 }, words.question),
              [words.lead]
                .flat()
                .filter(Boolean)
                .map((line) => h("p", { class: "lead" }, line)),
              h("div", { class: "inner" }, inner),
              words.reflect &&
                this.lines("reflection", this.state.reflection, "text", {
                  label: words.reflect,
                  rows: 2,
                }),
              h(
                "p",
                { class: `saved${this.trouble ? " trouble" : ""}`, role: "status", key: "saved" },
                this.said,
              ),
              h(
                "nav",
                { class: "turn", "aria-label": this.common.turn },
                previous && h("a", { href: previous.href, class: "button" }, previous.label),
                next && h("a", { href: next.href, class: "button main" }, next.label),
              ),
            ),
          ],
    );
    for (const area of this.el.querySelectorAll("textarea")) grow(area);
    if (
      active &&
      active !== document.activeElement &&
      active.isConnected &&
      this.el.contains(active)
    )
      active.focus();
  }
}

/** In the app, show one sheet at a time: the one the address names, else the first. */
function turnTo(sheet) {
  if (!document.documentElement.classList.contains("enishi-app")) return;
  const section = sheet.el.querySelector(":scope > .sheet");
  if (!section) return;
  const { name, index, names } = sheet.position;
  const asked = namedByAddress().screen;
  const seen = names.includes(asked) ? asked === name : index === 1;
  const turned = section.hidden === seen;
  section.hidden = !seen;
  if (seen && turned && sheet.drawn) {
    window.scrollTo(0, 0);
    section.querySelector("h2").focus({ preventScroll: true });
  }
  sheet.drawn = true;
}

/** Make a sheet: `draw(sheet)` returns what it shows; `begin(sheet)`, if given, is called after the
 *  first drawing. */
function paper({ draw, begin }) {
  function render({ model, el }) {
    const sheet = new Sheet(model, el, draw);
    if (window.enishi?.app) takeUp(sheet);
    const redraw = () => {
      sheet.draw();
      turnTo(sheet);
    };
    let asked = false; // draw once for several traits that arrive together
    const soon = () => {
      if (asked) return;
      asked = true;
      queueMicrotask(() => {
        asked = false;
        redraw();
      });
    };
    model.on("change:state", soon);
    model.on("change:words", soon);
    model.on("change:position", soon);
    model.on("change:answer", () => queueMicrotask(() => sheet.answered()));
    window.enishi?.line?.addEventListener("synced", () => sheet.again());
    const turn = () => turnTo(sheet);
    const leave = () => sheet.leave();
    const aside = (event) => {
      if (window.enishi?.app && !event.persisted) putAside(sheet);
    };
    const save = () => sheet.saveAll();
    window.addEventListener("hashchange", turn);
    window.addEventListener("pagehide", aside);
    window.addEventListener("pagehide", leave);
    const goodbye = () => sheet.sayGoodbye();
    window.addEventListener("enishi:leave", goodbye);
    document.addEventListener("visibilitychange", save);
    redraw();
    begin?.(sheet);
    return () => {
      window.removeEventListener("hashchange", turn);
      window.removeEventListener("pagehide", aside);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("enishi:leave", goodbye);
      document.removeEventListener("visibilitychange", save);
      leave();
    };
  }

  return { render };
}
