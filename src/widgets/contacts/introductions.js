// Introductions: whom to meet and through whom, the progress step by step, and two to introduce.

import { drawTies } from "./ties.js";
import { explanation } from "../parts/explanation.js";
import { personPicker } from "../parts/person_picker.js";
import { defineSheet, h } from "../base/sheet.js";

const toDraft = {
  done: (answer) => {
    if (answer.ok) location.hash = "draft";
  },
};
/** @param {Sheet} sheet */
const whom = (sheet, one) =>
  one.target_id
    ? sheet.say("named", { name: sheet.state.names[one.target_id] })
    : one.target_words || sheet.words.somebody;

/** @param {Sheet} sheet */
function draw(sheet) {
  const { state, words } = sheet;
  return [
    state.along.length > 0 && drawAlong(sheet),
    drawWish(sheet),
    state.open.length
      ? h(
          "ul",
          { class: "cards", key: "open" },
          state.open.map((one) => drawErrand(sheet, one)),
        )
      : h("p", { class: "empty", key: "none" }, words.none),
    state.past.length > 0 &&
      sheet.details(
        "past",
        words.past,
        h(
          "ul",
          {},
          state.past.map((one) =>
            h(
              "li",
              { class: "row past", key: one.id },
              h("span", {}, whom(sheet, one)),
              h("span", { class: "tag" }, state.steps[one.state]),
              one.state === "let_go" &&
                sheet.button(words.again, () => move(sheet, one, "planned"), {
                  name: `${words.again} – ${whom(sheet, one)}`,
                }),
            ),
          ),
        ),
      ),
    drawPairs(sheet),
    sheet.details("ties", words.ties.name, drawTies(sheet)),
    sheet.details("how", words.how, sheet.note(words.how_lines)),
  ];
}

/** Who moves in the world that makes the person curious. @param {Sheet} sheet */
function drawAlong(sheet) {
  const { state, words } = sheet;
  return h(
    "section",
    { key: "along" },
    h("h3", { tabindex: -1, "data-focus": "along" }, words.along),
    h(
      "ul",
      { class: "cards" },
      state.along.map((one) =>
        h(
          "li",
          { class: "card", key: one.id },
          h("p", {}, one.why, " ", one.act),
          one.step
            ? h("p", { class: "hint" }, sheet.say("along_waits", { words: one.step }))
            : sheet.button(words.along_take, () => sheet.send({ do: "go_along", id: one.id }), {
                name: `${words.along_take} – ${one.name}`,
              }),
          explanation(sheet, `along-${one.id}`, one),
        ),
      ),
    ),
  );
}

/** @param {Sheet} sheet */
function move(sheet, one, state, focus = one.id) {
  sheet.saveAll();
  sheet.send(
    () => ({
      do: "move",
      id: one.id,
      version: sheet.state.open.find(({ id }) => id === one.id)?.version ?? one.version,
      state,
    }),
    { done: (answer) => answer.ok && sheet.focus(focus) },
  );
}

/** The person to meet: a contact in the book, or a kind of person. @param {Sheet} sheet */
function drawWish(sheet) {
  const { words, memory } = sheet;
  const wish = (memory.wish ??= { id: "wish", draft: true, target_words: "" });
  const add = (values) =>
    sheet.send(
      { do: "add", table: "introduction", values },
      {
        done: (answer) => {
          if (!answer.ok || !answer.focus) return;
          memory.wish = null;
          memory[`more-${answer.focus}`] = true;
          sheet.draw();
          sheet.focus(answer.focus);
        },
      },
    );
  return h(
    "form",
    {
      key: "wish",
      class: "wish",
      onsubmit: (event) => {
        event.preventDefault();
        if (wish.target_words.trim()) add({ target_words: wish.target_words.trim() });
      },
    },
    h(
      "div",
      { class: "pair" },
      personPicker(sheet.fields("introduction", { id: "new" }), "target_id", {
        label: words.wish_person,
        fresh: true,
        focus: "wish",
        onpick: (person) => person && add({ target_id: person.id }),
      }),
      h(
        "div",
        {},
        sheet.fields("introduction", wish).text("target_words", {
          label: words.wish_words,
          placeholder: words.wish_example,
        }),
        h("button", { type: "submit" }, words.wish_add),
      ),
    ),
    sheet.state.kinds.length > 0 &&
      h(
        "div",
        { key: "kinds" },
        h("p", { class: "hint" }, words.from_kinds),
        h(
          "ul",
          {},
          sheet.state.kinds.map((kind) =>
            h(
              "li",
              { class: "row kind", key: kind.words },
              sheet.button(kind.words, () => add({ target_words: kind.words })),
              kind.towards && h("span", { class: "hint" }, sheet.say("towards", kind)),
              kind.why && h("span", { class: "hint" }, sheet.say("directly", kind)),
            ),
          ),
        ),
      ),
  );
}

/** @param {Sheet} sheet */
function drawErrand(sheet, one) {
  const { state, words, memory } = sheet;
  const name = whom(sheet, one);
  const bridge = one.bridge_id && state.names[one.bridge_id];
  memory[`more-${one.id}`] ??= !bridge;
  return h(
    "li",
    { class: "card introduction", key: one.id },
    h(
      "h3",
      { tabindex: -1, "data-focus": one.id },
      sheet.say(bridge ? "meet_through" : "meet", { name, bridge }),
    ),
    drawSteps(sheet, one),
    one.reason &&
      h(
        "div",
        { key: "reason" },
        h("p", {}, one.reason.why, " ", h("strong", {}, one.reason.act)),
        explanation(sheet, `step-${one.id}`, one.reason),
      ),
    !one.mine && h("p", { class: "hint" }, words.waiting),
    !bridge && drawWays(sheet, one),
    one.kindly.length > 0 &&
      h(
        "div",
        { class: "kindly", key: "kindly" },
        one.kindly.map((reason) =>
          h(
            "div",
            { key: reason.rule },
            h("p", {}, reason.why, " ", h("strong", {}, reason.act)),
            explanation(sheet, `kindly-${one.id}-${reason.rule}`, reason),
          ),
        ),
        h("p", { class: "hint" }, words.kindly_free),
      ),
    h(
      "div",
      { class: "row" },
      one.letter &&
        sheet.button(
          sheet.say("write", { kind: one.letter }),
          () => {
            sheet.saveAll();
            sheet.send({ do: "letter", id: one.id }, toDraft);
          },
          { name: `${sheet.say("write", { kind: one.letter })} – ${name}`, main: one.mine },
        ),
      bridge && drawReached(sheet, one, name),
      sheet.button(words.let_go, () => move(sheet, one, "let_go", "wish"), {
        name: `${words.let_go} – ${name}`,
      }),
    ),
    sheet.details(`more-${one.id}`, words.more, drawMore(sheet, one)),
  );
}

const ANSWERS = { asked: "bridge", bridge_agreed: "target" };

/** Set the next state; if a contact has to answer, choose the answer. @param {Sheet} sheet */
function drawReached(sheet, one, name) {
  const { state } = sheet;
  const side = ANSWERS[one.state];
  const reached = side
    ? sheet.say("agreed", {
        who: side === "bridge" ? sheet.say("named", { name: state.names[one.bridge_id] }) : name,
      })
    : sheet.say("reached", { step: state.steps[one.next] });
  return [
    sheet.button(reached, () => move(sheet, one, one.next), { name: `${reached} – ${name}` }),
    side &&
      sheet.button(sheet.words.not_now, () => move(sheet, one, "let_go", "wish"), {
        name: `${sheet.words.not_now} – ${name}`,
      }),
  ];
}

/** The seven steps: past, current and future ones. @param {Sheet} sheet */
function drawSteps(sheet, one) {
  const steps = Object.entries(sheet.state.steps).filter(([key]) => key !== "let_go");
  const at = steps.findIndex(([key]) => key === one.state);
  return h(
    "ol",
    { class: "steps" },
    steps.map(([key, text], index) =>
      h(
        "li",
        {
          key,
          class: index < at ? "done" : index === at ? "here" : null,
          "aria-current": index === at ? "step" : null,
        },
        text,
        index === at && one.since && h("small", {}, one.since),
      ),
    ),
  );
}

/** The best ways, with the people in between and how near they are, as text.
 * @param {Sheet} sheet
 */
function drawWays(sheet, one) {
  const { words } = sheet;
  if (!one.target_id && !one.target_words) return null;
  if (!one.ways.length)
    return h(
      "p",
      { class: "empty", key: "ways" },
      words.no_way,
      " ",
      sheet.button(words.to_ties, () => {
        sheet.memory.ties = true;
        sheet.draw();
        sheet.focus("ties.who");
      }),
    );
  const long = new Set(one.ways.map(({ steps }) => steps.length)).size > 1;
  return h(
    "div",
    { key: "ways" },
    h("h4", {}, words.ways),
    h(
      "ul",
      { class: "ways" },
      one.ways.map((way) =>
        h(
          "li",
          { key: way.steps.map(([who]) => who).join() },
          h(
            "p",
            { class: "way" },
            words.me,
            way.steps.map(([name, word]) => [
              h("span", { key: `w-${name}`, class: "near" }, word ? ` ― ${word} ― ` : " ― "),
              sheet.say("named", { name }),
            ]),
          ),
          h("p", { class: "hint" }, way.why, " ", way.act),
          sheet.button(sheet.say("through", { name: way.steps[0][0] }), () =>
            sheet.write("introduction", one, { bridge_id: way.bridge_id }),
          ),
          explanation(sheet, `way-${one.id}-${way.steps[0][0]}`, way),
        ),
      ),
    ),
    long && h("p", { class: "hint" }, words.shorter),
  );
}

/** @param {Sheet} sheet */
function drawMore(sheet, one) {
  const { state, words } = sheet;
  const id = `${sheet.id}-${one.id}-state`;
  const fields = sheet.fields("introduction", one);
  const text = fields.currentValue("text");
  return [
    h(
      "div",
      { class: "pair" },
      personPicker(fields, "target_id", { fresh: true, without: [one.bridge_id] }),
      personPicker(fields, "bridge_id", {
        fresh: true,
        without: [one.target_id],
        hint: words.bridge_hint,
      }),
    ),
    !one.target_id && fields.text("target_words", { placeholder: words.wish_example }),
    h(
      "div",
      { class: "pair" },
      fields.textArea("why", { rows: 2, hint: words.why_hint }),
      fields.textArea("for_them", { rows: 2, hint: words.for_them_hint }),
    ),
    fields.textArea("to_target", { rows: 2, hint: words.to_target_hint }),
    fields.textArea("text", { rows: 4, hint: words.text_hint }),
    h(
      "div",
      { class: "row field" },
      (one.bridge_id || one.target_id) &&
        !text.trim() &&
        sheet.button(words.forwardable, () => {
          sheet.saveAll();
          sheet.send({ do: "forwardable", id: one.id });
        }),
      text.trim() && sheet.button(words.copy_text, () => sheet.copy(text)),
    ),
    h(
      "div",
      { class: "pair" },
      h(
        "div",
        { class: "field" },
        h("label", { for: id }, words.state),
        h(
          "select",
          { id, value: one.state, onchange: (event) => move(sheet, one, event.target.value) },
          Object.entries(state.steps).map(([value, said]) =>
            h("option", { key: value, value }, said),
          ),
        ),
      ),
      fields.dateField("on"),
    ),
    sheet.button(sheet.common.remove, () => sheet.remove("introduction", one, "wish"), {
      name: `${sheet.common.remove} – ${whom(sheet, one)}`,
    }),
  ];
}

/** Two people of the person's own choosing. @param {Sheet} sheet */
function drawTwo(sheet) {
  const { words, memory } = sheet;
  const row = (memory.two ??= { id: "two", draft: true, first: null, second: null });
  const pick = (side) => (person) => {
    Object.assign(row, { [side]: person?.id ?? null });
    const { first: a, second: b } = row;
    if (!a || !b) return;
    memory.two = null;
    sheet.send({ do: "think_of_two", a, b });
  };
  const one = (side, options) =>
    personPicker(sheet.fields("tie", row), side, { fresh: true, onpick: pick(side), ...options });
  return h(
    "div",
    { class: "pair", key: "two" },
    one("first", { label: words.two_first, focus: "two", without: [row.second] }),
    one("second", { label: words.two_second, without: [row.first] }),
  );
}

/** The other direction: two contacts who might like to meet, both asked first.
 * @param {Sheet} sheet
 */
function drawPairs(sheet) {
  const { state, words } = sheet;
  return h(
    "div",
    { key: "pairs", class: "pairs" },
    h("h3", {}, words.pairs),
    h("p", { class: "hint" }, words.pairs_hint),
    state.pairs.length
      ? h(
          "ul",
          { class: "cards" },
          state.pairs.map((pair) => {
            const [a, b] = [state.names[pair.a], state.names[pair.b]];
            const side = (one, other, name) =>
              h(
                "div",
                { key: one },
                sheet
                  .fields("tie", {
                    id: `${one}-${other}`,
                    says: pair.says[one] === "asked" ? "" : pair.says[one],
                  })
                  .choose(
                    "says",
                    [
                      ["", pair.says[one] === "asked" ? words.says.asked : words.says.nothing],
                      ["yes", words.says.yes],
                      ["not_now", words.says.not_now],
                    ],
                    {
                      label: sheet.say("says_who", { name }),
                      onpick: (word) => sheet.send({ do: "says", a: one, b: other, word }),
                    },
                  ),
                !pair.says[one] &&
                  h(
                    "p",
                    { key: "ask" },
                    sheet.button(sheet.say("ask_first", { name }), () =>
                      sheet.send({ do: "ask_first", a: one, b: other }, toDraft),
                    ),
                  ),
              );
            return h(
              "li",
              { class: "card", key: `${pair.a}-${pair.b}` },
              h("p", {}, pair.why || sheet.say("two_named", { a, b })),
              h("div", { class: "pair" }, side(pair.a, pair.b, a), side(pair.b, pair.a, b)),
              pair.agreed
                ? sheet.button(
                    words.bring_together,
                    () => sheet.send({ do: "bring_together", a: pair.a, b: pair.b }, toDraft),
                    { name: sheet.say("bring_together_who", { a, b }), main: true },
                  )
                : h("p", { class: "hint", key: "first" }, words.both_first),
              pair.rule && explanation(sheet, `pair-${pair.a}-${pair.b}`, pair),
            );
          }),
        )
      : h("p", { class: "empty" }, words.pairs_none),
    drawTwo(sheet),
    state.declined.length > 0 &&
      sheet.details(
        "declined",
        words.declined,
        h(
          "ul",
          {},
          state.declined.map(({ id, two }) => {
            const [a, b] = two.map((one) => state.names[one]);
            return h(
              "li",
              { class: "row past", key: id },
              h("span", {}, sheet.say("two_named", { a, b })),
              sheet.button(words.again, () => sheet.send({ do: "again", id }), {
                name: `${words.again} – ${sheet.say("two_named", { a, b })}`,
              }),
            );
          }),
        ),
      ),
  );
}

export default defineSheet({ draw });
