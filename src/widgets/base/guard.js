// Runs the script of a widget that another package brings, and says in its place why it cannot run.
//
// A page of our server fetches nothing from elsewhere and builds no code from text: its content
// security policy refuses both, and a widget that needs them would stay blank.

/** @typedef {"outside" | "eval" | "inline" | "unknown" | "failed"} Reason */
/** @typedef {(refusal: SecurityPolicyViolationEvent) => void} Watcher */

const REPORTED_MS = 100; // after which the browser has reported what it refused
const DRAWN_MS = 300; // after which a widget has drawn what it can

/** The addresses of all widgets on this page. @type {Set<string>} */
const addresses = new Set();
/** What the browser has refused on this page. @type {SecurityPolicyViolationEvent[]} */
const refusals = [];
/** @type {Set<Watcher>} */
const watchers = new Set();

document.addEventListener("securitypolicyviolation", (refusal) => {
  if (!refusal.effectiveDirective.startsWith("script-src")) return; // it can do without
  refusals.push(refusal);
  for (const watcher of watchers) watcher(refusal);
});

/** @param {number} ms */
const pauseFor = (ms) => new Promise((done) => setTimeout(done, ms));

/** Return the widget that a script defines; one that fails draws a sentence.
 * @param {URL | string | { text: string }} script its address, or the text of one without
 * @param {URL} [style] the address of its style sheet
 */
export async function guardWidget(script, style) {
  const isText = typeof script === "object" && "text" in script;
  const address = isText
    ? URL.createObjectURL(new Blob([script.text], { type: "text/javascript" }))
    : `${script}`;
  addresses.add(address);
  const before = refusals.length;
  const styled = style && loadStyle(`${style}`);
  /** @type {any} */
  let widget = {};
  /** @type {unknown} */
  let failure = null;
  let isLoaded = false;
  try {
    const module = await import(address);
    if (module.render) widget = { render: module.render };
    else widget = await (typeof module.default === "function" ? module.default() : module.default);
    if (!widget) throw new TypeError("The widget's script has no default export.");
    isLoaded = true;
  } catch (error) {
    failure = error;
  }
  await styled;

  return {
    /** @param {object} context */
    async initialize(context) {
      try {
        return await widget.initialize?.(context);
      } catch (error) {
        failure = error;
      }
    },
    /** @param {{ el: HTMLElement, signal?: AbortSignal }} context */
    async render(context) {
      const { el, signal } = context;
      try {
        if (failure) throw failure;
        const end = await widget.render?.(context);
        watchView(el, address, before, signal);
        return end;
      } catch (error) {
        console.warn(error);
        await showFailure(el, error, before, address, isLoaded);
      }
    },
  };
}

/** Load a style sheet, once a page; a widget is drawn without one that cannot be had.
 * @param {string} address
 */
function loadStyle(address) {
  const known = [...document.querySelectorAll("link")].some((link) => link.href === address);
  if (known) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  document.head.append(link);
  return new Promise((done) => (link.onload = link.onerror = done));
}

/** See that what was drawn does not stay blank because the browser refuses a piece of it later.
 * @param {HTMLElement} el
 * @param {string} address
 * @param {number} before how many refusals there were before this widget
 * @param {AbortSignal} [signal]
 */
function watchView(el, address, before, signal) {
  const watcher = async (/** @type {SecurityPolicyViolationEvent} */ refusal) => {
    await pauseFor(DRAWN_MS);
    if (!el.isConnected || !isBy(refusal, address)) return;
    const isEval = refusal.blockedURI === "eval";
    if (isBlank(el) || (isEval && /\beval|Content Security Policy/.test(el.innerText)))
      showRefusal(el, reasonOf(refusal), hostOf(refusal));
    else if (!isEval) showRefusal(el, reasonOf(refusal), hostOf(refusal), true); // below the rest
  };
  watchers.add(watcher);
  signal?.addEventListener("abort", () => watchers.delete(watcher));
  for (const refusal of refusals.slice(before)) watcher(refusal);
}

/** Return whether nothing is to be seen of a widget. @param {HTMLElement} el */
function isBlank(el) {
  const parts = [...el.querySelectorAll("*")];
  const shown = "canvas, svg, img, input, button, select, textarea, video, audio, iframe";
  return !el.innerText.trim() && !parts.some((part) => part.shadowRoot || part.matches(shown));
}

/** Say why a widget failed.
 * @param {HTMLElement} el
 * @param {unknown} error
 * @param {number} before how many refusals there were before this widget
 * @param {string} address
 * @param {boolean} isLoaded otherwise a refusal that names no script may be of its imports
 */
async function showFailure(el, error, before, address, isLoaded) {
  await pauseFor(REPORTED_MS);
  const since = refusals.slice(before).reverse();
  const refusal =
    since.find((each) => isBy(each, address) || each.blockedURI === address) ??
    since.find(({ sourceFile }) => !isLoaded && !addresses.has(sourceFile));
  if (error instanceof EvalError) await showRefusal(el, "eval");
  else if (refusal) await showRefusal(el, reasonOf(refusal), hostOf(refusal));
  else await showRefusal(el, "failed");
}

/** Return whether a refusal is of what the script at `address` did.
 * @param {SecurityPolicyViolationEvent} refusal
 * @param {string} address
 */
function isBy({ sourceFile }, address) {
  return sourceFile === (address.startsWith("blob:") ? "blob" : address); // browsers shorten it
}

/** @param {SecurityPolicyViolationEvent} refusal @returns {Reason} */
function reasonOf({ blockedURI }) {
  if (blockedURI === "eval" || blockedURI === "wasm-eval") return "eval";
  return blockedURI === "inline" ? "inline" : "outside";
}

/** Return the server that was not asked. @param {SecurityPolicyViolationEvent} refusal */
function hostOf({ blockedURI }) {
  return /^\w+:\/\/([^/]+)/.exec(blockedURI)?.[1] ?? "";
}

/** Say in the place of a widget why it is not there.
 * @param {Element} el
 * @param {Reason} reason
 * @param {string} [host] which was not asked
 * @param {boolean} [isBelow] keep what the widget could draw
 */
export async function showRefusal(el, reason, host = "", isBelow = false) {
  // @ts-ignore - the server makes it
  await import("./guard_words.js");
  const words = window.enishiWords.refused;
  const note = document.createElement("div");
  note.className = "enishi-refused";
  note.setAttribute("role", "note");
  const text = document.createElement("p");
  text.dataset.say = `refused.${reason}`;
  text.textContent = words[reason][document.documentElement.lang] ?? words[reason].ja;
  note.append(text);
  if (host) note.append(Object.assign(document.createElement("code"), { textContent: host }));
  if (!isBelow) el.replaceChildren(note);
  else if (!el.querySelector(".enishi-refused")) el.append(note);
}
