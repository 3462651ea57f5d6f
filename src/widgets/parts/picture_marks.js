// The marks of a picture, as a layer of their own over the drawing: pointed at, dragged, found by
// name, chosen. What happens here changes this layer only, never the whole sheet.

import { boxesOf, placeLabels } from "./label_places.js";
import { format, h, patch } from "../base/sheet.js";
import { measureIn, percent } from "./picture_canvas.js";

const LIFT = 6; // pixels after which a press counts as a drag
const REACH = 14; // pixels from a mark, where they stand too close for targets of their own
const CLOSE = 100; // from how many marks on they do
const LINKS_MOST = 520; // marks that are links at once; any other becomes one when it is needed
const FOUND_MOST = 50; // of those found, shown at once
const NAMED_MOST = 12; // of those found, shown with their names
const PLACES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const GAPS = /[\s・･·,，、.．\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/g; // as in `i18n/folding.py`

/** @typedef {(answer: Answer) => void} Done */
/** @typedef {(row: string, x: number, y: number, layout: any, done: Done) => void} Drop */
/**
 * @typedef {object} Moves what a mark with a row does when it is dragged or moved by key
 * @property {string} hint
 * @property {Drop} drop
 * @property {(row: string, x: number, y: number, layout: any, nearer: number) => void} step
 */

/** One picture on the page, and what is pointed at, sought and chosen in it. */
export class Marks {
  /**
   * @param {Sheet} sheet
   * @param {string} key
   */
  constructor(sheet, key) {
    this.sheet = sheet;
    this.key = key;
    /** @type {any} */
    this.drawn = null;
    /** @type {Moves | null} */
    this.moves = null;
    this.at = 0; // the mark that is a stop of the Tab key
    this.text = "";
    /** @type {number[] | null} */
    this.found = null; // null while nothing is sought
    this.chosen = "";
    /** @type {any} */
    this.ways = null;
    this.isDragged = false;
    this.hasSaid = false;
  }

  get figure() {
    return this.sheet.el.querySelector(`[data-picture="${this.key}"]`);
  }

  /** Take another drawing, in which somebody may be gone.
   * @param {any} drawn
   * @param {boolean} isMasked
   */
  take(drawn, isMasked) {
    this.drawn = drawn;
    this.at = Math.min(this.at, Math.max(0, drawn.marks.length - 1));
    if (isMasked || !this.find(this.chosen)) this.chosen = "";
    this.seek(this.text);
    if (this.chosen) this.askWays();
  }

  /** Return the mark of this choice. @param {string} choice */
  find(choice) {
    return choice
      ? this.drawn.marks.find((/** @type {any} */ mark) => mark.choice === choice)
      : null;
  }

  // ---- drawing ---------------------------------------------------------------------------------

  /** Change this layer, and what is said below it. */
  draw() {
    const over = this.figure?.querySelector(".over");
    if (!over || !this.drawn) return;
    over.classList.toggle("close", this.drawn.marks.length > CLOSE);
    over.closest(".drawing")?.classList.toggle("faded", Boolean(this.found));
    patch(over, [this.drawLinks(), ...this.drawNames(over)]);
    const under = this.figure?.querySelector(".under");
    if (under) patch(under, [this.drawWays()]); // below the drawing, whose names hide lines
    const beside = this.figure?.querySelector(".chosen");
    if (beside) patch(beside, h("div", {}, this.chosen && this.drawChosen()).kids);
    const count = this.figure?.querySelector(".count");
    if (count) count.textContent = this.countFound();
    this.say();
  }

  /** @param {number} index */
  styleOf(index) {
    const { marks, layout } = this.drawn;
    const { x, y } = marks[index];
    const { xaxis, yaxis } = layout;
    return `left: ${percent(x, xaxis.range)}%; top: ${100 - percent(y, yaxis.range)}%`;
  }

  drawLinks() {
    const found = new Set(this.found);
    const { margin } = this.drawn.layout;
    const { l, r, t, b } = margin;
    return h(
      "div",
      {
        class: "marks",
        key: "marks",
        role: "group",
        "aria-label": this.drawn.sentence,
        style: `inset: ${t}px ${r}px ${b}px ${l}px`,
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
        onpointermove: (/** @type {PointerEvent} */ event) => this.onHover(event),
        onpointerdown: (/** @type {PointerEvent} */ event) => this.onPress(event),
        onclick: (/** @type {MouseEvent} */ event) => this.onClick(event),
      },
      this.listLinks().map((index) => this.drawLink(index, found)),
    );
  }

  /** Return the marks that are links now, by their place. */
  listLinks() {
    const { marks } = this.drawn;
    const first = Array.from({ length: Math.min(marks.length, LINKS_MOST) }, (_, index) => index);
    const more = [this.at, ...(this.found ?? []).slice(0, FOUND_MOST), ...this.listChosen()];
    return [...new Set([...first, ...more])].sort((a, b) => a - b);
  }

  /** Return the places of the chosen mark and of those on the ways there. */
  listChosen() {
    if (!this.chosen) return [];
    const choices = new Set([this.chosen]);
    for (const way of this.ways?.ways ?? []) for (const each of way.choices) choices.add(each);
    return this.drawn.marks.flatMap((/** @type {any} */ mark, /** @type {number} */ index) =>
      choices.has(mark.choice) ? [index] : [],
    );
  }

  /** @param {number} index @param {Set<number>} found */
  drawLink(index, found) {
    const { says, href, choice, row, isHeld } = this.drawn.marks[index];
    const isOnWay =
      this.chosen && this.ways?.ways.some((/** @type {any} */ way) => way.choices.includes(choice));
    const looks = [
      found.has(index) && "found",
      choice && choice === this.chosen && "taken",
      isOnWay && "between",
      isHeld && "dragged",
    ];
    return h("a", {
      key: `mark-${index}`,
      href,
      class: looks.filter(Boolean).join(" ") || null,
      role: choice ? "button" : null,
      "aria-pressed": choice ? String(choice === this.chosen) : null,
      tabindex: index === this.at ? 0 : -1,
      "aria-label": says,
      "data-focus": `${this.key}-${index}`,
      draggable: this.moves && row ? "false" : null,
      style: this.styleOf(index),
      onfocus: () => this.point(index),
    });
  }

  /** The ways to the chosen mark, as lines from the middle. */
  drawWays() {
    const { layout } = this.drawn;
    const { l, r, t, b } = layout.margin;
    const point = (/** @type {{x: number, y: number}} */ { x, y }) =>
      `${percent(x, layout.xaxis.range)} ${100 - percent(y, layout.yaxis.range)}`;
    const lines = [];
    for (const way of (this.chosen && this.ways?.ways) || []) {
      const marks = way.choices.map((/** @type {string} */ choice) => this.find(choice));
      if (marks.every(Boolean))
        lines.push({ kind: way.kind, d: `M${[{ x: 0, y: 0 }, ...marks].map(point).join(" L")}` });
    }
    return h(
      "div",
      { class: "ways", key: "ways", style: `inset: ${t}px ${r}px ${b}px ${l}px` },
      h(
        "svg",
        { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" },
        lines.map(({ kind, d }, index) => h("path", { key: index, class: kind, d })),
      ),
    );
  }

  /** The names of those found or chosen that have none in the drawing.
   * @param {Element} over
   */
  drawNames(over) {
    const named = [...new Set([...this.listChosen(), ...(this.found ?? [])])]
      .filter((index) => this.drawn.marks[index].called)
      .slice(0, NAMED_MOST);
    if (!named.length) return [];
    const { marks, layout } = this.drawn;
    const { l, r, t, b } = layout.margin;
    const { width, height } = over.getBoundingClientRect();
    const room = { width: width - l - r, height: height - t - b };
    const labelled = named.map((index) => ({
      x: (percent(marks[index].x, layout.xaxis.range) / 100) * room.width,
      y: (1 - percent(marks[index].y, layout.yaxis.range) / 100) * room.height,
      label: marks[index].called,
    }));
    const places = placeLabels(labelled, boxesOf(labelled), measureIn(this.sheet), room);
    return places.flatMap((at, place) =>
      at && at.lines.join(" ") === labelled[place].label
        ? h(
            "span",
            {
              class: "name",
              key: `name-${named[place]}`,
              "aria-hidden": "true",
              style: `left: ${at.x + l}px; top: ${at.y + t}px; font-size: ${at.size}px`,
            },
            at.lines.join("\n"),
          )
        : [],
    );
  }

  /** What is written of the ways, with links on. */
  drawChosen() {
    const mark = this.find(this.chosen);
    const { says = [], links = [[mark.says, mark.href]] } = this.ways ?? {};
    return [
      h("p", {}, h("b", {}, mark.says)),
      says.length > 0 &&
        h(
          "ul",
          {},
          says.map((/** @type {string} */ text) => h("li", {}, text)),
        ),
      h(
        "ul",
        { class: "links" },
        links.map((/** @type {string[]} */ [words, href]) =>
          h("li", {}, h("a", { href, class: "button" }, words)),
        ),
      ),
      this.sheet.button(this.sheet.state.pictures.all.put_back, () => this.choose(this.chosen)),
    ];
  }

  // ---- pointing --------------------------------------------------------------------------------

  /** Say a mark, and make it the stop of the Tab key. @param {number} index */
  point(index) {
    const before = this.linkAt(this.at);
    this.at = index;
    if (!this.linkAt(index)) this.draw();
    before?.setAttribute("tabindex", "-1");
    this.linkAt(index)?.setAttribute("tabindex", "0");
    this.say();
  }

  /** Show what the mark that is pointed at says. */
  say() {
    const line = this.figure?.querySelector(".pointed");
    const says = this.drawn.marks[this.at]?.says;
    if (line && says) line.textContent = says;
  }

  /** @param {number} index @returns {HTMLElement | null} */
  linkAt(index) {
    return this.sheet.findFocus(`${this.key}-${index}`);
  }

  /** Return the place of the mark at a pointer; -1 for none.
   * @param {MouseEvent} event
   */
  indexAt({ target, clientX, clientY }) {
    const link = /** @type {Element} */ (target).closest("a");
    if (link) return Number(link.dataset.focus?.split("-").at(-1));
    const { marks, layout } = this.drawn;
    const room = this.figure?.querySelector(".marks")?.getBoundingClientRect();
    if (!room || marks.length <= CLOSE) return -1;
    let [nearest, least] = [-1, REACH];
    for (const [index, { x, y }] of marks.entries()) {
      const across = room.left + (percent(x, layout.xaxis.range) / 100) * room.width;
      const down = room.top + (1 - percent(y, layout.yaxis.range) / 100) * room.height;
      const away = Math.hypot(across - clientX, down - clientY);
      if (away < least) [nearest, least] = [index, away];
    }
    return nearest;
  }

  /** @param {PointerEvent} event */
  onHover(event) {
    const index = this.indexAt(event);
    const group = /** @type {HTMLElement} */ (event.currentTarget);
    group.style.cursor = index < 0 ? "" : "pointer";
    if (index >= 0 && (index !== this.at || !this.hasSaid)) {
      this.hasSaid = true;
      this.point(index);
    }
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const mark = this.drawn.marks[this.at];
    const nearer = { "+": 1, "-": -1 }[event.key];
    if (this.moves && mark?.row && nearer)
      return this.moves.step(mark.row, mark.x, mark.y, this.drawn.layout, nearer);
    if (event.key === "Escape" && this.chosen) return this.choose(this.chosen);
    if (event.key === " " && mark?.choice) {
      event.preventDefault();
      return this.choose(mark.choice);
    }
    const order = this.found?.length ? this.found : [...this.drawn.marks.keys()];
    const places = /** @type {Record<string, number>} */ (PLACES);
    const here = order.indexOf(this.at);
    const to = { Home: 0, End: order.length - 1 }[event.key] ?? here + (places[event.key] ?? NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    this.focus(order[Math.min(order.length - 1, Math.max(0, to))]);
  }

  /** @param {number} index */
  focus(index) {
    this.point(index);
    this.linkAt(index)?.focus();
  }

  // ---- dragging --------------------------------------------------------------------------------

  /** Let a mark follow the pointer; where it is left it stays until the answer.
   * @param {PointerEvent} down
   */
  onPress(down) {
    const index = this.indexAt(down);
    const mark = this.drawn.marks[index];
    if (!this.moves || !mark?.row) return;
    this.point(index);
    const link = /** @type {HTMLElement} */ (this.linkAt(index));
    const room = /** @type {HTMLElement} */ (link.parentElement).getBoundingClientRect();
    let isDragged = false;
    link.setPointerCapture(down.pointerId);
    link.onpointermove = (event) => {
      event.stopPropagation();
      const [across, along] = [event.clientX - down.clientX, event.clientY - down.clientY];
      isDragged ||= Math.hypot(across, along) > LIFT;
      if (isDragged) link.style.transform = `translate(${across}px, ${along}px)`;
      link.classList.toggle("dragged", isDragged);
    };
    link.onpointerup = link.onpointercancel = ({ clientX, clientY, type }) => {
      link.onpointermove = link.onpointerup = link.onpointercancel = null;
      if (!isDragged) return;
      link.style.transform = "";
      link.classList.remove("dragged");
      if (type === "pointercancel") return;
      this.isDragged = true; // the click that follows is none
      setTimeout(() => (this.isDragged = false));
      const { xaxis, yaxis } = this.drawn.layout;
      const at = (/** @type {number} */ share, /** @type {number[]} */ [from, to]) =>
        from + share * (to - from);
      const x = at((clientX - room.left) / room.width, xaxis.range);
      const y = at(1 - (clientY - room.top) / room.height, yaxis.range);
      this.hold(index, { ...mark, x, y, isHeld: true });
      this.moves?.drop(mark.row, x, y, this.drawn.layout, (answer) => {
        if (!answer.ok) this.hold(index, mark);
      });
    };
  }

  /** @param {number} index @param {any} mark */
  hold(index, mark) {
    this.drawn.marks[index] = mark;
    this.draw();
  }

  // ---- finding and choosing --------------------------------------------------------------------

  /** Find marks by the name or reading of whom they stand for. @param {string} text */
  seek(text) {
    this.text = text;
    const words = text.split(/\s+/).map((word) => foldedFor(word, this.drawn.variants));
    const sought = words.filter(Boolean);
    this.found = !sought.length
      ? null
      : this.drawn.marks.flatMap((/** @type {any} */ mark, /** @type {number} */ index) =>
          mark.sought && sought.every((word) => mark.sought.includes(word)) ? [index] : [],
        );
  }

  /** From the field: to the first one found, and choose it. @param {KeyboardEvent} event */
  onFieldKey(event) {
    if (!["Enter", "ArrowDown"].includes(event.key) || event.isComposing) return;
    event.preventDefault();
    const first = this.found?.[0];
    if (first === undefined) return;
    this.focus(first);
    if (event.key === "Enter" && this.chosen !== this.drawn.marks[first].choice)
      this.choose(this.drawn.marks[first].choice);
  }

  countFound() {
    const { found, found_none } = this.sheet.state.pictures.all;
    if (!this.found) return "";
    return this.found.length ? format(found, { count: this.found.length }) : found_none;
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const mark = this.drawn.marks[this.indexAt(event)];
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (this.isDragged) event.preventDefault();
    else if (mark?.choice && isPlain) {
      event.preventDefault();
      this.choose(mark.choice);
    }
  }

  /** Show the ways to a mark, or hide them again. @param {string} choice */
  choose(choice) {
    const isShown = this.chosen === choice;
    this.chosen = isShown ? "" : choice;
    this.ways = null;
    if (isShown && this.figure?.querySelector(".chosen")?.contains(document.activeElement))
      this.linkAt(this.at)?.focus();
    if (!isShown) this.askWays();
    this.draw();
  }

  askWays() {
    const { chosen } = this;
    this.sheet.send(
      { do: "find_ways", choice: chosen },
      {
        done: (answer) => {
          if (!answer.ok || this.chosen !== chosen) return;
          this.ways = answer;
          this.draw();
        },
      },
    );
  }
}

/** Return a text as `search_form` in `i18n/folding.py` does.
 * @param {string} text
 * @param {Record<string, string>} variants
 */
function foldedFor(text, variants) {
  const one = text.normalize("NFKC").toUpperCase().toLowerCase().replace(GAPS, "");
  const kana = (/** @type {string} */ letter) =>
    letter >= "ァ" && letter <= "ヶ" ? String.fromCharCode(letter.charCodeAt(0) - 0x60) : letter;
  return [...one].map((letter) => kana(variants[letter] ?? letter)).join("");
}
