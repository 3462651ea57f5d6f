// Finding a person, a page or something to do: a dialog with a text field and a list under it (the
// combobox of the ARIA patterns). The header fetches this script when it is first opened; each
// keystroke asks Python once, and no sooner than the one before is answered.

import { h } from "../base/sheet.js";

/**
 * @typedef {{id: string, title: string, note?: string, href?: string, message?: Message,
 *   event?: string}} Found `event`: what the page itself does, without asking Python
 */
/** @typedef {{name: string, title: string, note?: string, rows: Found[]}} Group */

const look = document.createElement("link");
look.rel = "stylesheet";
look.href = new URL("./palette.css", import.meta.url).href;
const loaded = new Promise((done) => (look.onload = look.onerror = done));
document.head.append(look);
await loaded;

let text = ""; // what is typed
/** @type {string | null} */
let shown = null; // the text of what is shown
/** @type {string | null} */
let asked = null; // the text that is not answered yet
/** @type {Group[]} */
let groups = [];
let found = ""; // how much there is, or why there is nothing
let at = -1; // the marked row
let isEager = false; // Enter came before the answer
let isFollowed = false; // whether the connection is
let isLate = false; // the answer takes its time
const LATE_MS = 400;

const rows = () => groups.flatMap((group) => group.rows);
const id = (/** @type {Sheet} */ sheet, /** @type {string | number} */ part) =>
  `${sheet.id}-find-${part}`;
const dialogOf = (/** @type {Sheet} */ sheet) =>
  /** @type {HTMLDialogElement | null} */ (sheet.el.querySelector("dialog.palette"));

/** Open the dialog with what was typed so far. @param {Sheet} sheet @param {string} typed */
export function openPalette(sheet, typed) {
  sheet.draw(); // the header draws the dialog once this script is there
  const dialog = dialogOf(sheet);
  if (!dialog || dialog.open) return;
  follow(sheet);
  [text, shown, groups, found, at, isEager] = [typed, null, [], "", -1, false];
  sheet.draw();
  sheet.find(id(sheet, "text")).value = typed;
  dialog.showModal();
  ask(sheet);
}

/** Draw again when the connection is lost or back. @param {Sheet} sheet */
function follow(sheet) {
  const line = window.enishi?.line;
  if (isFollowed || !line) return;
  isFollowed = true;
  for (const event of ["connected", "disconnected"])
    line.addEventListener(event, () => sheet.draw());
  for (const event of ["kernel-dead", "rate-limited"])
    line.addEventListener(event, () => dialogOf(sheet)?.close()); // the page says so below
}

/** @param {Sheet} sheet */
function ask(sheet) {
  if (asked !== null) return; // asked again once that is answered
  const asking = (asked = text);
  const late = setTimeout(() => {
    isLate = true;
    sheet.draw();
  }, LATE_MS);
  /** @param {Answer} answer */
  const done = (answer) => {
    clearTimeout(late);
    isLate = false;
    asked = null;
    if (text !== asking) return ask(sheet);
    shown = text;
    groups = answer.ok ? answer.groups : [];
    found = answer.ok ? answer.found : (answer.text ?? "");
    const isSure = answer.ok && text.trim() && rows()[0]?.message?.do !== "add_found";
    at = isSure ? 0 : -1; // nobody is added by an Enter that meant something else
    if (isEager && at === 0) return choose(sheet, rows()[0]);
    isEager = false;
    sheet.draw();
  };
  sheet.send({ do: "seek", text: asking.slice(0, 300) }, { done, isQuiet: true });
}

/** Go where a row leads, or do what it says. @param {Sheet} sheet @param {Found} row */
function choose(sheet, row) {
  dialogOf(sheet)?.close();
  if (row.href) return void location.assign(row.href);
  if (row.event) return void window.dispatchEvent(new Event(row.event));
  /** @param {Answer} answer */
  const done = (answer) => answer.ok && answer.href && location.assign(answer.href);
  if (row.message) sheet.send(row.message, { done });
}

/** @param {Sheet} sheet @param {number} next */
function mark(sheet, next) {
  at = next;
  sheet.draw();
  sheet.find(id(sheet, at))?.scrollIntoView({ block: "nearest" });
}

/** @param {Sheet} sheet */
export function drawPalette(sheet) {
  const { words } = sheet;
  const all = rows();
  const isAway = window.enishi?.line?.isConnected === false;
  /** @type {Handler<KeyboardEvent>} */
  const onkeydown = (event) => {
    if (event.isComposing) return; // Enter that ends a kana conversion is not for the list
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length)
      mark(sheet, (at + step + (at < 0 && step < 0 ? 1 : 0) + all.length) % all.length);
    else if (event.key === "Enter" && (shown !== text || asked !== null)) isEager = true;
    else if (event.key === "Enter" && all[at]) choose(sheet, all[at]);
    else if (event.key !== "Enter" && !step) return;
    event.preventDefault();
  };
  /** @type {Handler<MouseEvent>} */
  const onclick = (event) => {
    if (event.target.matches("dialog")) dialogOf(sheet)?.close(); // beside what it shows
  };
  return h(
    "dialog",
    { key: "palette", class: "palette", "aria-label": words.find, onclick },
    h(
      "div",
      { class: "inside" },
      h(
        "div",
        { class: "row" },
        h("input", {
          id: id(sheet, "text"),
          key: "text",
          type: "text",
          role: "combobox",
          autocomplete: "off",
          autofocus: true,
          spellcheck: "false",
          enterkeyhint: "go",
          maxlength: 300,
          placeholder: words.find_what,
          "aria-label": words.find_what,
          "aria-autocomplete": "list",
          "aria-expanded": String(all.length > 0),
          "aria-controls": id(sheet, "list"),
          "aria-activedescendant": all[at] ? id(sheet, at) : null,
          oninput: ({ target }) => {
            text = target.value;
            isEager = false;
            ask(sheet);
          },
          onkeydown,
        }),
        sheet.button("×", () => dialogOf(sheet)?.close(), { name: words.close }),
      ),
      h(
        "p",
        { class: "hint", role: "status", key: "found" },
        isAway ? words.find_away : isLate ? words.find_late : found,
      ),
      h(
        "div",
        {
          id: id(sheet, "list"),
          key: "list",
          role: "listbox",
          "aria-label": words.find,
          "aria-busy": String(isAway || isLate),
          hidden: !all.length,
        },
        groups.map((group) => drawGroup(sheet, group)),
      ),
    ),
  );
}

/** @param {Sheet} sheet @param {Group} group */
function drawGroup(sheet, group) {
  const all = rows();
  const title = id(sheet, group.name);
  return h(
    "div",
    { key: group.name, role: "group", "aria-labelledby": title },
    h("div", { class: "title", id: title }, group.title, group.note && h("span", {}, group.note)),
    group.rows.map((row) => {
      const place = all.indexOf(row);
      return h(
        "div",
        {
          key: row.id,
          id: id(sheet, place),
          class: "found",
          role: "option",
          "aria-selected": String(place === at),
          onmousedown: (event) => event.preventDefault(), // the text field stays focused
          onclick: () => choose(sheet, row),
        },
        h("span", {}, row.title),
        row.note && h("small", {}, row.note),
      );
    }),
  );
}
