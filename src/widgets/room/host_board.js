// The board: how many have written; after a reveal what, to hide, to pin and to put in order.

import { defineSheet, h } from "../base/sheet.js";
import { whileOpen } from "./room_sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  if (!state.phase) return h("p", { class: "empty" }, words.no_phase);
  const { phase } = state;
  const id = `${sheet.id}-phase`;
  const isHidden = phase.revealed === "no";
  return [
    h(
      "div",
      { class: "field", key: "phase" },
      h("label", { for: id }, words.phase),
      h(
        "select",
        {
          id,
          value: phase.id,
          onchange: ({ target }) => sheet.send({ do: "look_at", phase: target.value }),
        },
        state.choices.map(([each, text]) => h("option", { key: each, value: each }, text)),
      ),
    ),
    state.requests != null &&
      h("p", { key: "requests" }, sheet.say("count_requests", { n: state.requests })),
    (state.requests == null || state.notes > 0) &&
      h("p", { key: "notes" }, sheet.say("count_notes", { n: state.notes })),
    h(
      "fieldset",
      { class: "choose", key: "reveal" },
      h("legend", {}, words.revealed),
      isHidden && h("p", { class: "hint" }, words.hidden_yet),
      h(
        "div",
        { class: "choices" },
        Object.entries(words.reveals).map(([to, text]) =>
          h(
            "label",
            { key: to, class: "option" },
            h("input", {
              type: "radio",
              name: `${sheet.id}-reveal`,
              checked: phase.revealed === to,
              "data-focus": `reveal.${to}`,
              onchange: () =>
                sheet.send(() => ({
                  do: "reveal",
                  seen: sheet.state.stage.version,
                  phase: phase.id,
                  to,
                })),
            }),
            h("span", {}, text),
          ),
        ),
      ),
    ),
    !isHidden && drawCards(sheet),
    (state.stage.state !== "over" || state.polls.length > 0) && drawPolls(sheet),
  ];
}

/** The cards, new ones on top; those there at the first look are not new. @param {Sheet} sheet */
function drawCards(sheet) {
  const { state, words, memory } = sheet;
  memory.known ??= {};
  const known = (memory.known[state.phase.id] ??= new Set(state.cards.map(({ id }) => id)));
  const isNew = ({ id }) => !known.has(id);
  const cards = [
    ...state.cards.filter(({ pinned }) => pinned),
    ...state.cards.filter((card) => !card.pinned && isNew(card)).reverse(),
    ...state.cards.filter((card) => !card.pinned && !isNew(card)),
  ];
  return h(
    "section",
    { key: "cards" },
    h("h3", { tabindex: -1, "data-focus": "cards" }, words.cards),
    cards.length ? h("p", { class: "hint" }, words.keys) : h("p", { class: "empty" }, words.none),
    h(
      "ul",
      {},
      cards.map((card) => drawCard(sheet, card, cards, isNew(card))),
    ),
  );
}

/** @param {Sheet} sheet */
function drawCard(sheet, card, cards, isNew) {
  const { words } = sheet;
  const { table, id } = card;
  const hide = () => sheet.send({ do: "hide", table, id, on: !card.hidden });
  const pin = () => sheet.send({ do: "pin", table, id, on: !card.pinned });
  const sort = (by) => () => sheet.send({ do: "sort_request", id, by });
  const isRequest = table === "room_request";
  const named = (act) => ({ name: sheet.say("card_name", { act, words: card.words }) });
  const move = (by) => {
    const at = cards.findIndex((each) => each.id === id) + by;
    if (cards[at]) sheet.focus(cards[at].id);
  };
  /** @type {Handler<KeyboardEvent>} */
  const onkeydown = (event) => {
    if (event.target !== sheet.findFocus(id) || event.ctrlKey || event.metaKey) return;
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && event.altKey && isRequest) sort(by)();
    else if (by) move(by);
    else if (event.key.toLowerCase() === "h") hide();
    else if (event.key.toLowerCase() === "p") pin();
    else return;
    event.preventDefault();
  };
  const tags = [
    isNew && words.is_new,
    card.pinned && words.is_pinned,
    card.hidden && words.is_hidden,
    card.offers > 0 && sheet.say("offers", { n: card.offers }),
  ].filter(Boolean);
  return h(
    "li",
    {
      key: id,
      class: `board-card${card.hidden ? " hidden-card" : ""}`,
      tabindex: 0,
      "data-focus": id,
      onkeydown,
    },
    card.who && h("small", {}, card.who),
    h("p", { class: "words", dir: "auto" }, card.words),
    h(
      "div",
      { class: "row line" },
      tags.map((tag) => h("span", { class: "tag", key: tag }, tag)),
      sheet.button(
        card.hidden ? words.unhide : words.hide,
        hide,
        named(card.hidden ? words.unhide : words.hide),
      ),
      sheet.button(
        card.pinned ? words.unpin : words.pin,
        pin,
        named(card.pinned ? words.unpin : words.pin),
      ),
      isRequest && [
        sheet.button("↑", sort(-1), named(words.up)),
        sheet.button("↓", sort(1), named(words.down)),
      ],
    ),
  );
}

/** @param {Sheet} sheet */
function drawPolls(sheet) {
  const { state, words, memory } = sheet;
  const poll = (memory.poll ??= { id: "new-poll", draft: true, question: "", options: [] });
  const fields = sheet.fields("room_poll", poll);
  const make = () => {
    sheet.saveAll();
    if (!poll.question.trim() || poll.options.length < 2)
      return sheet.setStatus(words.poll_short, true);
    const { question, options } = poll;
    /** @param {Answer} answer */
    const done = (answer) => {
      if (answer.ok) memory.poll = null;
      sheet.draw();
    };
    sheet.send({ do: "make_poll", phase: state.phase.id, question, options }, { done });
  };
  return h(
    "section",
    { key: "polls" },
    h("h3", {}, words.polls),
    state.polls.map((each) =>
      h(
        "div",
        { key: each.id, class: "card", tabindex: -1, "data-focus": each.id },
        h("p", {}, h("strong", { dir: "auto" }, each.question)),
        h("p", { class: "hint" }, sheet.say("answered", { n: each.answered })),
        h(
          "ul",
          { class: "dots" },
          each.options.map((option, at) =>
            h(
              "li",
              { key: at },
              each.votes.length ? sheet.say("votes", { option, n: each.votes[at] }) : option,
            ),
          ),
        ),
        sheet.button(words.drop_poll, () => sheet.send({ do: "drop_poll", id: each.id })),
      ),
    ),
    state.stage.state !== "over" &&
      sheet.details(
        "ask",
        words.write_poll,
        fields.text("question", { label: words.ask, placeholder: words.ask_example }),
        fields.textList("options", { label: words.options }),
        sheet.button(words.make_poll, make),
      ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
