// The small screen: nothing moves in the chart before Python has said so.

import { defineSheet, h } from "./base/sheet.js";

const WIDE = 640,
  HIGH = 320,
  LEFT_EDGE = 40,
  FOOT = 40,
  HEAD = 10;

/** @param {Sheet} sheet */
function draw(sheet) {
  const { title, dials, values, most, columns, people } = sheet.state;
  return h(
    "div",
    { class: "enishi" },
    h("h1", {}, title),
    h("label", {}, "Name", h("input", { type: "text" })),
    dials.map((label, at) =>
      h(
        "label",
        { key: label, class: "field" },
        label,
        h("input", {
          type: "range",
          min: 0,
          max: most,
          value: values[at],
          oninput: (event) => sheet.send({ do: "move", at, value: Number(event.target.value) }),
        }),
      ),
    ),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((name) => h("th", { key: name, scope: "col" }, name)),
        ),
      ),
      h(
        "tbody",
        {},
        people.map((row) =>
          h(
            "tr",
            { key: row[0] },
            row.map((cell, at) => h("td", { key: at }, String(cell))),
          ),
        ),
      ),
    ),
    drawChart(dials, values, most),
  );
}

function drawChart(labels, values, most) {
  const step = (WIDE - LEFT_EDGE) / labels.length;
  const at = (value) => HEAD + (HIGH - HEAD - FOOT) * (1 - value / most);
  const marks = [0, 2, 4, 6, 8, 10];
  return h(
    "svg",
    {
      class: "chart",
      viewBox: `0 0 ${WIDE} ${HIGH}`,
      width: WIDE,
      height: HIGH,
      role: "img",
      "aria-label": "chart",
    },
    h(
      "g",
      { class: "axis" },
      marks.map((mark) =>
        h(
          "g",
          { key: mark },
          h("line", { x1: LEFT_EDGE, x2: WIDE, y1: at(mark), y2: at(mark), stroke: "#ddd" }),
          h("text", { x: LEFT_EDGE - 6, y: at(mark) + 4, "text-anchor": "end" }, String(mark)),
        ),
      ),
    ),
    h(
      "g",
      { class: "bars" },
      values.map((value, index) =>
        h("path", {
          key: index,
          fill: "#636efa",
          d: `M${LEFT_EDGE + index * step + 8} ${at(0)}V${at(value)}h${step - 16}V${at(0)}Z`,
        }),
      ),
    ),
    h(
      "g",
      { class: "names" },
      labels.map((label, index) =>
        h(
          "text",
          {
            key: label,
            x: LEFT_EDGE + (index + 0.5) * step,
            y: HIGH - FOOT + 18,
            "text-anchor": "middle",
          },
          label,
        ),
      ),
    ),
  );
}

export default defineSheet({ draw });
