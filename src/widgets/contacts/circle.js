// My circle: who stands where, and one act each; folded, who knows whom as a picture.

import { explanation } from "../parts/explanation.js";
import { personPicker } from "../parts/person_picker.js";
import { defineSheet, h } from "../base/sheet.js";

const RINGS = { open: "◌", closed: "◉" }; // one answer, both; the words beside it say the same
const SIDE = 400,
  RING = 162,
  DOT = 9; // in the picture's own units

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { marks } = state.picture;
  const knowing = [
    marks.length < 3 ? h("p", { class: "hint", key: "few" }, words.few) : drawPicture(sheet),
    marks.length >= 3 && drawExplored(sheet),
    state.notes.length > 0 &&
      h(
        "section",
        { key: "notes" },
        h("h3", { tabindex: -1, "data-focus": "notes" }, words.notes),
        h(
          "ul",
          { class: "cards" },
          state.notes.map((note, at) => drawNote(sheet, note, `n${at}`)),
        ),
      ),
  ];
  return [
    drawRows(sheet),
    state.seats && h("p", { class: "hint", key: "seats" }, state.seats),
    drawPlace(sheet),
    state.pairs.length > 0 &&
      h(
        "section",
        { key: "pairs" },
        h("h3", { tabindex: -1 }, words.pairs),
        h("p", { class: "hint" }, words.pairs_hint),
        h(
          "ul",
          { class: "cards" },
          state.pairs.map((pair, at) => drawNote(sheet, pair, `p${at}`)),
        ),
      ),
    state.worlds.length > 0 && drawWorlds(sheet),
    sheet.details("knowing", words.knowing, knowing),
    state.dormant && sheet.details("dormant", words.dormant, drawDormant(sheet)),
  ];
}

/** The four rows, the nearest first; a person opens to be placed otherwise or drawn nearer.
 * @param {Sheet} sheet
 */
function drawRows(sheet) {
  return h(
    "dl",
    { class: "rings", key: "rings" },
    sheet.state.rows.map(({ closeness, label, people }) => [
      h("dt", { key: `t-${closeness}` }, label),
      h(
        "dd",
        { key: `d-${closeness}` },
        people.map((person) => drawStanding(sheet, person)),
      ),
    ]),
  );
}

/** @param {Sheet} sheet */
function drawStanding(sheet, person) {
  const { words } = sheet;
  const { id, name, closeness_word, step, ring } = person;
  return sheet.details(
    `at-${id}`,
    [
      ring && h("span", { class: "ring", "aria-hidden": "true" }, RINGS[ring]),
      name,
      closeness_word && h("small", {}, sheet.say("own_word", { word: closeness_word })),
      ring && h("small", {}, words.rings[ring]),
    ],
    drawCloseness(sheet, person),
    sheet.fields("contact", person).text("closeness_word"),
    step ? h("p", {}, sheet.say("step_waits", { words: step })) : drawNearer(sheet, person),
    h("p", {}, h("a", { href: person.card }, sheet.say("see", { name }))),
  );
}

/** @param {Sheet} sheet */
const drawCloseness = (sheet, person) =>
  sheet.fields("contact", person).choose("closeness", sheet.state.closeness, {
    label: sheet.say("where", { name: person.name }),
  });

/** What the person would like to do to draw somebody nearer, in their own words.
 * @param {Sheet} sheet
 */
function drawNearer(sheet, { id, name }) {
  const { words, memory } = sheet;
  const row = (memory[`nearer-${id}`] ??= { id: `nearer-${id}`, draft: true, words: "", on: "" });
  const fields = sheet.fields("step", row);
  return h(
    "form",
    {
      key: `nearer-${id}`,
      onsubmit: (event) => {
        event.preventDefault();
        if (!row.words.trim()) return sheet.focus(`nearer-${id}`);
        const done = (answer) => {
          if (answer.ok) delete memory[`nearer-${id}`];
        };
        sheet.send({ do: "draw_nearer", id, words: row.words.trim(), on: row.on }, { done });
      },
    },
    fields.text("words", {
      label: sheet.say("nearer", { name }),
      placeholder: words.nearer_example,
      focus: `nearer-${id}`,
    }),
    h(
      "div",
      { class: "row" },
      fields.dateField("on", { label: words.nearer_on }),
      h("button", { type: "submit" }, words.nearer_add),
    ),
  );
}

/** The worlds of those near; one may be picked to look into. @param {Sheet} sheet */
function drawWorlds(sheet) {
  const { state, words } = sheet;
  const none = state.goal.curious ? [["", words.curious_none]] : [];
  return sheet.details(
    "worlds",
    words.worlds,
    sheet.fields("goal", state.goal).choose("curious", [...state.worlds, ...none], {
      hint: words.curious_hint,
    }),
  );
}

/** Those of whom it is not said yet, and one more. @param {Sheet} sheet */
function drawPlace(sheet) {
  const { state, words } = sheet;
  return h(
    "section",
    { key: "place" },
    state.unplaced.map((person) =>
      h(
        "div",
        { class: "card", key: person.id, tabindex: -1, "data-focus": `place-${person.id}` },
        drawCloseness(sheet, person),
      ),
    ),
    personPicker(sheet.fields("contact", { id: "one" }), "placed", {
      label: words.place_one,
      fresh: true,
      focus: "circle.who",
      onpick: (person) => person && sheet.send({ do: "think_of", id: person.id }),
    }),
  );
}

/** @param {Sheet} sheet */
const show = (sheet, id) =>
  sheet.send(
    { do: "visit", id },
    {
      done: (answer) => {
        if (answer.ok) location.hash = "people";
      },
    },
  );

/** One sentence and one act. @param {Sheet} sheet */
function drawNote(sheet, note, key) {
  const { does } = note;
  const focus = () => sheet.focusQuestion();
  const act = does.href
    ? h("a", { class: "button", href: does.href }, does.label)
    : does.take
      ? sheet.button(does.label, () => sheet.send({ do: "take", key: does.take }, { done: focus }))
      : sheet.button(does.label, () => show(sheet, does.open));
  return h(
    "li",
    { class: "card", key },
    h("p", {}, note.why),
    h("p", {}, act),
    explanation(sheet, key, note),
  );
}

/** The person in the middle, the nearest contacts around, lines between acquaintances.
 * @param {Sheet} sheet
 */
function drawPicture(sheet) {
  const { state, words } = sheet;
  const { marks, lines } = state.picture;
  const at = new Map(
    marks.map(({ id, x, y }) => [
      id,
      [SIDE / 2 + (x - 0.5) * 2 * RING, SIDE / 2 + (y - 0.5) * 2 * RING],
    ]),
  );
  const press = (id) => (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      show(sheet, id);
    }
  };
  const line = (a, b, kind, key) =>
    h("line", { key, class: kind, x1: a[0], y1: a[1], x2: b[0], y2: b[1] });
  const me = [SIDE / 2, SIDE / 2];
  const said = words.picture;
  return h(
    "figure",
    { class: "net", key: "net" },
    h(
      "svg",
      { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "group", "aria-label": said },
      marks.map(({ id }) => line(me, at.get(id), "mine", `m-${id}`)),
      lines.map(({ a, b, close }) =>
        line(at.get(a), at.get(b), close ? "close" : "acquainted", `${a}-${b}`),
      ),
      h("circle", { class: "me", cx: me[0], cy: me[1], r: DOT + 2 }),
      h("text", { class: "me", x: me[0], y: me[1] + 26 }, words.me),
      marks.map(({ id, name, label }) => {
        const [x, y] = at.get(id);
        return h(
          "g",
          {
            key: id,
            class: "mark",
            role: "button",
            tabindex: 0,
            "aria-label": sheet.say("see", { name }),
            onclick: () => show(sheet, id),
            onkeydown: press(id),
          },
          h("title", {}, name),
          h("rect", { x: x - 30, y: y - 22, width: 60, height: 48, rx: 6 }),
          h("circle", { cx: x, cy: y, r: DOT }),
          h("text", { x, y: y + 24 }, label),
        );
      }),
    ),
    h(
      "figcaption",
      {},
      said,
      h(
        "span",
        { class: "key", "aria-hidden": "true" },
        h("span", {}, words.key_close),
        h("span", {}, words.key_acquainted),
      ),
    ),
    sheet.details(
      "table",
      words.table,
      h(
        "div",
        { class: "wide" },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", { scope: "col" }, words.column_name),
              h("th", { scope: "col" }, words.column_knows),
            ),
          ),
          h(
            "tbody",
            {},
            marks.map(({ id, name, knows }) =>
              h(
                "tr",
                { key: id },
                h(
                  "th",
                  { scope: "row" },
                  sheet.button(name, () => show(sheet, id), { name: sheet.say("see", { name }) }),
                ),
                h("td", {}, knows || words.knows_none),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

// -- the same picture, to zoom and pan: Plotly is loaded on request -------------------------------

const CALM = { displayModeBar: false, responsive: true, showTips: false, doubleClick: "reset" };
/** @type {Promise<any> | null} */
let plotly = null; // the promise of its script

/** Return the address of plotly.js on our server; null in JupyterLab, which shows no button. */
function plotlyAddress() {
  try {
    const config = document.getElementById("jupyter-config-data");
    return JSON.parse(config?.textContent ?? "").plotlyUrl;
  } catch {
    return null;
  }
}

/** Load plotly.js, once per page; after a failure, the next call tries again. */
function bringPlotly() {
  plotly ??= new Promise((done, fail) => {
    const onerror = () => {
      plotly = null;
      fail(new Error("plotly.js did not come"));
    };
    document.head.append(
      Object.assign(document.createElement("script"), {
        src: plotlyAddress(),
        onload: () => done(window.Plotly),
        onerror,
      }),
    );
  });
  return plotly;
}

/** The button, and below it the figure while it is open. @param {Sheet} sheet */
function drawExplored(sheet) {
  const { state, words, memory } = sheet;
  if (!plotlyAddress()) return null;
  const isOutdated = memory.explored && memory.explored.of !== JSON.stringify(state.picture);
  if (isOutdated) putAway(sheet);
  const open = Boolean(memory.explored);
  return h(
    "div",
    { class: "exploring", key: "exploring" },
    h(
      "div",
      { class: "row" },
      h(
        "button",
        {
          type: "button",
          key: "explore",
          "aria-expanded": String(open),
          onclick: () => (memory.explored ? putAway(sheet) : explore(sheet), sheet.draw()),
        },
        words.explore,
      ),
      open && sheet.button(words.larger, () => enlarge(sheet)),
      open && sheet.button(words.whole, () => showWhole(sheet)),
    ),
    open && h("p", { class: "hint", key: "explored-hint" }, words.explored_hint),
    open &&
      h("div", {
        class: "explored",
        key: "explored",
        role: "img",
        "aria-label": words.explored,
        "data-foreign": true,
      }),
  );
}

/** @param {Sheet} sheet */
const drawing = (sheet) => /** @type {any} */ (sheet.el.querySelector(".explored"));

/** Request the figure, and load the script that draws it. @param {Sheet} sheet */
function explore(sheet) {
  const asked = (sheet.memory.explored = {
    passing: true,
    of: JSON.stringify(sheet.state.picture),
    figure: null,
  });
  const failed = (text) => {
    putAway(sheet);
    sheet.setStatus(text, true);
    sheet.draw();
  };
  sheet.send(
    { do: "explore" },
    {
      done: async (answer) => {
        if (!answer.ok) return failed(answer.text);
        try {
          await bringPlotly();
        } catch {
          return failed(sheet.words.not_explored);
        }
        if (sheet.memory.explored !== asked || !drawing(sheet)) return; // closed meanwhile
        asked.figure = answer.figure;
        await showWhole(sheet);
        drawing(sheet).on("plotly_click", ({ points: [{ customdata }] }) => {
          if (customdata) show(sheet, customdata);
        });
      },
    },
  );
}

/** @param {Sheet} sheet */
function putAway(sheet) {
  const node = drawing(sheet);
  if (node && sheet.memory.explored?.figure) window.Plotly.purge(node);
  sheet.memory.explored = null;
}

/** Draw the figure in the page's own colours; on touch devices, dragging still scrolls the page.
 * @param {Sheet} sheet
 */
function showWhole(sheet) {
  const { figure } = sheet.memory.explored;
  if (!figure) return null; // not loaded yet
  const style = getComputedStyle(sheet.el),
    ink = (name) => style.getPropertyValue(`--${name}`).trim();
  const lines = { mine: "line", acquainted: "edge", close: "thread" };
  const data = figure.data.map((trace) => {
    if (trace.mode === "lines")
      return { ...trace, line: { ...trace.line, color: ink(lines[trace.name]) } };
    const [inside, around] = trace.name === "me" ? ["thread", "thread"] : ["sheet", "ink"];
    return {
      ...trace,
      textfont: { color: ink(around) },
      marker: {
        ...trace.marker,
        color: ink(inside),
        line: { ...trace.marker.line, color: ink(around) },
      },
    };
  });
  const { layout } = structuredClone(figure);
  Object.assign(layout.font, { family: ink("gothic"), color: ink("ink") });
  Object.assign(layout.hoverlabel, { bgcolor: ink("sheet"), bordercolor: ink("edge") });
  Object.assign(layout.hoverlabel.font, { family: ink("gothic"), color: ink("ink") });
  if (matchMedia("(pointer: coarse)").matches) layout.dragmode = false;
  return window.Plotly.react(drawing(sheet), data, layout, CALM);
}

/** Enlarge the middle by half; then the figure can be dragged, also by touch.
 * @param {Sheet} sheet
 */
function enlarge(sheet) {
  if (!sheet.memory.explored.figure) return;
  const node = drawing(sheet);
  const nearer = ([from, to]) => [from + (to - from) / 6, to - (to - from) / 6];
  window.Plotly.relayout(node, {
    "xaxis.range": nearer(node.layout.xaxis.range),
    "yaxis.range": nearer(node.layout.yaxis.range),
    dragmode: "pan",
  });
}

/** Redraw when the page turns light or dark. @param {Sheet} sheet */
function mounted(sheet) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (sheet.memory.explored) showWhole(sheet);
  });
}

/** A dormant tie, with the reason to prefer it to the one who comes to mind first.
 * @param {Sheet} sheet
 */
function drawDormant(sheet) {
  const { state, words } = sheet;
  const { dormant } = state;
  const row = { id: "favourite", who: dormant.chosen || null };
  return h(
    "section",
    { key: "dormant" },
    h("p", {}, words.dormant_lead),
    personPicker(sheet.fields("contact", row), "who", {
      label: words.favourite,
      welcomed: true,
      onpick: (person) => {
        row.who = person?.id ?? null;
        sheet.send({ do: "favour", id: person?.id ?? "" });
      },
    }),
    dormant.awake && h("p", { class: "hint", key: "awake" }, words.awake),
    h("ul", { class: "cards" }, drawNote(sheet, dormant, "dormant")),
    h("p", { class: "hint" }, dormant.act),
  );
}

export default defineSheet({ draw, mounted });
