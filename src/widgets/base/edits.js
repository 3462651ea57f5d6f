// Edits: what the person typed and Python has not saved yet, by field (`table/row/column`).

export const AUTOSAVE_MS = 700; // milliseconds without typing after which an edit is saved
const RETRY_MS = 10000; // milliseconds after which a temporary failure is tried again

export class Edits {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {Map<string, Edit>} */
    this.pending = new Map(); // by field
    /** @type {Map<string, Answer>} */
    this.errors = new Map(); // refusals, by field
    /** @type {Map<string, number>} */
    this.savedVersions = new Map(); // at which this page itself last wrote, by field and by row
    this.catchUpTimer = 0;
  }

  /** Record an edit and save it after a pause. A row with `draft: true` exists only on the page: it
   *  keeps its values until it is sent as a whole.
   * @param {FieldReference} field
   * @param {FormField | null} node the element with the text
   * @param {unknown} value
   * @param {number} pause in milliseconds
   */
  recordEdit({ table, row, column }, node, value, pause = AUTOSAVE_MS) {
    if (row.draft) {
      row[column] = value;
      return;
    }
    const field = `${table}/${row.id}/${column}`;
    const old = this.pending.get(field);
    clearTimeout(old?.timer);
    const version = old ? old.version : (node?._version ?? row.version); // what the person saw
    /** @type {Edit} */
    const edit = { node, table, column, value, id: row.id, version, sent: false };
    edit.timer = setTimeout(() => this.save(field), pause);
    if (node) node._edit = edit;
    this.pending.set(field, edit);
  }

  /** Save a field now.
   * @param {string} field
   */
  save(field) {
    const edit = this.pending.get(field);
    if (!edit || edit.sent) return;
    clearTimeout(edit.timer);
    edit.sent = true;
    const { table, column, id, version, value } = edit;
    const message = { do: "write", table, id, version, values: { [column]: value } };
    this.sheet.send(message, { field, edit });
  }

  saveAll() {
    for (const field of this.pending.keys()) this.save(field);
  }

  /** Discard the edit of a field, because a choice replaces it.
   * @param {string} field
   */
  discardEdit(field) {
    const edit = this.pending.get(field);
    if (!edit) return;
    clearTimeout(edit.timer);
    if (edit.node) edit.node._edit = null;
    this.pending.delete(field);
  }

  discardAll() {
    for (const field of this.pending.keys()) this.discardEdit(field);
  }

  /** Return the value of a field: its edit, else the stored value.
   * @param {FieldReference} field
   */
  currentValue({ table, row, column }) {
    const edit = this.pending.get(`${table}/${row.id}/${column}`);
    return edit ? edit.value : row[column];
  }

  /** Return the version a write builds on: the one shown, or the one this page wrote since.
   *  Another window's change of the same field is still detected; an own change is no conflict.
   * @param {Message} write
   */
  baseVersion({ table, id, version, values }) {
    const row = `${table}/${id}`;
    const own = Object.keys(values).map(
      (column) => this.savedVersions.get(`${row}/${column}`) ?? 0,
    );
    const base =
      version === 0 ? (this.savedVersions.get(row) ?? 0) : Math.max(version, Math.min(...own));
    const before = [...this.sheet.queue.inFlight.values()].filter(
      ({ message }) => message.do === "write" && message.table === table && message.id === id,
    );
    return base + before.length; // more than 0 only while leaving the page: each of these adds one
  }

  /** Update edits, errors and versions after an answer.
   * @param {SentMessage} sent
   * @param {Answer} answer
   */
  settle({ field, edit, message }, answer) {
    const isWritten = answer.ok && message.do === "write";
    if (isWritten && !answer.behind) this.onCaughtUp();
    if (isWritten && answer.version != null) {
      const row = `${message.table}/${message.id}`;
      for (const name of [row, ...Object.keys(message.values).map((column) => `${row}/${column}`)])
        this.savedVersions.set(name, answer.version);
    }
    if (field) this.settleField(field, edit, answer);
    if (isWritten && answer.behind) this.keepShown(message, answer, edit);
    if (answer.behind && answer.passes) this.catchUp();
  }

  /**
   * @param {string} field
   * @param {Edit | null} edit
   * @param {Answer} answer
   */
  settleField(field, edit, answer) {
    const isLatest = !edit || this.pending.get(field) === edit; // no newer edit of this field
    if (edit && isLatest && answer.ok) this.discardEdit(field);
    if (edit && isLatest && !answer.ok && answer.passes) {
      edit.sent = false;
      edit.timer = setTimeout(() => this.save(field), RETRY_MS);
    }
    if (answer.ok) this.errors.delete(field);
    else if (isLatest) this.errors.set(field, answer);
  }

  /** The write is saved, but the sheets could not be refreshed from the book: until then, keep
   *  showing the saved values, and build later writes on their version.
   * @param {Message} write
   * @param {Answer} answer
   * @param {Edit | null} sent
   */
  keepShown({ table, id, values }, { version }, sent) {
    for (const [column, value] of Object.entries(values)) {
      const field = `${table}/${id}/${column}`;
      if (this.pending.has(field)) continue; // a newer edit
      const node = sent?.node ?? this.sheet.findFocus(`${id}.${column}`);
      const edit = { node, table, column, value, id, version, sent: true, saved: true };
      if (node) node._edit = edit;
      this.pending.set(field, edit);
    }
  }

  /** Ask for the current content of the book after a pause, until it arrives. */
  catchUp() {
    clearTimeout(this.catchUpTimer);
    /** @param {Answer} answer */
    const done = (answer) => {
      if (answer.ok) {
        this.onCaughtUp();
        this.sheet.draw();
      } else if (answer.passes) this.catchUp();
    };
    const ask = () => this.sheet.send({ do: "catch_up" }, { done });
    this.catchUpTimer = setTimeout(ask, RETRY_MS);
  }

  /** The page shows the current content of the book: discard the edits that are saved. */
  onCaughtUp() {
    clearTimeout(this.catchUpTimer);
    const { queue } = this.sheet;
    queue.waiting = queue.waiting.filter(
      ({ build }) => !("do" in build && build.do === "catch_up"),
    );
    for (const [field, { saved }] of this.pending) if (saved) this.discardEdit(field);
  }
}
