// The three questions about an if-then plan: did the moment come, what did you do, what will you
// keep? `state.questions` has their texts.

import { h } from "../base/sheet.js";

/** The form with the three questions; the answer exists only on the page until it is sent.
 * @param {Sheet} sheet
 * @param {{id: string, keep?: string}} plan with what the person kept last time
 */
export function planQuestions(sheet, plan) {
  const { memory, state } = sheet;
  const { questions } = state;
  const key = `answer-${plan.id}`;
  /** @type {Row} */
  const answer = (memory[key] ??= {
    id: key,
    draft: true,
    came: "",
    did: "",
    keep: plan.keep ?? "",
    smaller: "",
  });
  const fields = sheet.fields("plan", answer);
  const enter = () => {
    const { came, did, keep, smaller } = answer;
    if (!came) return sheet.focus(`${key}.came.yes`);
    sheet.send(
      { do: "answer_plan", id: plan.id, came, did, keep, smaller },
      {
        done: ({ ok }) => {
          if (!ok) return;
          memory[key] = null;
          sheet.draw();
        },
      },
    );
  };
  return h(
    "form",
    {
      key,
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        enter();
      },
    },
    fields.choose("came", questions.cames, {
      label: questions.came,
      onpick: (value) => {
        answer.came = value;
        sheet.draw();
      },
    }),
    answer.came === "yes" && fields.textArea("did", { label: questions.did, rows: 2 }),
    answer.came === "missed" &&
      fields.text("smaller", {
        label: questions.smaller,
        hint: questions.smaller_hint,
        placeholder: questions.smaller_example,
      }),
    ["yes", "no"].includes(answer.came) &&
      fields.textArea("keep", { label: questions.keep, rows: 2 }),
    h("div", { class: "row" }, h("button", { type: "submit" }, questions.enter)),
  );
}
