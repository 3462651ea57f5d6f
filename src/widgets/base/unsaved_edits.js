
// What is not saved yet when a page has to be opened again, or is left while nobody answers. The
// tab's own memory keeps it until the same page, on the same person's book, is there again. What
// was answered is in the book; so this is only what was still on its way, or was being written.

const UNSAVED = "enishi.unsaved";

/** Where this sheet finds it again. */
function aside(sheet) {
  return [UNSAVED, location.pathname, sheet.place.whose, sheet.place.name].join(" ");
}

/** Put aside what was written and not answered; where the line is lost, what the screen remembers too. */
export function putAside(sheet) {
  if (!sheet.place.whose) return;
  const asked = [...[...sheet.flight.values()].map((each) => ({ ...each, build: each.message })), ...sheet.queue];
  const writes = asked.filter(({ build }) => build.do === "write").map(({ build: { noun, id, version, values }, field, edit }) => ({ noun, id, version, values, field, typed: Boolean(edit) }));
  for (const [field, edit] of sheet.edits) {
    if (edit.saved || asked.some((each) => each.edit === edit)) continue;
    const { noun, id, version, column, value } = edit;
    writes.push({ noun, id, version, values: { [column]: value }, field, typed: true });
  }
  const { line } = window.enishi;
  const isLost = line.over || !line.isConnected; // else the kernel still hears what is said at last
  const memory = isLost ? Object.fromEntries(Object.entries(sheet.memory).filter(([, value]) => !value?.passing)) : {};
  if (!writes.length && !Object.keys(memory).length) return;
  try { sessionStorage.setItem(aside(sheet), JSON.stringify({ writes, memory })); } catch { /* there is no room for it */ }
}

/** Take up what was put aside: it is in its fields again, and is saved like anything written there. */
export function takeUp(sheet) {
  if (!sheet.place.whose) return;
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(aside(sheet)));
    sessionStorage.removeItem(aside(sheet));
  } catch { /* this browser keeps nothing */ }
  if (!kept) return;
  sheet.memory = kept.memory;
  for (const { noun, id, version, values, field, typed } of kept.writes) {
    const [[column, value]] = Object.entries(values);
    const edit = typed ? { node: null, noun, column, value, id, version, sent: true } : null;
    if (edit) sheet.edits.set(field, edit);
    sheet.send({ do: "write", noun, id, version, values }, { field, edit });
  }
}
