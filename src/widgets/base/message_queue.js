// Messages to Python: sent one after the other, each kept until it is answered.

const SAVING_MS = 500; // milliseconds without an answer after which the status line says so

export class MessageQueue {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {QueuedMessage[]} */
    this.waiting = [];
    /** @type {Map<number, SentMessage>} */
    this.inFlight = new Map(); // sent and not answered yet, by number
    this.lastNumber = 0;
    this.savingTimer = 0;
  }

  /** Send a message to Python, once those before it are answered.
   * @param {Message | (() => Message)} build a function is called when the message is sent
   * @param {MessageOptions} options
   */
  send(build, { field = null, edit = null, buffers = [], done = null, isQuiet = false } = {}) {
    this.waiting.push({ build, field, edit, buffers, done, isQuiet });
    this.flush();
  }

  /** Send the next message, unless one is unanswered; with `leaving`, send them all. */
  flush(leaving = false) {
    const { model, edits, common, limits } = this.sheet;
    while (this.waiting.length && (leaving || !this.inFlight.size)) {
      const queued = /** @type {QueuedMessage} */ (this.waiting.shift());
      const message = typeof queued.build === "function" ? queued.build() : queued.build;
      if (message.do === "write") message.version = edits.baseVersion(message);
      const n = Math.max(Date.now(), this.lastNumber + 1); // unique, also after a reload
      this.lastNumber = n;
      this.inFlight.set(n, { ...queued, message });
      if (byteSize(message, queued.buffers, limits.message_bytes) > limits.message_bytes) {
        queueMicrotask(() => this.sheet.onAnswer({ n, ok: false, text: common.too_long }));
        continue;
      }
      clearTimeout(this.savingTimer);
      if (message.do !== "catch_up" && !queued.isQuiet)
        this.savingTimer = setTimeout(() => this.sheet.setStatus(common.saving), SAVING_MS);
      model.send({ ...message, n }, undefined, queued.buffers);
    }
  }

  /** The connection is back: send every unanswered message once more, unchanged. */
  resend() {
    for (const [n, { message, buffers }] of this.inFlight)
      this.sheet.model.send({ ...message, n }, undefined, buffers);
  }

  /** Remove and return the message with this number; undefined if none is in flight.
   * @param {number} n
   */
  takeAnswered(n) {
    const sent = this.inFlight.get(n);
    if (sent) clearTimeout(this.savingTimer);
    this.inFlight.delete(n);
    return sent;
  }
}

/** Return the size of a message in bytes; if it is surely below `limit`, an upper bound.
 * @param {Message} message
 * @param {ArrayBufferView[]} buffers
 * @param {number} limit
 */
function byteSize(message, buffers, limit) {
  const text = JSON.stringify(message);
  const bytes = 3 * text.length < limit ? 3 * text.length : new Blob([text]).size;
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, bytes);
}
