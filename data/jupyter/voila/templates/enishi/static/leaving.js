// On a computer that others use, too, nothing of a person stays in the browser once they have left.
// Our pages keep there what was not saved yet and which screen was seen last; all of it goes. The
// chosen language and the time zone stay: they say nothing of anybody.
//
// The server makes another `_xsrf` cookie whenever somebody enters or leaves. So a page that finds
// another one than it began with belongs to somebody who is not here any more.
(function () {
  "use strict";

  function crumb() {
    const own = /(?:^|; )__Host-_xsrf=([^;]*)/.exec(document.cookie);
    return (own ?? /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie))?.[1];
  }

  function forget() {
    for (const place of ["localStorage", "sessionStorage"]) {
      try {
        const ours = Object.keys(window[place]).filter((name) => name.startsWith("enishi"));
        for (const name of ours) window[place].removeItem(name);
      } catch { /* this browser keeps nothing */ }
    }
  }

  const began = crumb();
  const tabs = new BroadcastChannel("enishi");
  let left = false;

  // Only a workbook of somebody's has their name on it; the way in has nothing to hide.
  function look() {
    if (left || crumb() === began || !document.querySelector(".enishi-person")) return;
    left = true;
    forget();
    document.body.remove(); // the next page may take its time
    location.replace(`${document.documentElement.dataset.base}login`);
  }

  // What is left this way is put aside nowhere: this is heard before the sheets hear it.
  addEventListener("pagehide", (event) => { if (left) event.stopImmediatePropagation(); });
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  tabs.onmessage = look;
  document.addEventListener("DOMContentLoaded", () => {
    if (document.getElementById("enter") && !document.getElementById("person")) forget();
    tabs.postMessage("look");
  });
})();
