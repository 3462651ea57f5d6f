// The connection to the kernel: the part of JupyterLab's front end that a page of our own sheets
// needs. It uses the Jupyter protocol over one websocket, keeps a model for each widget, and draws
// each at its cell. A page with any other kind of widget loads the whole front end instead (see
// `wholeFrontEnd`).
//
// For widgets and for the page around them (in JupyterLab there is no `window.enishi`):
//   enishi.app   true
//   enishi.crumb() the token for requests that change something
//   enishi.line  an EventTarget: "connected" and "cut" at each change; "away" when the server has
//                not answered for a while; "current" when the connection is back and the widgets
//                have their kernel's state, so that unanswered messages must be sent again;
//                "ended" when the kernel is gone; "refused" when a message was too long;
//                "flooded" when the page sent too much for too long and was disconnected.
// What a widget sends during the window's event "enishi:leave" still reaches the kernel.
(function () {
  "use strict";

  const VIEW = "application/vnd.jupyter.widget-view+json";
  const OUTPUT = 'script[type="application/vnd.voila.cell-output+json"]';
  const PROTOCOL = "2.1.0"; // of Jupyter's widgets; every comm message names it
  const CONTROL = "1.0.0"; // of the request for all widget states
  const MOST_LAST_WORDS = 16000; // characters; a browser sends at most 64 kB when a page closes
  const ALIVE = "?"; // a ping; the server answers at once
  const QUIET_MS = 15000; // after this time without a message, send a ping
  const ASKED_MS = 5000; // the same, after the page has sent a message
  const PATIENCE_MS = 10000; // time limit for the answer to a ping
  const WAKING_MS = 4000; // the same, just after the person is back (the computer may have slept)
  const OPENING_MS = 60000; // a starting kernel may take this long to accept the connection
  const FLOODED = 1008; // code with which the server disconnects a page that sends too much
  const TOO_LONG = 1009; // code with which the server refuses a message
  const AWAY_AFTER = 4; // failed attempts before "away"

  /** Return a new UUID. `crypto.randomUUID` is not available on pages without encryption. */
  const newId = () =>
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
    );

  /** One websocket to the kernel, reopened whenever it closes. */
  class Line extends EventTarget {
    constructor() {
      super();
      this.session = newId();
      this.attempt = 0;
      this.over = false; // the kernel has ended
      this.resting = true; // not begun, or Voilà's front end has the connection
      this.leaving = null; // while the page is left: the messages still to send
      this.waiting = []; // frames to send after the connection is back
    }

    /** Open the connection to the page's kernel. */
    begin({ baseUrl, kernelId }) {
      this.address = `${baseUrl}api/kernels/${kernelId}`;
      this.goodbye = `${baseUrl}voila/api/shutdown/${kernelId}`;
      this.resting = false;
      this.open();
    }

    open() {
      clearTimeout(this.timer);
      if (this.over || this.resting) return;
      const url = new URL(
        `${this.address}/channels?session_id=${this.session}&only=widgets`,
        location.href,
      );
      url.protocol = url.protocol.replace("http", "ws");
      const socket = (this.socket = new WebSocket(url));
      let opened = false;
      const mine = (hear) => (event) => {
        if (socket === this.socket && !this.over && !this.resting) hear(event);
      };
      socket.binaryType = "arraybuffer";
      socket.onopen = mine(() => {
        opened = this.begun = true;
        this.attempt = 0;
        this.living();
        for (const frame of this.waiting.splice(0)) socket.send(frame);
        this.say("connected");
      });
      socket.onmessage = mine(({ data }) => {
        this.living();
        if (data.length !== 1)
          this.dispatchEvent(new CustomEvent("message", { detail: unpack(data) }));
      });
      socket.onclose = mine(({ code }) => {
        if (code === FLOODED) return this.end("flooded");
        if (code === TOO_LONG) this.say("refused");
        if (opened) this.lose();
        else this.look();
      });
      this.expect(this.begun ? PATIENCE_MS : OPENING_MS);
    }

    /** A message has arrived; after a while without one, send a ping. */
    living() {
      clearTimeout(this.doubt);
      this.doubt = 0;
      this.listen(QUIET_MS);
    }

    listen(quiet) {
      clearTimeout(this.pulse);
      this.pulse = setTimeout(() => this.feel(PATIENCE_MS), quiet);
    }

    /** Send a ping: after sleep, or after a router's timeout, a dead connection looks open. */
    feel(patience) {
      if (!this.isConnected || this.over || this.resting) return;
      clearTimeout(this.pulse); // another ping would extend the time limit
      this.socket.send(ALIVE);
      this.expect(patience);
    }

    /** Without a message by then, treat the connection as lost. */
    expect(patience) {
      clearTimeout(this.doubt);
      this.doubt = setTimeout(() => this.lose(), patience);
    }

    /** Close the connection; report "cut" once, however many attempts follow. */
    drop() {
      clearTimeout(this.doubt);
      clearTimeout(this.pulse);
      const socket = this.socket;
      this.socket = null;
      socket?.close();
      if (!this.attempt) this.say("cut");
    }

    lose() {
      this.drop();
      this.retry();
    }

    /** Try again with growing pauses, but soon when the browser reports the network is back. */
    retry() {
      clearTimeout(this.timer);
      this.attempt += 1;
      if (this.attempt === AWAY_AFTER) this.say("away");
      const pause = Math.min(8000, 300 * 2 ** this.attempt) * (0.5 + Math.random());
      this.timer = setTimeout(() => this.open(), pause);
    }

    /** Check whether the kernel still exists: a websocket does not report why it failed to open. */
    async look() {
      this.drop();
      const answer = await this.ask();
      if (this.over || this.resting || this.socket) return;
      if (answer?.status === 404 || answer?.status === 403) return this.end();
      this.retry();
    }

    /** Return the server's response about the kernel; null if the server is away. */
    async ask() {
      try {
        return await fetch(this.address, {
          cache: "no-store",
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
      } catch {
        return null;
      }
    }

    get isConnected() {
      return this.socket?.readyState === WebSocket.OPEN;
    }

    /** The network is back, or the person is: check at once. */
    now() {
      if (this.over || this.resting) return;
      if (this.socket) return this.feel(WAKING_MS);
      this.attempt = Math.min(this.attempt, 1);
      this.open();
    }

    end(how = "ended") {
      if (this.over) return;
      this.over = true;
      for (const timer of [this.timer, this.doubt, this.pulse]) clearTimeout(timer);
      this.say(how);
    }

    /** Leave the connection to another front end. */
    rest() {
      this.resting = true;
      for (const timer of [this.timer, this.doubt, this.pulse]) clearTimeout(timer);
      this.socket?.close();
    }

    /** The page closes. Messages on a closing websocket would be lost, so send them with the
     *  goodbye beacon, which the browser still delivers; if too long, use the websocket. */
    leave() {
      this.leaving = [];
      dispatchEvent(new Event("enishi:leave"));
      const last = JSON.stringify(this.leaving);
      const form = new FormData();
      form.append("_xsrf", crumb());
      if (last.length <= MOST_LAST_WORDS) form.append("last", last);
      else if (this.isConnected)
        for (const content of this.leaving) this.socket.send(this.frame("comm_msg", content, []));
      navigator.sendBeacon(this.goodbye, form);
      this.leaving = null;
    }

    say(what) {
      this.dispatchEvent(new CustomEvent(what));
    }

    send(type, content, buffers = [], version = PROTOCOL) {
      if (this.leaving && type === "comm_msg" && !buffers.length)
        return void this.leaving.push(content);
      const frame = this.frame(type, content, buffers, version);
      if (!this.isConnected) return void this.waiting.push(frame);
      this.socket.send(frame);
      if (!this.doubt) this.listen(ASKED_MS);
    }

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

  /** Encode a message for the websocket; with buffers it is binary: count, offsets, JSON, bytes. */
  function pack(message, buffers) {
    const text = JSON.stringify(message);
    if (!buffers.length) return text;
    const parts = [
      new TextEncoder().encode(text),
      ...buffers.map(
        (buffer) =>
          new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength),
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

  /** A widget's state in the browser, with the interface that anywidget passes to `render`. */
  class Model {
    constructor(id, line, state) {
      this.id = id;
      this.line = line;
      this.state = state;
      this.changed = {};
      this.listeners = new Map();
    }

    get(name) {
      return this.state[name];
    }
    set(name, value) {
      this.state[name] = value;
      this.changed[name] = value;
      this.fire(`change:${name}`);
    }
    save_changes() {
      const state = this.changed;
      this.changed = {};
      this.line.send("comm_msg", {
        comm_id: this.id,
        data: { method: "update", state, buffer_paths: [] },
      });
    }
    send(content, callbacks, buffers) {
      this.line.send(
        "comm_msg",
        { comm_id: this.id, data: { method: "custom", content } },
        buffers ?? [],
      );
    }
    on(name, listener) {
      this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    }
    off(name, listener) {
      this.listeners.set(
        name,
        (this.listeners.get(name) ?? []).filter((each) => listener && each !== listener),
      );
    }
    fire(name, ...facts) {
      for (const listener of this.listeners.get(name) ?? []) listener(...facts);
    }

    /** Store the state from the kernel; all of it is set before the first listener is called. */
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
  class Page {
    constructor(line) {
      this.line = line;
      this.models = new Map();
      this.places = new Map(); // the element for each model, by its id
      this.modules = new Map();
      this.missing = new Set(); // ids of requested states that have not arrived
      this.isBehind = false; // true after a lost connection: messages may be missing
      line.addEventListener("message", ({ detail }) => this.hear(detail));
      line.addEventListener("cut", () => {
        this.isBehind = true;
      });
    }

    /** Find the places for the outputs of the cells that have arrived. */
    look() {
      for (const script of document.querySelectorAll(`${OUTPUT}:not([data-seen])`)) {
        const output = parsed(script);
        if (!output) return; // half of it has arrived; the next look gets the rest
        script.dataset.seen = "";
        const id = output.data?.[VIEW]?.model_id;
        if (!id) return this.giveUp(); // an output that is no widget
        const spot = document.createElement("div");
        spot.className = "enishi-output";
        script.after(spot);
        this.places.set(id, spot);
        this.draw(id);
      }
    }

    /** The page has an output we cannot draw: load Voilà's whole front end. */
    giveUp() {
      if (this.over) return;
      this.over = true;
      this.line.rest();
      for (const spot of this.places.values()) spot.remove();
      wholeFrontEnd();
    }

    /** Request missing states: widgets made before the connection was open. A page that receives a
     *  widget's creation receives all its later messages, until the connection is lost. */
    ask() {
      if (this.isBehind) return this.askForAll();
      this.missing = new Set([...this.places.keys()].filter((id) => !this.models.has(id)));
      for (const comm_id of this.missing)
        this.line.send("comm_msg", { comm_id, data: { method: "request_state" } });
      if (!this.missing.size) this.line.say("current");
    }

    /** Request the state of every widget. */
    askForAll() {
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

    hear({ header, content, buffers }) {
      if (this.over) return;
      const type = header.msg_type;
      if (hasBytes(content.data)) return this.giveUp();
      if (
        type === "status" &&
        ["dead", "restarting", "autorestarting"].includes(content.execution_state)
      )
        this.line.end();
      else if (type === "comm_open" && content.target_name === "jupyter.widget")
        this.take(content.comm_id, content.data.state);
      else if (type === "comm_msg" && content.comm_id === this.control) {
        for (const [id, { state }] of Object.entries(content.data.states ?? {}))
          this.take(id, state);
        this.line.say("current");
      } else if (type === "comm_msg") this.told(content, buffers);
    }

    told({ comm_id, data }, buffers) {
      if (this.missing.has(comm_id) && data.state?._model_name)
        return this.take(comm_id, data.state); // all of it
      const model = this.models.get(comm_id);
      if (!model) return;
      if (data.method === "update") model.update(data.state);
      else if (data.method === "custom") model.fire("msg:custom", data.content, buffers);
    }

    take(id, state) {
      const model = this.models.get(id);
      if (model) return model.update(state);
      this.models.set(id, new Model(id, this.line, state));
      this.draw(id);
      if (this.missing.delete(id) && !this.missing.size) this.line.say("current");
    }

    async draw(id) {
      const model = this.models.get(id);
      const spot = this.places.get(id);
      if (!model || !spot || spot.drawn) return;
      spot.drawn = true;
      if (model.get("_model_module") !== "anywidget") return this.giveUp();
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
      const module = await this.modules.get(source).catch((error) => {
        this.line.end(); // the page reloads, and with it the missing module
        throw error;
      });
      const found = module.default ?? module;
      const face = typeof found === "function" ? await found() : found;
      await face.initialize?.({ model });
      await face.render({ model, el: spot });
    }
  }

  /** Return whether a state holds bytes; only the whole front end can insert them. */
  function hasBytes(data) {
    if (data?.buffer_paths?.length) return true;
    return Object.values(data?.states ?? {}).some(({ buffers }) => buffers?.length);
  }

  /** Return the JSON in a script element, or null while it is still loading. */
  function parsed(script) {
    try {
      return JSON.parse(script.textContent);
    } catch (error) {
      if (document.readyState === "loading") return null;
      throw error;
    }
  }

  /** Load Voilà's own front end, for a page that shows more than our sheets. */
  function wholeFrontEnd() {
    if (document.readyState === "loading")
      return void document.addEventListener("DOMContentLoaded", wholeFrontEnd);
    if (document.readyState === "complete") callLateListeners();
    for (const { src } of document
      .getElementById("enishi-whole")
      .content.querySelectorAll("script")) {
      document.body.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  }

  /** Voilà's front end starts at the window's load event, and listens for it only after its
   *  modules are loaded. On a page that is loaded already, call its listeners at once. */
  function callLateListeners() {
    const add = window.addEventListener;
    window.addEventListener = (type, listener, ...options) => {
      if (type === "load") queueMicrotask(() => listener.call(window, new Event(type)));
      else add.call(window, type, listener, ...options);
    };
  }

  function crumb() {
    const own = /(?:^|; )__Host-_xsrf=([^;]*)/.exec(document.cookie);
    return (own ?? /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie))?.[1] ?? "";
  }

  const line = new Line();
  window.enishi = Object.freeze({ app: true, crumb, line });

  /** Begin as soon as the page names its kernel, even if cells are still loading. */
  function begin() {
    const config = document.getElementById("jupyter-config-data");
    const facts = config && parsed(config);
    if (!facts) return false;
    const page = new Page(line);
    const arriving = new MutationObserver(() => page.look());
    arriving.observe(document.documentElement, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    let isWhole = false; // true once the whole page has arrived and states may be requested
    const ask = () => {
      if (isWhole && line.isConnected && !page.over) page.ask();
    };
    line.addEventListener("connected", ask);
    const arrived = () => {
      arriving.disconnect();
      page.look();
      isWhole = true;
      ask();
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", arrived);
    else arrived();
    addEventListener("online", () => line.now());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) line.now();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) line.now();
    });
    addEventListener("pagehide", (event) => {
      if (!event.persisted && !line.resting) line.leave();
    });
    line.begin(facts);
    if ("again" in document.documentElement.dataset) location.reload(); // see zone.js
    return true;
  }

  const waiting = new MutationObserver(() => {
    if (begin()) waiting.disconnect();
  });
  waiting.observe(document.documentElement, {
    childList: true,
    characterData: true,
    subtree: true,
  });
})();
