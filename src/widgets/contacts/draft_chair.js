// The other's chair: a message as its recipient reads it, and as somebody who would pay.

import { h } from "../base/sheet.js";

/** The message from the recipient's perspective, and from the payer's. @param {Sheet} sheet */
export function drawChair(sheet, row) {
  const { words } = sheet;
  const { chair, payer, size } = row.read;
  const told = (title, lines) =>
    lines.length > 0 && [
      h("h4", { key: title }, title),
      h(
        "ul",
        { class: "dots", key: `${title}-l` },
        lines.map((line) => h("li", { key: line }, line)),
      ),
    ];
  return h(
    "div",
    { class: "chair", key: "chair" },
    h("p", { class: "hint" }, words.chair_lead),
    h("p", { class: "letter", lang: row.language }, row.text),
    told(words.sees, chair.sees),
    told(words.gains, chair.gains),
    told(words.fears, chair.fears),
    sheet.fields("contact", row.person).textArea("they_gain", {
      rows: 2,
      label: words.ten_minutes,
      hint: words.ten_minutes_hint,
      placeholder: words.they_gain_example,
    }),
    size > 0 &&
      sheet.fields("message", row).choose("felt", words.felts, {
        hint: words.felt_then[row.felt] ?? null,
      }),
    h("h4", {}, words.payer),
    h("p", {}, payer),
    drawPay(sheet, row),
  );
}

/** Would they pay me today, and what is missing? Kept once it is sent. @param {Sheet} sheet */
function drawPay(sheet, row) {
  const { words, memory } = sheet;
  const slot = `pay-${row.contact_id}`;
  /** @type {Row} */
  const pay = (memory[slot] ??= { id: slot, draft: true, ...row.pay });
  const fields = sheet.fields("answer", pay);
  const done = ({ ok }) => {
    if (ok) delete memory[slot];
    sheet.draw();
  };
  const keep = () => {
    const { chosen, words: missing } = pay;
    sheet.send({ do: "say_would_pay", id: row.id, chosen, words: missing }, { done });
  };
  const choose = (chosen) => {
    pay.chosen = chosen;
    if (chosen === "yes") return keep();
    sheet.draw();
    sheet.focus(`${slot}.words`);
  };
  return [
    fields.choose("chosen", words.pays, { label: words.pay, onpick: choose }),
    pay.chosen === "not_yet" && [
      fields.textArea("words", {
        rows: 2,
        label: words.pay_missing,
        placeholder: words.pay_example,
      }),
      h("p", { key: `${slot}-keep` }, sheet.button(words.pay_keep, keep)),
    ],
  ];
}

/** How a request read from there, and what would make it lighter. @param {Sheet} sheet */
export function drawFelt(sheet, row) {
  const { words } = sheet;
  if (!row.felt || !row.read.size) return null;
  return h(
    "p",
    { class: "example", key: "felt" },
    sheet.say("felt_as", { name: row.name, felt: words.felts[row.felt] }),
    " ",
    words.felt_then[row.felt],
  );
}
