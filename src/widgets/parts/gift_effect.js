// What a given gift did for the contact: asked once. `state.effects` has the texts.

import { h } from "../base/sheet.js";

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
