// Voilà's whole front end, on a page that shows more than our sheets: report its connection's
// status, and end its kernel.
(function () {
  "use strict";

  const LONG_MS = 12000;
  const FIRST_PAUSE_MS = 400;
  const LONGEST_PAUSE_MS = 8000;
  const RESTORED_MS = 5000;
  const { crumb, line } = window.enishi;

  let kernel = null;
  let leaving = false;
  let over = false;
  let attempt = 0;
  let timer = 0;
  let stale = false;
  let staleTimer = 0;

  function pageConfig() {
    return JSON.parse(document.getElementById("jupyter-config-data").textContent);
  }

  function address(...parts) {
    const { baseUrl, kernelId } = pageConfig();
    return baseUrl + [...parts, kernelId].join("/");
  }

  function ended() {
    if (over || leaving) return;
    over = true;
    clearTimeout(timer);
    line.dispatchEvent(new Event("ended"));
  }

  // The stock client waits 10-30 s when the server does not answer, too long for a person.
  async function mend() {
    clearTimeout(timer);
    if (over || leaving || !kernel || kernel.connectionStatus === "connected") return;
    attempt += 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    timer = setTimeout(mend, pause * (0.5 + Math.random()));
    try {
      const answer = await fetch(address("api/kernels"), { cache: "no-store" });
      if (answer.status === 404 || answer.status === 403) return ended();
      if (answer.ok && kernel.connectionStatus !== "connected") await kernel.reconnect();
    } catch {
      // Not yet; the timer tries again.
    }
  }

  function mendNow() {
    attempt = 0;
    mend();
  }

  function onLine(status) {
    if (over || leaving) return;
    if (status === "connected") {
      attempt = 0;
      clearTimeout(timer);
      line.dispatchEvent(new Event("connected"));
      // The client does not repeat a restore that was interrupted.
      if (stale) staleTimer = setTimeout(current, RESTORED_MS);
    } else {
      clearTimeout(staleTimer);
      if (!stale) line.dispatchEvent(new Event("cut"));
      stale = true;
      mend();
    }
  }

  function current() {
    if (!stale || kernel.connectionStatus !== "connected") return;
    stale = false;
    clearTimeout(staleTimer);
    line.dispatchEvent(new Event("current"));
  }

  function holdKernel() {
    if (over || leaving) return;
    const manager = window.jupyterapp && window.jupyterapp.widgetManager;
    if (!manager) {
      setTimeout(holdKernel, 100);
      return;
    }
    kernel = manager.kernel;
    manager.restored.connect(current);
    kernel.connectionStatusChanged.connect((_, status) => onLine(status));
    kernel.statusChanged.connect((_, status) => {
      if (["dead", "restarting", "autorestarting"].includes(status)) ended();
    });
    if (kernel.status === "dead") ended();
  }

  // If the kernel ends before the front end is loaded, the page never shows anything.
  async function lookForKernel() {
    if (over || leaving || kernel || !document.getElementById("jupyter-config-data")) return;
    try {
      const answer = await fetch(address("api/kernels"), { cache: "no-store" });
      if (answer.status === 404) return ended();
    } catch {
      // The server is away; try again.
    }
    setTimeout(lookForKernel, LONG_MS);
  }

  holdKernel();
  setTimeout(lookForKernel, LONG_MS);
  addEventListener("online", mendNow);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) mendNow();
  });

  // ---- the end --------------------------------------------------------------------------------

  // The stock front end ends the kernel on `beforeunload`. A phone may never send that event, and
  // a browser also sends it for a mailto: link or a download, where the page stays. So stop the
  // event here, and end the kernel when the page is really gone.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation());

  addEventListener("pagehide", (event) => {
    if (event.persisted || !document.getElementById("jupyter-config-data")) return;
    leaving = true;
    dispatchEvent(new Event("enishi:leave"));
    const form = new FormData();
    form.append("_xsrf", crumb());
    navigator.sendBeacon(address("voila/api/shutdown"), form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) mendNow();
  });
})();
