// The ladder of five rungs: me, the others, and what the distance is good for.

import { defineSheet, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  const { goal, roles, gaps } = state;
  const rungs = words.rungs.map((text, rung) => [rung, `${rung}　${text}`]).reverse();
  const on = (rung) =>
    roles
      .filter((role) => role.rung === rung)
      .map((role) => role.called)
      .join(" · ");
  const fields = sheet.fields("goal", goal);
  return [
    fields.text("rung_words", { hint: words.rung_words_hint }),
    h(
      "div",
      { class: "rungs", key: "rungs" },
      fields.choose(
        "rung",
        rungs.map(([rung, text]) => [rung, text, on(rung)]),
      ),
    ),
    h("h3", { key: "theirs" }, words.roles_title),
    roles.length === 0
      ? h(
          "div",
          { class: "empty", key: "none" },
          h("p", {}, words.no_roles),
          h("p", {}, h("a", { href: "#roles" }, words.to_roles)),
        )
      : h(
          "div",
          { class: "cards", key: "roles" },
          roles.map((role) =>
            h(
              "div",
              { class: "card", key: role.id },
              sheet.fields("role", role).select("rung", rungs, { label: role.called }),
              h(
                "p",
                { "aria-live": "polite" },
                gaps[role.gap] ?? (goal.rung == null ? words.say_mine : ""),
              ),
            ),
          ),
        ),
    sheet.details(
      "gaps",
      words.gaps_title,
      h(
        "dl",
        { class: "terms" },
        Object.entries(words.gap_steps).map(([kind, step]) => [
          h("dt", { key: `t-${kind}` }, step),
          h("dd", { key: `d-${kind}` }, gaps[kind]),
        ]),
      ),
    ),
  ];
}

export default defineSheet({ draw });
