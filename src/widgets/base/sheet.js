// The base of all sheets in the browser. A sheet's own file decides what it shows, and ends with
// `export default defineSheet({ draw })`; it imports everything it needs from here.

import { Edits } from "./edits.js";
import { MessageQueue } from "./message_queue.js";
import { RowFields, describedBy, fitHeight } from "./fields.js";
import { StatusLine } from "./status_line.js";
import { format, h, patch } from "./dom.js";
import { isCurrent, mendLinks, namedByAddress } from "./address.js";
import { followHostLook } from "./host_look.js";
import { hasUnsaved, restoreUnsaved, storeUnsaved } from "./unsaved_edits.js";

export { Sheet, defineSheet, describedBy, format, h, hasUnsaved, isCurrent, namedByAddress, patch };

/** One sheet on the page; `content(sheet)` returns what it shows. */
class Sheet {
  /**
   * @param {WidgetModel} model
   * @param {HTMLElement} el
   * @param {(sheet: Sheet) => Kid} content
   */
  constructor(model, el, content) {
    this.model = model;
    this.el = el;
    this.content = content;
    this.id = `s${Math.random().toString(36).slice(2, 8)}`;
    this.status = new StatusLine(el);
    this.queue = new MessageQueue(this);
    this.edits = new Edits(this);
    /** @type {Record<string, any>} */
    this.memory = {}; // state of the sheet in the browser only: an open panel, a filter
    this.isDrawing = false;
    this.wasDrawn = false;
  }

  /** @returns {State} */
  get state() {
    return this.model.get("state");
  }
  /** @returns {Words} */
  get words() {
    return this.model.get("words");
  }
  /** @returns {Position} */
  get position() {
    return this.model.get("position");
  }
  /** @returns {Limits} */
  get limits() {
    return this.model.get("limits");
  }
  /** @returns {Words} */
  get common() {
    return this.words.common ?? {};
  }

  /** Return a text of this sheet with `{facts}` filled in.
   * @param {string} name
   * @param {Record<string, any>} facts
   */
  say(name, facts = {}) {
    return format(this.words[name] ?? this.common[name] ?? name, facts);
  }

  // ---- messages and edits ---------------------------------------------------------------------

  /** Send a message to Python; see `MessageQueue`.
   * @param {Message | (() => Message)} build
   * @param {MessageOptions} [options]
   */
  send(build, options) {
    this.queue.send(build, options);
  }

  /** Write values at once: a choice, a checkbox, a released slider.
   * @param {string} table
   * @param {Row} row
   * @param {Record<string, any>} values
   * @param {MessageOptions["done"]} done
   */
  write(table, row, values, done = null) {
    if (row.draft) {
      Object.assign(row, values);
      this.draw();
      return;
    }
    const fields = Object.keys(values).map((column) => `${table}/${row.id}/${column}`);
    for (const field of fields) this.edits.discardEdit(field);
    const message = { do: "write", table, id: row.id, version: row.version, values };
    this.send(message, { field: fields[0], done });
  }

  /** Add a row.
   * @param {string} table
   * @param {Record<string, any>} values
   */
  add(table, values = {}) {
    this.send({ do: "add", table, values });
  }

  /** Remove a row; `focus` is the key of the element to focus then, as the row's own is gone.
   * @param {string} table
   * @param {Row} row
   * @param {string | null} focus
   */
  remove(table, row, focus = null) {
    this.send(
      { do: "drop", table, id: row.id },
      { done: (answer) => answer.ok && focus && this.focus(focus) },
    );
  }

  saveAll() {
    this.edits.saveAll();
  }

  /** The page is being left: send everything without waiting for answers. */
  flushAll() {
    this.saveAll();
    this.queue.flush(true);
  }

  /** Handle an answer: the message is saved, or the answer has the reason why not.
   * @param {Answer} answer
   */
  onAnswer(answer) {
    const sent = this.queue.takeAnswered(answer.n);
    if (!sent) return;
    this.edits.settle(sent, answer);
    const isBesideField = !answer.ok && this.edits.pending.has(sent.field ?? "");
    const isStillBehind = sent.message.do === "catch_up" && !answer.ok; // the old status holds
    if (!isStillBehind && !sent.isQuiet)
      this.setStatus(isBesideField ? "" : answer.text || this.common.saved, !answer.ok);
    this.draw();
    if (!answer.ok) this.restoreChoices();
    if (answer.focus) this.focus(answer.focus);
    sent.done?.(answer);
    if (!sent.isQuiet) window.dispatchEvent(new Event("enishi:answered"));
    this.queue.flush();
  }

  /** Show a text in the status line.
   * @param {string} [text]
   */
  setStatus(text, isError = false) {
    this.status.setStatus(text, isError);
  }

  /** Put a text on the clipboard; only the person sends it, in another program.
   * @param {string} text
   */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.setStatus(this.say("copied"));
    } catch {
      this.setStatus(this.say("not_copied"), true);
    }
  }

  // ---- elements -------------------------------------------------------------------------------

  /** Return the element with this id; the sheet must have drawn it.
   * @param {string} id
   */
  find(id) {
    return /** @type {FormField} */ (this.el.querySelector(`#${CSS.escape(id)}`));
  }

  /** Return the element with this key, or null.
   * @param {string} key
   * @returns {FormField | null}
   */
  findFocus(key) {
    return this.el.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  }

  /** @param {string} key */
  focus(key) {
    this.findFocus(key)?.focus();
  }

  /** Focus the sheet's question, when the focused element is gone. */
  focusQuestion() {
    this.el.querySelector("h2")?.focus();
  }

  /** Reset checkboxes and choices that were refused to their stored values. */
  restoreChoices() {
    const boxes = "input:is([type=radio], [type=checkbox])";
    for (const box of /** @type {NodeListOf<FormField>} */ (this.el.querySelectorAll(boxes)))
      if (box._props && "checked" in box._props) box.checked = Boolean(box._props.checked);
  }

  /** Return the fields of a row, which save themselves.
   * @param {string} table
   * @param {Row} row
   */
  fields(table, row) {
    return new RowFields(this, table, row);
  }

  /** A plain button; with `main`, the sheet's one main button.
   * @param {Kid} text
   * @param {() => unknown} onclick
   * @param {ButtonOptions} options
   */
  button(text, onclick, { main, name, focus, disabled, danger } = {}) {
    const look = main ? "main" : danger ? "danger" : null;
    const names = { "aria-label": name ?? null, "data-focus": focus };
    return h("button", { type: "button", class: look, ...names, disabled, onclick }, text);
  }

  /** A section that opens and closes; the sheet remembers its state. A function is called for
   *  what is inside only once the section is opened: for sections that stand in a long list.
   * @param {string} key
   * @param {Kid} title
   * @param {(Kid | (() => Kid))[]} kids
   */
  details(key, title, ...kids) {
    const fill = kids.find((kid) => typeof kid === "function");
    /** @type {Handler<Event>} */
    const ontoggle = ({ target }) => {
      const isFirst = !(key in this.memory);
      this.memory[key] = /** @type {HTMLDetailsElement} */ (/** @type {unknown} */ (target)).open;
      if (fill && isFirst) this.draw();
    };
    return h(
      "details",
      { key: `d-${key}`, class: "fold", open: this.memory[key], ontoggle },
      h("summary", {}, title),
      h(
        "div",
        { class: "inside" },
        fill ? key in this.memory && fill() : /** @type {Kid[]} */ (kids),
      ),
    );
  }

  /** Return paragraphs; `lines` is a text or a list of texts.
   * @param {string | (string | null | undefined)[]} lines
   */
  note(lines) {
    const texts = [lines].flat().filter(Boolean);
    return texts.map((line) => h("p", {}, line));
  }

  // ---- drawing --------------------------------------------------------------------------------

  /** Draw the sheet. Removing a focused field may call `draw` again: that call waits. */
  draw() {
    if (this.isDrawing) return void queueMicrotask(() => this.draw());
    this.isDrawing = true;
    try {
      this.drawNow();
    } finally {
      this.isDrawing = false;
    }
  }

  drawNow() {
    if (this.words.closed === true) return patch(this.el, []); // the header shows why
    const active = document.activeElement;
    const inner = this.content(this);
    const isBare = this.words.bare === true; // the page's header has no question of its own
    patch(this.el, h("div", {}, isBare ? inner : this.drawFrame(inner)).kids);
    for (const area of this.el.querySelectorAll("textarea")) fitHeight(area);
    mendLinks(this.el, this.position);
    const isFocusLost = active !== document.activeElement && active?.isConnected;
    if (isFocusLost && this.el.contains(active)) /** @type {HTMLElement} */ (active).focus();
  }

  /** @param {Kid} inner */
  drawFrame(inner) {
    const { words } = this;
    return h(
      "section",
      {
        class: "enishi sheet",
        id: this.position.name,
        "aria-labelledby": `${this.id}-q`,
        key: "sheet",
      },
      h("h2", { id: `${this.id}-q`, tabindex: -1 }, words.question),
      [words.lead]
        .flat()
        .filter(Boolean)
        .map((line) => h("p", { class: "lead" }, line)),
      h("div", { class: "inner" }, inner),
      this.status.draw(),
    );
  }
}

let isAnyShown = false; // from the second sheet on, the person has moved there

/** In the app, show one sheet at a time: the one the address names, else the first.
 * @param {Sheet} sheet
 */
function showIfCurrent(sheet) {
  if (!document.documentElement.classList.contains("enishi-app")) return;
  /** @type {HTMLElement | null} */
  const section = sheet.el.querySelector(":scope > .sheet");
  if (!section) return;
  const isShown = isCurrent(sheet.position);
  const isNew = isShown && (section.hidden || !sheet.wasDrawn);
  section.hidden = !isShown;
  sheet.wasDrawn = true;
  if (!isNew) return;
  if (isAnyShown) {
    window.scrollTo(0, 0);
    section.querySelector("h2")?.focus({ preventScroll: true });
  }
  isAnyShown = true;
}

/** Make a sheet: `draw(sheet)` returns what it shows; `mounted(sheet)`, if given, is called after
 *  the first drawing.
 * @param {{draw: (sheet: Sheet) => Kid, mounted?: (sheet: Sheet) => void}} definition
 */
function defineSheet({ draw, mounted }) {
  /** @param {{model: WidgetModel, el: HTMLElement}} view */
  function render({ model, el }) {
    const sheet = new Sheet(model, el, draw);
    if (window.enishi?.app) restoreUnsaved(sheet);
    const redraw = () => {
      sheet.draw();
      showIfCurrent(sheet);
    };
    let isScheduled = false; // draw once for several traits that arrive together
    const redrawSoon = () => {
      if (isScheduled) return;
      isScheduled = true;
      queueMicrotask(() => {
        isScheduled = false;
        redraw();
      });
    };
    for (const trait of ["state", "words", "position"]) model.on(`change:${trait}`, redrawSoon);
    model.on("change:answer", () => queueMicrotask(() => sheet.onAnswer(model.get("answer"))));
    window.enishi?.line?.addEventListener("synced", () => sheet.queue.resend());
    const ended = new AbortController();
    /** @param {EventTarget} target @param {string} event @param {(event: any) => void} handler */
    const on = (target, event, handler) =>
      target.addEventListener(event, handler, { signal: ended.signal });
    on(window, "hashchange", () => showIfCurrent(sheet));
    on(window, "enishi:save", () => sheet.saveAll()); // the page is about to turn
    on(window, "pagehide", (event) => {
      if (window.enishi?.app && !event.persisted) storeUnsaved(sheet);
      sheet.flushAll();
    });
    on(window, "enishi:leave", () => {
      sheet.queue.resend(); // the page sends these with its goodbye
      sheet.flushAll();
    });
    on(document, "visibilitychange", () => sheet.saveAll());
    followHostLook(el, ended.signal);
    redraw();
    mounted?.(sheet);
    return () => {
      ended.abort();
      sheet.flushAll();
    };
  }

  return { render };
}
