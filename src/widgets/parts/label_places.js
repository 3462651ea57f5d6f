// Where the names beside marks stand, so that none lies on another name or on a mark.

/** @typedef {{x: number, y: number, label: string}} Labelled a mark, in pixels */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const GAP = 11; // from the middle of a mark to its name
const LINE = 17; // height of a line
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

/** Return the middle of each label, in pixels; null where there is no room for it.
 * @param {Labelled[]} marks
 * @param {{x: number, y: number, width: number}[]} texts what stands there already
 * @param {(text: string) => number} measure the width of a text
 * @param {{width: number, height: number}} room
 * @returns {({x: number, y: number} | null)[]}
 */
export function placeLabels(marks, texts, measure, { width, height }) {
  /** @type {Box[]} */
  const taken = marks.map(({ x, y }) => ({
    left: x - GAP / 2,
    right: x + GAP / 2,
    top: y - GAP / 2,
    bottom: y + GAP / 2,
  }));
  for (const { x, y, width: wide } of texts)
    taken.push({
      left: x - wide / 2,
      right: x + wide / 2,
      top: y - LINE / 2,
      bottom: y + LINE / 2,
    });
  return marks.map(({ x, y, label }) => {
    if (!label) return null;
    const half = measure(label) / 2 + 2;
    for (const [across, down] of SIDES) {
      const at = { x: x + across * (half + GAP), y: y + down * (LINE / 2 + (across ? 4 : GAP)) };
      const box = {
        left: at.x - half,
        right: at.x + half,
        top: at.y - LINE / 2,
        bottom: at.y + LINE / 2,
      };
      const isInside = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
      if (isInside && !taken.some((other) => doOverlap(box, other))) {
        taken.push(box);
        return at;
      }
    }
    return null;
  });
}

/** @param {Box} one @param {Box} other */
const doOverlap = (one, other) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
