// The three dials on a sheet: set them, and see how they changed.

import { format, h } from "../base/sheet.js";

const DIALS = ["dial_goal", "dial_benefit", "dial_time"];
const WIDTH = 240,
  HEIGHT = 44,
  EDGE = 6; // of a small chart, in its own units

/** The sliders of today, or the last reading; below, the charts. `after` stands between.
 * @param {Sheet} sheet
 * @param {{after?: Kid}} options
 */
export function selfRating(sheet, { after } = {}) {
  const { row, on, past, due, words } = sheet.state.dials;
  const fields = sheet.fields("review", row);
  const last = past.at(-1);
  const asks = row.version > 0 || due || sheet.memory.again;
  /** @param {Reading} reading @param {string} dial */
  const shown = (reading, dial) =>
    dial in reading.values ? `${reading.values[dial]} / 10` : sheet.common.not_said;
  const again = () => {
    sheet.memory.again = true;
    sheet.draw();
    sheet.focus(`${row.id}.dial_goal`);
  };
  return h(
    "div",
    { key: "dials" },
    due && last && h("p", { class: "example", key: "due" }, words.due),
    asks && [
      last && h("h3", { key: "today" }, format(words.answering, { on })),
      DIALS.map((dial) => fields.slider(dial, { label: words[dial], ...words.ends[dial] })),
    ],
    !asks &&
      h(
        "div",
        { class: "card", key: "last" },
        h("h3", {}, format(words.last, last)),
        h(
          "dl",
          { class: "terms" },
          DIALS.map((dial) => [
            h("dt", { key: `t-${dial}` }, words[dial]),
            h("dd", { key: `d-${dial}` }, shown(last, dial)),
          ]),
        ),
        sheet.button(words.again, again),
      ),
    after,
    past.length > 1 &&
      h(
        "div",
        { key: "past" },
        h("h3", {}, words.past),
        h(
          "div",
          { class: "pair lines" },
          DIALS.map((dial) => drawLine(words, past, dial)),
        ),
        sheet.details("past", words.table, drawTable(words, past, shown)),
      ),
  );
}

/** @typedef {{on: string, values: Record<string, number>}} Reading */

/**
 * @param {Words} words
 * @param {Reading[]} past
 * @param {(reading: Reading, dial: string) => string} shown
 */
function drawTable(words, past, shown) {
  return h(
    "div",
    { class: "wide" },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, words.day),
          DIALS.map((dial) => h("th", { key: dial, scope: "col" }, words[dial])),
        ),
      ),
      h(
        "tbody",
        {},
        [...past].reverse().map((reading) =>
          h(
            "tr",
            { key: reading.on },
            h("th", { scope: "row" }, reading.on),
            DIALS.map((dial) => h("td", { key: dial }, shown(reading, dial))),
          ),
        ),
      ),
    ),
  );
}

/** One dial over time, as a line with a knot for each reading.
 * @param {Words} words
 * @param {Reading[]} past
 * @param {string} dial
 */
function drawLine(words, past, dial) {
  const given = past.filter(({ values }) => dial in values);
  const step = (WIDTH - 2 * EDGE) / Math.max(1, given.length - 1);
  const knots = given.map(({ values }, index) => [
    EDGE + index * step,
    HEIGHT - EDGE - (values[dial] / 10) * (HEIGHT - 2 * EDGE),
  ]);
  const label = format(words.line, {
    dial: words[dial],
    values: given.map(({ on, values }) => `${on} ${values[dial]}`).join("、"),
  });
  return h(
    "figure",
    { key: dial },
    h("figcaption", {}, words[dial]),
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
      h("path", { class: "base", d: `M${EDGE} ${HEIGHT - 1}H${WIDTH - EDGE}` }),
      h("path", {
        class: "thread",
        d: knots
          .map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
          .join(""),
      }),
      knots.map(([x, y], index) =>
        h("circle", { key: index, cx: x.toFixed(1), cy: y.toFixed(1), r: 3.5 }),
      ),
    ),
  );
}
