// The paper every sheet is written on. Python puts this before a sheet's own file, so that the two
// make one module (a widget's module cannot import another by a relative path). A sheet's file
// defines `draw(sheet)`, which returns what is to be seen; everything else is here.

/** Describe an element. Text among the kids stays text: it is never read as markup. */
function h(tag, props, ...kids) {
  return { tag, props: props ?? {}, kids: kids.flat(Infinity).filter((kid) => kid != null && kid !== false && kid !== "") };
}

const AS_PROPERTY = new Set(["checked", "disabled", "hidden", "selected", "indeterminate", "open"]);

/** Make the children of `parent` what `wanted` describes, keeping every element that can stay. */
function patch(parent, wanted) {
  const spare = new Set(parent.childNodes);
  const nodes = wanted.map((kid) => {
    const node = typeof kid === "object" ? reuse(kid, spare) : reuseText(String(kid), spare);
    spare.delete(node);
    return node;
  });
  for (const node of spare) node.remove(); // first, so that nothing that stays has to move
  let slot = parent.firstChild;
  for (const [index, node] of nodes.entries()) {
    if (node === slot) slot = slot.nextSibling;
    else parent.insertBefore(node, slot);
    if (typeof wanted[index] === "object") dress(node, wanted[index]);
  }
}

function reuseText(text, spare) {
  const node = [...spare].find((old) => old.nodeType === Node.TEXT_NODE) ?? document.createTextNode("");
  if (node.data !== text) node.data = text;
  return node;
}

const DRAWN = new Set(["svg", "path", "circle", "line", "g", "text", "title", "rect"]);

function reuse({ tag, props }, spare) {
  const key = props.key != null ? String(props.key) : null;
  for (const old of spare) if (old.localName === tag && old._key === key) return old;
  const made = DRAWN.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  made._key = key;
  return made;
}

/** Give `node` its attributes, handlers and children. */
function dress(node, { props, kids }) {
  const before = node._props ?? {};
  for (const name of Object.keys(before)) if (!(name in props)) put(node, name, null);
  for (const [name, value] of Object.entries(props)) {
    if (name !== "key" && name !== "value" && value !== before[name]) put(node, name, value);
  }
  node._props = props;
  if (!("data-foreign" in props)) patch(node, kids); // else somebody else draws what is inside
  if ("value" in props) putValue(node, props.value);
}

function put(node, name, value) {
  if (name.startsWith("on")) node[name] = value;
  else if (AS_PROPERTY.has(name)) node[name] = Boolean(value);
  else if (value == null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Show a value, unless the person is just writing there or what they wrote is on its way. */
function putValue(node, value) {
  const text = value == null ? "" : String(value);
  const writing = node === document.activeElement && node.localName !== "select" && node.type !== "range";
  if (!writing && !node._edit && node.value !== text) node.value = text;
}

/** Fill `{name}` in a text. */
function fill(text, facts) {
  return String(text ?? "").replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

const LEFT = "enishi.left"; // where this browser keeps which screen was seen last; nobody is told

/** Remember that a screen is being seen. */
function rememberWhere(page, screen) {
  try { localStorage.setItem(LEFT, JSON.stringify({ page, screen })); } catch { /* then one begins at the start */ }
}

/** Return the screen that was seen last, `{page, screen}`, or null. */
function whereLeft() {
  try { return JSON.parse(localStorage.getItem(LEFT)); } catch { return null; }
}

const PAUSE = 700; // milliseconds of quiet after which what was written is saved
const AGAIN = 10000; // milliseconds after which is tried again what failed for a reason that passes
const MOST_BYTES = 10 * 1024 * 1024 - 65536; // with its envelope; one message carries 10 MiB at most

/** One sheet on the page: sends what the person does, one thing after the other, and redraws. */
class Sheet {
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
      this.waiting = setTimeout(() => this.tell(this.common.saving), 500);
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
    if (answer.ok && answer.version != null && message.do === "write") {
      const row = `${message.noun}/${message.id}`;
      for (const name of [row, ...Object.keys(message.values).map((column) => `${row}/${column}`)]) this.bases.set(name, answer.version);
    }
    if (field) {
      const last = this.edits.get(field) === edit; // nothing was written there since
      if (edit && last && answer.ok) { this.edits.delete(field); if (edit.node) edit.node._edit = null; }
      if (edit && last && answer.passes) { edit.sent = false; edit.timer = setTimeout(() => this.save(field), AGAIN); }
      if (answer.ok) this.troubles.delete(field); else if (!edit || last) this.troubles.set(field, answer);
    }
    const beside = !answer.ok && this.edits.has(field); // then it is said beside the field
    this.tell(beside ? "" : answer.text || this.common.saved, !answer.ok);
    this.draw();
    if (!answer.ok) this.showChosen();
    if (answer.focus) this.focus(answer.focus);
    if (done) done(answer);
    this.fly();
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

  /** Put a text on the clipboard; it is only sent by the person, elsewhere. */
  async copy(text) {
    try { await navigator.clipboard.writeText(text); this.tell(this.say("copied")); } catch { this.tell(this.say("not_copied"), true); }
  }

  // -- fields: each is bound to a column of a row and saves itself --------------------------------

  // (a row with `draft: true` is only the page's: it keeps what is written until it is sent whole)

  /** Remember what was written in a field, to be saved after a pause. */
  edited(node, noun, row, column, value, pause = PAUSE) {
    if (row.draft) { row[column] = value; return; }
    const field = `${noun}/${row.id}/${column}`;
    const old = this.edits.get(field);
    if (old) clearTimeout(old.timer);
    const edit = { node, noun, column, value, id: row.id, version: old ? old.version : row.version, sent: false };
    edit.timer = setTimeout(() => this.save(field), pause);
    node._edit = edit;
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

  /** A text of one line (or several, with `rows`), with its label, hint and trouble. */
  text(noun, row, column, { label, hint, rows, type = "text", placeholder, list, longest, hideLabel, focus, many, onwrite } = {}) {
    const id = `${this.id}-${noun}-${row.id}-${column}`;
    const field = `${noun}/${row.id}/${column}`;
    const trouble = this.troubles.get(field);
    const now = this.now(noun, row, column);
    const value = many ? (now ?? []).join("\n") : now ?? "";
    const written = (text) => (many ? text.split("\n").map((line) => line.trim()).filter(Boolean) : text);
    const props = {
      id, key: id, value, placeholder, list, maxlength: longest ?? (rows ? 4000 : 300),
      "data-focus": focus ?? `${row.id}.${column}`,
      "aria-describedby": [hint && `${id}-hint`, trouble && `${id}-trouble`].filter(Boolean).join(" ") || null,
      "aria-invalid": trouble ? "true" : null,
      oninput: (event) => {
        if (rows) grow(event.target);
        this.edited(event.target, noun, row, column, written(event.target.value));
        if (onwrite) onwrite(event.target.value);
      },
      onblur: () => this.save(field),
    };
    const box = rows ? h("textarea", { ...props, rows }) : h("input", { ...props, type, autocomplete: "off" });
    return h("div", { class: "field", key: `f-${id}` },
      h("label", { for: id, class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      box,
      trouble && this.drawTrouble(`${id}-trouble`, field, trouble, noun, row, column));
  }

  /** A list of texts, one a line. */
  texts(noun, row, column, options = {}) { return this.text(noun, row, column, { rows: 2, many: true, ...options }); }
  lines(noun, row, column, options = {}) { return this.text(noun, row, column, { rows: 3, ...options }); }
  day(noun, row, column, options = {}) { return this.text(noun, row, column, { type: "date", longest: 10, ...options }); }

  /** Why a field was not saved, and the choice where two windows disagree. */
  drawTrouble(id, field, trouble, noun, row, column) {
    const settle = (value) => () => {
      const edit = this.edits.get(field);
      if (edit?.node) { edit.node._edit = null; edit.node.value = value; }
      this.edits.delete(field);
      this.troubles.delete(field);
      this.send({ do: "write", noun, id: row.id, version: trouble.version, values: { [column]: value } }, { field });
    };
    const mine = this.edits.get(field)?.value ?? "";
    return h("div", { class: "trouble", id, role: "alert" }, h("p", {}, trouble.text),
      trouble.passes && this.edits.has(field) && h("div", { class: "row" }, this.button(this.common.save_again, () => this.save(field))),
      trouble.theirs && h("p", {}, fill(this.common.theirs, { text: trouble.theirs[column] ?? "" })),
      trouble.theirs && h("div", { class: "row" },
        h("button", { type: "button", onclick: settle(mine) }, this.common.keep_mine),
        h("button", { type: "button", onclick: settle(trouble.theirs[column] ?? "") }, this.common.keep_theirs)));
  }

  /** One of a few: radio buttons in a group. `options` is [[value, label, hint?], …]. */
  choose(noun, row, column, options, { label, hint, hideLabel, onpick } = {}) {
    const id = `${this.id}-${noun}-${row.id}-${column}`;
    return h("fieldset", { class: "choose", key: id, "aria-describedby": hint ? `${id}-hint` : null },
      h("legend", { class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h("div", { class: "choices" }, options.map(([value, text, note]) =>
        h("label", { key: `o-${value}`, class: "option" },
          h("input", {
            type: "radio", name: id, checked: row[column] === value,
            "data-focus": `${row.id}.${column}.${value}`,
            onchange: () => (onpick ? onpick(value) : this.write(noun, row, { [column]: value })),
          }),
          h("span", {}, text, note && h("small", {}, note))))));
  }

  /** One of many: a drop-down list. */
  select(noun, row, column, options, { label, hint, empty, hideLabel } = {}) {
    const id = `${this.id}-${noun}-${row.id}-${column}`;
    return h("div", { class: "field", key: `f-${id}` },
      h("label", { for: id, class: hideLabel ? "unseen" : null }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h("select", {
        id, key: id, value: row[column] ?? "", "aria-describedby": hint ? `${id}-hint` : null,
        "data-focus": `${row.id}.${column}`,
        onchange: (event) => {
          const raw = event.target.value;
          const numbers = options.some(([value]) => typeof value === "number");
          this.write(noun, row, { [column]: !numbers ? raw : raw === "" ? null : Number(raw) });
        },
      }, h("option", { value: "" }, empty ?? this.common.not_said), options.map(([value, text]) => h("option", { key: `o-${value}`, value }, text))));
  }

  /** A yes/no. */
  tick(noun, row, column, { label, hint } = {}) {
    const id = `${this.id}-${noun}-${row.id}-${column}`;
    return h("label", { class: "option tick", key: id },
      h("input", { type: "checkbox", checked: Boolean(row[column]), "data-focus": `${row.id}.${column}`, onchange: (event) => this.write(noun, row, { [column]: event.target.checked }) }),
      h("span", {}, label ?? this.say(column), hint && h("small", {}, hint)));
  }

  /** A dial: a number from `least` to `most`, with words at both ends; unset until touched. */
  dial(noun, row, column, { label, hint, least = 0, most = 10, from, to, anchors } = {}) {
    const id = `${this.id}-${noun}-${row.id}-${column}`;
    const field = `${noun}/${row.id}/${column}`;
    const value = row[column];
    const trouble = this.troubles.get(field);
    const shown = this.edits.get(field)?.value ?? value;
    const said = shown == null ? this.common.not_said : anchors?.[shown - least] ?? `${shown} / ${most}`;
    const keep = (event, pause) => this.edited(event.target, noun, row, column, Number(event.target.value), pause);
    return h("div", { class: `field dial${shown == null ? " unset" : ""}`, key: `f-${id}` },
      h("label", { for: id }, label ?? this.say(column)),
      hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
      h("div", { class: "row" },
        h("input", {
          id, key: id, type: "range", min: least, max: most, step: 1, value: shown ?? Math.round((least + most) / 2),
          "aria-valuetext": said, "aria-describedby": [hint && `${id}-hint`, trouble && `${id}-trouble`].filter(Boolean).join(" ") || null, "data-focus": `${row.id}.${column}`,
          oninput: (event) => { keep(event, PAUSE); this.draw(); },
          onchange: (event) => { keep(event, 0); },
          onclick: (event) => { if (value == null && shown == null) { keep(event, 0); this.draw(); } },
        }),
        h("output", { for: id, "aria-live": "off" }, said)),
      (from || to) && h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, from ?? ""), h("span", {}, to ?? "")),
      trouble && this.edits.has(field) && this.drawTrouble(`${id}-trouble`, field, trouble, noun, row, column));
  }

  /** A quiet button, or the one main act with `main`. */
  button(text, onclick, { main, name, focus, disabled, danger } = {}) {
    return h("button", { type: "button", class: main ? "main" : danger ? "danger" : null, "aria-label": name ?? null, "data-focus": focus, disabled, onclick }, text);
  }

  /** A part that opens and closes; remembers which way. */
  fold(key, title, ...kids) {
    return h("details", { key: `d-${key}`, class: "fold", open: this.memory[key], ontoggle: (event) => { this.memory[key] = event.target.open; } },
      h("summary", {}, title), h("div", { class: "inside" }, kids));
  }

  /** A few sentences that explain; `lines` may be a text or a list of them. */
  note(lines) { return [lines].flat().filter(Boolean).map((line) => h("p", {}, line)); }

  // -- the sheet itself ------------------------------------------------------------------------------

  /** Draw the sheet; a field that is taken away meanwhile is left, and that may ask for one more. */
  draw() {
    if (this.drawing) return void queueMicrotask(() => this.draw());
    this.drawing = true;
    try { this.drawNow(); } finally { this.drawing = false; }
  }

  drawNow() {
    if (this.words.closed === true) return patch(this.el, []); // the book is not open; the head says why
    const active = document.activeElement;
    const { name, index, of, previous, next } = this.place;
    const words = this.words;
    const bare = words.bare === true; // the page's head has no question of its own
    const inner = draw(this);
    patch(this.el, bare ? [inner].flat() : [
      h("section", { class: "enishi sheet", id: name, "aria-labelledby": `${this.id}-q`, key: "sheet" },
        h("p", { class: "eyebrow" }, `${index} / ${of}`, words.name && h("span", {}, words.name), words.minutes && h("span", {}, fill(this.common.minutes, { n: words.minutes }))),
        h("h2", { id: `${this.id}-q`, tabindex: -1 }, words.question),
        [words.lead].flat().filter(Boolean).map((line) => h("p", { class: "lead" }, line)),
        h("div", { class: "inner" }, inner),
        words.reflect && this.lines("reflection", this.state.reflection, "text", { label: words.reflect, rows: 2 }),
        h("p", { class: `saved${this.trouble ? " trouble" : ""}`, role: "status", key: "saved" }, this.said),
        h("nav", { class: "turn", "aria-label": this.common.turn },
          previous && h("a", { href: previous.href, class: "button" }, previous.label),
          next && h("a", { href: next.href, class: "button main" }, next.label))),
    ]);
    for (const area of this.el.querySelectorAll("textarea")) grow(area);
    if (active && active !== document.activeElement && active.isConnected && this.el.contains(active)) active.focus();
  }
}

/** How many bytes a message comes to, at most where it is short. */
function weight(message, buffers) {
  const text = JSON.stringify(message);
  const bytes = 3 * text.length < MOST_BYTES ? 3 * text.length : new Blob([text]).size;
  return buffers.reduce((sum, buffer) => sum + buffer.byteLength, bytes);
}

/** Let a text area be as high as what is written in it. */
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
}

/** In the app one sheet is seen at a time: the one the address names, else the first. */
function turnTo(sheet) {
  if (!document.documentElement.classList.contains("enishi-app")) return;
  const section = sheet.el.querySelector(":scope > .sheet");
  if (!section) return;
  const { name, index, names } = sheet.place;
  const asked = decodeURIComponent(location.hash.slice(1));
  const seen = names.includes(asked) ? asked === name : index === 1;
  const turned = section.hidden === seen;
  section.hidden = !seen;
  if (seen && turned && sheet.drawn) {
    window.scrollTo(0, 0);
    section.querySelector("h2").focus({ preventScroll: true });
  }
  sheet.drawn = true;
}

function render({ model, el }) {
  const sheet = new Sheet(model, el);
  if (window.enishi?.app) sheet.takeUp();
  const redraw = () => { sheet.draw(); turnTo(sheet); };
  let asked = false; // several traits that arrive together make one drawing
  const soon = () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => { asked = false; redraw(); });
  };
  model.on("change:state", soon);
  model.on("change:words", soon);
  model.on("change:place", soon);
  model.on("change:answer", () => queueMicrotask(() => sheet.answered()));
  window.enishi?.line?.addEventListener("current", () => sheet.again());
  const turn = () => turnTo(sheet);
  const leave = () => sheet.leave();
  const aside = (event) => { if (window.enishi?.app && !event.persisted) sheet.putAside(); };
  const save = () => sheet.saveAll();
  window.addEventListener("hashchange", turn);
  window.addEventListener("pagehide", aside);
  window.addEventListener("pagehide", leave);
  const goodbye = () => sheet.sayGoodbye();
  window.addEventListener("enishi:leave", goodbye);
  document.addEventListener("visibilitychange", save);
  redraw();
  if (typeof begin === "function") begin(sheet); // a sheet's file may define it
  return () => {
    window.removeEventListener("hashchange", turn);
    window.removeEventListener("pagehide", aside);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("enishi:leave", goodbye);
    document.removeEventListener("visibilitychange", save);
    leave();
  };
}

export default { render };
