// Elements: a sheet describes them as plain objects; patch the DOM with as few changes as possible.

/** Describe an element. Text among the kids stays text: it is never parsed as markup. */
export function h(tag, props, ...kids) {
  return {
    tag,
    props: props ?? {},
    kids: kids.flat(Infinity).filter((kid) => kid != null && kid !== false && kid !== ""),
  };
}

const AS_PROPERTY = new Set(["checked", "disabled", "hidden", "selected", "indeterminate", "open"]);

/** Change the children of `parent` to match `wanted`; keep every element that can stay. */
export function patch(parent, wanted) {
  const spare = new Set(parent.childNodes);
  const nodes = wanted.map((kid) => {
    const node = typeof kid === "object" ? reuse(kid, spare) : reuseText(String(kid), spare);
    spare.delete(node);
    return node;
  });
  for (const node of spare) node.remove(); // first, so that no remaining node has to move
  let slot = parent.firstChild;
  for (const [index, node] of nodes.entries()) {
    if (node === slot) slot = slot.nextSibling;
    else parent.insertBefore(node, slot);
    if (typeof wanted[index] === "object") dress(node, wanted[index]);
  }
}

function reuseText(text, spare) {
  const node =
    [...spare].find((old) => old.nodeType === Node.TEXT_NODE) ?? document.createTextNode("");
  if (node.data !== text) node.data = text;
  return node;
}

const DRAWN = new Set(["svg", "path", "circle", "line", "g", "text", "title", "rect"]);

function reuse({ tag, props }, spare) {
  const key = props.key != null ? String(props.key) : null;
  for (const old of spare) if (old.localName === tag && old._key === key) return old;
  const made = DRAWN.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  made._key = key;
  return made;
}

/** Set the attributes, handlers and children of `node`. */
function dress(node, { props, kids }) {
  const before = node._props ?? {};
  for (const name of Object.keys(before)) if (!(name in props)) put(node, name, null);
  for (const [name, value] of Object.entries(props)) {
    if (name !== "key" && name !== "value" && value !== before[name]) put(node, name, value);
  }
  node._props = props;
  if (!("data-foreign" in props)) patch(node, kids); // else other code draws the content
  if ("value" in props) putValue(node, props.value);
}

function put(node, name, value) {
  if (name.startsWith("on")) node[name] = value;
  else if (AS_PROPERTY.has(name)) node[name] = Boolean(value);
  else if (value == null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Set the value, unless the person is typing there or their edit is not saved yet. */
function putValue(node, value) {
  const text = value == null ? "" : String(value);
  const writing =
    node === document.activeElement && node.localName !== "select" && node.type !== "range";
  if (!writing && !node._edit && node.value !== text) node.value = text;
}

const HONORIFIC = /(さん|様|さま|先生|氏|くん|君|ちゃん|殿)$/;

/** Fill `{name}` in a text, as `format_text` in `enishi/i18n/texts.py` does: a placeholder without
 *  a fact stays, and a name with an honorific gets no second さん. */
export function fill(text, facts) {
  return String(text ?? "").replace(/\{(\w+)\}(さん)?/g, (whole, name, honorific = "") => {
    if (!Object.hasOwn(facts, name)) return whole;
    const fact = String(facts[name]);
    return HONORIFIC.test(fact) ? fact : fact + honorific;
  });
}
