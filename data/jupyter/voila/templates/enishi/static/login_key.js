// The key in a person's address stands behind the "#", so that no server, log or proxy on the way
// receives it. This script moves it into the form and out of the address bar; only the button
// sends it.
(function () {
  "use strict";

  // A key is longer; the name of a sheet, which a page that leads here leaves behind, is shorter.
  const SHORTEST_KEY = 30; // characters

  /** @param {string} id */
  const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

  function moveKey() {
    const key = location.hash.slice(1);
    if (key.length < SHORTEST_KEY) return;
    history.replaceState(null, "", location.pathname + location.search);
    /** @type {HTMLInputElement} */ (byId("key")).value = key;
    byId("typed").hidden = true;
    byId("brought").hidden = false;
    byId("enter").hidden = false;
    byId("enter").querySelector("button")?.focus();
  }

  moveKey();
  addEventListener("hashchange", moveKey); // the address was opened in this page's tab
})();
