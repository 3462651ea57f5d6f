// The key in a person's address stands behind the "#", so that no server, log or proxy on the way
// receives it. This script moves it into the form and out of the address bar; only the button
// sends it.
(function () {
  "use strict";

  function take() {
    const key = location.hash.slice(1);
    if (!key) return;
    history.replaceState(null, "", location.pathname + location.search);
    document.getElementById("key").value = key;
    document.getElementById("typed").hidden = true;
    document.getElementById("brought").hidden = false;
    document.getElementById("enter").hidden = false;
    document.querySelector("#enter button").focus();
  }

  take();
  addEventListener("hashchange", take); // the address was opened in this page's tab
})();
