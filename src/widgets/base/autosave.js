// Saving: send the person's changes to Python, one after the other; keep each until it is
// answered.

import { fill } from "./dom.js";

export const PAUSE = 700; // milliseconds without typing after which an edit is saved
const AGAIN = 10000; // milliseconds after which a temporary failure is tried again
export const MOST_BYTES = 10 * 1024 * 1024 - 65536; // 10 MiB less the envelope

/** The part of a sheet that sends messages and handles answers. */
export class Saving {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.queue = [];
    this.flight = new Map(); // messages sent and not answered yet, by number
    this.bases = new Map(); // versions at which this page itself last wrote, by field and by row
    this.edits = new Map(); // edits not saved yet, by field
    this.troubles = new Map(); // refusals, by field
    this.memory = {}; // state of the sheet in the browser only: an open panel, a filter
    this.count = 0;
    this.said = "";
    this.id = `s${Math.random().toString(36).slice(2, 8)}`;
  }

  get state() {
    return this.model.get("state");
  }
  get words() {
    return this.model.get("words");
  }
  get position() {
    return this.model.get("position");
  }
  get common() {
    return this.words.common ?? {};
  }

  /** Return a text of this sheet with `{facts}` filled in. */
  say(name, facts = {}) {
    return fill(this.words[name] ?? this.common[name] ?? name, facts);
  }

  /** Send a message to Python. `build` may be a function, called when the message is sent. */
  send(build, { field = null, edit = null, buffers = [], done = null } = {}) {
    this.queue.push({ build, field, edit, buffers, done });
    this.fly();
  }

  /** Send the next message, unless one is unanswered; with `leaving`, send them all. */
  fly(leaving = false) {
    while (this.queue.length && (leaving || !this.flight.size)) {
      const asked = this.queue.shift();
      const message = typeof asked.build === "function" ? asked.build() : asked.build;
      if (message.do === "write") message.version = this.base(message);
      this.count = Math.max(Date.now(), this.count + 1); // numbers are unique, also after a reload
      this.flight.set(this.count, { ...asked, message });
      if (weight(message, asked.buffers) > MOST_BYTES) {
        const answer = { n: this.count, ok: false, text: this.common.too_long };
        queueMicrotask(() => this.answered(answer));
        continue;
      }
      clearTimeout(this.waiting);
      if (message.do !== "catch_up")
        this.waiting = setTimeout(() => this.tell(this.common.saving), 500);
      this.model.send({ ...message, n: this.count }, undefined, asked.buffers);
    }
  }

  /** The connection is back: send every unanswered message once more, unchanged. */
  again() {
    for (const [n, { message, buffers }] of this.flight)
      this.model.send({ ...message, n }, undefined, buffers);
  }

  /** Return the version a write builds on: the one shown, or the one this page wrote since.
   *  Another window's change of the same field is still detected; an own change is no conflict. */
  base({ table, id, version, values }) {
    const own = Object.keys(values).map(
      (column) => this.bases.get(`${table}/${id}/${column}`) ?? 0,
    );
    const base =
      version === 0 ? (this.bases.get(`${table}/${id}`) ?? 0) : Math.max(version, Math.min(...own));
    const before = [...this.flight.values()].filter(
      ({ message }) => message.do === "write" && message.table === table && message.id === id,
    );
    return base + before.length; // more than 0 only while leaving the page: each of these adds one
  }

  /** Handle an answer: the message is saved, or the answer has the reason why not. */
  answered(answer = this.model.get("answer")) {
    if (!this.flight.has(answer.n)) return;
    clearTimeout(this.waiting);
    const { field, edit, done, message } = this.flight.get(answer.n);
    this.flight.delete(answer.n);
    if (answer.ok && message.do === "write" && !answer.behind) this.caughtUp();
    if (answer.ok && answer.version != null && message.do === "write") {
      const row = `${message.table}/${message.id}`;
      for (const name of [row, ...Object.keys(message.values).map((column) => `${row}/${column}`)])
        this.bases.set(name, answer.version);
    }
    if (field) {
      const last = this.edits.get(field) === edit; // no newer edit of this field
      if (edit && last && answer.ok) {
        this.edits.delete(field);
        if (edit.node) edit.node._edit = null;
      }
      if (edit && last && !answer.ok && answer.passes) {
        edit.sent = false;
        edit.timer = setTimeout(() => this.save(field), AGAIN);
      }
      if (answer.ok) this.troubles.delete(field);
      else if (!edit || last) this.troubles.set(field, answer);
    }
    if (answer.ok && answer.behind && message.do === "write") this.keepShown(message, answer, edit);
    if (answer.behind && answer.passes) this.catchUp();
    const beside = !answer.ok && this.edits.has(field); // the refusal is shown beside the field
    const isWaiting = message.do === "catch_up" && !answer.ok; // the previous status still holds
    if (!isWaiting) this.tell(beside ? "" : answer.text || this.common.saved, !answer.ok);
    this.draw();
    if (!answer.ok) this.showChosen();
    if (answer.focus) this.focus(answer.focus);
    if (done) done(answer);
    this.fly();
  }

  /** The write is saved, but the sheets could not be refreshed from the book: until then, keep
   *  showing the saved values, and build later writes on their version. */
  keepShown({ table, id, values }, { version }, sent) {
    for (const [column, value] of Object.entries(values)) {
      const field = `${table}/${id}/${column}`;
      if (this.edits.has(field)) continue; // a newer edit
      const place = `[data-focus="${CSS.escape(`${id}.${column}`)}"]`;
      const node = sent?.node ?? this.el.querySelector(place);
      const edit = { node, table, column, value, id, version, sent: true, saved: true };
      if (node) node._edit = edit;
      this.edits.set(field, edit);
    }
  }

  /** Ask for the current content of the book after a pause, until it arrives. */
  catchUp() {
    clearTimeout(this.late);
    const done = (answer) => {
      if (answer.ok) {
        this.caughtUp();
        this.draw();
      } else if (answer.passes) this.catchUp();
    };
    this.late = setTimeout(() => this.send({ do: "catch_up" }, { done }), AGAIN);
  }

  /** The page shows the current content of the book: forget the edits that are saved. */
  caughtUp() {
    clearTimeout(this.late);
    this.queue = this.queue.filter(({ build }) => build.do !== "catch_up");
    for (const [field, { saved }] of this.edits) if (saved) this.forget(field);
  }

  /** Reset ticks and choices that were refused to their stored values. */
  showChosen() {
    for (const box of this.el.querySelectorAll("input:is([type=radio], [type=checkbox])"))
      if (box._props && "checked" in box._props) box.checked = Boolean(box._props.checked);
  }

  focus(key) {
    const target = this.el.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    if (target) target.focus();
  }

  /** Show a text in the status line; screen readers announce it. */
  tell(text, trouble = false) {
    this.said = text ?? "";
    this.trouble = trouble;
    const line = this.el.querySelector(":scope .saved");
    if (line) {
      line.textContent = this.said;
      line.classList.toggle("trouble", trouble);
    }
  }

  /** Remember an edit of a field and save it after a pause. A row with `draft: true` exists only on
   *  the page: it keeps its values until it is sent as a whole. */
  edited(node, table, row, column, value, pause = PAUSE) {
    if (row.draft) {
      row[column] = value;
      return;
    }
    const field = `${table}/${row.id}/${column}`;
    const old = this.edits.get(field);
    if (old) clearTimeout(old.timer);
    const edit = {
      node,
      table,
      column,
      value,
      id: row.id,
      version: old ? old.version : row.version,
      sent: false,
    };
    edit.timer = setTimeout(() => this.save(field), pause);
    if (node) node._edit = edit;
    this.edits.set(field, edit);
  }

  /** Save a field now. */
  save(field) {
    const edit = this.edits.get(field);
    if (!edit || edit.sent) return;
    clearTimeout(edit.timer);
    edit.sent = true;
    const { table, column, id, version, value } = edit;
    this.send({ do: "write", table, id, version, values: { [column]: value } }, { field, edit });
  }

  /** Discard the edit of a field, because a choice replaces it. */
  forget(field) {
    const edit = this.edits.get(field);
    if (!edit) return;
    clearTimeout(edit.timer);
    if (edit.node) edit.node._edit = null;
    this.edits.delete(field);
  }

  /** Return the value of a field: its edit, else the stored value. */
  now(table, row, column) {
    const edit = this.edits.get(`${table}/${row.id}/${column}`);
    return edit ? edit.value : row[column];
  }

  /** Save all edits. */
  saveAll() {
    for (const field of this.edits.keys()) this.save(field);
  }

  /** The page is being left: send everything without waiting for answers. */
  leave() {
    this.saveAll();
    this.fly(true);
  }

  /** The app sends these messages with its goodbye, so send unanswered ones again too. */
  sayGoodbye() {
    this.again();
    this.leave();
  }

  /** Write values at once: a choice, a tick, a dial released. */
  write(table, row, values, done = null) {
    if (row.draft) {
      Object.assign(row, values);
      this.draw();
      return;
    }
    for (const column of Object.keys(values)) this.forget(`${table}/${row.id}/${column}`);
    this.send(
      { do: "write", table, id: row.id, version: row.version, values },
      { field: `${table}/${row.id}/${Object.keys(values)[0]}`, done },
    );
  }

  add(table, values = {}) {
    this.send({ do: "add", table, values });
  }
  /** Remove a row; `focus` is the key of the element to focus then, as the row's own is gone. */
  drop(table, row, focus = null) {
    this.send(
      { do: "drop", table, id: row.id },
      { done: (answer) => answer.ok && focus && this.focus(focus) },
    );
  }
}

/** Return the size of a message in bytes; for a short one an upper bound. */
function weight(message, buffers) {
  const text = JSON.stringify(message);
  const bytes = 3 * text.length < MOST_BYTES ? 3 * text.length : new Blob([text]).size;
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, bytes);
}
