// The question that is asked now: its choices, a field, or both. `state.asked` has it.

import { h } from "../base/sheet.js";
import { explanation } from "./explanation.js";

/** The question with its answers; the answer exists only on the page until it is sent.
 * @param {Sheet} sheet
 */
export function askedLater(sheet) {
  const { memory, state } = sheet;
  const { asked } = state;
  if (!asked) return null;
  const slot = `asked-${asked.key}`;
  /** @type {Row} */
  const answer = (memory[slot] ??= { id: slot, draft: true, chosen: "", words: "" });
  const fields = sheet.fields("answer", answer);
  const { code, about } = asked;
  /** @param {Answer} answered */
  const done = ({ ok, href }) => {
    if (!ok) return;
    delete memory[slot];
    if (href) location.href = href;
    sheet.focusQuestion();
  };
  const keep = () => {
    const { chosen, words } = answer;
    if (!chosen && !words.trim())
      return sheet.focus(asked.choices.length ? `${slot}.chosen` : `${slot}.words`);
    sheet.send({ do: "answer_question", code, about, chosen, words }, { done });
  };
  return h(
    "form",
    {
      class: "example field",
      key: slot,
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        keep();
      },
    },
    asked.choices.length > 0
      ? fields.choose("chosen", asked.choices, {
          label: asked.ask,
          onpick: (value) => {
            answer.chosen = value;
            sheet.draw();
          },
        })
      : h("p", {}, asked.ask),
    asked.words &&
      fields.textArea("words", { label: asked.words, rows: 2, placeholder: asked.example }),
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit" }, asked.keep),
      sheet.button(asked.aside_text, () =>
        sheet.send({ do: "put_question_aside", code, about }, { done }),
      ),
    ),
    explanation(sheet, "asked", asked.why),
  );
}
