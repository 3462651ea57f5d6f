// Here: the phase everybody is in, and its clock. While the facilitator wants it, the page turns
// with the room; never while a field is being written in.

import { said, whileOpen } from "./room_sheet.js";
import { clockText, keepTime, timeLeft } from "./host_time.js";
import { defineSheet, h, isCurrent, namedByAddress } from "../base/sheet.js";

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
    state.promises.length > 0 && drawPromises(sheet),
    h(
      "p",
      { class: "hint" },
      sheet.say("name_seen", { name: state.name, initials: state.initials }),
    ),
    drawRename(sheet),
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

/** What became of one's promises. @param {Sheet} sheet */
function drawPromises(sheet) {
  const { state, words } = sheet;
  return h(
    "section",
    { key: "promises" },
    h("h3", {}, words.promises),
    h("p", { class: "hint" }, words.promises_hint),
    h(
      "ul",
      { class: "cards" },
      state.promises.map((row) =>
        h(
          "li",
          { key: row.id },
          row.who && h("strong", {}, sheet.say("to", { name: row.who })),
          said(row.words),
          row.due && h("p", { class: "hint" }, sheet.say("due", { day: row.due })),
          sheet.fields("room_promise", row).choose("state", words.states, {
            label: row.words,
            hideLabel: true,
          }),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawRename(sheet) {
  const { state, words, memory } = sheet;
  const id = `${sheet.id}-called`;
  /** @param {Answer} answer */
  const done = (answer) => {
    memory.wrong = answer.ok ? "" : answer.text;
    if (answer.ok) delete memory.called;
    else sheet.setStatus(""); // it stands beside the field
    sheet.draw();
  };
  return sheet.details(
    "rename",
    words.rename,
    h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          sheet.send({ do: "rename", called: memory.called ?? state.called }, { done });
        },
      },
      h(
        "div",
        { class: "field" },
        h("label", { for: id }, words.called),
        h("p", { class: "hint", id: `${id}-hint` }, words.called_hint),
        h("input", {
          id,
          type: "text",
          autocomplete: "nickname",
          value: memory.called ?? state.called,
          "aria-describedby": `${id}-hint${memory.wrong ? ` ${id}-wrong` : ""}`,
          "aria-invalid": memory.wrong ? "true" : null,
          oninput: ({ target }) => (memory.called = target.value),
        }),
        memory.wrong &&
          h("p", { class: "trouble", id: `${id}-wrong`, role: "alert" }, memory.wrong),
      ),
      h("button", { type: "submit" }, words.use_name),
    ),
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

/** Return what the clock says. @param {Sheet} sheet */
function sayTime(sheet) {
  const { state, words } = sheet;
  const left = timeLeft(sheet);
  if (left == null) return "";
  if (!left) return words.time_up;
  return sheet.say(state.stage.left_ms == null ? "left" : "paused", { time: clockText(left) });
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

/** Show at the top of the page what one is called, as the other devices do. @param {Sheet} sheet */
function showName(sheet) {
  const top = document.querySelector(".enishi-person span");
  if (top && sheet.state.name) top.textContent = sheet.state.name;
}

/** Make the line that leads back from the other sheets: the phase and its clock.
 * @param {Sheet} sheet
 */
function makeBar(sheet) {
  for (const old of document.querySelectorAll("a.room-bar")) old.remove();
  const bar = document.createElement("a");
  bar.className = "enishi room-bar";
  bar.href = `#${sheet.position.name}`;
  bar.hidden = true;
  if (isApp()) document.querySelector("main")?.append(bar);
  return bar;
}

/** @param {Sheet} sheet @param {HTMLElement} bar @param {string} time */
function showBar(sheet, bar, time) {
  const { state, words } = sheet;
  const text = state.late
    ? words.labels.late
    : state.phase
      ? [state.phase.title, time].filter(Boolean).join(" – ")
      : "";
  bar.hidden = !text || isCurrent(sheet.position);
  if (bar.textContent !== text) bar.textContent = text;
}

const isApp = () => document.documentElement.classList.contains("enishi-app");

/** @param {Sheet} sheet */
function mounted(sheet) {
  const { memory } = sheet;
  memory.phase = sheet.state.phase?.id;
  const follow = () => {
    const { phase, focus } = sheet.state;
    if (phase?.id === memory.phase) return;
    memory.phase = phase?.id;
    if (!focus || !phase || !isApp()) return;
    turnTo(sheet, phase.sheet || sheet.position.name);
  };
  sheet.model.on("change:state", follow);
  sheet.model.on("change:state", () => showName(sheet));
  showName(sheet);
  const bar = makeBar(sheet);
  let shown = "";
  keepTime(sheet, () => {
    const now = sayTime(sheet);
    if (now !== shown) sheet.draw();
    shown = now;
    showBar(sheet, bar, now);
  });
}

export default defineSheet({ draw: whileOpen(draw), mounted });
