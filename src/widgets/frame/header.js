// The header of a page: workbooks, the thread of the goal, the sheets of this page, language, undo.

import { defineSheet, format, h, namedByAddress, rememberWhere } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const title = state.pages.find((page) => page.name === state.page)?.title;
  if (document.documentElement.classList.contains("enishi-app")) {
    document.documentElement.lang = state.language;
    document.title = `${title} – ${words.app}`;
  }
  return h(
    "header",
    { class: "enishi head", lang: state.language },
    h(
      "div",
      { class: "bar" },
      h("h1", { class: "name" }, words.app, h("span", { class: "unseen" }, ` – ${title}`)),
      h(
        "div",
        { class: "tools" },
        state.undo != null &&
          sheet.button(words.undo, () => sheet.send({ do: "undo" }), { disabled: !state.undo }),
        state.redo && sheet.button(words.redo, () => sheet.send({ do: "redo" })),
        h(
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
        ),
      ),
    ),
    h(
      "nav",
      { class: "pages", "aria-label": words.pages },
      h(
        "ol",
        {},
        state.pages.map(({ name, title }, index) =>
          h(
            "li",
            { key: name },
            h(
              "a",
              { href: `${name}.ipynb`, "aria-current": name === state.page ? "page" : null },
              h("span", { class: "count", "aria-hidden": "true" }, String(index + 1)),
              title,
            ),
          ),
        ),
      ),
    ),
    state.trouble &&
      h(
        "div",
        { class: "trouble", role: "alert" },
        h("h2", {}, words.trouble),
        h("p", {}, state.trouble),
      ),
    state.thread && drawThread(state.thread, words),
    drawSteps(sheet),
    sheet.status.draw(),
  );
}

/** The thread of the goal in one line: each link in the person's own words, and the first
 *  one that is missing as a way to add it.
 * @param {{name: string, title: string, text: string, on: string, href: string}[]} thread
 * @param {Words} words
 */
function drawThread(thread, words) {
  return h(
    "nav",
    { class: "thread", "aria-label": words.thread },
    h(
      "ol",
      {},
      thread.map((link) =>
        h(
          "li",
          { key: link.name, class: link.text ? link.name : "add" },
          h("a", { href: link.href, title: link.text || null }, drawLink(link, words)),
        ),
      ),
    ),
  );
}

/** @param {{title: string, text: string, on: string}} link @param {Words} words */
function drawLink(link, words) {
  if (!link.text) return h("span", {}, format(words.link_add, link));
  const said = link.on ? format(words.link_on, link) : link.text;
  return [h("span", { class: "unseen" }, `${link.title}: `), h("span", { class: "said" }, said)];
}

/** @param {Sheet} sheet */
function drawSteps(sheet) {
  const { state, words } = sheet;
  const here = whereNow(state);
  return h(
    "nav",
    { class: "steps", "aria-label": words.steps },
    h(
      "ol",
      {},
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

/** Return the sheet the address names, else the first. */
function whereNow(state) {
  const names = state.steps.map((step) => step.name);
  const asked = namedByAddress().screen;
  return names.includes(asked) ? asked : names[0];
}

/** "You are here" follows the address; from the second sheet on it is stored for the next visit.
 * @param {Sheet} sheet
 */
function mounted(sheet) {
  const arrive = () => {
    const { state } = sheet;
    const inApp = document.documentElement.classList.contains("enishi-app");
    if (inApp && state.page !== state.pages[0].name) rememberWhere(state.page, whereNow(state));
  };
  window.addEventListener("hashchange", () => {
    arrive();
    sheet.draw();
    bringHere(sheet);
  });
  arrive();
  bringHere(sheet);
}

/** On a narrow display the sheets form one row that scrolls sideways: scroll to the current one.
 * @param {Sheet} sheet
 */
function bringHere(sheet) {
  const row = sheet.el.querySelector(".steps ol");
  /** @type {HTMLElement | null | undefined} */
  const here = row?.querySelector("[aria-current]");
  if (row && here) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}

export default defineSheet({ draw, mounted });
