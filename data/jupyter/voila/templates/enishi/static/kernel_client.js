// The connection to the kernel: the part of JupyterLab's front end that a page of our own sheets
// needs. It uses the Jupyter protocol over one websocket, keeps a model for each widget, and draws
// each at its cell. A page with any other kind of widget also loads other_widgets.js, which draws
// anywidgets, and loads Voilà's whole front end for everything else.
//
// For widgets and for the page around them (in JupyterLab there is no `window.enishi`):
//   enishi.app          true
//   enishi.xsrfToken()  the token for requests that change something
//   enishi.line         an EventTarget with the events
//     connected, disconnected  at each change
//     unreachable   the server has not answered for a while
//     synced        the connection is back and the widgets have their kernel's state, so that
//                   unanswered messages must be sent again
//     kernel-dead   the kernel is gone
//     too-large     a message was too large
//     rate-limited  the page sent too much for too long and was disconnected
// What a widget sends during the window's event "enishi:leave" still reaches the kernel.
(function () {
  "use strict";

  const VIEW = "application/vnd.jupyter.widget-view+json";
  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  const PROTOCOL = "2.1.0"; // of Jupyter's widgets; every comm message names it
  const CONTROL = "1.0.0"; // of the request for all widget states
  const MAX_GOODBYE_LENGTH = 16000; // characters; a browser sends at most 64 kB when a page closes
  const PING = "?"; // the server answers at once
  const QUIET_MS = 15000; // after this time without a message, send a ping
  const AFTER_SENDING_MS = 5000; // the same, after the page has sent a message
  const DEADLINE_MS = 10000; // time limit for the answer to a ping
  const WAKE_DEADLINE_MS = 2000; // the same, just after the computer may have slept
  const CLOCK_MS = 1000; // between two looks at the clock, which tell whether the computer slept
  const ASLEEP_MS = 4000; // a longer time between them was sleep
  const FIRST_DEADLINE_MS = 60000; // a starting kernel may take this long to accept the connection
  const RATE_LIMITED = 1008; // code with which the server disconnects a page that sends too much
  const TOO_LARGE = 1009; // code with which the server refuses a message
  const UNREACHABLE_AFTER = 4; // failed attempts before "unreachable"
  const OTHERS = document.currentScript?.dataset.others ?? ""; // the address of other_widgets.js

  /** @typedef {(string | ArrayBuffer)} Frame */

  /** Return a new UUID. `crypto.randomUUID` is not available on pages without encryption. */
  const newId = () =>
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (text) => {
      const digit = Number(text);
      const random = crypto.getRandomValues(new Uint8Array(1))[0];
      return (digit ^ (random & (15 >> (digit / 4)))).toString(16);
    });

  /** One websocket to the kernel, reopened whenever it closes. */
  class Line extends EventTarget {
    constructor() {
      super();
      this.session = newId();
      this.attempt = 0;
      this.over = false; // the kernel has ended
      this.released = true; // not connected yet, or Voilà's front end has the connection
      this.wasOpen = false;
      this.address = "";
      this.goodbye = "";
      /** @type {WebSocket | null} */
      this.socket = null;
      /** @type {object[] | null} */
      this.leaving = null; // while the page is left: the messages still to send
      /** @type {Frame[]} */
      this.waiting = []; // frames to send after the connection is back
      this.timer = 0;
      this.deadline = 0;
      this.pingTimer = 0;
    }

    /** Open the connection to the page's kernel.
     * @param {{baseUrl: string, kernelId: string}} page
     */
    connect({ baseUrl, kernelId }) {
      this.address = `${baseUrl}api/kernels/${kernelId}`;
      this.goodbye = `${baseUrl}voila/api/shutdown/${kernelId}`;
      this.released = false;
      this.open();
    }

    open() {
      clearTimeout(this.timer);
      if (this.over || this.released) return;
      const url = new URL(
        `${this.address}/channels?session_id=${this.session}&only=widgets`,
        location.href,
      );
      url.protocol = url.protocol.replace("http", "ws");
      const socket = (this.socket = new WebSocket(url));
      let opened = false;
      /**
       * @template {Event} E
       * @param {(event: E) => void} handler
       * @returns {(event: E) => void}
       */
      const ifCurrent = (handler) => (event) => {
        if (socket === this.socket && !this.over && !this.released) handler(event);
      };
      socket.binaryType = "arraybuffer";
      socket.onopen = ifCurrent(() => {
        opened = this.wasOpen = true;
        this.attempt = 0;
        this.markAlive();
        for (const frame of this.waiting.splice(0)) socket.send(frame);
        this.emit("connected");
      });
      socket.onmessage = ifCurrent((/** @type {MessageEvent} */ { data }) => {
        this.markAlive();
        if (data.length !== 1)
          this.dispatchEvent(new CustomEvent("message", { detail: unpack(data) }));
      });
      socket.onclose = ifCurrent((/** @type {CloseEvent} */ { code }) => {
        if (code === RATE_LIMITED) return this.end("rate-limited");
        if (code === TOO_LARGE) this.emit("too-large");
        if (opened) this.reconnect();
        else this.probeKernel();
      });
      this.startDeadline(this.wasOpen ? DEADLINE_MS : FIRST_DEADLINE_MS);
    }

    /** A message has arrived; after a while without one, send a ping. */
    markAlive() {
      clearTimeout(this.deadline);
      this.deadline = 0;
      this.schedulePing(QUIET_MS);
    }

    /** @param {number} ms */
    schedulePing(ms) {
      clearTimeout(this.pingTimer);
      this.pingTimer = setTimeout(() => this.ping(DEADLINE_MS), ms);
    }

    /** Send a ping: after sleep, or after a router's timeout, a dead connection looks open.
     * @param {number} deadline in milliseconds
     */
    ping(deadline) {
      if (!this.isConnected || this.over || this.released) return;
      clearTimeout(this.pingTimer); // another ping would extend the time limit
      this.socket?.send(PING);
      this.startDeadline(deadline);
    }

    /** Without a message by then, treat the connection as lost.
     * @param {number} ms
     */
    startDeadline(ms) {
      clearTimeout(this.deadline);
      this.deadline = setTimeout(() => this.reconnect(), ms);
    }

    /** Close the connection; report "disconnected" once, however many attempts follow. */
    disconnect() {
      clearTimeout(this.deadline);
      clearTimeout(this.pingTimer);
      const socket = this.socket;
      this.socket = null;
      socket?.close();
      if (!this.attempt) this.emit("disconnected");
    }

    reconnect() {
      this.disconnect();
      this.retry();
    }

    /** Try again with growing pauses, but soon when the browser reports the network is back. */
    retry() {
      clearTimeout(this.timer);
      this.attempt += 1;
      if (this.attempt === UNREACHABLE_AFTER) this.emit("unreachable");
      const pause = Math.min(8000, 300 * 2 ** this.attempt) * (0.5 + Math.random());
      this.timer = setTimeout(() => this.open(), pause);
    }

    /** Check whether the kernel still exists: a websocket does not report why it failed to open. */
    async probeKernel() {
      this.disconnect();
      const answer = await this.fetchKernel();
      if (this.over || this.released || this.socket) return;
      if (answer?.status === 404 || answer?.status === 403) return this.end();
      this.retry();
    }

    /** Return the server's response about the kernel; null if the server is away. */
    async fetchKernel() {
      try {
        return await fetch(this.address, {
          cache: "no-store",
          signal: AbortSignal.timeout(DEADLINE_MS),
        });
      } catch {
        return null;
      }
    }

    get isConnected() {
      return this.socket?.readyState === WebSocket.OPEN;
    }

    /** The network is back, or the person is: check at once. */
    wake() {
      if (this.over || this.released) return;
      if (this.socket) return this.ping(WAKE_DEADLINE_MS);
      this.attempt = Math.min(this.attempt, 1);
      this.open();
    }

    /** Notice from the clock that the computer slept, as a laptop tells no page: check at once. */
    watchClock() {
      let last = Date.now();
      setInterval(() => {
        const now = Date.now();
        if (now - last > ASLEEP_MS && this.isConnected) this.ping(WAKE_DEADLINE_MS);
        last = now;
      }, CLOCK_MS);
    }

    end(event = "kernel-dead") {
      if (this.over) return;
      this.over = true;
      for (const timer of [this.timer, this.deadline, this.pingTimer]) clearTimeout(timer);
      this.emit(event);
    }

    /** Leave the connection to another front end. */
    release() {
      this.released = true;
      for (const timer of [this.timer, this.deadline, this.pingTimer]) clearTimeout(timer);
      this.socket?.close();
    }

    /** The page closes. Messages on a closing websocket would be lost, so send them with the
     *  goodbye beacon, which the browser still delivers; if too long, use the websocket. */
    leave() {
      this.leaving = [];
      dispatchEvent(new Event("enishi:leave"));
      const last = JSON.stringify(this.leaving);
      const form = new FormData();
      form.append("_xsrf", xsrfToken());
      if (this.leaving.length && last.length <= MAX_GOODBYE_LENGTH) form.append("last", last);
      else if (this.isConnected)
        for (const content of this.leaving) this.socket?.send(this.frame("comm_msg", content, []));
      navigator.sendBeacon(this.goodbye, form);
      this.leaving = null;
    }

    /** @param {string} event */
    emit(event) {
      this.dispatchEvent(new CustomEvent(event));
    }

    /**
     * @param {string} type
     * @param {object} content
     * @param {(ArrayBuffer | ArrayBufferView)[]} buffers
     */
    send(type, content, buffers = [], version = PROTOCOL) {
      if (this.leaving && type === "comm_msg" && !buffers.length)
        return void this.leaving.push(content);
      const frame = this.frame(type, content, buffers, version);
      if (!this.isConnected) return void this.waiting.push(frame);
      this.socket?.send(frame);
      if (!this.deadline) this.schedulePing(AFTER_SENDING_MS);
    }

    /**
     * @param {string} type
     * @param {object} content
     * @param {(ArrayBuffer | ArrayBufferView)[]} buffers
     */
    frame(type, content, buffers, version = PROTOCOL) {
      const header = {
        msg_id: newId(),
        session: this.session,
        username: "",
        date: new Date().toISOString(),
        msg_type: type,
        version: "5.3",
      };
      return pack(
        { channel: "shell", header, parent_header: {}, metadata: { version }, content },
        buffers,
      );
    }
  }

  /** Encode a message for the websocket; with buffers it is binary: count, offsets, JSON, bytes.
   * @param {object} message
   * @param {(ArrayBuffer | ArrayBufferView)[]} buffers
   * @returns {Frame}
   */
  function pack(message, buffers) {
    const text = JSON.stringify(message);
    if (!buffers.length) return text;
    const parts = [
      new TextEncoder().encode(text),
      ...buffers.map((buffer) =>
        ArrayBuffer.isView(buffer)
          ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
          : new Uint8Array(buffer),
      ),
    ];
    const head = 4 * (parts.length + 1);
    const frame = new Uint8Array(head + parts.reduce((sum, part) => sum + part.byteLength, 0));
    const view = new DataView(frame.buffer);
    view.setUint32(0, parts.length);
    let at = head;
    parts.forEach((part, index) => {
      view.setUint32(4 * (index + 1), at);
      frame.set(part, at);
      at += part.byteLength;
    });
    return frame.buffer;
  }

  /** @param {Frame} data */
  function unpack(data) {
    if (typeof data === "string") return { ...JSON.parse(data), buffers: [] };
    const view = new DataView(data);
    const count = view.getUint32(0);
    const offsets = Array.from({ length: count }, (_, index) => view.getUint32(4 * (index + 1)));
    const parts = offsets.map((from, index) =>
      data.slice(from, offsets[index + 1] ?? data.byteLength),
    );
    return {
      ...JSON.parse(new TextDecoder().decode(parts[0])),
      buffers: parts.slice(1).map((part) => new DataView(part)),
    };
  }

  /** A sheet's state in the browser, with what a sheet uses of anywidget's interface. */
  class WidgetModel {
    /**
     * @param {string} id
     * @param {Line} line
     * @param {Record<string, any>} state
     */
    constructor(id, line, state) {
      this.id = id;
      this.line = line;
      this.state = state;
      /** @type {Map<string, ((...args: any[]) => void)[]>} */
      this.listeners = new Map();
      /** @type {(() => void) | undefined} */
      this.endView = undefined; // ends what was drawn
    }

    /** @param {string} name */
    get(name) {
      return this.state[name];
    }
    /**
     * @param {object} content
     * @param {unknown} callbacks ignored; other clients of anywidget's interface use it
     * @param {(ArrayBuffer | ArrayBufferView)[]} [buffers]
     */
    send(content, callbacks, buffers) {
      this.line.send(
        "comm_msg",
        { comm_id: this.id, data: { method: "custom", content } },
        buffers ?? [],
      );
    }
    /** @param {string} name @param {(...args: any[]) => void} listener */
    on(name, listener) {
      this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    }
    /** @param {string} name @param {(...args: any[]) => void} [listener] */
    off(name, listener) {
      this.listeners.set(
        name,
        (this.listeners.get(name) ?? []).filter((each) => listener && each !== listener),
      );
    }
    /** @param {string} name @param {...unknown} args */
    fire(name, ...args) {
      for (const listener of this.listeners.get(name) ?? []) listener(...args);
    }

    /** Store the state from the kernel; all of it is set before the first listener is called.
     * @param {Record<string, any>} state
     */
    update(state) {
      const names = Object.keys(state).filter(
        (name) => JSON.stringify(state[name]) !== JSON.stringify(this.state[name]),
      );
      Object.assign(this.state, state);
      for (const name of names) this.fire(`change:${name}`, this, state[name]);
      if (names.length) this.fire("change", this);
    }
  }

  /** The page's widgets: their models, and the places where they are drawn. */
  class WidgetManager {
    /** @param {Line} line */
    constructor(line) {
      this.line = line;
      this.over = false; // Voilà's front end draws the page
      this.control = ""; // the id of the comm that requests all states
      /** @type {Map<string, any>} */
      this.models = new Map();
      /** @type {Map<string, HTMLElement>} */
      this.places = new Map(); // the element for each model, by its id
      /** @type {Map<string, Promise<any>>} */
      this.modules = new Map(); // by their source
      this.drawn = new Set(); // ids of models that are drawn
      /** The first widget is drawn, which stands above the others. @type {Promise<void>} */
      this.whenHeaded = new Promise((resolve) => (this.isHeaded = resolve));
      /** @type {Set<string>} */
      this.missing = new Set(); // ids of requested states that have not arrived
      /** @type {any} */
      this.others = null; // other_widgets.js, once a widget needs it
      /** @type {any[] | null} */
      this.held = null; // messages that wait for it
      this.isBehind = false; // true after a lost connection: messages may be missing
      line.addEventListener("message", (event) =>
        this.onMessage(/** @type {CustomEvent} */ (event).detail),
      );
      line.addEventListener("disconnected", () => {
        this.isBehind = true;
      });
    }

    /** Find the places for the outputs of the cells that have arrived. */
    findOutputs() {
      const scripts = document.querySelectorAll(`${OUTPUT}:not([data-seen])`);
      for (const script of /** @type {NodeListOf<HTMLScriptElement>} */ (scripts)) {
        const output = parseScript(script);
        if (!output) return; // half of it has arrived; the next call gets the rest
        script.dataset.seen = "";
        const id = output.data?.[VIEW]?.model_id;
        if (!id) return this.useVoilaFrontEnd(); // an output that is no widget
        const element = document.createElement("div");
        element.className = "enishi-output";
        script.after(element);
        this.places.set(id, element);
        this.draw(id);
      }
    }

    /** The page has an output we cannot draw: load Voilà's whole front end. */
    async useVoilaFrontEnd() {
      if (this.over) return;
      this.over = true;
      this.line.release();
      for (const element of this.places.values()) element.remove();
      (await import(OTHERS)).loadVoilaFrontEnd();
    }

    /** Load what other widgets need; the messages that come meanwhile wait. */
    async loadOthers() {
      const held = (this.held = /** @type {any[]} */ ([]));
      this.others = await import(OTHERS).catch((error) => {
        this.line.end(); // the page reloads, and with it the missing module
        throw error;
      });
      this.held = null;
      for (const message of held) this.onMessage(message);
    }

    /** Request missing states: widgets made before the connection was open. A page that receives a
     *  widget's creation receives all its later messages, until the connection is lost. */
    requestStates() {
      const isUntold = this.places.size > 1 && !this.models.size; // one answer is shorter than many
      if (this.isBehind || isUntold) return this.requestAllStates();
      this.missing = new Set([...this.places.keys()].filter((id) => !this.models.has(id)));
      for (const comm_id of this.missing)
        this.line.send("comm_msg", { comm_id, data: { method: "request_state" } });
      if (!this.missing.size) this.line.emit("synced");
    }

    /** Request the state of every widget. */
    requestAllStates() {
      this.missing.clear();
      const comm_id = newId();
      this.control = comm_id;
      this.line.send(
        "comm_open",
        { comm_id, target_name: "jupyter.widget.control", data: {} },
        [],
        CONTROL,
      );
      this.line.send("comm_msg", { comm_id, data: { method: "request_states" } }, [], CONTROL);
    }

    /** @param {{header: any, content: any, buffers?: DataView[]}} message */
    onMessage(message) {
      if (this.over) return;
      const { header, content, buffers } = message;
      const type = header.msg_type;
      if (!this.held && !this.others && statesIn(content.data).some(isOther)) this.loadOthers();
      if (this.held) return void this.held.push(message);
      insertBuffers(content.data, buffers);
      if (
        type === "status" &&
        ["dead", "restarting", "autorestarting"].includes(content.execution_state)
      )
        this.line.end();
      else if (type === "comm_open" && content.target_name === "jupyter.widget")
        this.updateModel(content.comm_id, content.data.state);
      else if (type === "comm_msg" && content.comm_id === this.control) {
        const states = /** @type {Record<string, any>} */ (content.data.states ?? {});
        for (const [id, { state }] of Object.entries(states)) this.updateModel(id, state);
        this.line.emit("synced");
      } else if (type === "comm_msg") this.onCommMessage(content, buffers);
      else if (type === "comm_close") this.models.get(content.comm_id)?.close?.();
    }

    /**
     * @param {{comm_id: string, data: any}} content
     * @param {DataView[]} [buffers]
     */
    onCommMessage({ comm_id, data }, buffers) {
      if (this.missing.has(comm_id) && data.state?._model_name)
        return this.updateModel(comm_id, data.state); // all of it
      const model = this.models.get(comm_id);
      if (!model) return;
      if (data.method === "update") model.update(data.state);
      else if (data.method === "custom") model.fire("msg:custom", data.content, buffers);
    }

    /** Update the model with this id, or make it.
     * @param {string} id
     * @param {Record<string, any>} state
     */
    updateModel(id, state) {
      const model = this.models.get(id);
      if (model) return model.update(state);
      const Model = isOther(state) ? this.others.OtherModel : WidgetModel;
      this.models.set(id, new Model(id, this.line, state, this));
      this.draw(id);
      if (this.missing.delete(id) && !this.missing.size) this.line.emit("synced");
    }

    /** Draw a widget, once both its model and its place are there.
     * @param {string} id
     */
    async draw(id) {
      const model = this.models.get(id);
      const element = this.places.get(id);
      if (!model || !element || this.drawn.has(id)) return;
      this.drawn.add(id);
      if (!model.drawIn) model.on("change:_esm", () => this.render(model, element)); // it waited
      const isFirst = element === this.places.values().next().value;
      try {
        await this.render(model, element, isFirst ? null : this.whenHeaded);
      } finally {
        if (isFirst) this.isHeaded();
      }
    }

    /** Load a widget's script and styles, and let it draw itself in place of an earlier script.
     * @param {any} model
     * @param {HTMLElement} element
     * @param {Promise<void> | null} above what is drawn first, so that it moves nothing down
     */
    async render(model, element, above = null) {
      if (model.get("_model_module") !== "anywidget") return this.useVoilaFrontEnd();
      if (model.drawIn) return model.drawIn(element, above);
      const source = model.get("_esm");
      const style = model.get("_css");
      if (style)
        document.head.append(
          Object.assign(document.createElement("style"), { textContent: style }),
        );
      if (!this.modules.has(source)) {
        const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
        this.modules.set(
          source,
          import(url).finally(() => URL.revokeObjectURL(url)),
        );
      }
      const module = await this.modules.get(source)?.catch((error) => {
        if (error instanceof SyntaxError) return sayBroken(element, model, error);
        this.line.end(); // the page reloads, and with it the missing module
        throw error;
      });
      if (!module) return;
      await above;
      try {
        model.endView?.();
        model.endView = await module.default.render({ model, el: element });
      } catch (error) {
        sayBroken(element, model, error);
        throw error;
      }
    }
  }

  /** Say in a widget's place that its script is broken, for whoever wrote it.
   * @param {HTMLElement} element
   * @param {WidgetModel} model
   * @param {unknown} error
   */
  function sayBroken(element, model, error) {
    const texts = window.enishiWords?.problem.script ?? {};
    const text = texts[document.documentElement.lang] ?? texts.en ?? "{name}: {found}";
    /** @type {Record<string, string>} */
    const facts = { name: model.get("_anywidget_id") ?? "widget", found: String(error) };
    const said = text.replace(
      /\{(name|found)\}/g,
      (/** @type {string} */ whole) => facts[whole.slice(1, -1)],
    );
    const line = Object.assign(document.createElement("p"), { textContent: said });
    line.className = "enishi trouble";
    line.setAttribute("role", "alert");
    element.replaceChildren(line);
  }

  /** Return the states in a message. @param {any} data @returns {any[]} */
  function statesIn(data) {
    if (data?.states) return Object.values(data.states).map(({ state }) => state);
    return data?.state ? [data.state] : [];
  }

  /** Return whether this is a whole state, and not a sheet's. @param {any} state */
  function isOther(state) {
    return "_model_module" in state && !("words" in state && "position" in state);
  }

  /** Put the bytes that travel beside a message where its states have them.
   * @param {any} data
   * @param {DataView[]} [buffers]
   */
  function insertBuffers(data, buffers) {
    data?.buffer_paths?.forEach(
      (/** @type {(string | number)[]} */ path, /** @type {number} */ at) => {
        const place = path
          .slice(0, -1)
          .reduce((tree, name) => tree[name], data.states ?? data.state);
        place[path[path.length - 1]] = buffers?.[at];
      },
    );
  }

  /** Return the JSON in a script element, or null while it is still loading.
   * @param {HTMLElement} script
   */
  function parseScript(script) {
    try {
      return JSON.parse(script.textContent ?? "");
    } catch (error) {
      if (document.readyState === "loading") return null;
      throw error;
    }
  }

  function xsrfToken() {
    const names = ["__Host-_xsrf", "enishi_xsrf", "_xsrf"]; // by https, in Jupyter, else
    const found = names.map((name) => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie));
    return found.find(Boolean)?.[1] ?? "";
  }

  const line = new Line();
  window.enishi = Object.freeze({ app: true, xsrfToken, line });

  /** Start as soon as the page names its kernel, even if cells are still loading. */
  function start() {
    const config = document.getElementById("jupyter-config-data");
    const page = config && parseScript(config);
    if (!page) return false;
    const manager = new WidgetManager(line);
    const outputs = new MutationObserver(() => manager.findOutputs());
    outputs.observe(document.documentElement, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    let isLoaded = false; // true once the whole page has arrived and states may be requested
    const ask = () => {
      if (isLoaded && line.isConnected && !manager.over) manager.requestStates();
    };
    line.addEventListener("connected", ask);
    const onLoaded = () => {
      outputs.disconnect();
      manager.findOutputs();
      isLoaded = true;
      ask();
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", onLoaded);
    else onLoaded();
    addEventListener("online", () => line.wake());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) line.wake();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) line.wake();
    });
    addEventListener("pagehide", (event) => {
      if (!event.persisted && !line.released) line.leave();
    });
    line.connect(page);
    line.watchClock();
    if ("again" in document.documentElement.dataset) location.reload(); // see zone.js
    return true;
  }

  const waiting = new MutationObserver(() => {
    if (start()) waiting.disconnect();
  });
  waiting.observe(document.documentElement, {
    childList: true,
    characterData: true,
    subtree: true,
  });
})();
