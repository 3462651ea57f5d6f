// The three dials on a sheet: set them, and see how they changed.

import { Sheet, fill, h } from "../base/sheet.js";

const DIALS = ["dial_goal", "dial_benefit", "dial_time"];
const WIDE = 240,
  HIGH = 44,
  EDGE = 6; // of a small chart, in its own units

/** Draw the dials of today, or the last reading; below, the charts. `after` stands between. */
Sheet.prototype.dials = function ({ after } = {}) {
  const { row, on, past, due, words } = this.state.dials;
  const last = past.at(-1);
  const asks = row.version > 0 || due || this.memory.again;
  const shown = (reading, dial) =>
    dial in reading.values ? `${reading.values[dial]} / 10` : this.common.not_said;
  const again = () => {
    this.memory.again = true;
    this.draw();
    this.focus(`${row.id}.dial_goal`);
  };
  return h(
    "div",
    { key: "dials" },
    due && last && h("p", { class: "example", key: "due" }, words.due),
    asks && [
      last && h("h3", { key: "today" }, fill(words.answering, { on })),
      DIALS.map((dial) =>
        this.dial("review", row, dial, { label: words[dial], ...words.ends[dial] }),
      ),
    ],
    !asks &&
      h(
        "div",
        { class: "card", key: "last" },
        h("h3", {}, fill(words.last, last)),
        h(
          "dl",
          { class: "terms" },
          DIALS.map((dial) => [
            h("dt", { key: `t-${dial}` }, words[dial]),
            h("dd", { key: `d-${dial}` }, shown(last, dial)),
          ]),
        ),
        this.button(words.again, again),
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
        this.fold("past", words.table, drawTable(words, past, shown)),
      ),
  );
};

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

/** One dial over time, as a line with a knot for each reading. */
function drawLine(words, past, dial) {
  const said = past.filter(({ values }) => dial in values);
  const step = (WIDE - 2 * EDGE) / Math.max(1, said.length - 1);
  const knots = said.map(({ values }, index) => [
    EDGE + index * step,
    HIGH - EDGE - (values[dial] / 10) * (HIGH - 2 * EDGE),
  ]);
  const label = fill(words.line, {
    dial: words[dial],
    values: said.map(({ on, values }) => `${on} ${values[dial]}`).join("、"),
  });
  return h(
    "figure",
    { key: dial },
    h("figcaption", {}, words[dial]),
    h(
      "svg",
      { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label },
      h("path", { class: "base", d: `M${EDGE} ${HIGH - 1}H${WIDE - EDGE}` }),
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
