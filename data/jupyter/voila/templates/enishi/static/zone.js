// The date depends on the person's time zone. A cookie sends it to the server; if the server made
// this page with another zone, the page reloads once.
(function () {
  "use strict";

  const page = document.documentElement.dataset;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  function known() {
    return /(?:^|; )enishi-zone=([^;]*)/.exec(document.cookie)?.[1];
  }

  if (!zone || known() === zone) return;
  document.cookie = `enishi-zone=${zone}; path=${page.base}; max-age=31536000; samesite=lax`;
  if (known() !== zone || page.minutes === undefined) return;
  // Only once, because the cookie is set now. kernel_client.js reloads, once it knows which kernel
  // to end.
  if (Number(page.minutes) !== -new Date().getTimezoneOffset()) page.again = "";
})();
