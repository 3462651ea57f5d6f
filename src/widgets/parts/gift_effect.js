// What a given gift did for the contact: asked once; then whether others get it, too.
// `state.effects` has the texts.

import { format, h } from "../base/sheet.js";

/** The field and its two answers; the answer exists only on the page until it is sent.
 * @param {Sheet} sheet
 * @param {{id: string, what: string}} give
 * @param {(answer: Answer) => void} done what follows an answer that was entered
 */
export function giftEffect(sheet, give, done) {
  const { memory, state } = sheet;
  const { effects } = state;
  const slot = `effect-${give.id}`;
  /** @type {Row} */
  const row = (memory[slot] ??= { id: slot, draft: true, effect: "" });
  /** @param {string} effect */
  const tell = (effect) =>
    sheet.send(
      { do: "tell_effect", id: give.id, effect },
      {
        done: (answer) => {
          if (!answer.ok) return;
          delete memory[slot];
          memory.may_offer = answer.may_offer ? { id: give.id, what: answer.may_offer } : null;
          done(answer);
        },
      },
    );
  return [
    sheet.fields("give", row).textArea("effect", {
      label: effects.effect_ask,
      hint: effects.effect_hint,
      rows: 2,
      placeholder: effects.effect_example,
    }),
    h(
      "div",
      { class: "row", key: slot },
      sheet.button(effects.effect_keep, () => {
        if (row.effect.trim()) tell(row.effect);
        else sheet.focus(`${slot}.effect`);
      }),
      sheet.button(effects.effect_leave, () => tell(""), {
        name: `${effects.effect_leave} – ${give.what}`,
      }),
    ),
  ];
}

/** An own idea that gladdened somebody: would one do it for others, too? Drawn until answered.
 * @param {Sheet} sheet
 */
export function offerGift(sheet) {
  const { memory, state } = sheet;
  const { effects } = state;
  /** @type {{id: string, what: string} | null | undefined} */
  const may = memory.may_offer;
  if (!may) return null;
  const leave = () => {
    memory.may_offer = null;
    sheet.draw();
  };
  return h(
    "div",
    { class: "example field", key: "may_offer", role: "status" },
    h("p", {}, format(effects.effect_others, may)),
    h(
      "div",
      { class: "row" },
      sheet.button(effects.effect_offer, () =>
        sheet.send({ do: "offer_gift", id: may.id }, { done: ({ ok }) => ok && leave() }),
      ),
      sheet.button(effects.effect_no_offer, leave),
    ),
  );
}
