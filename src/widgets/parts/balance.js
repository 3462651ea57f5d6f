// Where giving goes one way: what the person makes of it. `state.balance` has the choices by rule.

import { h } from "../base/sheet.js";

/** The buttons beside a reason; none for a rule that is about something else.
 * @param {Sheet} sheet
 * @param {string} rule
 * @param {{id: string, name: string}} person
 */
export function balanceChoices(sheet, rule, { id, name }) {
  /** @type {[string, string][] | undefined} */
  const choices = sheet.state.balance[rule];
  if (!choices) return null;
  /** @param {Answer} answer */
  const done = ({ ok, href }) => {
    if (ok && href) location.href = href;
  };
  return h(
    "div",
    { class: "row", key: `balance-${rule}` },
    choices.map(([chosen, text]) =>
      sheet.button(
        text,
        () => {
          sheet.saveAll();
          sheet.send({ do: "settle_balance", id, chosen }, { done });
        },
        { name: `${text} – ${name}` },
      ),
    ),
  );
}
