// A picture that Plotly draws once it comes into view, with marks of ours above it: they are links,
// reached by pointer, keyboard and screen reader. The table below says the same.

import { Marks } from "./picture_marks.js";
import { bringPlotly, drawOn, plotlyAddress, savePicture } from "./picture_canvas.js";
import { h, patch } from "../base/sheet.js";

/** @type {WeakSet<Element>} */
const watched = new WeakSet();

/** A picture by its key; the sheet has the part `PICTURE`, and its state `pictures`.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {import("./picture_marks.js").Moves | null} moves
 */
export function picture(sheet, key, moves = null) {
  const { all, titles, as_of } = sheet.state.pictures;
  const known = (((sheet.memory.shown ??= {})[key] ??= { numbered: [], isUnderway: true }).marks ??=
    new Marks(sheet, key));
  const { drawn, asOf, failed, numbered, isUnderway } = sheet.memory.shown[key];
  known.moves = moves;
  queueMicrotask(() => watchFor(sheet, key));
  if (drawn && !asOf.startsWith(`${as_of} `)) queueMicrotask(() => askFor(sheet, key));
  const isEmpty = drawn && !drawn.data.length;
  const marks = drawn?.marks ?? [];
  const isChosen = marks.some((/** @type {any} */ mark) => mark.choice);
  const isSought = marks.some((/** @type {any} */ mark) => mark.sought);
  return h(
    "figure",
    {
      class: isUnderway ? "picture underway" : "picture",
      key: `picture-${key}`,
      "data-picture": key,
      "aria-label": titles[key],
    },
    h(
      "figcaption",
      {},
      h("h3", {}, titles[key]),
      h("p", { class: isEmpty ? "empty" : null }, drawn?.sentence),
    ),
    isSought && drawFinder(sheet, key, known),
    !isEmpty &&
      h(
        "div",
        { class: "drawing", key: "drawing", style: sizeOf(drawn) },
        h("div", { class: "under", key: "under", "data-foreign": true }),
        h("div", { class: "canvas", key: "canvas", "data-foreign": true, "aria-hidden": "true" }),
        h("div", { class: "over", key: "over", "data-foreign": true }),
      ),
    numbered.length > 0 &&
      h(
        "ol",
        { class: "numbered", key: "numbered" },
        numbered.map((/** @type {string} */ name, /** @type {number} */ index) =>
          h("li", { key: index }, h("b", {}, index + 1), ` ${name}`),
        ),
      ),
    moves && !isEmpty && h("p", { class: "hint", key: "moves" }, moves.hint),
    isChosen && h("p", { class: "hint", key: "choose" }, all.choose_hint),
    drawn &&
      !isEmpty &&
      h("p", {
        class: "pointed hint",
        key: "pointed",
        "data-foreign": true,
        "aria-hidden": "true",
      }),
    isChosen && h("div", { class: "chosen", key: "chosen", "data-foreign": true, role: "status" }),
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
        sheet.button(all.save_png, () => saveAsShown(sheet, key, drawn, "png")),
        sheet.button(all.save_svg, () => saveAsShown(sheet, key, drawn, "svg")),
      ),
  );
}

/** A field that finds people among the marks while one types.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {Marks} marks
 */
function drawFinder(sheet, key, marks) {
  const id = `${sheet.id}-find-${key}`;
  return h(
    "div",
    { class: "finder", key: "finder" },
    h("label", { for: id }, sheet.state.pictures.all.find),
    h("input", {
      id,
      type: "search",
      autocomplete: "off",
      "data-focus": `find-${key}`,
      oninput: (/** @type {Event} */ { target }) => {
        marks.seek(/** @type {HTMLInputElement} */ (target).value);
        marks.draw();
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => marks.onFieldKey(event),
    }),
    h("p", { class: "count hint", key: "count", "data-foreign": true, role: "status" }),
  );
}

/** Return the style of a drawing's height, or of the ratio of its sides. @param {any} drawn */
const sizeOf = (drawn) =>
  drawn?.layout.meta?.aspect
    ? `aspect-ratio: ${drawn.layout.meta.aspect}`
    : `height: ${drawn?.layout.height ?? 320}px`;

/** The table behind a fold; its rows are made when it is opened.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {any} drawn
 */
function drawTable(sheet, key, drawn) {
  const { table } = sheet.state.pictures.all;
  const { shown } = sheet.memory;
  return h(
    "details",
    {
      key: "table",
      class: "fold",
      open: shown[key].isOpen,
      ontoggle: (/** @type {Event} */ { target }) => {
        const fold = /** @type {HTMLDetailsElement} */ (/** @type {unknown} */ (target));
        shown[key].isOpen = fold.open;
        fillTable(sheet, key);
      },
    },
    h("summary", {}, table),
    h("div", {
      class: "inside wide",
      "data-foreign": true,
      tabindex: 0,
      role: "region",
      "aria-label": table,
    }),
  );
}

/** Make the rows of a table that is open, anew only for another drawing.
 * @param {Sheet} sheet
 * @param {string} key
 */
function fillTable(sheet, key) {
  const known = sheet.memory.shown[key];
  const place = sheet.el.querySelector(`[data-picture="${key}"] .fold .wide`);
  if (!place || !known.isOpen || (known.filled === known.drawn && place.firstChild)) return;
  known.filled = known.drawn;
  const { head, rows } = known.drawn;
  const cell = (/** @type {string} */ tag, /** @type {string} */ text, /** @type {any} */ props) =>
    h(tag, props, text);
  patch(place, [
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((/** @type {string} */ text) => cell("th", text, { scope: "col" })),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((/** @type {string[]} */ [first, ...others]) =>
          h(
            "tr",
            {},
            cell("th", first, { scope: "row" }),
            others.map((text) => cell("td", text, {})),
          ),
        ),
      ),
    ),
  ]);
}

/** Ask for a picture once it is in view, and fill in what the sheet itself does not draw.
 * @param {Sheet} sheet
 * @param {string} key
 */
function watchFor(sheet, key) {
  const node = sheet.el.querySelector(`[data-picture="${key}"]`);
  if (!node) return;
  const { drawn, marks } = sheet.memory.shown[key];
  const over = node.querySelector(".over");
  if (drawn && over && !over.firstChild) marks.draw();
  if (drawn) fillTable(sheet, key);
  if (watched.has(node)) return;
  watched.add(node);
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    // Its height is not known yet: the pictures below it are shown afterwards. None waits for one
    // that is out of view and was not asked for.
    for (const known of Object.values(sheet.memory.shown))
      if (!known.asOf) known.isUnderway = false;
    sheet.memory.shown[key].isUnderway = !sheet.memory.shown[key].drawn;
    sheet.draw();
    askFor(sheet, key);
  });
  observer.observe(node);
  followSize(sheet, key, node);
}

/** Place the texts anew when the drawing becomes wider or narrower.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {Element} node
 */
function followSize(sheet, key, node) {
  let wide = 0;
  new ResizeObserver(() => {
    const { width = 0 } = node.querySelector(".canvas")?.getBoundingClientRect() ?? {};
    if (width && wide && width !== wide && sheet.memory.shown[key].drawn) drawCanvas(sheet, key);
    if (width) wide = width;
  }).observe(node);
}

/** Save a picture; while the page hides names, so does the file.
 * @param {Sheet} sheet
 * @param {string} key
 * @param {any} drawn
 * @param {"png" | "svg"} format
 */
function saveAsShown(sheet, key, drawn, format) {
  if (!document.documentElement.classList.contains("names-hidden"))
    return savePicture(sheet, key, drawn, format);
  /** @param {Answer} answer */
  const done = (answer) => answer.ok && savePicture(sheet, key, answer.picture, format);
  sheet.send({ do: "draw_picture", key, is_masked: true }, { done });
}

/** Draw pictures whether they are in view or not; masked, they have initials for names.
 * @param {Sheet} sheet
 * @param {string[]} keys
 * @param {boolean} isMasked
 * @returns {Promise<boolean>} whether all of them are shown as asked
 */
export async function drawAll(sheet, keys, isMasked) {
  for (const key of keys) sheet.memory.shown[key].isUnderway = false; // none waits for another
  sheet.draw();
  return (await Promise.all(keys.map((key) => askFor(sheet, key, isMasked)))).every(Boolean);
}

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
  if (sheet.state.pictures.begun && plotlyAddress()) bringPlotly().catch(() => {}); // meanwhile
  known.drawing = new Promise((done) => {
    const message = { do: "draw_picture", key, is_masked: isMasked };
    sheet.send(message, {
      done: async (answer) => {
        const isWanted = known.asOf === asOf;
        if (answer.ok && isWanted) {
          known.drawn = answer.picture;
          known.marks.take(answer.picture, isMasked);
          sheet.draw();
          known.marks.draw();
          await drawCanvas(sheet, key);
        } else if (isWanted) known.asOf = asOf.replace(/\w+$/, "failed"); // may be asked again
        if (known.isUnderway) {
          known.isUnderway = false;
          sheet.draw();
        }
        done(answer.ok && isWanted);
      },
    });
  });
  return known.drawing;
}

/** Let Plotly draw what is known of a picture.
 * @param {Sheet} sheet
 * @param {string} key
 */
async function drawCanvas(sheet, key) {
  const known = sheet.memory.shown[key];
  const canvas = sheet.el.querySelector(`[data-picture="${key}"] .canvas`);
  if (!known.drawn.data.length || !plotlyAddress() || !canvas) return;
  const before = JSON.stringify([known.failed ?? false, known.numbered]);
  try {
    known.numbered = await drawOn(sheet, known.drawn, canvas);
    known.failed = false;
  } catch {
    known.failed = true;
  }
  if (JSON.stringify([known.failed, known.numbered]) !== before) sheet.draw();
  known.marks.draw();
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
