// Which day it is depends on where the person is. The server learns by a cookie in which time zone
// their clock is; a page that it has made by another clock before is made once more.
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
  // Only once, as now it is known; and by line.js, which takes leave of the kernel there is.
  if (Number(page.minutes) !== -new Date().getTimezoneOffset()) page.again = "";
})();
