// Elements: a sheet describes them as plain objects; patch the DOM with as few changes as possible.

/** Describe an element. Text among the kids stays text: it is never parsed as markup.
 * @param {string} tag
 * @param {Props | null} props attributes, handlers (`onclick`) and properties (`checked`); `key`
 *   distinguishes an element from its neighbours
 * @param {Kid[]} kids lists are flattened; null, false and "" are left out
 * @returns {ElementDescription}
 */
export function h(tag, props, ...kids) {
  const all = /** @type {any[]} */ (kids).flat(Infinity);
  return {
    tag,
    props: props ?? {},
    kids: all.filter((kid) => kid != null && kid !== false && kid !== ""),
  };
}

const AS_PROPERTY = new Set(["checked", "disabled", "hidden", "selected", "indeterminate", "open"]);
const NOT_SET = new Set(["key", "value", "version"]); // as they are: see `setValue`
const SVG_TAGS = new Set(["svg", "path", "circle", "line", "g", "text", "title", "rect"]);

/** Change the children of `parent` to match `wanted`; keep every element that can stay.
 * @param {Element} parent
 * @param {(ElementDescription | string | number)[]} wanted
 */
export function patch(parent, wanted) {
  const unmatched = groupByName(parent.childNodes);
  const nodes = wanted.map((kid) => findOrCreate(kid, unmatched));
  // Remove the others first, so that no remaining node has to move.
  for (const group of unmatched.values()) for (const node of group) node.remove();
  let slot = parent.firstChild;
  for (const [index, node] of nodes.entries()) {
    if (node === slot) slot = slot.nextSibling;
    else parent.insertBefore(node, slot);
    const kid = wanted[index];
    if (typeof kid === "object") updateProps(/** @type {FormField} */ (node), kid);
  }
}

/** Return the name by which an element finds its description again.
 * @param {ElementDescription | string | number} kid
 */
function nameOf(kid) {
  if (typeof kid !== "object") return "#text";
  return kid.props.key == null ? kid.tag : `${kid.tag} ${kid.props.key}`;
}

/** Return the nodes by name, the last one first. Elements made by other code have no name.
 * @param {NodeListOf<ChildNode>} nodes
 */
function groupByName(nodes) {
  /** @type {Map<string | undefined, ChildNode[]>} */
  const groups = new Map();
  for (const node of [...nodes].reverse()) {
    const name = node.nodeType === Node.TEXT_NODE ? "#text" : node._name;
    const group = groups.get(name);
    if (group) group.push(node);
    else groups.set(name, [node]);
  }
  return groups;
}

/** Return the first unmatched node for a description, else a new one.
 * @param {ElementDescription | string | number} kid
 * @param {Map<string | undefined, ChildNode[]>} unmatched
 */
function findOrCreate(kid, unmatched) {
  const name = nameOf(kid);
  const found = unmatched.get(name)?.pop();
  if (typeof kid !== "object") {
    const text = /** @type {Text} */ (found ?? document.createTextNode(""));
    if (text.data !== String(kid)) text.data = String(kid);
    return text;
  }
  if (found) return found;
  const made = SVG_TAGS.has(kid.tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", kid.tag)
    : document.createElement(kid.tag);
  made._name = name;
  return made;
}

/** Set the attributes, handlers and children of `node`.
 * @param {FormField} node
 * @param {ElementDescription} description
 */
function updateProps(node, { props, kids }) {
  const before = node._props ?? {};
  for (const name of Object.keys(before)) if (!(name in props)) setProp(node, name, null);
  for (const [name, value] of Object.entries(props)) {
    if (!NOT_SET.has(name) && value !== before[name]) setProp(node, name, value);
  }
  node._props = props;
  if (!("data-foreign" in props)) patch(node, kids); // else other code draws the content
  if ("value" in props) setValue(node, props.value, props.version);
}

/**
 * @param {any} node
 * @param {string} name
 * @param {any} value
 */
function setProp(node, name, value) {
  if (name.startsWith("on")) node[name] = value;
  else if (AS_PROPERTY.has(name)) node[name] = Boolean(value);
  else if (value == null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Set the value, unless the person is typing there or their edit is not saved yet; the field keeps
 *  the version of the row whose value it shows.
 * @param {FormField} node
 * @param {unknown} value
 * @param {number} [version]
 */
function setValue(node, value, version) {
  const text = value == null ? "" : String(value);
  const isTyping =
    node === document.activeElement && node.localName !== "select" && node.type !== "range";
  if (!isTyping && !node._edit && node.value !== text) node.value = text;
  if (node.value === text) node._version = version;
}

const HONORIFIC = /(さん|様|さま|先生|氏|くん|君|ちゃん|殿)(\s?[（(][^（）()]*[)）])?$/;

/** Fill `{name}` in a text, as `format_text` in `enishi/i18n/texts.py` does: a placeholder without
 *  a fact stays, and a name with an honorific gets no second さん.
 * @param {unknown} text
 * @param {Record<string, any>} facts
 */
export function format(text, facts) {
  const placeholder = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}(」?さん)?/g;
  return String(text ?? "").replace(placeholder, (whole, name, one, many, honorific = "") => {
    if (!Object.hasOwn(facts, name)) return whole;
    const fact = String(facts[name]);
    if (one !== undefined) return (fact === "1" ? one : many) + honorific;
    return fact + (HONORIFIC.test(fact) ? honorific.replace("さん", "") : honorific);
  });
}
