// What Plotly draws of a picture: loaded once a page, in the page's own colours, with its texts
// where they have room.

import { boxesOf, firstFree, formsOf, putNumber, placeLabels, sizeOfText } from "./label_places.js";
import { saveFile } from "../base/download.js";

const STILL = { staticPlot: true, displayModeBar: false };
const WIDTH = 960; // of a saved file, in pixels
const LIST_LINE = 1.3; // height of a line of its list, by the size of its type
const COLOURS = /colou?rs?$/i;
const NAMED = /^var\((--[\w-]+)\)$/;
const TURNS = [0, 180, 15, -15, 30, -30, 50, -50, 70, -70, 90, -90, 115, -115, 140, -140];
const SHIFTS = [0, 1, -1, 2, -2, 3, -3]; // by half a line
/** @type {Promise<any> | null} */
let bundle = null; // the promise of Plotly's script

/** Where a value lies on an axis, in percent. @param {number} value @param {number[]} range */
export const percent = (value, [from, to]) => (100 * (value - from)) / (to - from);

/** Let Plotly draw a picture; throws where it does not come.
 * @param {Sheet} sheet
 * @param {any} drawn
 * @param {Element} canvas
 * @returns {Promise<string[]>} the names that stand as numbers
 */
export async function drawOn(sheet, drawn, canvas) {
  const plotly = await bringPlotly();
  const { width, height } = canvas.getBoundingClientRect();
  const { layout, numbered } = withTexts(sheet, drawn, { width, height });
  const sized = { ...inColour(sheet, layout), width, height };
  await plotly.react(canvas, inColour(sheet, drawn.data), sized, STILL);
  return numbered;
}

/** Return the layout with its texts, and the names of the marks, where this size has room for them;
 *  names that have none, and those of rings, are numbered.
 * @param {Sheet} sheet
 * @param {any} drawn
 * @param {{width: number, height: number}} size
 */
function withTexts(sheet, { data, layout, marks }, size) {
  const { margin, xaxis, yaxis, font } = layout;
  const room = {
    width: size.width - margin.l - margin.r,
    height: size.height - margin.t - margin.b,
  };
  /** @type {(at: any) => {x: number, y: number}} */
  const place = ({ x, y }) => ({
    x: (percent(x, xaxis.range) / 100) * room.width,
    y: (1 - percent(y, yaxis.range) / 100) * room.height,
  });
  const measure = measureIn(sheet);
  const labelled = marks.map((/** @type {any} */ mark) => ({ ...place(mark), label: mark.label }));
  const taken = boxesOf(
    data.flatMap((/** @type {any} */ { x, y, marker }) =>
      marker
        ? x.map((/** @type {any} */ _, /** @type {number} */ at) => ({
            ...place({ x: x[at], y: y[at] }),
            size: marker.size,
          }))
        : [],
    ),
  );
  /** @type {string[]} */
  const numbered = [];
  const middle = place({ x: 0, y: 0 });
  /** @type {any[]} */
  const annotations = [];
  const add = (/** @type {any} */ at, /** @type {any} */ look) =>
    at &&
    annotations.push({
      text: at.lines.map(escaped).join("<br>"),
      x: at.x / room.width,
      y: 1 - at.y / room.height,
      ...{ xref: "paper", yref: "paper", xanchor: "center", yanchor: "middle" },
      ...{ showarrow: false, ...look, font: { ...look.font, size: at.size } },
    });
  for (const text of layout.annotations ?? []) {
    if (text.name === "inside") {
      annotations.push(text); // of a mark
      continue;
    }
    const size = text.font?.size ?? font.size;
    const words = unescaped(text.text);
    const at = place(text);
    const forms =
      text.name === "fit"
        ? [{ lines: [fitTo(words, room.width - at.x, (part) => measure(part, size))], size }]
        : [{ lines: [words], size }, ...formsOf(words).slice(1)];
    const look = { bgcolor: text.bgcolor, font: text.font };
    let found = null;
    for (const isMoved of [false, true])
      for (const form of forms) {
        const size = sizeOfText(form, measure);
        const middles = middlesOf({ ...text, isMoved }, at, middle, size, room);
        found ??= firstFree(middles, form, measure, { taken, room });
      }
    if (!found && text.name === "around") {
      const middles = (/** @type {any} */ size) => middlesOf(text, at, middle, size, room);
      found = putNumber(words, middles, measure, { taken, room, numbered }); // on some, if need be
    }
    add(found, look);
  }
  const places = placeLabels(labelled, taken, measure, room, numbered);
  for (const at of places) add(at, { bgcolor: "var(--sheet)", font: { color: "var(--ink)" } });
  return { layout: { ...layout, annotations }, numbered };
}

/** Yield where the middle of a text may be: `around` the centre, for the name of a ring; `outside`,
 *  for what belongs to one direction; else at its place, moved into the room, or a little up or
 *  down.
 * @param {any} text
 * @param {{x: number, y: number}} at
 * @param {{x: number, y: number}} centre
 * @param {{width: number, height: number}} size
 * @param {{width: number, height: number}} room
 */
function* middlesOf(text, at, centre, size, room) {
  const reach = { x: at.x - centre.x, y: at.y - centre.y };
  const turned = (/** @type {number} */ degrees, /** @type {number} */ times) => {
    const [cos, sin] = [Math.cos, Math.sin].map((part) => times * part((degrees * Math.PI) / 180));
    return {
      x: centre.x + reach.x * cos - reach.y * sin,
      y: centre.y + reach.x * sin + reach.y * cos,
    };
  };
  const within = (
    /** @type {number} */ value,
    /** @type {number} */ half,
    /** @type {number} */ all,
  ) => Math.min(Math.max(value, half), all - half);
  const inside = (/** @type {{x: number, y: number}} */ middle) => ({
    x: within(middle.x, size.width / 2, room.width),
    y: within(middle.y, size.height / 2, room.height),
  });
  if (text.name === "around") for (const turn of TURNS) yield turned(turn, 1);
  else if (text.name === "outside") {
    for (const turn of TURNS.filter((degrees) => Math.abs(degrees) <= 50))
      for (const times of [1, 1.1, 1.2, 1.3]) yield inside(turned(turn, times));
  } else {
    const aside = { left: 0.5, right: -0.5 }[/** @type {string} */ (text.xanchor)] ?? 0;
    const x = at.x + aside * size.width;
    const isBeyond = Math.abs(inside({ x, y: at.y }).x - x) > 1;
    if (aside && isBeyond && !text.isMoved) return; // in two lines it may stay beside its mark
    for (const shift of SHIFTS)
      yield inside({ x, y: at.y - (text.yshift ?? 0) + (shift * size.height) / 2 });
  }
}

/** Return what measures the width of a text in the sheet's type.
 * @param {Sheet} sheet
 * @returns {(text: string, size: number) => number}
 */
export function measureIn(sheet) {
  const pen = /** @type {CanvasRenderingContext2D} */ (
    document.createElement("canvas").getContext("2d")
  );
  const family = getComputedStyle(sheet.el).getPropertyValue("--gothic");
  let now = 0;
  return (text, size) => {
    if (size !== now) pen.font = `${size}px ${family}`; // takes longer than to measure
    now = size;
    return pen.measureText(text).width;
  };
}

/** Cut a text to a width.
 * @param {string} text
 * @param {number} width
 * @param {(text: string) => number} measure
 */
function fitTo(text, width, measure) {
  const letters = [...text];
  if (measure(text) + 4 <= width) return text;
  let most = letters.length;
  while (most && measure(letters.slice(0, most).join("") + "…") + 4 > width) most -= 1;
  return letters.slice(0, most).join("") + "…";
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
 * @param {any} drawn
 * @param {"png" | "svg"} format
 */
export async function savePicture(sheet, key, drawn, format) {
  const { data, layout } = drawn;
  const plotly = await bringPlotly();
  const paper = getComputedStyle(sheet.el).getPropertyValue("--sheet").trim();
  const height = layout.height ?? WIDTH / layout.meta.aspect;
  const placed = withTexts(sheet, drawn, { width: WIDTH, height });
  const { texts, more } = withList(sheet, placed.layout, placed.numbered);
  const file = { width: WIDTH, height: height + more };
  const sized = { ...inColour(sheet, texts), paper_bgcolor: paper, ...file };
  const size = { format, ...file, scale: format === "png" ? 2 : 1 };
  const address = await plotly.toImage({ data: inColour(sheet, data), layout: sized }, size);
  const type = { png: "image/png", svg: "image/svg+xml" }[format];
  saveFile(`${key}.${format}`, [bytesOf(address)], type);
}

/** Return the layout of a saved file with the numbered texts below it, and how much higher it is.
 * @param {Sheet} sheet
 * @param {any} layout
 * @param {string[]} numbered
 */
function withList(sheet, layout, numbered) {
  const { margin, font, annotations } = layout;
  const measure = measureIn(sheet);
  const lines = [""];
  for (const [index, text] of numbered.entries()) {
    const longer = `${lines.at(-1)}${lines.at(-1) && " · "}${index + 1} ${text}`;
    if (measure(longer, font.size) <= WIDTH - margin.l - margin.r) lines[lines.length - 1] = longer;
    else lines.push(`${index + 1} ${text}`);
  }
  const more = numbered.length && font.size * (LIST_LINE * lines.length + 1);
  const list = {
    text: lines.map(escaped).join("<br>"),
    ...{ x: 0, y: 0, xref: "paper", yref: "paper", xanchor: "left", yanchor: "top" },
    ...{ align: "left", yshift: -margin.b, showarrow: false },
  };
  const texts = {
    ...layout,
    margin: { ...margin, b: margin.b + more },
    annotations: more ? [...annotations, list] : annotations,
  };
  return { texts, more };
}

/** Return the content of a `data:` address. @param {string} address */
function bytesOf(address) {
  const [head, ...rest] = address.split(",");
  const body = rest.join(",");
  if (!head.endsWith(";base64")) return new TextEncoder().encode(decodeURIComponent(body));
  return Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
}

/** Return the address of plotly.js on our server; null in JupyterLab, which shows the tables. */
export function plotlyAddress() {
  try {
    const config = document.getElementById("jupyter-config-data");
    return JSON.parse(config?.textContent ?? "").plotlyUrl;
  } catch {
    return null;
  }
}

/** Load plotly.js, once per page; after a failure, the next call tries again. */
export function bringPlotly() {
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
