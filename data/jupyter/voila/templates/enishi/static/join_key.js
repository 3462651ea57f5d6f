// The key of a room's QR code stands behind the "#", so that no server, log or proxy on the way
// receives it. This script moves it into the form and out of the address bar; only the button
// sends it. While the door is closed, the page tries again by itself.
(function () {
  "use strict";

  /** @param {string} id */
  const byId = (id) => document.getElementById(id);

  function moveKey() {
    const key = location.hash.slice(1);
    const code = /** @type {HTMLInputElement | null} */ (byId("code"));
    if (!key || !code) return;
    history.replaceState(null, "", location.pathname + location.search);
    code.value = key;
    /** @type {HTMLElement} */ (byId("typed")).hidden = true;
    /** @type {HTMLElement} */ (byId("brought")).hidden = false;
    byId("called")?.focus();
  }

  moveKey();
  addEventListener("hashchange", moveKey); // the address was opened in this page's tab

  const again = /** @type {HTMLFormElement | null} */ (byId("again"));
  if (again) setTimeout(() => again.submit(), Number(again.dataset.wait) * 1000);
})();
