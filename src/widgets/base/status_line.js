// The status line of a sheet: whether the last change was saved. Screen readers announce it.

import { h } from "./dom.js";

export class StatusLine {
  /** @param {HTMLElement} el the sheet's element */
  constructor(el) {
    this.el = el;
    this.text = "";
    this.isError = false;
  }

  /** Show a text at once, without drawing the whole sheet.
   * @param {string} [text]
   */
  setStatus(text = "", isError = false) {
    this.text = text;
    this.isError = isError;
    const line = this.el.querySelector(":scope .saved");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("trouble", isError);
  }

  draw() {
    const look = `saved${this.isError ? " trouble" : ""}`;
    return h("p", { class: look, role: "status", key: "saved" }, this.text);
  }
}
