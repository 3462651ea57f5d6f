// Two phrases of which it is unsure whether they belong together: the person says so, once.

import { format, h } from "../base/sheet.js";

/** The question about a pair, with both answers; nothing without a pair.
 * @param {Sheet} sheet
 * @param {{one: string, other: string} | null} pair
 */
export const askPair = (sheet, pair) => {
  if (!pair) return false;
  const { common } = sheet;
  const { one, other } = pair;
  /** @param {string} verdict */
  const judge = (verdict) => () => sheet.send({ do: "judge_pair", one, other, verdict });
  return h(
    "div",
    { class: "example", key: `pair-${one}-${other}` },
    h("p", {}, format(common.pair_ask, { one, other })),
    h("p", { class: "hint" }, common.pair_hint),
    h(
      "div",
      { class: "row" },
      sheet.button(common.pair_yes, judge("together")),
      sheet.button(common.pair_no, judge("apart")),
    ),
  );
};
