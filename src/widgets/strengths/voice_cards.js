// The people who are asked: for each a request and the answer; below, what two of them agree on.

import { takesLines } from "../parts/line_entry.js";
import { personPicker } from "../parts/person_picker.js";
import { format, h } from "../base/sheet.js";

/** @param {Sheet} sheet */
export function drawVoices(sheet) {
  const { state, words } = sheet;
  return [
    h("h3", { key: "asking" }, words.asking),
    h("p", { class: "hint", key: "asking-hint" }, words.asking_hint),
    !state.voices.length && h("p", { class: "example", key: "no-voice" }, words.no_voice),
    state.to_ask.length > 0 &&
      h(
        "p",
        { class: "row", key: "to-ask" },
        h("span", {}, words.saw_it),
        state.to_ask.map(({ id, name }) =>
          sheet.button(sheet.say("ask_one", { name }), () => sheet.send({ do: "ask_person", id })),
        ),
      ),
    h(
      "div",
      { class: "cards", key: "voices" },
      state.voices.map((voice, index) => drawVoice(sheet, voice, index + 1)),
    ),
    h(
      "p",
      { key: "more" },
      sheet.button(words.add_voice, () => sheet.add("voice"), { focus: "more" }),
    ),
    drawSeen(sheet),
  ];
}

/** @param {Sheet} sheet */
function drawVoice(sheet, voice, n) {
  const { state, words } = sheet;
  const id = `${sheet.id}-${voice.id}`;
  const pick = (person) =>
    sheet.write("voice", voice, { contact_id: person?.id ?? null, who: person?.name ?? voice.who });
  const fields = sheet.fields("voice", voice);
  return h(
    "section",
    { class: "card", key: voice.id, "aria-labelledby": id },
    h("h4", { id }, voice.name || format(words.voice_n, { n })),
    h(
      "div",
      { class: "pair" },
      fields.text("who", { focus: voice.id }),
      state.people &&
        personPicker(fields, "contact_id", {
          name: state.names[voice.contact_id],
          welcomed: true,
          onpick: pick,
        }),
    ),
    !voice.answered &&
      sheet.details(`request-${voice.id}`, words.request, drawRequest(sheet, voice)),
    h(
      "div",
      { class: "row asking", key: "asking" },
      voice.asked && h("span", {}, sheet.say("asked", { on: voice.asked })),
      !voice.asked_on &&
        !voice.answered &&
        sheet.button(words.asked_today, () =>
          sheet.write("voice", voice, { asked_on: state.today }),
        ),
    ),
    voice.asked_on &&
      !voice.answered &&
      h("p", { class: "hint", key: "wait" }, voice.remind ? words.remind : words.waiting),
    (voice.asked_on || voice.answered) && [
      fields.textArea("words", { focus: `${voice.id}.words` }),
      sheet.details(`reply-${voice.id}`, words.picks, drawPicks(sheet, voice)),
    ],
    h(
      "p",
      {},
      sheet.button(sheet.common.remove, () => sheet.remove("voice", voice, "more"), {
        name: `${voice.name || format(words.voice_n, { n })}: ${words.remove_voice}`,
      }),
    ),
  );
}

/** The request texts: in three tones, in either language, ready to copy. @param {Sheet} sheet */
function drawRequest(sheet, voice) {
  const { state, words, memory } = sheet;
  const tone = memory.tone ?? "polite";
  const letter = memory.letter ?? state.language;
  const text = format(state.texts[letter][tone], {
    to: voice.to[letter][tone] || words.somebody,
  }).trim();
  const among = (name, options, chosen) =>
    h(
      "fieldset",
      { class: "choose", key: name },
      h("legend", {}, words[name]),
      h(
        "div",
        { class: "choices" },
        Object.entries(options).map(([value, label]) =>
          h(
            "label",
            { key: value, class: "option" },
            h("input", {
              type: "radio",
              name: `${sheet.id}-${voice.id}-${name}`,
              checked: value === chosen,
              onchange: () => {
                memory[name] = value;
                sheet.draw();
              },
            }),
            h("span", {}, label),
          ),
        ),
      ),
    );
  return [
    h(
      "div",
      { class: "pair" },
      among("tone", words.tones, tone),
      among("letter", { ja: words.letters.japanese, en: words.letters.english }, letter),
    ),
    h("p", { class: "letter", lang: letter, id: `${sheet.id}-${voice.id}-text` }, text),
    sheet.button(words.copy, () => sheet.copy(text)),
  ];
}

/** The strengths that the answer shows. @param {Sheet} sheet */
function drawPicks(sheet, voice) {
  const { state, words } = sheet;
  const { own } = state;
  const more = voice.picks.filter((name) => !own.includes(name));
  const pick = (name, seen, done) => sheet.send({ do: "pick", id: voice.id, name, seen }, { done });
  const id = `${sheet.id}-${voice.id}-more`;
  const add = (entry) => {
    const name = entry.value.trim();
    entry.value = "";
    const restore = (answer) => {
      if (!answer.ok && !entry.value) entry.value = name;
    };
    if (name) pick(name, true, restore);
  };
  return h(
    "div",
    { class: "reply", key: "reply" },
    own.length > 0 &&
      h(
        "fieldset",
        { class: "choose" },
        h("legend", { class: "unseen" }, words.picks),
        h("p", { class: "hint" }, words.picks_hint),
        h(
          "div",
          { class: "choices" },
          own.map((name) =>
            h(
              "label",
              { key: name, class: "option tick" },
              h("input", {
                type: "checkbox",
                checked: voice.picks.includes(name),
                onchange: (event) => pick(name, event.target.checked),
              }),
              h("span", {}, name),
            ),
          ),
        ),
      ),
    h(
      "div",
      { class: "field" },
      h("label", { for: id }, words.picks_more),
      more.length > 0 &&
        h(
          "ul",
          { class: "row" },
          more.map((name) =>
            h(
              "li",
              { key: name, class: "tag" },
              name,
              h(
                "button",
                {
                  type: "button",
                  "aria-label": format(words.unpick, { name }),
                  onclick: () => {
                    pick(name, false);
                    sheet.focus(`${voice.id}.more`);
                  },
                },
                "×",
              ),
            ),
          ),
        ),
      h("input", {
        id,
        key: id,
        type: "text",
        autocomplete: "off",
        placeholder: words.picks_more_example,
        "data-focus": `${voice.id}.more`,
        ...takesLines(add),
      }),
    ),
  );
}

/** Four lists: known to both, seen by others only, named by one, not mentioned yet.
 * @param {Sheet} sheet
 */
function drawSeen(sheet) {
  const { state, words } = sheet;
  const { seen } = words;
  const { own } = state;
  const list = (name) =>
    h(
      "section",
      { key: name },
      h("h5", {}, seen[name]),
      h("p", { class: "hint" }, seen[`${name}_note`]),
      state.sets[name].length
        ? h(
            "ul",
            {},
            state.sets[name].map((strength) =>
              h(
                "li",
                { key: strength, class: "row" },
                h("span", { class: "tag" }, strength),
                !own.includes(strength) &&
                  sheet.button(sheet.common.add, () => sheet.send({ do: "take", name: strength }), {
                    name: format(seen.take, { name: strength }),
                  }),
              ),
            ),
          )
        : h("p", { class: "hint" }, seen.nothing),
    );
  return h(
    "section",
    { class: "card seen", key: "seen" },
    h("h4", {}, seen.title),
    h("p", { class: "hint" }, seen.rule),
    state.answers < 2
      ? h("p", {}, format(seen.not_yet, { n: state.answers }))
      : h("div", { class: "pair" }, ["open", "blind", "once", "hidden"].map(list)),
  );
}
