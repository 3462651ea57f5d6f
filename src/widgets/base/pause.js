// Acts that wait for a pause in typing.

/** @type {WeakMap<object, number>} */
const pauses = new WeakMap(); // the timer of each key; a reload ends it

/** Act once so many milliseconds have passed without another act for the same key.
 * @param {object} key
 * @param {number} ms
 * @param {() => void} act
 */
export function afterPause(key, ms, act) {
  clearTimeout(pauses.get(key));
  pauses.set(key, window.setTimeout(act, ms));
}
