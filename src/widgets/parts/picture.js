// A picture that Plotly draws once it comes into view, with marks of ours above it: they are links,
// reached by pointer, keyboard and screen reader. The table below says the same.

import { h } from "../base/sheet.js";
import { placeLabels } from "./label_places.js";
import { saveFile } from "../base/download.js";

const STILL = { staticPlot: true, displayModeBar: false, responsive: true };
const WIDTH = 960; // of a saved file, in pixels
const LIFT = 6; // pixels after which a press counts as a drag
const COLOURS = /colou?rs?$/i;
const NAMED = /^var\((--[\w-]+)\)$/;
const PLACES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
/** @type {Promise<any> | null} */
let bundle = null; // the promise of Plotly's script
/** @type {WeakSet<Element>} */
const watched = new WeakSet();

/**
 * @typedef {object} Moves what a mark with a row does when it is dragged or moved by key
 * @property {string} hint
 * @property {(row: string, x: number, y: number, layout: any) => void} drop
 * @property {(row: string, x: number, y: number, layout: any, nearer: number) => void} step
 */

/** A picture by its key; the sheet has the part `PICTURE`, and its state `pictures`.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {Moves | null} moves
 */
export function picture(sheet, key, moves = null) {
  const { all, titles, as_of } = sheet.state.pictures;
  const shown = (sheet.memory.shown ??= {});
  const { drawn, asOf, failed, pointed, at = 0 } = (shown[key] ??= {});
  queueMicrotask(() => watchFor(sheet, key));
  if (drawn && !asOf.startsWith(`${as_of} `)) queueMicrotask(() => askFor(sheet, key));
  const isEmpty = drawn && !drawn.data.length;
  return h(
    "figure",
    { class: "picture", key: `picture-${key}`, "data-picture": key, "aria-label": titles[key] },
    h(
      "figcaption",
      {},
      h("h3", {}, titles[key]),
      h("p", { class: isEmpty ? "empty" : null }, drawn?.sentence),
    ),
    !isEmpty &&
      h(
        "div",
        { class: "drawing", key: "drawing", style: sizeOf(drawn) },
        h("div", { class: "canvas", key: "canvas", "data-foreign": true, "aria-hidden": "true" }),
        drawn && drawMarks(sheet, key, drawn, at, moves),
      ),
    moves && !isEmpty && h("p", { class: "hint", key: "moves" }, moves.hint),
    drawn && !isEmpty && h("p", { class: "pointed hint", "aria-hidden": "true" }, pointed || " "),
    failed && h("p", { class: "trouble", key: "failed" }, all.not_drawn),
    drawn?.act && h("p", {}, h("a", { class: "button", href: drawn.act.href }, drawn.act.words)),
    drawn && !isEmpty && drawTable(sheet, key, drawn),
    drawn &&
      !isEmpty &&
      !failed &&
      plotlyAddress() &&
      h(
        "div",
        { class: "row saving", key: "saving" },
        sheet.button(all.save_png, () => save(sheet, key, "png")),
        sheet.button(all.save_svg, () => save(sheet, key, "svg")),
      ),
  );
}

/** The marks, as links that lie over the drawing; one of them is a stop of the Tab key.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {any} drawn
 * @param {number} at
 * @param {Moves | null} moves
 */
function drawMarks(sheet, key, drawn, at, moves) {
  const { margin, xaxis, yaxis } = drawn.layout;
  const { l, r, t, b } = margin;
  const point = (/** @type {number} */ index) => {
    const { says } = drawn.marks[index] ?? {};
    if (sheet.memory.shown[key].pointed === says) return;
    Object.assign(sheet.memory.shown[key], { pointed: says, at: index });
    sheet.draw();
  };
  /** @type {Handler<KeyboardEvent>} */
  const onkeydown = (event) => {
    const last = drawn.marks.length - 1;
    const mark = drawn.marks[at];
    const nearer = { "+": 1, "-": -1 }[event.key];
    if (moves && mark?.row && nearer)
      return moves.step(mark.row, mark.x, mark.y, drawn.layout, nearer);
    const places = /** @type {Record<string, number>} */ (PLACES);
    const to = { Home: 0, End: last }[event.key] ?? at + (places[event.key] ?? NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    sheet.focus(`${key}-${Math.min(last, Math.max(0, to))}`);
  };
  return h(
    "div",
    {
      class: "marks",
      key: "marks",
      role: "group",
      "aria-label": drawn.sentence,
      style: `inset: ${t}px ${r}px ${b}px ${l}px`,
      onkeydown,
    },
    drawn.marks.map((/** @type {any} */ { x, y, says, href }, /** @type {number} */ index) =>
      h("a", {
        key: `mark-${index}`,
        href,
        tabindex: index === at ? 0 : -1,
        "aria-label": says,
        "data-focus": `${key}-${index}`,
        style: `left: ${part(x, xaxis.range)}%; top: ${100 - part(y, yaxis.range)}%`,
        onpointerenter: () => point(index),
        onfocus: () => point(index),
        ...(moves && drawn.marks[index].row ? dragging(drawn, index, moves) : {}),
      }),
    ),
  );
}

/** Return what lets a mark follow the pointer; where it is left, `drop` is called.
 * @param {any} drawn
 * @param {number} index
 * @param {Moves} moves
 */
function dragging(drawn, index, moves) {
  const mark = drawn.marks[index];
  return {
    draggable: "false",
    onpointerdown: (/** @type {PointerEvent} */ down) => {
      const link = /** @type {HTMLElement} */ (down.currentTarget);
      const room = /** @type {HTMLElement} */ (link.parentElement).getBoundingClientRect();
      let isDragged = false;
      link.setPointerCapture(down.pointerId);
      link.onpointermove = ({ clientX, clientY }) => {
        const [across, along] = [clientX - down.clientX, clientY - down.clientY];
        isDragged ||= Math.hypot(across, along) > LIFT;
        if (isDragged) link.style.transform = `translate(${across}px, ${along}px)`;
        link.classList.toggle("dragged", isDragged);
      };
      link.onpointerup = link.onpointercancel = ({ clientX, clientY, type }) => {
        link.onpointermove = link.onpointerup = link.onpointercancel = null;
        if (!isDragged) return;
        link.addEventListener("click", (event) => event.preventDefault(), { once: true });
        setTimeout(() => (link.style.transform = ""));
        link.classList.remove("dragged");
        if (type === "pointercancel") return;
        const { xaxis, yaxis } = drawn.layout;
        const at = (/** @type {number} */ share, /** @type {number[]} */ [from, to]) =>
          from + share * (to - from);
        const x = at((clientX - room.left) / room.width, xaxis.range);
        const y = at(1 - (clientY - room.top) / room.height, yaxis.range);
        moves.drop(mark.row, x, y, drawn.layout);
      };
    },
  };
}

/** Return the style of a drawing's height, or of the ratio of its sides. @param {any} drawn */
const sizeOf = (drawn) =>
  drawn?.layout.meta?.aspect
    ? `aspect-ratio: ${drawn.layout.meta.aspect}`
    : `height: ${drawn?.layout.height ?? 320}px`;

/** Where a value lies on an axis, in percent. @param {number} value @param {number[]} range */
const part = (value, [from, to]) => (100 * (value - from)) / (to - from);

/** @param {Sheet} sheet @param {string} key @param {any} drawn */
function drawTable(sheet, key, drawn) {
  const cell = (
    /** @type {string} */ tag,
    /** @type {string} */ text,
    /** @type {any} */ props = {},
  ) => h(tag, props, text);
  return sheet.details(
    `table-${key}`,
    sheet.state.pictures.all.table,
    h(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": sheet.state.pictures.all.table },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            drawn.head.map((/** @type {string} */ text) => cell("th", text, { scope: "col" })),
          ),
        ),
        h(
          "tbody",
          {},
          drawn.rows.map(
            (/** @type {string[]} */ [first, ...others], /** @type {number} */ index) =>
              h(
                "tr",
                { key: index },
                cell("th", first, { scope: "row" }),
                others.map((text) => cell("td", text)),
              ),
          ),
        ),
      ),
    ),
  );
}

/** Ask for a picture once it is in view. @param {Sheet} sheet @param {string} key */
function watchFor(sheet, key) {
  const node = sheet.el.querySelector(`[data-picture="${key}"]`);
  if (!node || watched.has(node)) return;
  watched.add(node);
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    askFor(sheet, key);
  });
  observer.observe(node);
}

/** Draw pictures whether they are in view or not; masked, they have initials for names.
 * @param {Sheet} sheet
 * @param {string[]} keys
 * @param {boolean} isMasked
 * @returns {Promise<boolean>} whether all of them are shown as asked
 */
export const drawAll = async (sheet, keys, isMasked) =>
  (await Promise.all(keys.map((key) => askFor(sheet, key, isMasked)))).every(Boolean);

/** Ask for a picture as it is now, and draw it; does nothing while that is under way or done.
 * @param {Sheet} sheet
 * @param {string} key
 * @returns {Promise<boolean>} whether it is shown so
 */
function askFor(sheet, key, isMasked = false) {
  const known = sheet.memory.shown[key];
  const asOf = `${sheet.state.pictures.as_of} ${isMasked}`;
  if (known.asOf === asOf) return known.drawing;
  known.asOf = asOf;
  known.drawing = new Promise((done) => {
    const message = { do: "draw_picture", key, is_masked: isMasked };
    sheet.send(message, {
      done: async (answer) => {
        const isWanted = known.asOf === asOf;
        if (answer.ok && isWanted) {
          known.drawn = answer.picture;
          sheet.draw();
          await drawCanvas(sheet, key);
        } else if (isWanted) known.asOf = asOf.replace(/\w+$/, "failed"); // may be asked again
        done(answer.ok && isWanted);
      },
    });
  });
  return known.drawing;
}

/** Let Plotly draw what is known of a picture, in the page's own colours.
 * @param {Sheet} sheet
 * @param {string} key
 */
async function drawCanvas(sheet, key) {
  const known = sheet.memory.shown[key];
  const { data, layout } = known.drawn;
  if (!data.length || !plotlyAddress()) return;
  try {
    const plotly = await bringPlotly();
    const canvas = sheet.el.querySelector(`[data-picture="${key}"] .canvas`);
    if (!canvas) return;
    const { width, height } = canvas.getBoundingClientRect();
    const labelled = withLabels(sheet, known.drawn, { width, height });
    await plotly.react(canvas, inColour(sheet, data), inColour(sheet, labelled), STILL);
    known.failed = false;
  } catch {
    known.failed = true;
  }
  sheet.draw();
}

/** Return the layout with its texts fitted to this size, and the names of the marks where there
 *  is room for them.
 * @param {Sheet} sheet
 * @param {any} drawn
 * @param {{width: number, height: number}} size
 */
function withLabels(sheet, { layout, marks }, size) {
  const { margin, xaxis, yaxis, font } = layout;
  const room = {
    width: size.width - margin.l - margin.r,
    height: size.height - margin.t - margin.b,
  };
  /** @type {(mark: any) => {x: number, y: number}} */
  const place = ({ x, y }) => ({
    x: (part(x, xaxis.range) / 100) * room.width,
    y: (1 - part(y, yaxis.range) / 100) * room.height,
  });
  const measure = measureIn(sheet, font.size);
  const texts = (layout.annotations ?? []).map((/** @type {any} */ text) =>
    text.name === "fit" ? fitTo(text, room.width - place(text).x, measure) : text,
  );
  const labelled = marks.map((/** @type {any} */ mark) => ({ ...place(mark), label: mark.label }));
  const boxes = texts.map((/** @type {any} */ text) => ({
    ...place(text),
    width: measure(unescaped(text.text)),
  }));
  const names = placeLabels(labelled, boxes, measure, room).flatMap((at, index) =>
    at
      ? {
          text: escaped(labelled[index].label),
          x: at.x / room.width,
          y: 1 - at.y / room.height,
          ...{ xref: "paper", yref: "paper", xanchor: "center", yanchor: "middle" },
          ...{ showarrow: false, font: { color: "var(--ink)" } },
        }
      : [],
  );
  return { ...layout, annotations: [...texts, ...names] };
}

/** Return what measures the width of a text in the sheet's type.
 * @param {Sheet} sheet
 * @param {number} size
 * @returns {(text: string) => number}
 */
function measureIn(sheet, size) {
  const pen = /** @type {CanvasRenderingContext2D} */ (
    document.createElement("canvas").getContext("2d")
  );
  pen.font = `${size}px ${getComputedStyle(sheet.el).getPropertyValue("--gothic")}`;
  return (text) => pen.measureText(text).width;
}

/** Cut a text of Plotly to a width.
 * @param {any} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
function fitTo(text, width, measure) {
  const letters = [...unescaped(text.text)];
  let most = letters.length;
  while (most && measure(letters.slice(0, most).join("") + "…") > width) most -= 1;
  if (measure(letters.join("")) <= width) most = letters.length;
  const end = most < letters.length ? "…" : "";
  return { ...text, text: escaped(letters.slice(0, most).join("") + end) };
}

/** Plotly reads some tags and entities as markup. @param {string} text */
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
/** @param {string} text */
const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&amp;", "&");

/** Return a part of a figure with the sheet's colours and type.
 * @param {Sheet} sheet
 * @param {any} figure
 */
function inColour(sheet, figure) {
  const style = getComputedStyle(sheet.el);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  /** @type {(part: any, key?: string) => any} */
  const fill = (each, key = "") => {
    if (Array.isArray(each)) return each.map((item) => fill(item, key));
    if (each && typeof each === "object")
      return Object.fromEntries(
        Object.entries(each).map(([name, item]) => [name, fill(item, name)]),
      );
    const name = COLOURS.test(key) && NAMED.exec(String(each));
    return name ? value(name[1]) : each;
  };
  const filled = fill(figure);
  if (filled.font)
    filled.font = { color: value("--ink"), ...filled.font, family: value("--gothic") };
  return filled;
}

/** Save a picture as a file, with the paper behind it.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {"png" | "svg"} format
 */
async function save(sheet, key, format) {
  const { drawn } = sheet.memory.shown[key];
  const { data, layout } = drawn;
  const plotly = await bringPlotly();
  const paper = getComputedStyle(sheet.el).getPropertyValue("--sheet").trim();
  const height = layout.height ?? WIDTH / layout.meta.aspect;
  const labelled = withLabels(sheet, drawn, { width: WIDTH, height });
  const sized = { ...inColour(sheet, labelled), paper_bgcolor: paper, width: WIDTH, height };
  const size = { format, width: WIDTH, height, scale: format === "png" ? 2 : 1 };
  const address = await plotly.toImage({ data: inColour(sheet, data), layout: sized }, size);
  const type = { png: "image/png", svg: "image/svg+xml" }[format];
  saveFile(`${key}.${format}`, [bytesOf(address)], type);
}

/** Return the content of a `data:` address. @param {string} address */
function bytesOf(address) {
  const [head, ...rest] = address.split(",");
  const body = rest.join(",");
  if (!head.endsWith(";base64")) return new TextEncoder().encode(decodeURIComponent(body));
  return Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
}

/** Return the address of plotly.js on our server; null in JupyterLab, which shows the tables. */
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
  bundle ??= new Promise((done, fail) => {
    const onerror = () => {
      bundle = null;
      fail(new Error("plotly.js did not come"));
    };
    const script = document.createElement("script");
    document.head.append(
      Object.assign(script, { src: plotlyAddress(), onload: () => done(window.Plotly), onerror }),
    );
  });
  return bundle;
}

/** Draw again when the page turns light or dark, and in the colours of paper for the printer.
 * @param {Sheet} sheet
 */
export function followLook(sheet) {
  for (const look of ["(prefers-color-scheme: dark)", "print"])
    matchMedia(look).addEventListener("change", () => {
      for (const [key, { drawn }] of Object.entries(sheet.memory.shown ?? {}))
        if (drawn) drawCanvas(sheet, key);
    });
}
