// The page around the notebook: its texts, the opening notice, and the connection's status.
//
// A widget that changes <html lang> changes the language of the page's own texts, and this browser
// remembers the choice.
(function () {
  "use strict";

  const ROOT = document.documentElement;
  const WORDS = JSON.parse(document.getElementById("enishi-words").textContent);
  const LANGUAGE_COOKIE = "enishi-language";
  const LONG_MS = 12000;
  const NOTICE_MS = 8000;
  const RELOADS = "enishi-reloads";
  const MOST_RELOADS_A_MINUTE = 3;
  const { line } = window.enishi;

  // ---- texts ----------------------------------------------------------------------------------

  function say(key) {
    const leaf = key.split(".").reduce((tree, name) => tree[name], WORDS);
    return leaf[ROOT.lang] || leaf.ja;
  }

  function speak() {
    for (const element of document.querySelectorAll("[data-say]")) {
      element.textContent = say(element.dataset.say);
    }
  }

  new MutationObserver(() => {
    const where = `path=${ROOT.dataset.base}; max-age=31536000; samesite=lax`;
    document.cookie = `${LANGUAGE_COOKIE}=${ROOT.lang}; ${where}`;
    speak();
  }).observe(ROOT, { attributes: true, attributeFilter: ["lang"] });

  // ---- opening --------------------------------------------------------------------------------

  let isWhole = false; // true once the whole page has arrived

  function isShown(main) {
    return (
      main.querySelector(
        ".enishi-problem, .enishi-output > *, " +
          ".jp-OutputArea-output > :not(script, .enishi-output) *",
      ) ||
      (isWhole &&
        !main.querySelector('script[type="application/vnd.voila.cell-output+json"], .lm-Widget'))
    );
  }

  const slow = setTimeout(() => {
    const said = document.querySelector("#enishi-opening p");
    if (!said) return;
    said.dataset.say = "opening.long";
    speak();
  }, LONG_MS);

  const opening = new MutationObserver(look);

  function look() {
    const main = document.getElementById("enishi");
    if (!main || !isShown(main)) return;
    opening.disconnect();
    clearTimeout(slow);
    document.getElementById("enishi-opening")?.remove();
  }

  opening.observe(ROOT, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    isWhole = true;
    look();
  });

  // ---- the connection to the kernel -----------------------------------------------------------

  let over = false;
  let notice = 0;
  let leaving = false;

  function banner(key) {
    const bar = document.getElementById("enishi-line");
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
    speak();
  }

  // The kernel has ended: everything that was saved is in the book, so reload the page.
  // Stop after three reloads in a minute: the same cause would end the kernel a fourth time.
  function ended() {
    if (over || leaving) return;
    over = true;
    const now = Date.now();
    let before = [];
    try {
      before = JSON.parse(sessionStorage.getItem(RELOADS) || "[]").filter((at) => now - at < 60000);
      sessionStorage.setItem(RELOADS, JSON.stringify([...before, now]));
    } catch {
      before = Array(MOST_RELOADS_A_MINUTE); // without storage, reloads cannot be counted
    }
    if (before.length >= MOST_RELOADS_A_MINUTE) {
      banner("line.stopped");
    } else {
      banner("line.ended");
      setTimeout(reopen, 1200);
    }
  }

  // Do not reload while the server is away: the browser or a proxy would show an error page of its
  // own, which stays.
  async function reopen() {
    if ((await line.ask())?.status < 500) location.reload();
    else setTimeout(reopen, 1200);
  }

  // Show a refusal for some seconds, although the connection is soon back.
  line.addEventListener("refused", () => {
    clearTimeout(notice);
    notice = setTimeout(() => {
      notice = 0;
      if (!over) banner(line.isConnected ? "" : "line.cut");
    }, NOTICE_MS);
    banner("line.refused");
  });
  line.addEventListener("cut", () => {
    if (!over && !leaving && !notice) banner("line.cut");
  });
  line.addEventListener("away", () => {
    if (!over && !leaving) banner("line.away");
  });
  line.addEventListener("flooded", () => {
    over = true;
    banner("line.flooded");
  });
  line.addEventListener("connected", () => {
    if (!over && !notice) banner("");
  });
  line.addEventListener("ended", ended);
  addEventListener("pagehide", () => {
    leaving = true;
  });
  addEventListener("pageshow", () => {
    leaving = false;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-do="again"]')) location.reload();
  });
})();
