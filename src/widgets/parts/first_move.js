// With somebody new: who makes the first move. `person.first_move` has the choice.

/** @param {Sheet} sheet @param {Row} person */
export function firstMove(sheet, person) {
  const { first_move: move } = person;
  if (!move) return null;
  return sheet.fields("answer", move.row).choose("chosen", move.choices, {
    label: move.ask,
    hint: move.follows,
    onpick: (chosen) => sheet.send({ do: "decide_first_move", id: person.id, chosen }),
  });
}
