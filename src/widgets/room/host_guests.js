// Who is in the room, the door, and the codes that lead in.

import { defineSheet, h } from "../base/sheet.js";
import { whileOpen } from "./room_sheet.js";
import { joinCorner } from "./host_join.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const hands = state.guests.filter(({ hand }) => hand);
  const people = state.guests.filter(({ leads }) => !leads);
  const isOver = state.stage.state === "over"; // nobody comes in any more
  return [
    state.knocking.length > 0 &&
      h(
        "section",
        { class: "today", key: "knocking" },
        h("h3", {}, words.knocking),
        h(
          "ul",
          {},
          state.knocking.map((guest) =>
            h(
              "li",
              { key: guest.id, class: "row line" },
              h("span", { class: "what" }, guest.name),
              sheet.button(words.let_in, () => onSeat(sheet, "let_in", guest), {
                name: sheet.say("let_in_name", guest),
              }),
            ),
          ),
        ),
      ),
    hands.length > 0 &&
      h(
        "section",
        { class: "today", key: "hands" },
        h("h3", {}, words.hands),
        h(
          "ul",
          {},
          hands.map((guest) =>
            h(
              "li",
              { key: guest.id, class: "row line" },
              h("span", { class: "what" }, guest.name),
              sheet.button(words.lower_hand, () => onSeat(sheet, "lower_hand", guest), {
                name: sheet.say("lower_hand_name", guest),
              }),
            ),
          ),
        ),
      ),
    h(
      "p",
      { key: "count" },
      people.length ? sheet.say("count", { n: people.length }) : words.nobody,
    ),
    h(
      "ul",
      { class: "agenda", key: "people" },
      state.guests.map((guest) => drawGuest(sheet, guest)),
    ),
    !isOver && drawDoor(sheet),
    !isOver &&
      h(
        "section",
        { key: "join" },
        h("h3", {}, words.join),
        joinCorner(sheet),
        state.hosting.reach && h("p", { role: "status" }, state.hosting.reach),
        state.hosting.copy && h("p", { class: "hint" }, state.hosting.copy),
        sheet.button(words.renew_code, () => sheet.send({ do: "renew_code" }), { focus: "renew" }),
      ),
    !isOver && drawProjector(sheet),
    state.removed.length > 0 &&
      sheet.details(
        "removed",
        words.removed_title,
        h(
          "ul",
          {},
          state.removed.map((guest) =>
            h(
              "li",
              { key: guest.id, class: "row line" },
              h("span", { class: "what" }, guest.name),
              sheet.button(words.let_back, () => askCode(sheet, guest)),
              drawCode(sheet, guest),
            ),
          ),
        ),
      ),
    (!isOver || state.invented > 0) &&
      sheet.details(
        "rehearsal",
        words.rehearsal,
        h("p", { class: "hint" }, words.rehearsal_hint),
        state.invented
          ? sheet.button(words.end_rehearsal, () => sheet.send({ do: "end_rehearsal" }), {
              focus: "rehearsal",
            })
          : sheet.button(words.rehearse, () => sheet.send({ do: "rehearse" }), {
              focus: "rehearsal",
            }),
      ),
  ];
}

/** @param {Sheet} sheet */
function drawGuest(sheet, guest) {
  const { state, words } = sheet;
  const tags = ["leads", "me", "invented", "hand", "ready", "away"].filter((name) => guest[name]);
  const toggle = (verb, on) => () => sheet.send({ do: verb, seat: guest.id, on });
  return h(
    "li",
    { key: guest.id },
    h(
      "div",
      { class: "row line" },
      h("span", { class: "what" }, guest.name),
      tags.map((name) => h("span", { class: "tag", key: name }, words[name])),
    ),
    !guest.me &&
      sheet.details(
        `guest-${guest.id}`,
        h("span", {}, sheet.say("more_name", guest)),
        h(
          "div",
          { class: "row" },
          state.stage.state !== "over" &&
            !guest.leads &&
            sheet.button(
              guest.away ? words.end_away : words.set_away,
              toggle("set_away", !guest.away),
            ),
          !guest.invented &&
            sheet.button(
              guest.leads ? words.end_lead : words.make_lead,
              toggle("share_lead", !guest.leads),
            ),
          !guest.leads &&
            !guest.invented &&
            sheet.button(words.let_back, () => askCode(sheet, guest)),
        ),
        drawCode(sheet, guest),
        h("p", { class: "hint" }, sheet.say("remove_sure", guest)),
        sheet.button(words.remove_seat, () => onSeat(sheet, "remove_seat", guest), {
          danger: true,
        }),
      ),
  );
}

/** @param {Sheet} sheet */
function drawDoor(sheet) {
  const { state, words } = sheet;
  return h(
    "fieldset",
    { class: "choose", key: "door" },
    h("legend", {}, words.door),
    h(
      "div",
      { class: "choices" },
      Object.entries(words.doors).map(([door, text]) =>
        h(
          "label",
          { key: door, class: "option" },
          h("input", {
            type: "radio",
            name: `${sheet.id}-door`,
            checked: state.stage.door === door,
            "data-focus": `door.${door}`,
            onchange: () =>
              sheet.send(() => ({ do: "set_door", seen: sheet.state.stage.version, door })),
          }),
          h("span", {}, text),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function drawProjector(sheet) {
  const { words, memory } = sheet;
  /** @param {Answer} answer */
  const done = (answer) => {
    if (answer.ok) memory.projector = answer.code;
    sheet.draw();
  };
  return h(
    "section",
    { key: "projector" },
    h("h3", {}, words.projector),
    h("p", { class: "hint" }, words.projector_hint),
    memory.projector && [
      h("p", { class: "join-code" }, memory.projector),
      h("p", { class: "hint" }, words.code_hint),
    ],
    sheet.button(words.open_projector, () => sheet.send({ do: "open_projector" }, { done })),
  );
}

/** @param {Sheet} sheet */
function askCode(sheet, guest) {
  /** @param {Answer} answer */
  const done = (answer) => {
    if (answer.ok) sheet.memory.back = { id: guest.id, code: answer.code };
    sheet.draw();
  };
  sheet.send({ do: "let_back", seat: guest.id }, { done });
}

/** @param {Sheet} sheet */
function drawCode(sheet, guest) {
  const { back } = sheet.memory;
  if (back?.id !== guest.id) return null;
  return h(
    "div",
    { key: "code" },
    h("p", { class: "hint" }, sheet.say("code_for", guest)),
    h("p", { class: "join-code" }, back.code),
    h("p", { class: "hint" }, sheet.words.code_hint),
  );
}

/** @param {Sheet} sheet */
function onSeat(sheet, verb, guest) {
  sheet.send({ do: verb, seat: guest.id });
}

export default defineSheet({ draw: whileOpen(draw) });
