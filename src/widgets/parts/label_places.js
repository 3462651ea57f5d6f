// Where the texts of a picture stand, so that none lies on another or on a mark, and none is cut.

/** @typedef {{x: number, y: number, label: string}} Labelled a mark, in pixels */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{x: number, y: number, lines: string[], size: number}} Placed a text by its middle */
/** @typedef {(text: string, size: number) => number} Measure the width of a text, in pixels */

const MARK = 14; // the size of a mark that says none
const EDGE = 2; // of a mark, outside of its size
const GAP = 11; // from the middle of a mark to its name
const AWAY = [0, 9, 18]; // how much farther a name may stand
const LINE = 1.3; // height of a line, by the size of its type
const TYPE = 14;
const SMALL_TYPE = 12;
const PARTED = 8; // from how many letters on a text without a gap may become two lines
const KANA_OR_KANJI = /[\u3041-\u30ff\u3400-\u9fff]/;
/** Below, above, right, left, and the four corners, by how much of the name lies where. */
const SIDES = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
];

/** Return the boxes of marks.
 * @param {{x: number, y: number, size?: number}[]} marks
 * @returns {Box[]}
 */
export const boxesOf = (marks) =>
  marks.map(({ x, y, size = MARK }) =>
    boxAt({ x, y }, { width: size + 2 * EDGE, height: size + 2 * EDGE }),
  );

/** Return where the labels of marks stand: in one line or two, else as the number of the mark in
 *  the list of those that have no room; null for a mark without a label, or without any room.
 * @param {Labelled[]} marks
 * @param {Box[]} taken what stands there already; each label is added
 * @param {Measure} measure
 * @param {Size} room
 * @param {string[]} numbered the list so far; each that has no room is added
 * @returns {(Placed | null)[]}
 */
export function placeLabels(marks, taken, measure, room, numbered = []) {
  /** @type {(Placed | null)[]} */
  const places = marks.map(() => null);
  const without = [];
  for (const [index, mark] of marks.entries()) {
    if (!mark.label) continue;
    for (const form of formsOf(mark.label)) {
      places[index] ??= firstFree(around(mark, sizeOfText(form, measure)), form, measure, {
        taken,
        room,
      });
    }
    if (!places[index]) without.push(index);
  }
  for (const index of without) {
    const form = { lines: [String(numbered.length + 1)], size: SMALL_TYPE };
    const mark = marks[index];
    const found = firstFree(around(mark, sizeOfText(form, measure)), form, measure, {
      taken,
      room,
    });
    if (!found) continue;
    places[index] = found;
    numbered.push(mark.label);
  }
  return places;
}

/** Return the first place where a text lies on nothing and inside the room; null for none.
 * @param {Iterable<{x: number, y: number}>} middles where it may stand, the best first
 * @param {{lines: string[], size: number}} form
 * @param {Measure} measure
 * @param {{taken: Box[], room: Size}} among the text is added to what is taken
 * @returns {Placed | null}
 */
export function firstFree(middles, form, measure, { taken, room }) {
  const size = sizeOfText(form, measure);
  for (const { x, y } of middles) {
    const box = boxAt({ x, y }, size);
    if (!isIn(box, room) || taken.some((other) => doOverlap(box, other))) continue;
    taken.push(box);
    return { x, y, ...form };
  }
  return null;
}

/** Return the place inside the room where the number of a text lies on least, and add the text to
 *  the list; null where the room has no place.
 * @param {string} text
 * @param {(size: Size) => Iterable<{x: number, y: number}>} middles where a number of this size may
 *   stand, the best first
 * @param {Measure} measure
 * @param {{taken: Box[], room: Size, numbered: string[]}} among the number is added to `taken`
 * @returns {Placed | null}
 */
export function putNumber(text, middles, measure, { taken, room, numbered }) {
  const form = { lines: [String(numbered.length + 1)], size: SMALL_TYPE };
  const size = sizeOfText(form, measure);
  const boxes = [...middles(size)].map((at) => boxAt(at, size)).filter((box) => isIn(box, room));
  const covers = boxes.map((box) => taken.filter((other) => doOverlap(box, other)).length);
  const box = boxes[covers.indexOf(Math.min(...covers))];
  if (!box) return null;
  taken.push(box);
  numbered.push(text);
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, ...form };
}

/** Return a text in one line; then, where it can be parted, in two lines of smaller type.
 * @param {string} text
 */
export function formsOf(text) {
  const forms = [{ lines: [text], size: TYPE }];
  const gaps = [...text.matchAll(/\s/g)].map(({ index }) => index);
  const middle = gaps.sort((a, b) => offMiddle(text, a) - offMiddle(text, b))[0];
  const letters = [...text];
  if (middle !== undefined)
    forms.push({ lines: [text.slice(0, middle), text.slice(middle + 1)], size: SMALL_TYPE });
  else if (letters.length >= PARTED && KANA_OR_KANJI.test(text)) {
    const half = Math.ceil(letters.length / 2);
    const lines = [letters.slice(0, half).join(""), letters.slice(half).join("")];
    forms.push({ lines, size: SMALL_TYPE });
  } else forms.push({ lines: [text], size: SMALL_TYPE });
  return forms;
}

/** @param {string} text @param {number} at */
const offMiddle = (text, at) => Math.abs(at - text.length / 2);

/** @param {{lines: string[], size: number}} form @param {Measure} measure @returns {Size} */
export const sizeOfText = ({ lines, size }, measure) => ({
  width: Math.max(...lines.map((line) => measure(line, size))) + 4,
  height: lines.length * size * LINE,
});

/** Yield the middles of a text beside a mark, the nearest first.
 * @param {{x: number, y: number}} mark
 * @param {Size} size
 */
function* around({ x, y }, { width, height }) {
  for (const away of AWAY)
    for (const [across, down] of SIDES)
      yield {
        x: x + across * (width / 2 + GAP + away),
        y: y + down * (height / 2 + (across ? 2 : GAP) + away),
      };
}

/** @param {{x: number, y: number}} middle @param {Size} size @returns {Box} */
const boxAt = ({ x, y }, { width, height }) => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2,
});

/** @param {Box} box @param {Size} room */
const isIn = (box, room) =>
  box.left >= 0 && box.right <= room.width && box.top >= 0 && box.bottom <= room.height;

/** @param {Box} one @param {Box} other */
const doOverlap = (one, other) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
