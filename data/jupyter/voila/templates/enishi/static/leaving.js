// On a shared computer, no data of a person stays in the browser after they have signed out. Our
// pages store unsaved edits and the sheet shown last; both are removed. The chosen language and the
// time zone stay: they identify no person.
//
// The server sets a new `_xsrf` cookie at every sign-in and sign-out. So a page that finds another
// cookie than at its start belongs to a person who has signed out.
(function () {
  "use strict";

  function xsrfToken() {
    const names = ["__Host-_xsrf", "enishi_xsrf", "_xsrf"]; // by https, in Jupyter, else
    const found = names.map((name) => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie));
    return found.find(Boolean)?.[1];
  }

  function clearStorage() {
    for (const storage of [() => localStorage, () => sessionStorage]) {
      try {
        const ours = Object.keys(storage()).filter((name) => name.startsWith("enishi"));
        for (const name of ours) storage().removeItem(name);
      } catch {
        /* this browser stores nothing */
      }
    }
  }

  const startToken = xsrfToken();
  const tabs = new BroadcastChannel("enishi");
  let isLeaving = false;

  // Only a workbook shows a person's name; the sign-in page has nothing to hide.
  function checkSession() {
    if (isLeaving || xsrfToken() === startToken || !document.querySelector(".enishi-person"))
      return;
    isLeaving = true;
    clearStorage();
    document.body.remove(); // the next page may take some seconds
    location.replace(`${document.documentElement.dataset.base}login`);
  }

  // Stop the event before the sheets receive it, so that they store no unsaved edits.
  addEventListener("pagehide", (event) => {
    if (isLeaving) event.stopImmediatePropagation();
  });
  addEventListener("pageshow", checkSession);
  document.addEventListener("visibilitychange", checkSession);
  tabs.onmessage = checkSession;
  document.addEventListener("DOMContentLoaded", () => {
    if (document.getElementById("enter") && !document.getElementById("person")) clearStorage();
    tabs.postMessage("look");
  });
})();
