// A sheet that is not built yet. It asks Python to build it once it is to be seen; then its own
// script takes this one's place.

import { hasUnsaved, isCurrent } from "./sheet.js";

/** @param {{model: WidgetModel, el: HTMLElement}} view */
function render({ model, el }) {
  const ended = new AbortController();
  let asked = 0; // the number of the message that is not answered yet

  function ask() {
    const position = /** @type {Position} */ (model.get("position"));
    const isSeen = isCurrent(position);
    el.replaceChildren(...(isSeen ? [skeleton()] : []));
    if (asked || (!isSeen && !hasUnsaved(position))) return;
    asked = Date.now();
    model.send({ do: "build", n: asked });
  }

  function onAnswer() {
    const { n, ok, text } = model.get("answer");
    if (n !== asked) return;
    asked = 0;
    if (ok) return;
    const said = Object.assign(document.createElement("p"), {
      className: "enishi",
      textContent: text,
    });
    said.setAttribute("role", "alert");
    el.replaceChildren(said);
  }

  model.on("change:answer", onAnswer);
  model.on("change:position", ask); // on an author's page, other sheets came behind this one
  addEventListener("hashchange", ask, { signal: ended.signal });
  const again = () => {
    asked = 0;
    ask();
  };
  window.enishi?.line?.addEventListener("synced", again, { signal: ended.signal });
  ask();
  return () => {
    ended.abort();
    model.off("change:answer", onAnswer);
    model.off("change:position", ask);
    el.replaceChildren();
  };
}

/** Return what is shown until the sheet arrives; it fades in late, as most arrive sooner. */
function skeleton() {
  const bars = document.createElement("div");
  bars.className = "enishi-skeleton late";
  bars.setAttribute("aria-hidden", "true");
  bars.append(...[1, 2, 3].map(() => document.createElement("i")));
  return bars;
}

export default { render };
