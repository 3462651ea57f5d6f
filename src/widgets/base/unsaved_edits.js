// Edits that are not saved when a page has to reload, or is left while the server does not answer.
// The tab's session storage keeps them until the same page, on the same person's book, opens again.
// Answered edits are in the book, so only unanswered and unsent ones are kept.

const UNSAVED = "enishi.unsaved";

/** Return the storage key of this sheet. */
function aside(sheet) {
  return [UNSAVED, location.pathname, sheet.position.whose, sheet.position.name].join(" ");
}

/** Store the unanswered edits; after a lost connection, also the sheet's browser state. */
export function putAside(sheet) {
  if (!sheet.position.whose) return;
  const asked = [
    ...[...sheet.flight.values()].map((each) => ({ ...each, build: each.message })),
    ...sheet.queue,
  ];
  const writes = asked
    .filter(({ build }) => build.do === "write")
    .map(({ build: { table, id, version, values }, field, edit }) => ({
      table,
      id,
      version,
      values,
      field,
      typed: Boolean(edit),
    }));
  for (const [field, edit] of sheet.edits) {
    if (edit.saved || asked.some((each) => each.edit === edit)) continue;
    const { table, id, version, column, value } = edit;
    writes.push({ table, id, version, values: { [column]: value }, field, typed: true });
  }
  const { line } = window.enishi;
  const isLost = line.over || !line.isConnected; // else the kernel gets the last messages
  const memory = isLost
    ? Object.fromEntries(Object.entries(sheet.memory).filter(([, value]) => !value?.passing))
    : {};
  if (!writes.length && !Object.keys(memory).length) return;
  try {
    sessionStorage.setItem(aside(sheet), JSON.stringify({ writes, memory }));
  } catch {
    /* storage is full */
  }
}

/** Put stored edits back into their fields and save them like new ones. */
export function takeUp(sheet) {
  if (!sheet.position.whose) return;
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(aside(sheet)));
    sessionStorage.removeItem(aside(sheet));
  } catch {
    /* this browser stores nothing */
  }
  if (!kept) return;
  sheet.memory = kept.memory;
  for (const { table, id, version, values, field, typed } of kept.writes) {
    const [[column, value]] = Object.entries(values);
    const edit = typed ? { node: null, table, column, value, id, version, sent: true } : null;
    if (edit) sheet.edits.set(field, edit);
    sheet.send({ do: "write", table, id, version, values }, { field, edit });
  }
}
