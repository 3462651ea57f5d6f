
// What is not saved yet when a page has to be opened again, or is left while nobody answers. The
// tab's own memory keeps it until the same page, on the same person's book, is there again. What
// was answered is in the book; so this is only what was still on its way, or was being written.

const UNSAVED = "enishi.unsaved";

/** Where this sheet finds it again. */
Sheet.prototype.aside = function () {
  return [UNSAVED, location.pathname, this.place.whose, this.place.name].join(" ");
};

/** Put aside what was written and not answered; where the line is lost, what the screen remembers too. */
Sheet.prototype.putAside = function () {
  if (!this.place.whose) return;
  const asked = [...[...this.flight.values()].map((each) => ({ ...each, build: each.message })), ...this.queue];
  const writes = asked.filter(({ build }) => build.do === "write").map(({ build: { noun, id, version, values }, field, edit }) => ({ noun, id, version, values, field, typed: Boolean(edit) }));
  for (const [field, edit] of this.edits) {
    if (asked.some((each) => each.edit === edit)) continue;
    const { noun, id, version, column, value } = edit;
    writes.push({ noun, id, version, values: { [column]: value }, field, typed: true });
  }
  const { line } = window.enishi;
  const isLost = line.over || !line.isConnected; // else the kernel still hears what is said at last
  const memory = isLost ? Object.fromEntries(Object.entries(this.memory).filter(([, value]) => !value?.passing)) : {};
  if (!writes.length && !Object.keys(memory).length) return;
  try { sessionStorage.setItem(this.aside(), JSON.stringify({ writes, memory })); } catch { /* there is no room for it */ }
};

/** Take up what was put aside: it is in its fields again, and is saved like anything written there. */
Sheet.prototype.takeUp = function () {
  if (!this.place.whose) return;
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(this.aside()));
    sessionStorage.removeItem(this.aside());
  } catch { /* this browser keeps nothing */ }
  if (!kept) return;
  this.memory = kept.memory;
  for (const { noun, id, version, values, field, typed } of kept.writes) {
    const [[column, value]] = Object.entries(values);
    const edit = typed ? { node: null, noun, column, value, id, version, sent: true } : null;
    if (edit) this.edits.set(field, edit);
    this.send({ do: "write", noun, id, version, values }, { field, edit });
  }
};
