// Names as initials while a screen is shared. Whatever text comes onto the page, from any sheet, a
// picture or a status line, is changed before it is painted; hovering or focusing shows it again.
// It finds names as `enishi/i18n/initials.py` does.

/**
 * @typedef {{key: string, forms: string[], honorifics: string[], particles: string,
 *   ordinary: string[]}} NameForms
 */

const HIDDEN = "○";
const CLUSTER = /[^][\u0300-\u036f\u3099\u309a\uff9e\uff9f\u200d\ufe0e\ufe0f]*/gu;
const KANA_AND_HANGUL = "\u3041-\u30ff\u31f0-\u31ff\uac00-\ud7a3\uff66-\uff9f";
const KANJI = "々〆\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const EAST_ASIAN = new RegExp(`[${KANJI}${KANA_AND_HANGUL}]`, "u");
const PLURAL = /^e?s(?!\p{L})/iu;
/** @type {[string, RegExp][]} */
const KINDS = [
  ["hiragana", /^[\u3041-\u309f]/u],
  ["katakana", /^[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f]/u],
  ["hangul", /^[\uac00-\ud7a3]/u],
  ["kanji", /^[々〆\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u],
  ["letter", /^\p{L}/u],
  ["digit", /^\p{Nd}/u],
];

/** @param {string} letter */
const kindOf = (letter) => KINDS.find(([, form]) => form.test(letter))?.[0] ?? "";

/** @param {string} text */
function foldName(text) {
  const folded = text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("’", "'");
  return folded
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize("NFD")[0]);
}

/** Return the initials that replace a name. @param {string} name */
export function initials(name) {
  const parts = name.split(/\s+/u).filter(Boolean);
  if (!parts.length) return "";
  if (EAST_ASIAN.test(name)) return [...parts[0]][0] + HIDDEN;
  return parts.map((part) => `${[...part][0].toUpperCase()}.`).join("");
}

/** Return a function that replaces every name in a text by its initials.
 * @param {NameForms} names
 * @returns {(text: string) => string}
 */
export function nameHider({ forms, honorifics, particles, ordinary }) {
  const known = new Set(forms);
  const usual = new Set(ordinary);
  /** @type {Map<string, number[]>} */
  const lengths = new Map();
  for (const form of forms) {
    const all = lengths.get(form[0]) ?? [];
    if (!all.includes(form.length)) all.push(form.length);
    lengths.set(form[0], all);
  }
  for (const all of lengths.values()) all.sort((a, b) => b - a);
  const addressed = new RegExp(`^\\s?(?:${honorifics.join("|")})`, "u");
  const particle = new RegExp(`^(?:${particles}|(?![\\u3041-\\u309fー]))`, "u");
  const onlyParticle = new RegExp(`^(?:${particles})?(?![\\u3041-\\u309fー])`, "u");

  /** @param {string} one @param {string} other */
  const joins = (one, other) => kindOf(one) !== "" && kindOf(one) === kindOf(other);

  /** Whether what equals a name denotes a person here.
   * @param {string} before
   * @param {string} found
   * @param {string} after
   */
  function isName(before, found, after) {
    const letters = [...found];
    const begins = !joins(before, letters[0]);
    const ends = !joins(letters.at(-1) ?? "", after);
    const kind = kindOf(letters[0]);
    if (letters.some((letter) => kindOf(letter) === "kanji"))
      return letters.length > 1 || (begins && (ends || addressed.test(after)));
    if (addressed.test(after)) return begins || (kind === "hiragana" && letters.length > 1);
    if (kind === "hiragana") {
      if (letters.length > 2) return begins || particle.test(after);
      return letters.length > 1 && begins && onlyParticle.test(after);
    }
    if (kind === "hangul") return begins && (ends || letters.length > 1);
    if (begins && PLURAL.test(after))
      return letters[0] !== letters[0].toLowerCase() && !usual.has(foldName(found));
    const isSmall = found === found.toLowerCase();
    return begins && ends && !(isSmall && usual.has(found));
  }

  /** @param {string} text */
  function hide(text) {
    const clusters = text.match(CLUSTER) ?? [];
    const folded = clusters.map(foldName);
    const compared = folded.join("");
    /** @type {Map<number, number>} */
    const numberAt = new Map();
    const starts = [0];
    const offsets = [0];
    for (const [number, cluster] of clusters.entries()) {
      numberAt.set(starts[number], number);
      starts.push(starts[number] + folded[number].length);
      offsets.push(offsets[number] + cluster.length);
    }
    numberAt.set(compared.length, clusters.length);
    /** @param {number} number */
    const endOfName = (number) => {
      const start = starts[number];
      for (const length of lengths.get(compared[start]) ?? []) {
        const end = numberAt.get(start + length);
        if (!end || !known.has(compared.slice(start, start + length))) continue;
        const before = number ? clusters[number - 1] : "";
        const found = text.slice(offsets[number], offsets[end]);
        if (isName(before, found, text.slice(offsets[end]))) return end;
      }
      return 0;
    };
    let said = "";
    for (let number = 0; number < clusters.length;) {
      const end = endOfName(number);
      said += end ? initials(text.slice(offsets[number], offsets[end])) : clusters[number];
      number = end || number + 1;
    }
    return said;
  }

  /** @type {Map<string, string>} */
  const memo = new Map();
  return (text) => {
    let said = memo.get(text);
    if (said === undefined) {
      if (memo.size > 5000) memo.clear();
      said = hide(text);
      memo.set(text, said);
    }
    return said;
  };
}

const NAMED = ["aria-label", "title", "alt", "placeholder", "aria-valuetext", "aria-description"];
const FIELDS = "input:not([type=radio], [type=checkbox], [type=range], [type=file]), textarea";

/** Hides names on the page from `start` to `stop`. */
export class NameMask {
  constructor() {
    /** @type {(text: string) => string} */
    this.hide = (text) => text;
    /** @type {NameForms | null} */
    this.names = null; // also of who was renamed, merged or erased since
    this.shown = ""; // the names that only the page shows, as those of a file to bring in
    /** @type {WeakMap<Node, {own: string, shown: string}>} */
    this.texts = new WeakMap(); // of a text node: what it says, and what stands there instead
    /** @type {WeakMap<Element, Map<string, {own: string, shown: string}>>} */
    this.attributes = new WeakMap();
    /** @type {Set<Node>} */
    this.revealed = new Set(); // texts that are hovered or focused
    this.observer = new MutationObserver((changes) => this.follow(changes));
    /** @type {AbortController | null} */
    this.ended = null;
  }

  /** @param {NameForms} names */
  start(names) {
    const forms = new Set([...(this.names?.forms ?? []), ...names.forms]);
    this.names = { ...names, forms: [...forms] };
    this.hide = nameHider(this.names);
    this.learnShown();
    document.documentElement.classList.add("names-hidden"); // a file that is saved has initials
    this.maskAll();
    if (this.ended) return;
    this.ended = new AbortController();
    this.observer.observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: [...NAMED, "data-names"],
    });
    const options = { signal: this.ended.signal, capture: true };
    /** @type {[string, (event: any) => void][]} */
    const handlers = [
      ["pointerover", ({ target }) => this.reveal(target, false)],
      ["pointerout", ({ target }) => this.cover(target)],
      ["focusin", ({ target }) => this.reveal(target, true)],
      ["focusout", ({ target }) => this.cover(target)],
      ["input", ({ target }) => this.maskField(target)],
      ["change", ({ target }) => this.maskField(target)],
    ];
    for (const [event, handler] of handlers) document.addEventListener(event, handler, options);
  }

  stop() {
    this.ended?.abort();
    this.ended = null;
    this.observer.disconnect();
    document.documentElement.classList.remove("names-hidden");
    this.hide = (text) => text;
    this.maskAll();
  }

  maskAll() {
    this.maskWithin(document.documentElement);
  }

  /** Take in the names that an element with `data-names` shows, a form a line.
   * @returns {boolean} whether there are new ones
   */
  learnShown() {
    const elements = /** @type {NodeListOf<HTMLElement>} */ (
      document.querySelectorAll("[data-names]")
    );
    const shown = [...elements].map(({ dataset }) => dataset.names).join("\n");
    if (!this.names || shown === this.shown) return false;
    this.shown = shown;
    const known = new Set(this.names.forms);
    const added = shown.split("\n").filter((form) => form && !known.has(form));
    if (!added.length) return false;
    this.names.forms.push(...added);
    this.hide = nameHider(this.names);
    return true;
  }

  /** @param {MutationRecord[]} changes */
  follow(changes) {
    if (this.learnShown()) {
      this.maskAll();
      this.observer.takeRecords();
      return;
    }
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "characterData") this.maskText(/** @type {Text} */ (target));
      else if (type === "attributes")
        this.maskAttribute(/** @type {Element} */ (target), attributeName ?? "");
      else for (const node of addedNodes) this.maskWithin(node);
    }
    this.observer.takeRecords(); // our own changes
    this.maskFields();
  }

  /** @param {Node} root */
  maskWithin(root) {
    if (root instanceof Text) return this.maskText(root);
    if (!(root instanceof Element)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = /** @type {Node | null} */ (root); node; node = walker.nextNode())
      if (node instanceof Text) this.maskText(node);
      else for (const name of NAMED) this.maskAttribute(/** @type {Element} */ (node), name);
    if (root === document.documentElement) this.maskFields();
  }

  /** @param {Text} node */
  maskText(node) {
    if (node.parentElement?.closest("script, style, textarea")) return;
    const before = this.texts.get(node);
    const own = before && node.data === before.shown ? before.own : node.data;
    const shown = this.revealed.has(node) ? own : this.hide(own);
    if (own === shown) this.texts.delete(node);
    else this.texts.set(node, { own, shown });
    if (this.revealed.has(node)) this.texts.set(node, { own, shown: own });
    if (node.data !== shown) node.data = shown;
  }

  /** @param {Element} element @param {string} name */
  maskAttribute(element, name) {
    const now = element.getAttribute(name);
    if (now === null) return;
    const all = this.attributes.get(element) ?? new Map();
    const before = all.get(name);
    const own = before && now === before.shown ? before.own : now;
    const shown = this.hide(own);
    if (own === shown) all.delete(name);
    else all.set(name, { own, shown });
    this.attributes.set(element, all);
    if (now !== shown) element.setAttribute(name, shown);
  }

  maskFields() {
    for (const node of document.querySelectorAll(FIELDS))
      this.maskField(/** @type {FormField} */ (node));
  }

  /** Lay the initials over a field with a name, until it is hovered or focused; its value stays.
   * @param {FormField} node
   */
  maskField(node) {
    if (!node.matches?.(FIELDS)) return;
    this.followValue(node);
    const shown = this.hide(node.value);
    const field = node.parentElement?.matches(".field") ? node.parentElement : null;
    if (shown === node.value) {
      delete node.dataset.masked;
      delete field?.dataset.masked;
      return;
    }
    if (node.dataset.masked !== shown) node.dataset.masked = shown;
    if (field && field.dataset.masked !== shown) field.dataset.masked = shown;
  }

  /** Mask a field again when a script sets its value: that is no change of the document.
   * @param {FormField} node
   */
  followValue(node) {
    if (Object.hasOwn(node, "value")) return;
    const proto = Object.getPrototypeOf(node);
    const { get, set } = Object.getOwnPropertyDescriptor(proto, "value") ?? {};
    Object.defineProperty(node, "value", {
      configurable: true,
      get,
      set: (value) => {
        set?.call(node, value);
        if (this.ended) this.maskField(node);
      },
    });
  }

  /** Show the texts of what is hovered, and all within what is focused.
   * @param {Element} element
   * @param {boolean} isDeep
   */
  reveal(element, isDeep) {
    if (!(element instanceof Element)) return;
    this.follow(this.observer.takeRecords()); // a focus may come in the middle of a drawing
    for (const node of textsOf(element, isDeep)) {
      if (!this.texts.has(node)) continue;
      this.revealed.add(node);
      this.maskText(node);
    }
    this.observer.takeRecords();
  }

  /** @param {Element} element */
  cover(element) {
    if (!(element instanceof Element)) return;
    this.follow(this.observer.takeRecords());
    if (element.matches(FIELDS)) this.maskField(/** @type {FormField} */ (element));
    for (const node of textsOf(element, true)) {
      if (!this.revealed.delete(node)) continue;
      this.maskText(node);
    }
    this.observer.takeRecords();
  }
}

/** @param {Element} element @param {boolean} isDeep @returns {Text[]} */
function textsOf(element, isDeep) {
  if (!isDeep)
    return /** @type {Text[]} */ ([...element.childNodes].filter((node) => node instanceof Text));
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Text} */ (walker.currentNode));
  return found;
}
