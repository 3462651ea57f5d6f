// Rounds: who talks with whom. Proposed first; nobody sees them before they are published.

import { defineSheet, format, h } from "../base/sheet.js";
import { whileOpen } from "./room_sheet.js";

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words, memory } = sheet;
  if (!state.choices.length) return h("p", { class: "empty" }, words.no_phase);
  const isOver = state.stage.state === "over";
  const arrange = (again) => () =>
    sheet.send({ do: "arrange", with_host: Boolean(memory.withHost), again });
  return [
    choice(sheet, "phase", words.phase, state.choices, state.phase, (phase) =>
      sheet.send({ do: "choose_phase", phase }),
    ),
    !isOver &&
      h(
        "p",
        { key: "people" },
        state.people < 2
          ? words.nobody
          : sheet.say("people", { n: state.people, size: state.size }),
        state.people > 1 && state.people % state.size !== 0 && [" ", words.odd],
      ),
    state.published.length > 0 && [
      h("h3", {}, words.now),
      h(
        "ol",
        { key: "published" },
        state.published.map((names, at) =>
          h("li", { key: at, class: "party" }, `${at + 1}. ${names.join(" · ")}`),
        ),
      ),
    ],
    !isOver &&
      state.latecomers.length > 0 &&
      h(
        "div",
        { class: "today", key: "late" },
        h("p", {}, sheet.say("late", { names: state.latecomers.join(" · ") })),
        sheet.button(words.seat_late, () => sheet.send({ do: "seat_late" })),
      ),
    !isOver &&
      h(
        "label",
        { class: "option tick", key: "host" },
        h("input", {
          type: "checkbox",
          checked: Boolean(memory.withHost),
          onchange: ({ target }) => {
            memory.withHost = target.checked;
          },
        }),
        h("span", {}, words.with_host),
      ),
    !isOver &&
      h(
        "p",
        { class: "row", key: "arrange" },
        sheet.button(words.arrange, arrange(false), {
          main: !state.proposals.length,
          focus: "arrange",
        }),
        state.proposals.length > 0 && sheet.button(words.again, arrange(true), { focus: "again" }),
      ),
    !isOver && state.proposals.length > 0 && drawProposals(sheet),
    !isOver && drawRules(sheet),
    drawHelpers(sheet),
    state.met.length > 0 &&
      sheet.details(
        "met",
        words.met,
        h(
          "dl",
          { class: "terms" },
          state.met.map(({ name, others }) => [
            h("dt", {}, name),
            h(
              "dd",
              {},
              others
                .map(([other, count]) => sheet.say("met_line", { name: other, count }))
                .join(" · "),
            ),
          ]),
        ),
      ),
  ];
}

/** @param {Sheet} sheet */
function drawProposals(sheet) {
  const { state, words } = sheet;
  const publish = () => sheet.send(() => ({ do: "publish", seen: sheet.state.stage.version }));
  return h(
    "section",
    { key: "proposals" },
    state.proposals.map((proposal) =>
      h(
        "section",
        { key: proposal.phase },
        h("h3", {}, sheet.say("proposal", proposal)),
        h(
          "ol",
          {},
          proposal.parties.map((party, at) =>
            h(
              "li",
              { key: at, class: "party" },
              `${at + 1}. ${party.members.map((id) => state.names[id]).join(" · ")}`,
              h("small", {}, whyText(sheet, party.why)),
            ),
          ),
        ),
        proposal.parties.length > 1 && drawSwap(sheet, proposal),
      ),
    ),
    h(
      "p",
      {},
      state.repeats.length ? sheet.say("repeats", { n: state.repeats.length }) : words.no_repeats,
    ),
    h(
      "ul",
      { class: "dots" },
      state.repeats.map(({ names: [one, other], count }) =>
        h("li", { key: `${one} ${other}` }, sheet.say("repeat", { one, other, count })),
      ),
    ),
    sheet.button(words.publish, publish, { main: true, focus: "publish" }),
  );
}

/** Who could help whom, for whoever leads to say aloud. @param {Sheet} sheet */
function drawHelpers(sheet) {
  const { state, words } = sheet;
  return sheet.details(
    "helpers",
    words.helpers,
    h("p", { class: "hint" }, words.helpers_hint),
    h(
      "p",
      { class: "row" },
      sheet.button(words.find_helpers, () => sheet.send({ do: "find_helpers" }), {
        focus: "helpers",
      }),
    ),
    state.helps && !state.helps.length && h("p", { class: "empty" }, words.no_helpers),
    h(
      "ul",
      { class: "dots" },
      (state.helps ?? []).map((each) =>
        h("li", { key: `${each.whom} ${each.need}`, dir: "auto" }, format(words.whys.fits, each)),
      ),
    ),
  );
}

/** Why people are in one party. @param {Sheet} sheet */
function whyText(sheet, { key, ...facts }) {
  return format(sheet.words.whys[key] ?? "", facts);
}

/** @param {Sheet} sheet */
function drawSwap(sheet, proposal) {
  const { state, words, memory } = sheet;
  const chosen = (memory[`swap-${proposal.phase}`] ??= {});
  const people = proposal.parties.flatMap(({ members }) => members);
  const options = people.map((id) => [id, state.names[id]]);
  const pick = (which) => (id) => {
    chosen[which] = id;
    sheet.draw();
  };
  const swap = () =>
    sheet.send({ do: "swap", phase: proposal.phase, one: chosen.one, other: chosen.other });
  return sheet.details(
    `swap-${proposal.phase}`,
    words.swap,
    h(
      "div",
      { class: "row" },
      choice(
        sheet,
        `one-${proposal.phase}`,
        words.swap_one,
        options,
        chosen.one,
        pick("one"),
        true,
      ),
      choice(
        sheet,
        `other-${proposal.phase}`,
        words.swap_other,
        options,
        chosen.other,
        pick("other"),
        true,
      ),
    ),
    sheet.button(words.swap, swap, {
      disabled: !chosen.one || !chosen.other || chosen.one === chosen.other,
    }),
  );
}

/** @param {Sheet} sheet */
function drawRules(sheet) {
  const { state, words, memory } = sheet;
  const rule = (memory.rule ??= { kind: "apart" });
  const options = Object.entries(state.names);
  const pick = (which) => (value) => {
    rule[which] = value;
    sheet.draw();
  };
  const said = ({ kind, names: [one, other] }) =>
    sheet.say("rule", { one, other, kind: words.kinds[kind] });
  return sheet.details(
    "rules",
    words.rules,
    h("p", { class: "hint" }, words.rules_hint),
    h(
      "ul",
      {},
      state.rules.map((each) =>
        h(
          "li",
          { key: each.id, class: "row line" },
          h("span", { class: "what" }, said(each)),
          sheet.button(sheet.common.remove, () => sheet.remove("room_rule", each), {
            name: sheet.say("drop_rule", { rule: said(each) }),
          }),
        ),
      ),
    ),
    h(
      "div",
      { class: "row" },
      choice(sheet, "rule-one", words.rule_one, options, rule.one, pick("one"), true),
      choice(sheet, "rule-other", words.rule_other, options, rule.other, pick("other"), true),
      choice(sheet, "rule-kind", words.kind, Object.entries(words.kinds), rule.kind, pick("kind")),
    ),
    sheet.button(
      words.add_rule,
      () => sheet.send({ do: "add_rule", one: rule.one, other: rule.other, kind: rule.kind }),
      { disabled: !rule.one || !rule.other || rule.one === rule.other },
    ),
  );
}

/** A drop-down list that only this page remembers.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {string} label
 * @param {readonly (readonly any[])[]} options
 * @param {string | undefined} value
 * @param {(value: string) => void} onpick
 */
function choice(sheet, name, label, options, value, onpick, isEmpty = false) {
  const id = `${sheet.id}-${name}`;
  return h(
    "div",
    { class: "field", key: `f-${name}` },
    h("label", { for: id }, label),
    h(
      "select",
      { id, key: id, value: value ?? "", onchange: ({ target }) => onpick(target.value) },
      isEmpty && h("option", { value: "" }, sheet.common.not_said),
      options.map(([each, text]) => h("option", { key: `o-${each}`, value: each }, text)),
    ),
  );
}

export default defineSheet({ draw: whileOpen(draw) });
