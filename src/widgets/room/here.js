// Here: the phase everybody is in, and its clock. While the facilitator wants it, the page turns
// with the room; never while a field is being written in.

import { forSeat } from "./participant.js";
import { defineSheet, h, namedByAddress } from "../base/sheet.js";

const TICK_MS = 250; // between two looks at the clock
const SPREAD_MS = 1500; // pages that turn together save at a random moment of this time
const LONGEST_WAIT_MS = 5000; // for a field to be left

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { phase } = state;
  const begin = state.state === "over" ? words.over : words.before;
  return [
    h("p", { class: "hint" }, state.title),
    phase ? drawPhase(sheet, phase) : h("p", { class: "phase", key: "begin" }, begin),
    state.state === "over" &&
      h("p", {}, h("a", { class: "button main", href: "#home" }, words.over_home)),
    state.state !== "over" && drawMarks(sheet),
    h(
      "p",
      { class: "hint" },
      sheet.say("name_seen", { name: state.name, initials: state.initials }),
    ),
    state.delete_on && h("p", { class: "hint" }, sheet.say("deleted_on", { day: state.delete_on })),
  ];
}

/** @param {Sheet} sheet */
function drawPhase(sheet, phase) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "phase", key: phase.id },
    h("h3", {}, phase.title, " ", h("span", { class: "tag" }, phase.grouping)),
    h("p", {}, phase.for),
    h("p", { class: "countdown", role: "timer" }, sayTime(sheet)),
    phase.sheet &&
      h("p", {}, h("a", { class: "button main", href: `#${phase.sheet}` }, words.open)),
    state.focus && h("p", { class: "hint" }, words.focus_on),
  );
}

/** Whether one is ready, and the raised hand. @param {Sheet} sheet */
function drawMarks(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { class: "row", key: "marks" },
    state.phase &&
      h(
        "label",
        { class: "option tick" },
        h("input", {
          type: "checkbox",
          checked: state.ready,
          onchange: ({ target }) => sheet.send({ do: "say_ready", is_ready: target.checked }),
        }),
        h("span", {}, words.ready),
      ),
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(state.hand),
        onclick: () => sheet.send({ do: "raise_hand", is_up: !state.hand }),
      },
      state.hand ? words.hand_down : words.hand,
    ),
  );
}

/** Return the server's time: a page's own clock may be wrong by minutes. @param {Sheet} sheet */
function serverNow(sheet) {
  const { memory, state } = sheet;
  if (memory.stamp !== state.now) {
    memory.stamp = state.now;
    // A state that comes late can only make the server seem to be behind.
    memory.offset = Math.max(memory.offset ?? -Infinity, state.now - Date.now());
  }
  return Date.now() + memory.offset;
}

/** Return what the clock says. @param {Sheet} sheet */
function sayTime(sheet) {
  const { state, words } = sheet;
  const { ends_at, left_ms } = state;
  const left = left_ms ?? (ends_at == null ? null : ends_at - serverNow(sheet));
  if (left == null) return "";
  const seconds = Math.max(0, Math.ceil(left / 1000));
  if (!seconds) return words.time_up;
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return sheet.say(left_ms == null ? "left" : "paused", { time });
}

/** Ask for the server's time; the answer was given about half-way between asking and hearing it.
 * @param {Sheet} sheet
 */
function setClock(sheet) {
  const asked = Date.now();
  const done = (answer) => {
    if (!answer.ok) return;
    const heard = Date.now();
    sheet.memory.offset = answer.now - (asked + heard) / 2;
    sheet.draw();
  };
  sheet.send({ do: "tell_time" }, { done });
}

/** Return whether a field is being written in. */
function isWriting() {
  return Boolean(document.activeElement?.matches("input:not([type=checkbox]), textarea, select"));
}

/** Turn the page to a sheet once no field is being written in.
 * @param {Sheet} sheet
 * @param {string} name
 */
function turnTo(sheet, name) {
  stopTurning(sheet);
  const turn = () => {
    stopTurning(sheet);
    if (namedByAddress().screen !== name) location.hash = `#${name}`;
  };
  if (!isWriting()) return turn();
  const spread = Math.random() * SPREAD_MS;
  const save = setTimeout(() => window.dispatchEvent(new Event("enishi:save")), spread);
  const atLast = setTimeout(turn, LONGEST_WAIT_MS - SPREAD_MS + spread);
  const left = () => setTimeout(() => !isWriting() && turn());
  document.addEventListener("focusout", left);
  sheet.memory.stop = () => {
    clearTimeout(save);
    clearTimeout(atLast);
    document.removeEventListener("focusout", left);
  };
}

/** @param {Sheet} sheet */
function stopTurning(sheet) {
  sheet.memory.stop?.();
  sheet.memory.stop = null;
}

/** @param {Sheet} sheet */
function mounted(sheet) {
  const { memory } = sheet;
  memory.phase = sheet.state.phase?.id;
  const follow = () => {
    const { phase, focus } = sheet.state;
    if (phase?.id === memory.phase) return;
    memory.phase = phase?.id;
    if (!focus || !phase || !document.documentElement.classList.contains("enishi-app")) return;
    turnTo(sheet, phase.sheet || sheet.position.name);
  };
  sheet.model.on("change:state", follow);
  let shown = "";
  const tick = setInterval(() => {
    if (!sheet.el.isConnected) return clearInterval(tick);
    if (!sheet.state.phase) return;
    const now = sayTime(sheet);
    if (now !== shown) sheet.draw();
    shown = now;
  }, TICK_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) setClock(sheet);
  });
  if (!sheet.state.closed) setClock(sheet);
}

export default defineSheet({ draw: forSeat(draw), mounted });
