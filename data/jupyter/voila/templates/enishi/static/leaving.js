// On a shared computer, no data of a person stays in the browser after they have signed out. Our
// pages store unsaved edits and the sheet shown last; both are removed. The chosen language and the
// time zone stay: they identify no person.
//
// The server sets a new `_xsrf` cookie at every sign-in and sign-out. So a page that finds another
// cookie than at its start belongs to a person who has signed out.
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
      } catch {
        /* this browser stores nothing */
      }
    }
  }

  const began = crumb();
  const tabs = new BroadcastChannel("enishi");
  let left = false;

  // Only a workbook shows a person's name; the sign-in page has nothing to hide.
  function look() {
    if (left || crumb() === began || !document.querySelector(".enishi-person")) return;
    left = true;
    forget();
    document.body.remove(); // the next page may take some seconds
    location.replace(`${document.documentElement.dataset.base}login`);
  }

  // Stop the event before the sheets receive it, so that they store no unsaved edits.
  addEventListener("pagehide", (event) => {
    if (left) event.stopImmediatePropagation();
  });
  addEventListener("pageshow", look);
  document.addEventListener("visibilitychange", look);
  tabs.onmessage = look;
  document.addEventListener("DOMContentLoaded", () => {
    if (document.getElementById("enter") && !document.getElementById("person")) forget();
    tabs.postMessage("look");
  });
})();
