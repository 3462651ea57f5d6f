// The corner that says how to join.

import { h } from "../base/sheet.js";

/** @param {Sheet} sheet its state has `join`, its words `code`, `code_off` and `qr` */
export function joinCorner(sheet) {
  const { words } = sheet;
  const { address, code, qr } = sheet.state.join;
  return h(
    "div",
    { class: "join", key: "join" },
    h("p", { class: "join-address" }, shortAddress(address || ownAddress())),
    code
      ? h("p", { class: "join-code" }, `${code.slice(0, 3)} ${code.slice(3)}`)
      : h("p", { class: "hint" }, words.code_off),
    qr &&
      h(
        "svg",
        { class: "qr", viewBox: `0 0 ${qr.size} ${qr.size}`, role: "img", "aria-label": words.qr },
        h("path", { d: qr.path }),
      ),
  );
}

/** The address on this computer, where the server does not know how others reach it. */
function ownAddress() {
  const [base] = location.pathname.split("voila/");
  return `${location.origin}${base}join`;
}

/** What one types: a browser adds the rest. @param {string} address */
function shortAddress(address) {
  return address.replace(/^http:\/\//, "");
}
