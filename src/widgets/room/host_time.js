// The server's time on a page of a room, and a countdown that counts by it.

const TICK_MS = 250; // at the longest, between two looks at the clock
const SECOND_MS = 1000;
const ASKED = 3; // times; the answer that took the least time is kept
/** @type {WeakMap<Sheet, {offset: number, trip: number}>} */
const clocks = new WeakMap();

/** Return the server's instant in milliseconds. @param {Sheet} sheet */
export function serverNow(sheet) {
  const own = Date.now();
  const known = clocks.get(sheet);
  return known ? own + known.offset : Math.max(own, sheet.state.stage?.now ?? own);
}

/** Ask the server for its time, and call `tick` several times a second while the sheet is shown,
 * among them just when another second begins.
 * @param {Sheet} sheet
 * @param {() => void} tick
 */
export function keepTime(sheet, tick) {
  const ask = (left = ASKED) => {
    const sent = Date.now();
    /** @param {Answer} answer */
    const done = (answer) => {
      const came = Date.now();
      const trip = came - sent;
      const known = clocks.get(sheet);
      if (answer.ok && (!known || left === ASKED || trip < known.trip))
        clocks.set(sheet, { offset: answer.now - (sent + came) / 2, trip });
      if (left > 1) ask(left - 1);
      else tick();
    };
    sheet.send({ do: "tell_time" }, { done });
  };
  ask();
  const askAgain = () => document.visibilityState === "visible" && sheet.el.isConnected && ask();
  document.addEventListener("visibilitychange", askAgain);
  const goOn = () => {
    if (!sheet.el.isConnected) return document.removeEventListener("visibilitychange", askAgain);
    tick();
    setTimeout(goOn, Math.min(TICK_MS, (timeLeft(sheet) ?? 0) % SECOND_MS || TICK_MS));
  };
  setTimeout(goOn, TICK_MS);
}

/** Return how many milliseconds of the phase are left; null without a clock.
 * @param {Sheet} sheet
 */
export function timeLeft(sheet) {
  const { stage } = sheet.state;
  if (!stage) return null;
  if (stage.left_ms != null) return stage.left_ms;
  return stage.ends_at == null ? null : Math.max(0, stage.ends_at - serverNow(sheet));
}

/** Return a time as minutes and seconds; a second that has begun counts. @param {number} left */
export function clockText(left) {
  const seconds = Math.ceil(left / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
