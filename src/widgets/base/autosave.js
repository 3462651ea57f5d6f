// Saving: what the person does goes to Python, one thing after the other; what was written stays
// noted until it is answered.

import { fill } from "./dom.js";

export const PAUSE = 700; // milliseconds of quiet after which what was written is saved
const AGAIN = 10000; // milliseconds after which is tried again what failed for a reason that passes
export const MOST_BYTES = 10 * 1024 * 1024 - 65536; // with its envelope; one message carries 10 MiB at most

/** A sheet as far as it sends and hears. */
export class Saving {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.queue = [];
    this.flight = new Map(); // what was sent and is not answered yet, by its number
    this.bases = new Map(); // the version at which this page itself last wrote, by field and by row
    this.edits = new Map(); // what was written and is not saved yet, by field
    this.troubles = new Map(); // what was refused, by field
    this.memory = {}; // what the screen remembers by itself: an open panel, a filter
    this.count = 0;
    this.said = "";
    this.id = `s${Math.random().toString(36).slice(2, 8)}`;
  }

  get state() { return this.model.get("state"); }
  get words() { return this.model.get("words"); }
  get place() { return this.model.get("place"); }
  get common() { return this.words.common ?? {}; }

  /** Say a word of this sheet, `{facts}` filled in. */
  say(name, facts = {}) { return fill(this.words[name] ?? this.common[name] ?? name, facts); }

  /** Ask Python to do something. `build` may be a function, called when the message really goes. */
  send(build, { field = null, edit = null, buffers = [], done = null } = {}) {
    this.queue.push({ build, field, edit, buffers, done });
    this.fly();
  }

  /** Send the next message, unless one is still to be answered; with `leaving`, send them all. */
  fly(leaving = false) {
    while (this.queue.length && (leaving || !this.flight.size)) {
      const asked = this.queue.shift();
      const message = typeof asked.build === "function" ? asked.build() : asked.build;
      if (message.do === "write") message.version = this.base(message);
      this.count = Math.max(Date.now(), this.count + 1); // no two messages share a number, nor after a reload
      this.flight.set(this.count, { ...asked, message });
      if (weight(message, asked.buffers) > MOST_BYTES) {
        const answer = { n: this.count, ok: false, text: this.common.too_long };
        queueMicrotask(() => this.answered(answer));
        continue;
      }
      clearTimeout(this.waiting);
      if (message.do !== "catch_up") this.waiting = setTimeout(() => this.tell(this.common.saving), 500);
      this.model.send({ ...message, n: this.count }, undefined, asked.buffers);
    }
  }

  /** The line was cut and is whole again: what was not answered is sent once more, as it was. */
  again() {
    for (const [n, { message, buffers }] of this.flight) this.model.send({ ...message, n }, undefined, buffers);
  }

  /** The version a write builds on: what the person saw, or what this page wrote there since.
   *  Another window's change of the same field is still noticed; one's own is no conflict. */
  base({ noun, id, version, values }) {
    const own = Object.keys(values).map((column) => this.bases.get(`${noun}/${id}/${column}`) ?? 0);
    const base = version === 0 ? this.bases.get(`${noun}/${id}`) ?? 0 : Math.max(version, Math.min(...own));
    const before = [...this.flight.values()].filter(({ message }) => message.do === "write" && message.noun === noun && message.id === id);
    return base + before.length; // only where the page is being left: each of these adds one
  }

  /** Python has answered: what was sent is saved, or it says why not. */
  answered(answer = this.model.get("answer")) {
    if (!this.flight.has(answer.n)) return;
    clearTimeout(this.waiting);
    const { field, edit, done, message } = this.flight.get(answer.n);
    this.flight.delete(answer.n);
    if (answer.ok && message.do === "write" && !answer.behind) this.caughtUp();
    if (answer.ok && answer.version != null && message.do === "write") {
      const row = `${message.noun}/${message.id}`;
      for (const name of [row, ...Object.keys(message.values).map((column) => `${row}/${column}`)]) this.bases.set(name, answer.version);
    }
    if (field) {
      const last = this.edits.get(field) === edit; // nothing was written there since
      if (edit && last && answer.ok) { this.edits.delete(field); if (edit.node) edit.node._edit = null; }
      if (edit && last && !answer.ok && answer.passes) { edit.sent = false; edit.timer = setTimeout(() => this.save(field), AGAIN); }
      if (answer.ok) this.troubles.delete(field); else if (!edit || last) this.troubles.set(field, answer);
    }
    if (answer.ok && answer.behind && message.do === "write") this.keepShown(message, answer, edit);
    if (answer.behind && answer.passes) this.catchUp();
    const beside = !answer.ok && this.edits.has(field); // then it is said beside the field
    const isWaiting = message.do === "catch_up" && !answer.ok; // what was said before still holds
    if (!isWaiting) this.tell(beside ? "" : answer.text || this.common.saved, !answer.ok);
    this.draw();
    if (!answer.ok) this.showChosen();
    if (answer.focus) this.focus(answer.focus);
    if (done) done(answer);
    this.fly();
  }

  /** What was written is saved, but the page could not be drawn anew from the book: until it can,
   *  the fields show what was saved, and what is written there next builds on it. */
  keepShown({ noun, id, values }, { version }, sent) {
    for (const [column, value] of Object.entries(values)) {
      const field = `${noun}/${id}/${column}`;
      if (this.edits.has(field)) continue; // something newer stands there
      const place = `[data-focus="${CSS.escape(`${id}.${column}`)}"]`;
      const node = sent?.node ?? this.el.querySelector(place);
      const edit = { node, noun, column, value, id, version, sent: true, saved: true };
      if (node) node._edit = edit;
      this.edits.set(field, edit);
    }
  }

  /** Ask again after a while for what is in the book now, until it comes. */
  catchUp() {
    clearTimeout(this.late);
    const done = (answer) => {
      if (answer.ok) { this.caughtUp(); this.draw(); } else if (answer.passes) this.catchUp();
    };
    this.late = setTimeout(() => this.send({ do: "catch_up" }, { done }), AGAIN);
  }

  /** The page shows what is in the book: nothing that is saved has to be kept here. */
  caughtUp() {
    clearTimeout(this.late);
    this.queue = this.queue.filter(({ build }) => build.do !== "catch_up");
    for (const [field, { saved }] of this.edits) if (saved) this.forget(field);
  }

  /** A tick or a choice that was refused is not left as if it had been taken. */
  showChosen() {
    for (const box of this.el.querySelectorAll("input:is([type=radio], [type=checkbox])")) if (box._props && "checked" in box._props) box.checked = Boolean(box._props.checked);
  }

  focus(key) {
    const target = this.el.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    if (target) target.focus();
  }

  /** Say in the status line what happened; screen readers hear it. */
  tell(text, trouble = false) {
    this.said = text ?? "";
    this.trouble = trouble;
    const line = this.el.querySelector(":scope .saved");
    if (line) { line.textContent = this.said; line.classList.toggle("trouble", trouble); }
  }

  /** Remember what was written in a field, to be saved after a pause. A row with `draft: true` is only
   *  the page's: it keeps what is written until it is sent whole. */
  edited(node, noun, row, column, value, pause = PAUSE) {
    if (row.draft) { row[column] = value; return; }
    const field = `${noun}/${row.id}/${column}`;
    const old = this.edits.get(field);
    if (old) clearTimeout(old.timer);
    const edit = { node, noun, column, value, id: row.id, version: old ? old.version : row.version, sent: false };
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
    const { noun, column, id, version, value } = edit;
    this.send({ do: "write", noun, id, version, values: { [column]: value } }, { field, edit });
  }

  /** What was being written in a field is replaced by a choice. */
  forget(field) {
    const edit = this.edits.get(field);
    if (!edit) return;
    clearTimeout(edit.timer);
    if (edit.node) edit.node._edit = null;
    this.edits.delete(field);
  }

  /** What a field holds now, written or saved. */
  now(noun, row, column) {
    const edit = this.edits.get(`${noun}/${row.id}/${column}`);
    return edit ? edit.value : row[column];
  }

  /** Save everything that is still being written. */
  saveAll() { for (const field of this.edits.keys()) this.save(field); }

  /** The page is being left: nothing can be waited for any more. */
  leave() {
    this.saveAll();
    this.fly(true);
  }

  /** The app carries what is said now along with its goodbye; so what is not answered goes again. */
  sayGoodbye() {
    this.again();
    this.leave();
  }

  /** Write a value at once: a choice, a tick, a dial let go. */
  write(noun, row, values, done = null) {
    if (row.draft) { Object.assign(row, values); this.draw(); return; }
    for (const column of Object.keys(values)) this.forget(`${noun}/${row.id}/${column}`);
    this.send({ do: "write", noun, id: row.id, version: row.version, values }, { field: `${noun}/${row.id}/${Object.keys(values)[0]}`, done });
  }

  add(noun, values = {}) { this.send({ do: "add", noun, values }); }
  /** Remove a row; `focus` is the key of what is focused then, as its own place is gone. */
  drop(noun, row, focus = null) { this.send({ do: "drop", noun, id: row.id }, { done: (answer) => answer.ok && focus && this.focus(focus) }); }
}

/** How many bytes a message comes to, at most where it is short. */
function weight(message, buffers) {
  const text = JSON.stringify(message);
  const bytes = 3 * text.length < MOST_BYTES ? 3 * text.length : new Blob([text]).size;
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, bytes);
}
