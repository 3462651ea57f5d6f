// Leading: the clock and what to say, then the phases in their order.

import { defineSheet, h } from "../base/sheet.js";
import { whileOpen } from "./room_sheet.js";
import { clockText, keepTime, serverNow, timeLeft } from "./host_time.js";

const MINUTES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90];

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { stage, phases } = state;
  if (!stage) return [];
  const here = phases.find(({ id }) => id === stage.phase_id);
  return [
    state.trouble && h("p", { class: "trouble", role: "alert", key: "trouble" }, state.trouble),
    drawNow(sheet, here),
    here?.say &&
      h(
        "section",
        { key: "say", class: "say" },
        h("h3", {}, words.say_title),
        here.say.split("\n").map((line) => h("p", {}, line)),
      ),
    h("h3", {}, words.agenda, " ", h("small", {}, sheet.say("whole", { n: state.minutes }))),
    h(
      "ol",
      { class: "agenda" },
      phases.map((phase, at) => drawPhase(sheet, phase, at)),
    ),
    stage.state !== "over" && [
      h(
        "label",
        { class: "option tick", key: "focus" },
        h("input", {
          type: "checkbox",
          checked: stage.focus,
          "data-focus": "focus",
          onchange: ({ target }) => act(sheet, "turn_focus", { on: target.checked }),
        }),
        h("span", {}, words.focus, h("small", {}, words.focus_hint)),
      ),
      h(
        "p",
        { key: "print" },
        sheet.button(words.print, () => window.print()),
      ),
      sheet.details(
        "finish",
        words.finish,
        h("p", {}, words.finish_sure),
        sheet.button(words.finish, () => act(sheet, "finish"), { danger: true }),
      ),
    ],
    drawRunSheet(sheet),
  ];
}

/** The agenda on paper, minute by minute. @param {Sheet} sheet */
function drawRunSheet(sheet) {
  const { state, words } = sheet;
  let minute = 0;
  return h(
    "div",
    { class: "page run-sheet", key: "run-sheet" },
    h("h3", { class: "title" }, state.stage.title),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          words.run_sheet.map((text) => h("th", { scope: "col" }, text)),
        ),
      ),
      h(
        "tbody",
        {},
        state.phases
          .filter((phase) => !phase.skipped)
          .map((phase) => {
            const from = minute;
            minute += phase.minutes;
            const how = words.groupings[phase.grouping];
            return h(
              "tr",
              { key: phase.id },
              h("td", {}, String(from)),
              h("td", {}, String(phase.minutes)),
              h("td", {}, h("strong", {}, phase.title), h("br", {}), how),
              h("td", {}, phase.say),
            );
          }),
      ),
    ),
  );
}

/** The phase everybody is in, its clock, and the acts that are due. @param {Sheet} sheet */
function drawNow(sheet, here) {
  const { state, words } = sheet;
  const { stage, phases } = state;
  const at = phases.indexOf(here);
  const next = phases.slice(at + 1).find((phase) => !phase.skipped && (here || !phase.done));
  const isPaused = stage.left_ms != null;
  return h(
    "section",
    { class: "today now", key: "now" },
    h("h3", {}, here ? here.title : stage.state === "over" ? words.over : words.waiting),
    state.ends && h("p", { key: "ends" }, sheet.say("deleted_on", { day: state.ends })),
    here && [
      h(
        "p",
        { class: "clock", role: "timer", "aria-label": isPaused ? words.paused : words.left },
        clockText(timeLeft(sheet) ?? 0),
      ),
      h("p", { class: "signal", role: "status", key: "signal" }, signal(sheet)),
      h("p", { key: "ready" }, readyText(sheet)),
    ],
    h(
      "div",
      { class: "row" },
      next &&
        stage.state !== "over" &&
        sheet.button(
          here ? sheet.say("next", { title: next.title }) : words.begin,
          () => act(sheet, "enter", { phase: next.id }),
          { main: true, focus: "next" },
        ),
      here &&
        (isPaused
          ? sheet.button(words.go_on, () => act(sheet, "go_on"), { focus: "pause" })
          : sheet.button(words.pause, () => act(sheet, "pause"), { focus: "pause" })),
      here && sheet.button(words.add_minute, () => act(sheet, "add_minute"), { focus: "minute" }),
    ),
  );
}

/** @param {Sheet} sheet */
function readyText(sheet) {
  const { present, ready } = sheet.state;
  return present ? sheet.say("ready", { n: ready, m: present }) : sheet.words.ready_none;
}

/** What calls for moving on, or "". @param {Sheet} sheet */
function signal(sheet) {
  const { state, words } = sheet;
  if (!state.stage.phase_id || state.stage.left_ms != null) return "";
  const isQuiet = state.quiet_ms != null && serverNow(sheet) - state.last_at >= state.quiet_ms;
  if (state.enough || (isQuiet && state.present > 0)) return words.good_time;
  return timeLeft(sheet) === 0 ? words.time_up : "";
}

/** @param {Sheet} sheet */
function drawPhase(sheet, phase, at) {
  const { state, words } = sheet;
  const { stage, phases } = state;
  const isHere = phase.id === stage.phase_id;
  const isOver = stage.state === "over";
  const facts = { title: phase.title };
  const fields = sheet.fields("room_phase", phase);
  const lengths = [...new Set([...MINUTES, phase.minutes])].sort((a, b) => a - b);
  const tags = [
    isHere && words.here,
    !isHere && phase.done && words.done,
    phase.skipped && words.skipped,
  ].filter(Boolean);
  return h(
    "li",
    {
      key: phase.id,
      class: phase.skipped ? "skipped" : null,
      "aria-current": isHere ? "step" : null,
    },
    h(
      "div",
      { class: "row line" },
      h(
        "span",
        { class: "what" },
        h("strong", {}, phase.title),
        " ",
        h(
          "small",
          {},
          sheet.say("minutes_of", { n: phase.minutes }),
          " · ",
          words.groupings[phase.grouping],
          tags.length > 0 && ` · ${tags.join(" · ")}`,
        ),
      ),
      !isOver &&
        !phase.skipped &&
        !isHere &&
        sheet.button(words.enter, () => act(sheet, "enter", { phase: phase.id }), {
          name: sheet.say("enter_name", facts),
          focus: `${phase.id}.enter`,
        }),
      !isOver &&
        !isHere &&
        sheet.button(
          phase.skipped ? words.unskip : words.skip,
          () => act(sheet, "skip", { phase: phase.id, skipped: !phase.skipped }),
          {
            name: sheet.say(phase.skipped ? "unskip_name" : "skip_name", facts),
            focus: `${phase.id}.skip`,
          },
        ),
      !isOver && [
        sheet.button("↑", () => act(sheet, "move", { phase: phase.id, by: -1 }), {
          name: sheet.say("up_name", facts),
          disabled: at === 0,
          focus: `${phase.id}.up`,
        }),
        sheet.button("↓", () => act(sheet, "move", { phase: phase.id, by: 1 }), {
          name: sheet.say("down_name", facts),
          disabled: at === phases.length - 1,
          focus: `${phase.id}.down`,
        }),
      ],
    ),
    !isOver &&
      sheet.details(
        `change-${phase.id}`,
        words.change,
        fields.text("title"),
        fields.select(
          "minutes",
          lengths.map((n) => [n, sheet.say("minutes_of", { n })]),
        ),
        fields.textArea("say"),
      ),
  );
}

/** Do something that carries the version of the stage as it is shown. @param {Sheet} sheet */
function act(sheet, verb, more = {}) {
  sheet.send(() => ({ do: verb, seen: sheet.state.stage.version, ...more }));
}

/** @param {Sheet} sheet */
function mounted(sheet) {
  keepTime(sheet, () => {
    const left = timeLeft(sheet);
    const clock = sheet.el.querySelector(".clock");
    if (clock && left != null && clock.textContent !== clockText(left)) sheet.draw();
    else if (
      (sheet.el.querySelector(".signal")?.textContent ?? "") !== (clock ? signal(sheet) : "")
    )
      sheet.draw();
  });
}

export default defineSheet({ draw: whileOpen(draw), mounted });
