// The colours of a sheet in another program, as JupyterLab: light or dark as that program is. In
// our own app the page itself has the colours.

/** Return `light` or `dark` as the program around is; "" where it does not tell: then the system's
 *  preference counts. */
function lookOfHost() {
  const { dataset, classList } = document.body;
  if (dataset.jpThemeLight) return dataset.jpThemeLight === "true" ? "light" : "dark"; // Jupyter
  return ["dark", "light"].find((name) => classList.contains(name)) ?? ""; // marimo
}

/** Give the element of a sheet the colours, and change them with the program around it.
 * @param {HTMLElement} el
 * @param {AbortSignal} signal ends it
 */
export function followHostLook(el, signal) {
  if (document.documentElement.classList.contains("enishi-app")) return;
  el.classList.add("enishi-look");
  const follow = () => void (el.dataset.look = lookOfHost());
  follow();
  const observer = new MutationObserver(follow);
  const attributeFilter = ["class", "data-jp-theme-light"];
  observer.observe(document.body, { attributes: true, attributeFilter });
  signal.addEventListener("abort", () => observer.disconnect());
}
