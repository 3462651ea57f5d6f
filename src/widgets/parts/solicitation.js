// Signs of recruiting, for a place or a person: a checklist, with ways to say no.

import "./person_picker.js";
import { Sheet, h } from "../base/sheet.js";

/** The checklist of a place or a person, closed at first, and its result. */
Sheet.prototype.signs = function (table, row) {
  const { signs } = this.state;
  const tick = (sign, on) =>
    this.write(table, row, {
      signs: on ? [...row.signs, sign] : row.signs.filter((other) => other !== sign),
    });
  return [
    this.fold(
      `${row.id}-signs`,
      table === "contact" ? signs.title_person : signs.title,
      h("p", { class: "hint" }, signs.lead),
      h(
        "div",
        { class: "choices" },
        table === "place" &&
          this.tick(table, row, "unknown_organiser", { label: signs.unknown_organiser }),
        Object.entries(signs.each).map(([sign, text]) =>
          h(
            "label",
            { key: sign, class: "option tick" },
            h("input", {
              type: "checkbox",
              checked: row.signs.includes(sign),
              "data-focus": `${row.id}.${sign}`,
              onchange: (event) => tick(sign, event.target.checked),
            }),
            h("span", {}, text),
          ),
        ),
      ),
      h("h3", {}, signs.refuse_title),
      h(
        "ul",
        { class: "dots" },
        signs.refuse.map((line) => h("li", { key: line }, line)),
      ),
      h("h3", {}, signs.help_title),
      this.note([signs.help, signs.law]),
    ),
    row.caution &&
      h(
        "div",
        { class: "trouble", key: "caution", role: "status" },
        h("p", {}, h("strong", {}, signs.results[row.result])),
        this.note([row.caution.why, row.caution.act]),
      ),
  ];
};
