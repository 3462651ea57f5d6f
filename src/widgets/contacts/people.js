// People: those in focus, a list that can be searched, and one card at a time.

import { circleChips, drawCircleLabels } from "./circle_labels.js";
import { drawAsking, drawCard } from "./card.js";
import { drawConditions, drawFilter } from "./people_filter.js";
import { drawFull, gather } from "./focus.js";
import { drawSelection, selectionBox, selectionButton } from "./people_selection.js";
import { likelyPairs } from "./same_person.js";
import { addressRow } from "../parts/address_row.js";
import { afterPause } from "../base/pause.js";
import { defineSheet, format, h } from "../base/sheet.js";

const KEYSTROKE = 250; // milliseconds without typing after which the search starts

/** Show another part of the list; values that are not given stay. @param {Sheet} sheet */
function show(sheet, change) {
  const { text, order, letter } = { ...sheet.state, ...sheet.memory.view };
  sheet.memory.view = { text, order, letter, first: 0, ...change };
  const search = () => sheet.send(() => ({ do: "show", ...sheet.memory.view }));
  afterPause(sheet, "text" in change ? KEYSTROKE : 0, search);
}

const inAddress = addressRow("choose", (sheet) => sheet.state.card?.id);

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state } = sheet;
  if (inAddress.arrives(sheet)) return []; // do not show another card meanwhile
  return [
    state.forgotten && drawForgotten(sheet, state.forgotten),
    state.card
      ? drawCard(sheet, state.card)
      : [state.everyone > 0 && drawFocus(sheet), drawList(sheet)],
    !state.card && state.everyone > 1 && likelyPairs(sheet, state.same_person),
    !state.card && state.bin.length > 0 && drawBin(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawList(sheet) {
  const { state, words } = sheet;
  const id = `${sheet.id}-search`;
  if (!state.everyone)
    return h(
      "div",
      { class: "empty", key: "nobody" },
      h("p", {}, words.nobody),
      h("a", { href: "#add", class: "button" }, words.to_add),
    );
  const view = { ...state, ...sheet.memory.view };
  const letter = (value, text) =>
    h(
      "button",
      {
        type: "button",
        key: value || "all",
        "aria-pressed": String(view.letter === value),
        onclick: () => show(sheet, { letter: value }),
      },
      text,
    );
  return h(
    "div",
    { key: "list", class: "people-list" },
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.search),
      h("input", {
        id,
        type: "search",
        autocomplete: "off",
        value: view.text,
        placeholder: sheet.common.person_example,
        "data-focus": "search",
        oninput: (event) => show(sheet, { text: event.target.value, letter: "" }),
      }),
    ),
    sheet.details(
      "narrow",
      words.narrow,
      h(
        "div",
        { class: "field" },
        h("label", { for: `${id}-order` }, words.order),
        h(
          "select",
          {
            id: `${id}-order`,
            value: view.order,
            onchange: (event) => show(sheet, { order: event.target.value }),
          },
          Object.entries(words.orders).map(([value, text]) =>
            h("option", { key: value, value }, text),
          ),
        ),
      ),
      h(
        "div",
        { class: "letters row", role: "group", "aria-label": words.index },
        letter("", words.everyone),
        Object.keys(state.letters).map((value) => letter(value, words.headings[value] ?? value)),
      ),
      drawFilter(sheet),
    ),
    drawConditions(sheet),
    h(
      "div",
      { class: "row list-head" },
      h("p", { class: "hint" }, sheet.say("count", { count: state.total })),
      selectionButton(sheet),
    ),
    drawSelection(sheet),
    state.people.length
      ? h(
          "ul",
          { class: "names found" },
          state.people.map((person) => h("li", { key: person.id }, drawPerson(sheet, person))),
        )
      : h(
          "p",
          { class: "empty" },
          state.filter.conditions.length ? words.nobody_filtered : words.nobody_so,
        ),
    state.total > state.page_size && drawPages(sheet),
    drawCircleLabels(sheet),
  );
}

/** One line of the list. @param {Sheet} sheet */
function drawPerson(sheet, person) {
  const { words, memory } = sheet;
  const inner = [
    h("span", {}, person.name),
    person.note && h("small", {}, person.note),
    circleChips(person.circles),
    person.why && h("small", { class: "why" }, person.why),
  ];
  if (memory.selecting)
    return h("label", { class: "selectable" }, selectionBox(sheet, person), inner);
  if (person.archived)
    return h(
      "div",
      { class: "row archived" },
      h("span", {}, person.name),
      sheet.button(words.restore, () => sheet.send({ do: "restore", id: person.id }), {
        name: format(words.restore_who, { name: person.name }),
      }),
    );
  return h(
    "button",
    {
      type: "button",
      "data-focus": person.id,
      onclick: () => sheet.send({ do: "choose", id: person.id }),
    },
    inner,
  );
}

/** Which part of the list is seen, and the ways to the others. @param {Sheet} sheet */
function drawPages(sheet) {
  const { state, words } = sheet;
  const { first, total, page_size: size } = state;
  const facts = { from: first + 1, to: first + state.people.length, total };
  const turn = (to) => {
    show(sheet, { first: to });
    sheet.focus("page-of");
  };
  return h(
    "nav",
    { class: "row pages-of", key: "pages" },
    sheet.button(words.page_before, () => turn(Math.max(0, first - size)), { disabled: !first }),
    h("p", { tabindex: -1, "data-focus": "page-of" }, sheet.say("page_of", facts)),
    sheet.button(words.page_after, () => turn(first + size), { disabled: first + size >= total }),
  );
}

/** Those in focus, and who might be; for a sixth, the question who may rest.
 * @param {Sheet} sheet
 */
function drawFocus(sheet) {
  const { state, words, memory } = sheet;
  const { chosen, proposed } = state.focus;
  const open = (id) => sheet.send({ do: "choose", id });
  return h(
    "section",
    { key: "focus" },
    h("h3", { tabindex: -1, "data-focus": "focus" }, words.focused),
    memory.gathering && drawFull(sheet, memory.gathering),
    chosen.length
      ? h(
          "ul",
          { class: "names" },
          chosen.map((person) =>
            h(
              "li",
              { key: person.id },
              h(
                "button",
                { type: "button", onclick: () => open(person.id) },
                h("span", {}, person.name),
                (person.respect_for || person.note) &&
                  h("small", {}, person.respect_for || person.note),
                person.closed && h("small", {}, words.resting),
              ),
            ),
          ),
        )
      : h("p", { class: "hint" }, words.focused_none),
    proposed.length > 0 &&
      sheet.details(
        "proposed",
        words.proposed,
        h(
          "ul",
          { class: "cards" },
          proposed.map((person) =>
            h(
              "li",
              { class: "card", key: person.id },
              h("h4", {}, person.name, person.note && h("small", {}, person.note)),
              h("p", {}, person.why),
              sheet.button(words.take_in, () => gather(sheet, person), {
                name: format(words.take_in_who, { name: person.name }),
              }),
            ),
          ),
        ),
      ),
  );
}

/** @param {Sheet} sheet */
function drawForgotten(sheet, gone) {
  const { words } = sheet;
  return h(
    "div",
    { class: "today gone", key: "forgotten", tabindex: -1, "data-focus": "forgotten" },
    h("h3", {}, format(words.forgotten, { name: gone.name })),
    h("p", {}, format(words.forgotten_rows, { rows: gone.rows })),
    h("p", {}, format(words.forgotten_traces, { count: gone.traces })),
    gone.named && h("p", {}, format(words.forgotten_named, { rows: gone.named })),
    gone.cleaned > 0 && h("p", {}, format(words.forgotten_cleaned, { count: gone.cleaned })),
    gone.upgraded > 0 && h("p", {}, format(words.forgotten_upgraded, { count: gone.upgraded })),
    gone.copies && h("p", {}, format(words.forgotten_copies, { files: gone.copies })),
    !gone.swept && h("p", {}, words.forgotten_unswept),
    gone.server && h("p", {}, words.forgotten_server),
    sheet.button(sheet.common.close, () => sheet.send({ do: "choose", id: "" })),
  );
}

/** @param {Sheet} sheet */
function drawBin(sheet) {
  const { state, words } = sheet;
  return sheet.details(
    "bin",
    words.bin,
    h(
      "ul",
      { class: "cards" },
      state.bin.map((person) =>
        h(
          "li",
          { key: person.id },
          h(
            "div",
            { class: "row" },
            h("span", {}, person.name),
            sheet.button(words.restore, () => sheet.send({ do: "restore", id: person.id }), {
              name: format(words.restore_who, { name: person.name }),
            }),
            sheet.button(
              words.forget,
              () => {
                sheet.memory.asking = person.id;
                sheet.draw();
                sheet.focus("forget-no");
              },
              { danger: true, name: format(words.forget_who, { name: person.name }) },
            ),
          ),
          sheet.memory.asking === person.id && drawAsking(sheet, person),
        ),
      ),
    ),
  );
}

export default defineSheet({ draw, mounted: inAddress.mounted });
