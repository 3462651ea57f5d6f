// What widgets of other packages need beside our own sheets: anywidget's whole interface, and, for
// a page that shows anything else, Voilà's own front end.
//
// The interface is that of anywidget 0.11 (`render` and `initialize` with signals, `host`,
// `experimental`) on a model that acts as one of ipywidgets: buffers, layout, equal values.

const REFERENCE = "IPY_MODEL_"; // in a state, before the id of another model
const WIDGET_REFERENCE = "anywidget:"; // the same, of anywidget's own
const SAVE_MS = 80; // between two saves of a model; the server slows down more than 20 a second
const INVOKE_MS = 3000; // time limit for the answer to a command

/** @typedef {{ name: string, listener: (...args: any[]) => void, context: unknown }} Listener */
/** @typedef {{ models: Map<string, any>, missing: Set<string>, line: any }} Manager */

/** Who waits for a model, by its id. @type {Map<string, ((model: OtherModel) => void)[]>} */
const awaited = new Map();
/** Style elements by the kind of widget. @type {Map<string, HTMLStyleElement>} */
const styles = new Map();

/** A widget's state in the browser, and what draws it. */
export class OtherModel {
  /**
   * @param {string} id
   * @param {any} line the connection to the kernel
   * @param {Record<string, any>} state
   * @param {Manager} manager
   */
  constructor(id, line, state, manager) {
    this.id = this.model_id = id;
    this.line = line;
    this.state = state;
    this.manager = manager;
    this.widget_manager = {
      get_model: (/** @type {string} */ other) => getModel(manager, other),
    };
    /** @type {Listener[]} */
    this.listeners = [];
    /** @type {Record<string, any>} */
    this.changed = {}; // set, and not saved
    /** @type {Record<string, any>} */
    this.unsent = {}; // saved, and not sent
    this.nextSave = 0;
    this.timer = 0;
    /** @type {Set<{ place: HTMLElement, controller: AbortController }>} */
    this.views = new Set();
    /** @type {any} */
    this.exports = undefined;
    /** @type {() => void} */
    this.tellWhole = () => {};
    /** Resolves once all of the state has come. @type {Promise<void> | null} */
    this.whole = manager.missing.has(id) ? Promise.resolve() : null;
    /** @type {Promise<any>} */
    this.ready = Promise.resolve({});
    if (state._model_module === "anywidget") this.start();
    this.turn = this.ready.catch(() => {}); // after which the next message is told
    this.on("change:_esm", () => this.restart(), this);
    this.on("change:_css", () => this.showStyle(), this);
    addEventListener("enishi:leave", () => this.sendChanges());
    for (const tell of awaited.get(id) ?? []) tell(this);
    awaited.delete(id);
  }

  // ---- the state ------------------------------------------------------------------------------

  /** @param {string} name */
  get(name) {
    return this.state[name];
  }

  /** @param {string | Record<string, any>} name @param {unknown} [value] */
  set(name, value) {
    const values = typeof name === "string" ? { [name]: value } : name;
    const names = Object.keys(values).filter((each) => !isEqual(values[each], this.state[each]));
    Object.assign(this.state, values);
    for (const each of names) this.changed[each] = values[each];
    this.tellChanges(names);
  }

  save_changes() {
    Object.assign(this.unsent, this.changed);
    this.changed = {};
    const wait = this.nextSave - Date.now();
    if (wait <= 0) this.sendChanges();
    else this.timer ||= setTimeout(() => this.sendChanges(), wait);
  }

  /** Send what was saved: a slider that is drawn saves more often than a kernel can follow. */
  sendChanges() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!Object.keys(this.unsent).length) return;
    this.nextSave = Date.now() + SAVE_MS;
    /** @type {(string | number)[][]} */
    const buffer_paths = [];
    /** @type {(ArrayBuffer | ArrayBufferView)[]} */
    const buffers = [];
    const state = takeBuffers(this.unsent, [], buffer_paths, buffers);
    this.unsent = {};
    const data = { method: "update", state, buffer_paths };
    this.line.send("comm_msg", { comm_id: this.id, data }, buffers);
  }

  /**
   * @param {unknown} content
   * @param {unknown} [callbacks] ignored, as by anywidget
   * @param {(ArrayBuffer | ArrayBufferView)[]} [buffers]
   */
  send(content, callbacks, buffers) {
    this.sendChanges(); // in the order of the calls
    const data = { method: "custom", content };
    this.line.send("comm_msg", { comm_id: this.id, data }, buffers ?? []);
  }

  // ---- events ---------------------------------------------------------------------------------

  /** @param {string} name @param {Listener["listener"]} listener @param {unknown} [context] */
  on(name, listener, context) {
    for (const each of name.split(/\s+/)) this.listeners.push({ name: each, listener, context });
  }

  /**
   * @param {string | null} [name]
   * @param {Listener["listener"] | null} [listener]
   * @param {unknown} [context]
   */
  off(name, listener, context) {
    const names = name?.split(/\s+/);
    this.listeners = this.listeners.filter(
      (each) =>
        (names && !names.includes(each.name)) ||
        (listener && listener !== each.listener) ||
        (context && context !== each.context),
    );
  }

  /** @param {string} name @param {...unknown} args */
  emit(name, ...args) {
    for (const each of [...this.listeners]) if (each.name === name) each.listener(...args);
  }

  /** @param {string[]} names */
  tellChanges(names) {
    for (const name of names) this.emit(`change:${name}`, this, this.state[name]);
    if (names.length) this.emit("change", this);
  }

  /** Take the kernel's state; the listeners of `initialize` hear of every change.
   * @param {Record<string, any>} state
   */
  update(state) {
    this.turn = this.turn.then(() => {
      const names = Object.keys(state).filter((name) => !isEqual(state[name], this.state[name]));
      Object.assign(this.state, state);
      this.tellChanges(names);
      if ("_model_name" in state) this.tellWhole();
    });
  }

  /** Ask for all of the state: the page may overtake what a constructor set after the first. */
  requestWhole() {
    this.whole ??= new Promise((tell) => {
      this.tellWhole = tell;
      this.line.send("comm_msg", { comm_id: this.id, data: { method: "request_state" } });
    });
    return this.whole;
  }

  /** Tell the listeners of a message, after those that came before.
   * @param {string} name @param {...unknown} args
   */
  fire(name, ...args) {
    this.turn = this.turn.then(() => this.emit(name, ...args));
  }

  // ---- the widget -----------------------------------------------------------------------------

  start() {
    this.controller = new AbortController();
    this.showStyle();
    this.ready = this.loadWidget(this.controller.signal);
    this.ready.catch(() => this.line.end()); // the page reloads, and with it the missing script
  }

  /** @param {AbortSignal} signal */
  async loadWidget(signal) {
    const widget = await importWidget(this.get("_esm"));
    const experimental = this.experimental();
    const result = await widget.initialize?.({ model: this.proxy(signal), signal, experimental });
    this.exports = typeof result === "function" ? undefined : result;
    const end = () => {
      this.off(null, null, signal);
      if (typeof result === "function") result();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
    return widget;
  }

  /** Draw the views anew, after the script has changed. */
  restart() {
    this.controller?.abort();
    this.start();
    for (const view of this.views) this.drawView(view);
  }

  /** The kernel has closed the widget. */
  close() {
    this.controller?.abort();
    for (const { place, controller } of this.views) {
      controller.abort();
      place.replaceChildren();
    }
    this.views.clear();
    this.listeners = [];
  }

  /** @param {HTMLElement} place @param {Promise<void> | null} [above] what is drawn first */
  async drawIn(place, above) {
    const view = { place, controller: new AbortController() };
    this.views.add(view);
    await this.drawView(view, above);
  }

  /**
   * @param {{ place: HTMLElement, controller: AbortController }} view
   * @param {Promise<void> | null} [above]
   */
  async drawView(view, above) {
    view.controller.abort();
    const { signal } = (view.controller = new AbortController());
    const widget = await this.ready;
    await this.requestWhole();
    await above;
    if (signal.aborted) return;
    const el = document.createElement("div");
    el.classList.add(...(this.get("_dom_classes") ?? []));
    view.place.replaceChildren(el);
    followLayout(this, el, signal);
    const [model, experimental] = [this.proxy(signal), this.experimental()];
    const host = this.host(signal);
    const cleanUp = await widget.render?.({ model, el, signal, host, experimental });
    const end = () => {
      this.off(null, null, signal);
      if (typeof cleanUp === "function") cleanUp();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end);
  }

  /** Insert the text of the widget's styles, once for all widgets of its kind. */
  showStyle() {
    const text = this.get("_css");
    if (!text) return;
    const kind = this.get("_anywidget_id") ?? this.id;
    const style = styles.get(kind) ?? document.createElement("style");
    style.textContent = /^https?:/.test(text) ? `@import url(${JSON.stringify(text)});` : text;
    document.head.append(style);
    styles.set(kind, style);
  }

  /** Return the model as a script sees it: its listeners end with `context`.
   * @param {unknown} context
   */
  proxy(context) {
    return {
      get: this.get.bind(this),
      set: this.set.bind(this),
      save_changes: this.save_changes.bind(this),
      send: this.send.bind(this),
      on: (/** @type {string} */ name, /** @type {Listener["listener"]} */ listener) =>
        this.on(name, listener, context),
      off: (/** @type {string} */ name, /** @type {Listener["listener"]} */ listener) =>
        this.off(name, listener, context),
      widget_manager: this.widget_manager,
    };
  }

  experimental() {
    return { invoke: this.invoke.bind(this) };
  }

  /** Call a command of the Python class, and return its response and buffers.
   * @param {string} name
   * @param {unknown} [msg]
   * @param {{ buffers?: ArrayBufferView[], signal?: AbortSignal }} [options]
   */
  invoke(name, msg, options = {}) {
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const signal = options.signal ?? AbortSignal.timeout(INVOKE_MS);
    return new Promise((resolve, reject) => {
      const hear = (/** @type {any} */ answer, /** @type {DataView[]} */ buffers) => {
        if (answer?.id !== id) return;
        this.off("msg:custom", hear);
        resolve([answer.response, buffers]);
      };
      const stop = () => {
        this.off("msg:custom", hear);
        reject(signal.reason);
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop);
      this.on("msg:custom", hear);
      this.send({ id, kind: "anywidget-command", name, msg }, undefined, options.buffers);
    });
  }

  /** Return what gives a view the other widgets that its state names.
   * @param {AbortSignal} signal
   */
  host(signal) {
    const modelOf = (/** @type {string} */ reference) => {
      if (!reference?.startsWith?.(WIDGET_REFERENCE))
        throw new Error(`[anywidget] Invalid widget reference: ${JSON.stringify(reference)}`);
      return getModel(this.manager, reference.slice(WIDGET_REFERENCE.length));
    };
    return {
      getModel: async (/** @type {string} */ reference) => {
        const model = await modelOf(reference);
        signal.addEventListener("abort", () => model.off(null, null, signal));
        return model.proxy(signal);
      },
      getWidget: async (/** @type {string} */ reference) => {
        const model = await modelOf(reference);
        await model.ready;
        return {
          exports: model.exports,
          render: (/** @type {{ el: HTMLElement }} */ { el }) => model.drawIn(el),
        };
      },
    };
  }
}

/** Return the model with this id, once its state is there.
 * @param {Manager} manager @param {string} id @returns {Promise<any>}
 */
function getModel(manager, id) {
  const known = manager.models.get(id);
  if (known) return Promise.resolve(known);
  return new Promise((tell) => {
    awaited.set(id, [...(awaited.get(id) ?? []), tell]);
    manager.missing.add(id);
    manager.line.send("comm_msg", { comm_id: id, data: { method: "request_state" } });
  });
}

/** Import what `_esm` is: the text of a script, or its address.
 * @param {string} source
 */
async function importWidget(source) {
  const isAddress = /^https?:/.test(source);
  const url = isAddress
    ? source
    : URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const module = await import(url);
  if (!isAddress) URL.revokeObjectURL(url);
  if (module.render) return { render: module.render };
  return typeof module.default === "function" ? module.default() : module.default;
}

/** Give an element the sizes and margins of the widget's layout model, now and when they change.
 * @param {OtherModel} model @param {HTMLElement} el @param {AbortSignal} signal
 */
async function followLayout(model, el, signal) {
  const reference = model.get("layout");
  if (typeof reference !== "string" || !reference.startsWith(REFERENCE)) return;
  const layout = await getModel(model.manager, reference.slice(REFERENCE.length));
  const show = () => {
    for (const [name, value] of Object.entries(layout.state))
      if (!name.startsWith("_")) el.style.setProperty(name.replaceAll("_", "-"), value ?? "");
  };
  show();
  layout.on("change", show, signal);
  signal.addEventListener("abort", () => layout.off(null, null, signal));
}

/** Return whether two values of a state are the same, bytes included.
 * @param {any} one @param {any} other @returns {boolean}
 */
function isEqual(one, other) {
  if (Object.is(one, other)) return true;
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
  if (one.constructor !== other.constructor) return false;
  const bytes = bytesOf(one);
  if (bytes) {
    const others = /** @type {Uint8Array} */ (bytesOf(other));
    return bytes.length === others.length && bytes.every((byte, at) => byte === others[at]);
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name in other && isEqual(one[name], other[name]))
  );
}

/** @param {any} value @returns {Uint8Array | null} */
function bytesOf(value) {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return null;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** Return `value` without its bytes, which are added to `buffers`, and their places to `paths`.
 * @param {any} value
 * @param {(string | number)[]} path
 * @param {(string | number)[][]} paths
 * @param {(ArrayBuffer | ArrayBufferView)[]} buffers
 * @returns {any}
 */
function takeBuffers(value, path, paths, buffers) {
  if (bytesOf(value)) {
    paths.push(path);
    buffers.push(value);
    return null;
  }
  if (Array.isArray(value))
    return value.map((each, at) => takeBuffers(each, [...path, at], paths, buffers));
  if (!value || typeof value !== "object" || typeof value.toJSON === "function") return value;
  /** @type {Record<string, any>} */
  const rest = {};
  for (const [name, each] of Object.entries(value))
    rest[name] = takeBuffers(each, [...path, name], paths, buffers);
  return rest;
}

// ---- Voilà's own front end ----------------------------------------------------------------------

/** Load it, for a page that shows more than sheets and anywidgets. */
export function loadVoilaFrontEnd() {
  if (document.readyState === "loading")
    return void document.addEventListener("DOMContentLoaded", loadVoilaFrontEnd);
  callLateListeners();
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("enishi-whole"));
  for (const { src } of template.content.querySelectorAll("script"))
    document.body.append(Object.assign(document.createElement("script"), { src, async: false }));
}

/** Voilà's front end starts at the window's load event, and listens for it only after its fifty
 *  modules are loaded: by then that event may be over. Call such a listener at once. */
function callLateListeners() {
  const add = window.addEventListener;
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType("navigation")
  );
  window.addEventListener = (
    /** @type {string} */ type,
    /** @type {any} */ listener,
    /** @type {any[]} */ ...options
  ) => {
    if (type !== "load" || !visit.loadEventStart) add.call(window, type, listener, ...options);
    else queueMicrotask(() => (listener.handleEvent ?? listener).call(window, new Event(type)));
  };
}
