// The page around the notebook: its texts, the opening notice, and the connection's status.
//
// A widget that changes <html lang> changes the language of the page's own texts, and this browser
// remembers the choice.
(function () {
  "use strict";

  const ROOT = document.documentElement;
  const WORDS = window.enishiWords;
  const LANGUAGE_COOKIE = "enishi-language";
  const LONG_MS = 12000;
  const NOTICE_MS = 8000;
  const RELOADS = "enishi-reloads";
  const MOST_RELOADS_A_MINUTE = 3;
  const { line } = /** @type {NonNullable<typeof window.enishi>} */ (window.enishi);

  try {
    // A page on which names are hidden shows nothing until it knows them; see frame/masking.js.
    if (localStorage.getItem("enishi-names-hidden")) ROOT.classList.add("hiding-names");
  } catch {
    // a browser that stores nothing
  }

  // ---- texts ----------------------------------------------------------------------------------

  /** Return a text of the page. @param {string} key */
  function textOf(key) {
    const leaf = key.split(".").reduce((tree, name) => tree[name], WORDS);
    return leaf[ROOT.lang] || leaf.ja;
  }

  function translatePage() {
    for (const element of document.querySelectorAll("[data-say]")) {
      element.textContent = textOf(element.getAttribute("data-say") ?? "");
    }
  }

  new MutationObserver(() => {
    const where = `path=${ROOT.dataset.base}; max-age=31536000; samesite=lax`;
    document.cookie = `${LANGUAGE_COOKIE}=${ROOT.lang}; ${where}`;
    translatePage();
  }).observe(ROOT, { attributes: true, attributeFilter: ["lang"] });

  // ---- opening --------------------------------------------------------------------------------

  let isLoaded = false; // true once the whole page has arrived

  /** Return whether the first output is there, or the page has none. @param {HTMLElement} main */
  function isShown(main) {
    return (
      main.querySelector(
        ".enishi-problem, .enishi-output > *, " +
          ".jp-OutputArea-output > :not(script, .enishi-output) *",
      ) ||
      (isLoaded &&
        !main.querySelector('script[type="application/vnd.voila.cell-output+json"], .lm-Widget'))
    );
  }

  const slowTimer = setTimeout(() => {
    const text = document.querySelector("#enishi-opening p");
    if (!text) return;
    text.setAttribute("data-say", "opening.long");
    translatePage();
  }, LONG_MS);

  const opening = new MutationObserver(hideOpening);

  function hideOpening() {
    const main = document.getElementById("enishi");
    if (!main || !isShown(main)) return;
    opening.disconnect();
    clearTimeout(slowTimer);
    document.getElementById("enishi-opening")?.remove();
  }

  opening.observe(ROOT, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    isLoaded = true;
    hideOpening();
  });

  // ---- the connection to the kernel -----------------------------------------------------------

  let isOver = false;
  let gonePage = ""; // where to go when the kernel ends: the room of this page was deleted
  let noticeTimer = 0;
  let isLeaving = false;

  /** Show a notice at the top; "" hides it. @param {string} key */
  function showBanner(key) {
    const bar = /** @type {HTMLElement} */ (document.getElementById("enishi-line"));
    bar.hidden = !key;
    bar.replaceChildren();
    if (!key) return;
    const text = document.createElement("span");
    text.dataset.say = key;
    bar.append(text);
    if (key === "line.stopped" || key === "line.flooded") {
      const again = document.createElement("button");
      again.type = "button";
      again.dataset.say = "line.again";
      again.dataset.do = "again";
      bar.append(again);
    }
    translatePage();
  }

  // The kernel has ended: everything that was saved is in the book, so reload the page.
  // Stop after three reloads in a minute: the same cause would end the kernel a fourth time.
  function onKernelDead() {
    if (isOver || isLeaving) return;
    isOver = true;
    if (gonePage) return location.replace(gonePage);
    const now = Date.now();
    /** @type {number[]} */
    let before = [];
    try {
      before = JSON.parse(sessionStorage.getItem(RELOADS) || "[]").filter(
        (/** @type {number} */ at) => now - at < 60000,
      );
      sessionStorage.setItem(RELOADS, JSON.stringify([...before, now]));
    } catch {
      before = Array(MOST_RELOADS_A_MINUTE); // without storage, reloads cannot be counted
    }
    if (before.length >= MOST_RELOADS_A_MINUTE) {
      showBanner("line.stopped");
    } else {
      showBanner("line.ended");
      setTimeout(reopen, 1200);
    }
  }

  // Do not reload while the server is away: the browser or a proxy would show an error page of its
  // own, which stays.
  async function reopen() {
    const answer = await line.fetchKernel();
    if (answer && answer.status < 500) location.reload();
    else setTimeout(reopen, 1200);
  }

  // Show a refusal for some seconds, although the connection is soon back.
  line.addEventListener("too-large", () => {
    clearTimeout(noticeTimer);
    noticeTimer = setTimeout(() => {
      noticeTimer = 0;
      if (!isOver) showBanner(line.isConnected ? "" : "line.cut");
    }, NOTICE_MS);
    showBanner("line.refused");
  });
  line.addEventListener("disconnected", () => {
    if (!isOver && !isLeaving && !noticeTimer) showBanner("line.cut");
  });
  line.addEventListener("unreachable", () => {
    if (!isOver && !isLeaving) showBanner("line.away");
  });
  line.addEventListener("rate-limited", () => {
    isOver = true;
    showBanner("line.flooded");
  });
  line.addEventListener("connected", () => {
    if (!isOver && !noticeTimer) showBanner("");
  });
  line.addEventListener("kernel-dead", onKernelDead);
  addEventListener("enishi:gone", () => {
    if (gonePage) return;
    gonePage = `${ROOT.dataset.base}gone`;
    history.replaceState(null, "", gonePage + location.hash); // it says which sheet is in front
  });
  addEventListener("pagehide", () => {
    isLeaving = true;
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest('[data-do="again"]')) location.reload();
  });
})();
