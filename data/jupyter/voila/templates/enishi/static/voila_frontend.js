// Voilà's whole front end, on a page that shows more than our sheets: report its connection's
// status, and end its kernel.
(function () {
  "use strict";

  const LONG_MS = 12000;
  const FIRST_PAUSE_MS = 400;
  const LONGEST_PAUSE_MS = 8000;
  const RESTORED_MS = 5000;
  const { xsrfToken, line } = /** @type {NonNullable<typeof window.enishi>} */ (window.enishi);

  /** @type {any} */
  let kernel = null;
  let isLeaving = false;
  let isOver = false;
  let attempt = 0;
  let timer = 0;
  let isStale = false;
  let staleTimer = 0;

  function pageConfig() {
    return JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "");
  }

  /** @param {string} path */
  function kernelUrl(path) {
    const { baseUrl, kernelId } = pageConfig();
    return `${baseUrl}${path}/${kernelId}`;
  }

  function reportKernelDead() {
    if (isOver || isLeaving) return;
    isOver = true;
    clearTimeout(timer);
    line.dispatchEvent(new Event("kernel-dead"));
  }

  // The stock client waits 10-30 s when the server does not answer, too long for a person.
  async function reconnect() {
    clearTimeout(timer);
    if (isOver || isLeaving || !kernel || kernel.connectionStatus === "connected") return;
    attempt += 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    timer = setTimeout(reconnect, pause * (0.5 + Math.random()));
    try {
      const answer = await fetch(kernelUrl("api/kernels"), { cache: "no-store" });
      if (answer.status === 404 || answer.status === 403) return reportKernelDead();
      if (answer.ok && kernel.connectionStatus !== "connected") await kernel.reconnect();
    } catch {
      // Not yet; the timer tries again.
    }
  }

  function reconnectNow() {
    attempt = 0;
    reconnect();
  }

  /** @param {string} status */
  function onConnectionStatus(status) {
    if (isOver || isLeaving) return;
    if (status === "connected") {
      attempt = 0;
      clearTimeout(timer);
      line.dispatchEvent(new Event("connected"));
      // The client does not repeat a restore that was interrupted.
      if (isStale) staleTimer = setTimeout(reportSynced, RESTORED_MS);
    } else {
      clearTimeout(staleTimer);
      if (!isStale) line.dispatchEvent(new Event("disconnected"));
      isStale = true;
      reconnect();
    }
  }

  function reportSynced() {
    if (!isStale || kernel.connectionStatus !== "connected") return;
    isStale = false;
    clearTimeout(staleTimer);
    line.dispatchEvent(new Event("synced"));
  }

  function watchKernel() {
    if (isOver || isLeaving) return;
    const manager = window.jupyterapp && window.jupyterapp.widgetManager;
    if (!manager) {
      setTimeout(watchKernel, 100);
      return;
    }
    kernel = manager.kernel;
    manager.restored.connect(reportSynced);
    kernel.connectionStatusChanged.connect((/** @type {any} */ _, /** @type {string} */ status) =>
      onConnectionStatus(status),
    );
    kernel.statusChanged.connect((/** @type {any} */ _, /** @type {string} */ status) => {
      if (["dead", "restarting", "autorestarting"].includes(status)) reportKernelDead();
    });
    if (kernel.status === "dead") reportKernelDead();
  }

  // If the kernel ends before the front end is loaded, the page never shows anything.
  async function probeKernel() {
    if (isOver || isLeaving || kernel || !document.getElementById("jupyter-config-data")) return;
    try {
      const answer = await fetch(kernelUrl("api/kernels"), { cache: "no-store" });
      if (answer.status === 404) return reportKernelDead();
    } catch {
      // The server is away; try again.
    }
    setTimeout(probeKernel, LONG_MS);
  }

  watchKernel();
  setTimeout(probeKernel, LONG_MS);
  addEventListener("online", reconnectNow);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) reconnectNow();
  });

  // ---- what the page refuses --------------------------------------------------------------------

  // An output that brings its program as HTML, such as a chart of Altair's, stays blank without it.
  document.addEventListener("securitypolicyviolation", async ({ target, blockedURI }) => {
    const output =
      target instanceof HTMLScriptElement &&
      target.closest(".jp-OutputArea-output, .jp-RenderedHTML");
    if (!output) return;
    const host = /^\w+:\/\/([^/]+)/.exec(blockedURI)?.[1];
    (await guard()).showRefusal(output, host ? "outside" : "inline", host, true);
  });

  // A widget of a package whose extension this page does not load: Voilà would say "Click to show
  // javascript error."
  new MutationObserver(async () => {
    for (const failed of document.querySelectorAll(".jupyter-widgets-error-widget"))
      if (failed.parentElement) (await guard()).showRefusal(failed.parentElement, "unknown");
  }).observe(document.documentElement, { childList: true, subtree: true });

  function guard() {
    const sheet = document.querySelector('link[rel="modulepreload"]');
    return import(new URL("guard.js", /** @type {HTMLLinkElement} */ (sheet).href).href);
  }

  // ---- the end --------------------------------------------------------------------------------

  // The stock front end ends the kernel on `beforeunload`. A phone may never send that event, and
  // a browser also sends it for a mailto: link or a download, where the page stays. So stop the
  // event here, and end the kernel when the page is really gone.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation());

  addEventListener("pagehide", (event) => {
    if (event.persisted || !document.getElementById("jupyter-config-data")) return;
    isLeaving = true;
    dispatchEvent(new Event("enishi:leave"));
    const form = new FormData();
    form.append("_xsrf", xsrfToken());
    navigator.sendBeacon(kernelUrl("voila/api/shutdown"), form);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) reconnectNow();
  });
})();
