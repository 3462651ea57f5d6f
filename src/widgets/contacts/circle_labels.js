// Circles as labels: a chip wherever one is shown, and the fold in which they are renamed.

import { format, h } from "../base/sheet.js";

/** @typedef {{name: string, colour: string, count?: number}} CircleLabel */

/** A circle beside a name; its colour only helps the eye, the name is always there.
 * @param {CircleLabel} circle
 */
export function circleChip({ name, colour }) {
  return h("span", { class: "circle-chip", key: name, "data-colour": colour || null }, name);
}

/** The chips of a person. @param {CircleLabel[]} circles */
export function circleChips(circles) {
  return circles.length > 0 && h("span", { class: "chips" }, circles.map(circleChip));
}

/** The chips of the circles of a card. @param {Sheet} sheet @param {string[]} names */
export function cardCircles(sheet, names) {
  const colours = new Map(
    sheet.state.labels.map((/** @type {CircleLabel} */ { name, colour }) => [name, colour]),
  );
  const labels = names.map((name) => ({ name, colour: colours.get(name) ?? "" }));
  return labels.length > 0 && h("p", { key: "circles" }, circleChips(labels));
}

/** The fold with all circles. @param {Sheet} sheet */
export function drawCircleLabels(sheet) {
  const { state, words } = sheet;
  /** @type {CircleLabel[]} */
  const labels = state.labels;
  if (!labels.length) return null;
  return sheet.details("circle-labels", words.circle_labels, () => [
    h("p", { class: "hint" }, words.circle_labels_hint),
    h(
      "ul",
      { class: "cards" },
      labels.map((label) => h("li", { key: label.name }, drawLabel(sheet, label))),
    ),
  ]);
}

/** @param {Sheet} sheet @param {CircleLabel} label */
function drawLabel(sheet, label) {
  const { state, words } = sheet;
  const { name, colour, count } = label;
  const id = `${sheet.id}-circle-${name}`;
  return h(
    "div",
    { class: "card", "data-focus": `circle-${name}`, tabindex: -1 },
    h("p", {}, circleChip(label), " ", h("small", {}, sheet.say("count", { count }))),
    h(
      "div",
      { class: "row people-row" },
      h(
        "div",
        { class: "field" },
        h("label", { for: `${id}-colour` }, words.circle_colour),
        h(
          "select",
          {
            id: `${id}-colour`,
            value: colour,
            "aria-label": format(words.circle_colour_of, { name }),
            /** @param {any} event */
            onchange: (event) =>
              sheet.send({ do: "colour_label", name, colour: event.target.value }),
          },
          Object.entries(state.colours).map(([value, text]) =>
            h("option", { key: value, value }, /** @type {string} */ (text)),
          ),
        ),
      ),
      h(
        "form",
        {
          class: "row people-row",
          /** @param {Event} event */
          onsubmit: (event) => {
            event.preventDefault();
            const to = sheet.find(`${id}-name`).value.trim();
            if (to && to !== name) sheet.send({ do: "rename_label", name, to });
          },
        },
        h(
          "div",
          { class: "field" },
          h("label", { for: `${id}-name` }, words.circle_name),
          h("input", {
            id: `${id}-name`,
            value: name,
            autocomplete: "off",
            maxlength: sheet.limits.text_line,
            "aria-label": format(words.circle_rename, { name }),
          }),
        ),
        h("button", { type: "submit" }, words.circle_rename_do),
      ),
    ),
  );
}
