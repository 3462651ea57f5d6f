// Edits that are not saved when a page has to reload, or is left while the server does not answer.
// The tab's session storage keeps them until the same page, on the same person's book, opens again.
// Answered edits are in the book, so only unanswered and unsent ones are kept.

const UNSAVED_KEY = "enishi.unsaved";

/** Return the storage key of a sheet.
 * @param {Position} position
 */
function storageKey(position) {
  return [UNSAVED_KEY, location.pathname, position.whose, position.name].join(" ");
}

/** Store the unanswered edits; after a lost connection, also the sheet's browser state.
 * @param {Sheet} sheet
 */
export function storeUnsaved(sheet) {
  const { queue, edits } = sheet;
  const line = window.enishi?.line;
  if (!sheet.position.whose || !line) return;
  const inFlight = [...queue.inFlight.values()].map((sent) => ({ ...sent, build: sent.message }));
  const unanswered = [...inFlight, ...queue.waiting];
  const writes = unanswered
    .filter(({ build }) => "do" in build && build.do === "write")
    .map(({ build, field, edit }) => {
      const { table, id, version, values } = /** @type {Message} */ (build);
      return { table, id, version, values, field, typed: Boolean(edit) };
    });
  for (const [field, edit] of edits.pending) {
    if (edit.saved || unanswered.some((each) => each.edit === edit)) continue;
    const { table, id, version, column, value } = edit;
    writes.push({ table, id, version, values: { [column]: value }, field, typed: true });
  }
  const isLost = line.over || !line.isConnected; // else the kernel gets the last messages
  const memory = isLost
    ? Object.fromEntries(Object.entries(sheet.memory).filter(([, value]) => !value?.passing))
    : {};
  if (!writes.length && !Object.keys(memory).length) return;
  try {
    sessionStorage.setItem(storageKey(sheet.position), JSON.stringify({ writes, memory }));
  } catch {
    /* storage is full */
  }
}

/** Return whether edits of the sheet at this position are stored.
 * @param {Position} position
 */
export function hasUnsaved(position) {
  try {
    return sessionStorage.getItem(storageKey(position)) !== null;
  } catch {
    return false; // this browser stores nothing
  }
}

/** Put stored edits back into their fields and save them like new ones.
 * @param {Sheet} sheet
 */
export function restoreUnsaved(sheet) {
  if (!sheet.position.whose) return;
  let stored = null;
  try {
    stored = JSON.parse(sessionStorage.getItem(storageKey(sheet.position)) ?? "null");
    sessionStorage.removeItem(storageKey(sheet.position));
  } catch {
    /* this browser stores nothing */
  }
  if (!stored) return;
  sheet.memory = stored.memory;
  for (const { table, id, version, values, field, typed } of stored.writes) {
    const [[column, value]] = Object.entries(values);
    const edit = typed ? { node: null, table, column, value, id, version, sent: true } : null;
    if (edit) sheet.edits.pending.set(field, edit);
    sheet.send({ do: "write", table, id, version, values }, { field, edit });
  }
}
