// Put into every page that is measured: when its first control is there, and when what it draws has
// followed. `bench` is what crowd/browser.py asks.
(() => {
  if (window.top !== window) return;
  const BARS = ".barlayer .point path, svg.chart .bars path";
  const SLIDER = "[role=slider], input[type=range]";
  const FIELD = "section#wish textarea, section#my_week form.line input";
  /** @type {any} */
  const bench = { seen: null, moved: null, pressed: null, waits: [], drawn: null };
  Object.assign(window, { bench });

  /** Find what `selector` names, in shadow roots too.
   * @param {string} selector
   * @param {Document | ShadowRoot} root
   * @returns {HTMLElement | null}
   */
  bench.find = (selector, root = document) => {
    /** @type {HTMLElement | null} */
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inside = element.shadowRoot && bench.find(selector, element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };

  /** What the chart looks like; on a page without one, what is said beside the field. */
  function look() {
    const saved = document.querySelector("section#wish .saved");
    const isThere = Boolean(bench.find(FIELD)?.offsetHeight);
    if (saved && isThere) return `said ${saved.textContent}`;
    if (isThere) return `understood ${Boolean(document.querySelector(".understood"))}`;
    const first = bench.find(BARS);
    const chart = first?.closest("svg");
    if (!chart || chart.getBoundingClientRect().width < 10) return null;
    const bars = chart.querySelectorAll(BARS);
    return bars.length < 8 ? null : [...bars].map((bar) => bar.getAttribute("d")).join();
  }

  function check() {
    const now = look();
    if (now === null || now === bench.drawn) return;
    const time = performance.now();
    if (bench.drawn === null) {
      if (!bench.find(`${FIELD}, ${SLIDER}`)) return;
      bench.seen = time;
      watch();
    } else {
      bench.moved ??= time;
      if (bench.pressed !== null) bench.waits.push(time - bench.pressed);
      bench.pressed = null;
    }
    bench.drawn = now;
  }

  /** Put the keys to work on the first control, which may be another element by now. */
  bench.focus = () => {
    (bench.find(FIELD) ?? bench.find(SLIDER)).focus();
    bench.before = bench.drawn;
  };

  /** From now on every change is seen when it happens, not when one looks. */
  function watch() {
    const root = bench.find(BARS)?.getRootNode() ?? document;
    new MutationObserver(check).observe(root, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["d"],
      characterData: true,
    });
  }

  addEventListener(
    "keydown",
    (event) => {
      bench.pressed = event.timeStamp;
    },
    true,
  );
  setInterval(check, 20);
})();
