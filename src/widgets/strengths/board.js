// The board of five by five. Cards are dragged, or chosen and then placed, or moved by arrows. A
// move is shown at once, and sent to Python, which stores it.

import { format, h } from "../base/sheet.js";

const STEPS = [1, 2, 3, 4, 5];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const ENERGY = { 1: "▲", "-1": "▽" }; // as in the picture of the fields
const LIFT = 6; // pixels after which a press counts as a drag

/** The cards to place, the board, and the card that is chosen. @param {Sheet} sheet */
export function drawBoard(sheet) {
  const { state, words } = sheet;
  const cards = state.cards.map((row) => ({ ...row, ...whereIs(sheet, row) }));
  const waiting = cards.filter((card) => !isPlaced(card));
  const placed = cards.filter(isPlaced);
  const chosen = cards.find((card) => card.id === sheet.memory.chosen);
  return [
    h("h3", { key: "sort" }, words.sort),
    h("p", { class: "hint", key: "compare" }, words.compare),
    h("p", { class: "hint", key: "how", id: `${sheet.id}-how` }, words.how),
    h(
      "section",
      { class: "tray", key: "tray", "data-cell": "tray", "aria-label": words.tray },
      h(
        "h4",
        {},
        words.tray,
        " ",
        h(
          "small",
          {},
          waiting.length ? format(words.tray_left, { n: waiting.length }) : words.tray_done,
        ),
      ),
      h(
        "div",
        { class: "strip" },
        waiting.map((card) => drawCard(sheet, card, null)),
      ),
    ),
    drawGrid(sheet, placed, chosen),
    h(
      "p",
      { class: "hint", key: "marks" },
      words.marks,
      " ",
      h("a", { href: state.picture }, words.picture),
    ),
    h("p", { class: "where", role: "status", key: "where" }, sheet.memory.where ?? ""),
    chosen && drawChosen(sheet, chosen),
    sheet.details("words", words.in_words, drawInWords(sheet, placed)),
  ];
}

/** Return the place of a card: its last move, its dial's edit, or the stored place.
 * @param {Sheet} sheet
 */
function whereIs(sheet, row) {
  const now = (column) => sheet.fields("strength", row).currentValue(column);
  return sheet.memory.moved?.[row.id] ?? { good_at: now("good_at"), like: now("like") };
}

const isPlaced = (card) => card.good_at != null && card.like != null;
/** @param {Sheet} sheet */
const fieldOf = (sheet, card) => sheet.state.fields[card.like - 1][card.good_at - 1];

/** Describe the place of a card as text, and who named it. @param {Sheet} sheet */
function inWords(sheet, card) {
  const { words } = sheet;
  const where = isPlaced(card)
    ? format(words.where, {
        name: card.name,
        good: words.good_words[card.good_at - 1],
        like: words.like_words[card.like - 1],
        field: words.fields[fieldOf(sheet, card)].name,
      })
    : format(words.waiting, card);
  const energy =
    card.energy != null && format(words.energy_said, { energy: words.energies[card.energy + 1] });
  return [where, energy, card.named, card.given].filter(Boolean).join(" ");
}

/** One grid: a row for each step of liking, with as many lines as its fullest place has cards.
 * @param {Sheet} sheet
 */
function drawGrid(sheet, placed, chosen) {
  const { words, state } = sheet;
  const here = (like, good) => placed.filter((card) => card.like === like && card.good_at === good);
  const rows = {};
  let next = 2; // the first row and the last hold the names of the fields
  for (const like of [...STEPS].reverse()) {
    const deep = Math.max(1, ...STEPS.map((good) => here(like, good).length));
    rows[like] = { start: next, deep };
    next += deep;
  }
  const name = (field, columns, row) =>
    h(
      "div",
      {
        key: `n-${field}`,
        class: `name ${field}`,
        style: `grid-column: ${columns}; grid-row: ${row}`,
      },
      words.fields[field].name,
    );
  const cells = STEPS.flatMap((like) =>
    STEPS.map((good) =>
      h("div", {
        key: `c-${good}-${like}`,
        class: `cell ${state.fields[like - 1][good - 1]}`,
        "data-cell": `${good}-${like}`,
        style: `grid-column: ${good}; grid-row: ${rows[like].start} / span ${rows[like].deep}`,
        onclick: () => chosen && lay(sheet, chosen, good, like),
      }),
    ),
  );
  const cards = placed.map((card) => {
    const above = here(card.like, card.good_at).findIndex(({ id }) => id === card.id);
    const row = rows[card.like].start + above;
    return drawCard(sheet, card, `grid-column: ${card.good_at}; grid-row: ${row}`);
  });
  return h(
    "section",
    { class: `board${chosen ? " choosing" : ""}`, key: "board", "aria-label": words.board },
    h("p", { class: "axis up", "aria-hidden": "true" }, `↑ ${words.like}`),
    h(
      "div",
      { class: "grid" },
      name("grow", "1 / 3", 1),
      name("shine", "3 / 6", 1),
      cells,
      name("leave", "1 / 3", next),
      name("spare", "3 / 6", next),
      cards,
    ),
    h("p", { class: "axis right", "aria-hidden": "true" }, `${words.good_at} →`),
  );
}

/** @param {Sheet} sheet */
function drawCard(sheet, card, style) {
  const chosen = sheet.memory.chosen === card.id;
  return h(
    "button",
    {
      key: card.id,
      type: "button",
      class: `slip${card.core ? " core" : ""}${card.mark ? " named" : ""}`,
      style,
      title: card.name,
      "aria-pressed": String(chosen),
      "aria-roledescription": sheet.words.card,
      "aria-describedby": `${sheet.id}-how`,
      "aria-label": inWords(sheet, card),
      "data-focus": `card.${card.id}`,
      onclick: () => {
        sheet.memory.chosen = chosen ? null : card.id;
        sheet.memory.where = inWords(sheet, card);
        sheet.draw();
      },
      onkeydown: (event) => press(sheet, card, event),
      onpointerdown: (event) => grab(sheet, card, event),
    },
    h(
      "span",
      {},
      ENERGY[card.energy] && h("i", { class: "energy" }, ENERGY[card.energy]),
      card.name,
    ),
    card.mark && h("small", {}, card.mark),
  );
}

/** The chosen card: the same two questions as dials; folded, its other fields.
 * @param {Sheet} sheet
 */
function drawChosen(sheet, card) {
  const { words } = sheet;
  const row = sheet.state.cards.find(({ id }) => id === card.id);
  const fields = sheet.fields("strength", row);
  return h(
    "section",
    { class: "card", key: "chosen", "aria-label": words.chosen },
    h("h3", {}, card.name),
    isPlaced(card) && h("p", { class: "hint" }, words.fields[fieldOf(sheet, card)].note),
    row.named && h("p", { class: "hint", key: "named" }, row.named),
    row.given && h("p", { class: "hint", key: "given" }, row.given),
    h(
      "div",
      { class: "pair" },
      fields.slider("good_at", { anchors: words.good_words }),
      fields.slider("like", { anchors: words.like_words }),
    ),
    isPlaced(card) &&
      h(
        "p",
        { key: "back" },
        sheet.button(words.back, () => lay(sheet, row, null, null)),
      ),
    sheet.details(
      "more",
      words.more_about,
      fields.choose(
        "energy",
        words.energies.map((text, index) => [index - 1, text]),
        { hint: words.energy_hint },
      ),
      fields.checkbox("core", { hint: words.core_hint }),
    ),
  );
}

/** @param {Sheet} sheet */
function drawInWords(sheet, placed) {
  const { words } = sheet;
  return h(
    "dl",
    {},
    ["shine", "grow", "spare", "leave"].map((field) => {
      const names = placed
        .filter((card) => fieldOf(sheet, card) === field)
        .map((card) => card.name);
      return h(
        "div",
        { key: field },
        h("dt", {}, words.fields[field].name, h("small", {}, words.fields[field].note)),
        h(
          "dd",
          {},
          names.length
            ? h(
                "ul",
                {},
                names.map((name) => h("li", {}, name)),
              )
            : words.nothing_here,
        ),
      );
    }),
  );
}

/** Move a card (null: back to the tray of unplaced cards), show it at once, and save it. It glides
 *  from its old place, or from the box `from` where it was dropped.
 * @param {Sheet} sheet
 */
function lay(sheet, card, good_at, like, from = null) {
  const moved = (sheet.memory.moved ??= {});
  const row = sheet.state.cards.find(({ id }) => id === card.id);
  const focused = document.activeElement?.getAttribute("data-focus") === `card.${card.id}`;
  const step = (moved[card.id] = { good_at, like });
  sheet.memory.where = inWords(sheet, { ...row, good_at, like });
  gliding(sheet, () => sheet.draw(), from ? { [`card.${card.id}`]: from } : {});
  if (focused) sheet.focus(`card.${card.id}`); // the element differs between tray and board
  sheet.write("strength", row, { good_at, like }, (answer) => {
    if (moved[card.id] === step) delete moved[card.id];
    if (answer.ok) sheet.draw();
    else gliding(sheet, () => sheet.draw());
  });
}

/** @param {Sheet} sheet */
function press(sheet, card, event) {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const step = (value, by) => Math.min(5, Math.max(1, (value ?? 3) + by));
    lay(sheet, card, step(card.good_at, arrow[0]), step(card.like, arrow[1]));
  } else if ((event.key === "Delete" || event.key === "Backspace") && isPlaced(card))
    lay(sheet, card, null, null);
  else if (event.key === "Escape" && sheet.memory.chosen) {
    sheet.memory.chosen = null;
    sheet.draw();
  } else return;
  event.preventDefault();
}

/** Follow a finger or the mouse with a copy of the card; the card itself stays. A strip with more
 *  cards than it shows scrolls while the pointer moves along it.
 * @param {Sheet} sheet
 */
function grab(sheet, card, event) {
  if (event.button) return;
  const slip = event.currentTarget;
  const strip = slip.closest(".strip");
  const scrolled = strip?.scrollLeft;
  let start = [event.clientX, event.clientY];
  let copy = null;
  let over = null;
  const placeAt = (x, y) =>
    document
      .elementsFromPoint(x, y)
      .map((node) => node.closest("[data-cell]"))
      .find((cell) => cell && sheet.el.contains(cell));
  const follow = ({ clientX: x, clientY: y }) => {
    if (!copy) {
      const [dx, dy] = [x - start[0], y - start[1]];
      if (Math.hypot(dx, dy) < LIFT) return;
      if (strip?.scrollWidth > strip?.clientWidth && Math.abs(dx) > 2 * Math.abs(dy))
        return void (strip.scrollLeft = scrolled - dx);
      copy = lift(slip);
      start = [x, y];
    }
    copy.style.translate = `${x - start[0]}px ${y - start[1]}px`;
    if (y < 48 || y > innerHeight - 48) scrollBy(0, y < 48 ? -12 : 12);
    over?.classList.remove("over");
    over = placeAt(x, y);
    over?.classList.add("over");
  };
  const end = (last) => {
    done.abort();
    over?.classList.remove("over");
    slip.classList.remove("lifted");
    if (!copy) return;
    const box = copy.getBoundingClientRect();
    copy.remove();
    slip.addEventListener("click", (click) => click.stopImmediatePropagation(), {
      capture: true,
      once: true,
      signal: AbortSignal.timeout(50),
    });
    const [good, like] = over?.dataset.cell.split("-").map(Number) ?? [];
    if (last.type !== "pointerup" || !over) return;
    if (over.dataset.cell !== "tray") lay(sheet, card, good, like, box);
    else if (isPlaced(card)) lay(sheet, card, null, null);
  };
  const stop = (key) => {
    if (key.key === "Escape") {
      end(key);
      key.stopPropagation();
    }
  };
  slip.setPointerCapture(event.pointerId);
  const done = new AbortController();
  slip.addEventListener("pointermove", follow, done);
  for (const name of ["pointerup", "pointercancel"]) slip.addEventListener(name, end, done);
  window.addEventListener("keydown", stop, { capture: true, signal: done.signal });
}

function lift(slip) {
  const { left, top, width } = slip.getBoundingClientRect();
  const copy = Object.assign(document.createElement("div"), {
    className: "enishi carried",
    ariaHidden: "true",
  });
  const look = slip.closest(".enishi-look"); // in another program: the colours are not the page's
  if (look) Object.assign(copy.dataset, { look: look.dataset.look });
  copy.classList.toggle("enishi-look", Boolean(look));
  copy.append(slip.cloneNode(true));
  Object.assign(copy.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  document.body.append(copy);
  slip.classList.add("lifted");
  return copy;
}

/** Apply `change` and let the cards glide to their new places, unless the person prefers reduced
 *  motion. A card that is still gliding starts from where it is.
 * @param {Sheet} sheet
 */
function gliding(sheet, change, carried = {}) {
  const slips = () =>
    [...sheet.el.querySelectorAll(".slip")].map(
      (slip) =>
        /** @type {[any, DOMRect, Element]} */ ([
          slip.getAttribute("data-focus"),
          slip.getBoundingClientRect(),
          slip,
        ]),
    );
  const before = { ...Object.fromEntries(slips()), ...carried };
  change();
  if (!matchMedia("(prefers-reduced-motion: no-preference)").matches) return;
  for (const [, , slip] of slips()) for (const glide of slip.getAnimations()) glide.cancel();
  for (const [key, to, slip] of slips()) {
    const from = before[key];
    if (from && (from.x !== to.x || from.y !== to.y))
      slip.animate(
        [{ transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)` }, { transform: "none" }],
        { duration: 180, easing: "ease-out" },
      );
  }
}
