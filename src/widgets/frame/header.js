// The header of a page: the workbooks, the sheets of this one, undo, and a menu for the rest.
// On a narrow display it is one row; below it stands the name of the sheet, which opens the list.

import { defineSheet, h, isCurrent } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (isApp()) {
    document.documentElement.lang = state.language;
    document.title = `${state.title} – ${words.app}`;
  }
  return h(
    "header",
    { class: "enishi head", lang: state.language },
    h(
      "div",
      { class: "bar" },
      h(
        "h1",
        { class: "name" },
        h("span", { class: "app" }, words.app),
        h("span", { class: "unseen" }, ` – ${state.title}`),
      ),
      drawTabs(state, words),
      h(
        "div",
        { class: "tools" },
        mask && drawMask(sheet),
        drawUndo(sheet),
        drawFinder(sheet),
        drawMenu(sheet),
      ),
    ),
    h(
      "div",
      { class: "under" },
      state.steps.length > 1 && drawSteps(sheet),
      state.is_start && drawLanguages(sheet),
    ),
    state.trouble &&
      h(
        "div",
        { class: "trouble", role: "alert" },
        h("h2", {}, words.trouble),
        h("p", {}, state.trouble),
      ),
    state.author?.length > 0 &&
      h(
        "div",
        { class: "trouble", role: "alert", key: "author" },
        h("h2", {}, words.for_author),
        state.author.map((/** @type {string} */ note) => h("p", { key: note }, note)),
      ),
    sheet.status.draw(),
    palette?.drawPalette(sheet),
  );
}

const SAID_MS = 15_000;

const isApp = () => document.documentElement.classList.contains("enishi-app");

/** @param {State} state @param {Words} words */
function drawTabs(state, words) {
  return h(
    "nav",
    { class: "pages", "aria-label": words.pages },
    h(
      "ol",
      {},
      state.tabs.map(({ name, title, short }) =>
        h(
          "li",
          { key: name },
          h(
            "a",
            { href: `${name}.ipynb`, "aria-current": name === state.page ? "page" : null },
            h("span", { class: short ? "long" : null }, title),
            short && h("span", { class: "short", "aria-hidden": "true" }, short),
          ),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawUndo(sheet) {
  const { state, words } = sheet;
  return [
    state.undo != null &&
      sheet.button(words.undo, () => sheet.send({ do: "undo" }), { disabled: !state.undo }),
    state.redo && sheet.button(words.redo, () => sheet.send({ do: "redo" })),
  ];
}

/** @type {typeof import("./palette.js") | null} */
let palette = null; // fetched when it is first opened
let attempts = 0;
const isMac = navigator.platform.startsWith("Mac");

/** @param {Sheet} sheet */
function drawFinder(sheet) {
  const { state, words } = sheet;
  if (!state.finds || !isApp()) return null;
  return h(
    "button",
    {
      type: "button",
      class: "find",
      "aria-haspopup": "dialog",
      "aria-label": words.find,
      "aria-keyshortcuts": isMac ? "Meta+K" : "Control+K",
      title: `${words.find} (${isMac ? "⌘K" : "Ctrl-K"})`,
      onclick: () => find(sheet),
    },
    h(
      "svg",
      { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" },
      h("circle", { cx: 8.5, cy: 8.5, r: 5.5 }),
      h("path", { d: "M12.5 12.5 17 17" }),
    ),
  );
}

/** Open what finds people, pages and things to do. @param {Sheet} sheet */
async function find(sheet) {
  const name = `./palette.js${attempts ? `?${attempts}` : ""}`; // a browser keeps a failure
  const release = holdKeys();
  try {
    palette ??= await import(name);
  } catch {
    attempts += 1;
    return sheet.setStatus(sheet.words.find_away, true);
  } finally {
    release();
  }
  palette?.openPalette(sheet, release());
}

/**
 * Keep letters typed before the dialog is there: they are meant for its field, not for the page.
 * @returns {() => string} ends it; what was typed
 */
function holdKeys() {
  let typed = "";
  const hold = (/** @type {KeyboardEvent} */ event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (key.length > 1 && key !== "Enter"))
      return;
    if (key !== "Enter") typed += key;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("keydown", hold, true);
  return () => {
    removeEventListener("keydown", hold, true);
    return typed;
  };
}

const MASKED = "enishi-names-hidden"; // in this browser's storage, while names are hidden
const SETTLED_MS = 300;
/** @type {import("./masking.js").NameMask | null} */
let mask = null; // while names are hidden
let namesKey = ""; // of the names that are hidden
let waiting = 0;

/** The way out, in sight as long as names are hidden. @param {Sheet} sheet */
const drawMask = (sheet) =>
  sheet.button(sheet.words.names_hidden, () => showNames(sheet), { name: sheet.words.show_names });

/** Hide the names on this page and on those opened next in this browser. @param {Sheet} sheet */
async function hideNames(sheet) {
  remember(true);
  const { NameMask } = await import("./masking.js");
  sheet.send(
    { do: "name_forms" },
    {
      isQuiet: true,
      done: (answer) => {
        if (!answer.ok || !isRemembered()) return;
        mask ??= new NameMask();
        namesKey = answer.key;
        mask.start(/** @type {any} */ (answer));
        document.documentElement.classList.remove("hiding-names");
        sheet.draw();
      },
    },
  );
}

/** @param {Sheet} sheet */
function showNames(sheet) {
  remember(false);
  document.documentElement.classList.remove("hiding-names");
  mask?.stop();
  mask = null;
  sheet.draw();
}

/** @param {Sheet} sheet */
const toggleNames = (sheet) => (isRemembered() ? showNames(sheet) : hideNames(sheet));

/** @param {boolean} isHidden */
function remember(isHidden) {
  try {
    if (isHidden) localStorage.setItem(MASKED, "1");
    else localStorage.removeItem(MASKED);
  } catch {
    // a browser that stores nothing hides them on this page
  }
  isHiding = isHidden;
}

let isHiding = false;

function isRemembered() {
  try {
    return isHiding || localStorage.getItem(MASKED) !== null;
  } catch {
    return isHiding;
  }
}

/** Somebody may have been added: ask whether there are new names, once it is quiet.
 * @param {Sheet} sheet
 */
function renewNames(sheet) {
  if (!mask) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    /** @param {Answer} answer */
    const done = (answer) => {
      if (!answer.ok || !answer.forms || !mask) return;
      namesKey = answer.key;
      mask.start(/** @type {any} */ (answer));
    };
    sheet.send({ do: "name_forms", known: namesKey }, { isQuiet: true, done });
  }, SETTLED_MS);
}

/** @param {Sheet} sheet */
function drawMenu(sheet) {
  const { state, words, memory } = sheet;
  const toggle = () => {
    memory.isMenuOpen = !memory.isMenuOpen;
    sheet.draw();
  };
  return h(
    "div",
    { class: "menu" },
    h(
      "button",
      {
        type: "button",
        class: "opener",
        "aria-expanded": String(Boolean(memory.isMenuOpen)),
        "aria-label": words.menu,
        "data-focus": "menu",
        onclick: toggle,
      },
      h("span", { "aria-hidden": "true" }, "☰"),
    ),
    memory.isMenuOpen &&
      h(
        "div",
        { class: "panel", key: "panel" },
        h(
          "ol",
          {},
          state.menu.map(({ href, title }) => h("li", { key: href }, h("a", { href }, title))),
        ),
        h("div", { class: "undo" }, drawUndo(sheet)),
        state.finds &&
          isApp() &&
          sheet.button(mask ? words.show_names : words.hide_names, () => toggleNames(sheet)),
        drawLanguages(sheet),
      ),
  );
}

/** @param {Sheet} sheet */
function drawLanguages(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "languages", role: "group", "aria-label": words.language },
    Object.entries(state.languages).map(([code, name]) =>
      h(
        "button",
        {
          type: "button",
          key: code,
          lang: code,
          "aria-pressed": String(code === state.language),
          onclick: () => sheet.send({ do: "speak", language: code }),
        },
        name,
      ),
    ),
  );
}

/** The sheets of this workbook: a row, or on a narrow display a list that opens.
 * @param {Sheet} sheet
 */
function drawSteps(sheet) {
  const { state, words, memory } = sheet;
  const here = findCurrent(state);
  const toggle = () => {
    memory.areStepsOpen = !memory.areStepsOpen;
    sheet.draw();
  };
  return h(
    "nav",
    { class: "steps", "aria-label": words.steps },
    h(
      "button",
      {
        type: "button",
        class: "opener",
        "aria-expanded": String(Boolean(memory.areStepsOpen)),
        "data-focus": "steps",
        onclick: toggle,
      },
      state.steps.find(({ name }) => name === here)?.title,
    ),
    h(
      "ol",
      { class: memory.areStepsOpen ? null : "closed" },
      state.steps.map(({ name, title }) =>
        h(
          "li",
          { key: name },
          h(
            "a",
            { href: `#${name}`, "aria-current": name === here ? "step" : null },
            title,
            name === here && h("span", { class: "unseen" }, words.here),
          ),
        ),
      ),
    ),
  );
}

/** Return the sheet the address names, else the first. @param {State} state */
function findCurrent(state) {
  const names = state.steps.map((/** @type {{name: string}} */ step) => step.name);
  /** @param {string} name @param {number} place */
  const isHere = (name, place) => isCurrent({ name, index: place + 1, names });
  return names.find(isHere);
}

/** Let what the header says go after a while, or at the next press: it lies above the page.
 * @param {Sheet} sheet
 */
function endStatus(sheet) {
  const line = sheet.el.querySelector(".saved");
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    if (!sheet.status.isError) timer = setTimeout(() => sheet.setStatus(), SAID_MS);
  };
  if (line) new MutationObserver(wait).observe(line, { childList: true, characterData: true });
  document.addEventListener("pointerdown", () => sheet.status.text && sheet.setStatus());
}

/** @param {Sheet} sheet */
function mounted(sheet) {
  if (isApp()) endStatus(sheet);
  const close = () => {
    sheet.memory.isMenuOpen = sheet.memory.areStepsOpen = false;
    sheet.draw();
  };
  const isOpen = () => sheet.memory.isMenuOpen || sheet.memory.areStepsOpen;
  window.addEventListener("hashchange", close);
  if (isApp() && sheet.state.finds) {
    window.addEventListener("enishi:mask", () => toggleNames(sheet));
    window.addEventListener("enishi:answered", () => renewNames(sheet));
    if (isRemembered()) hideNames(sheet);
  } else document.documentElement.classList.remove("hiding-names"); // there are no names
  document.addEventListener("click", (event) => {
    const inside = sheet.el.contains(/** @type {Node} */ (event.target));
    if (isOpen() && !inside) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) {
      const opener = sheet.memory.isMenuOpen ? "menu" : "steps";
      close();
      sheet.focus(opener);
    }
    if (!isApp() || event.isComposing) return;
    const undoing = whichUndo(event);
    if (undoing && sheet.state[undoing]) {
      event.preventDefault();
      sheet.send({ do: undoing });
    } else if (isFind(event) && sheet.state.finds) {
      event.preventDefault();
      find(sheet);
    } else if (event.ctrlKey && event.key === "." && sheet.state.finds) {
      event.preventDefault();
      toggleNames(sheet);
    }
  });
}

/** On a Mac, Ctrl-K is for text fields. @param {KeyboardEvent} event */
function isFind(event) {
  if (event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey) return false;
  return isMac ? event.metaKey : event.ctrlKey;
}

/** Return what the keys mean, "undo", "redo" or "", unless a field is focused, whose own they are.
 * @param {KeyboardEvent} event
 */
function whichUndo(event) {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return "";
  const target = /** @type {Element} */ (event.target);
  if (event.altKey || target.closest("input, textarea, select, [contenteditable]")) return "";
  return event.shiftKey ? "redo" : "undo";
}

export default defineSheet({ draw, mounted });
