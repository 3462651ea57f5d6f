// Ring: one's own request with what was offered, and the others' with what one can offer.

import { said, whileOpen } from "./room_sheet.js";
import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    h("h3", {}, words.mine),
    state.mine.length
      ? h(
          "ul",
          { class: "cards", key: "mine" },
          state.mine.map((request) => drawMine(sheet, request)),
        )
      : h(
          "p",
          { class: "empty", key: "none" },
          words.mine_none,
          " ",
          h("a", { href: "#request" }, words.mine_write),
        ),
    h("h3", {}, words.others),
    !state.others.length && h("p", { class: "empty", key: "nothing" }, words.nothing),
    h(
      "ul",
      { class: "cards", key: "others" },
      state.others.map((request) => drawOther(sheet, request)),
    ),
  ];
}

/** What somebody asks for. @param {Sheet} sheet */
function drawWords(sheet, request) {
  return [
    said(request.words),
    request.why && said(sheet.say("why", { text: request.why }), "said hint"),
    request.small_step && said(sheet.say("small_step", { text: request.small_step }), "said hint"),
    request.by && h("p", { class: "hint" }, sheet.say("by", { day: request.by })),
  ];
}

/** One's own request: choose what to begin with, then say who does what by when.
 * @param {Sheet} sheet
 */
function drawMine(sheet, request) {
  const { words } = sheet;
  const begin = (offer) => () => sheet.send({ do: "begin_with", id: offer.id });
  return h(
    "li",
    { class: "card", key: request.id },
    drawWords(sheet, request),
    h("h4", {}, words.offers),
    !request.offers.length && h("p", { class: "hint" }, words.offers_none),
    h(
      "ul",
      { class: "cards" },
      request.offers.map((offer) =>
        h(
          "li",
          { class: offer.first ? "offer first" : "offer", key: offer.id },
          h(
            "p",
            {},
            h("strong", {}, sheet.say("offer_line", { name: offer.who, kind: offer.kind })),
            offer.first && [" ", h("span", { class: "tag" }, words.begins)],
          ),
          offer.words && said(offer.words),
          offer.first
            ? drawPromise(sheet, offer)
            : sheet.button(words.begin_with, begin(offer), {
                name: `${words.begin_with} – ${offer.who}`,
              }),
        ),
      ),
    ),
  );
}

/** Somebody else's request, one's offers for it, and one more. @param {Sheet} sheet */
function drawOther(sheet, request) {
  const { words } = sheet;
  const back = (offer) => () => sheet.send({ do: "take_back", id: offer.id });
  return h(
    "li",
    { class: "card", key: request.id },
    drawWords(sheet, request),
    h("p", { class: "hint" }, sheet.say("who_asks", { name: request.who })),
    request.offers.map((offer) =>
      h(
        "div",
        { class: offer.first ? "offer first" : "offer", key: offer.id },
        h("p", {}, h("strong", {}, offer.kind)),
        offer.words && said(offer.words),
        offer.first
          ? [h("p", {}, sheet.say("is_first", { name: request.who })), drawPromise(sheet, offer)]
          : sheet.button(words.take_back, back(offer), {
              name: `${words.take_back} – ${offer.kind}`,
            }),
      ),
    ),
    request.room ? drawOffer(sheet, request) : h("p", { class: "hint" }, words.enough),
  );
}

/** One more offer: it is sent as a whole. @param {Sheet} sheet */
function drawOffer(sheet, request) {
  const { words, memory, state } = sheet;
  memory.drafts ??= {};
  const draft = (memory.drafts[request.id] ??= {
    id: `offer-${request.id}`,
    draft: true,
    kind: "",
    words: "",
  });
  const fields = sheet.fields("offer", draft);
  const send = () => {
    if (!draft.kind) return sheet.setStatus(words.choose_kind, true);
    const done = ({ ok }) => {
      if (!ok) return;
      delete memory.drafts[request.id];
      sheet.draw();
      sheet.focus(`${request.id}.offer`);
    };
    const message = { request_id: request.id, kind: draft.kind, words: draft.words };
    sheet.send({ do: "offer", ...message }, { done });
  };
  return h(
    "div",
    { class: "offering", key: "offering", tabindex: -1, "data-focus": `${request.id}.offer` },
    fields.choose("kind", state.kinds),
    draft.kind && [
      fields.text("words", { label: words.words, hint: words.words_hint }),
      sheet.button(words.offer, send, { name: `${words.offer} – ${request.who}` }),
    ],
  );
}

/** What was promised of an offer, and one more promise. @param {Sheet} sheet */
function drawPromise(sheet, offer) {
  const { words, memory } = sheet;
  memory.promises ??= {};
  const draft = (memory.promises[offer.id] ??= {
    id: `promise-${offer.id}`,
    draft: true,
    words: "",
    due: "",
  });
  const fields = sheet.fields("promise", draft);
  const send = () => {
    if (!draft.words.trim()) {
      sheet.setStatus(words.promise_empty, true);
      return sheet.focus(`${draft.id}.words`);
    }
    const done = ({ ok }) => {
      if (!ok) return;
      delete memory.promises[offer.id];
      sheet.draw();
      sheet.focusQuestion();
    };
    const message = { offer_id: offer.id, words: draft.words, due: draft.due };
    sheet.send({ do: "promise", ...message }, { done });
  };
  return h(
    "div",
    { class: "promising", key: "promising" },
    h("h4", {}, words.promise),
    offer.promises.map((promise, at) =>
      h(
        "p",
        { class: "said", dir: "auto", key: `p-${at}` },
        promise.words,
        promise.due && ` (${promise.due})`,
      ),
    ),
    fields.text("words", { label: words.promise_words, hint: words.promise_hint }),
    fields.dateField("due", { label: words.promise_due }),
    sheet.button(words.promise_make, send),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
