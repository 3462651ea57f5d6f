"""A sheet on a blank page with a model that notes what is sent and answers when a test says so.

The page's clock stands still until a test lets time pass, so a slow machine changes nothing: a
pause in writing is a pause only where the test makes one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from widgets.base.sheet import MESSAGE_LIMITS

MORNING = datetime(2026, 4, 6, 7, 30)
HOME = "http://paper.invalid/"  # never asked for: every request is answered below
PAGE = """<!doctype html><meta name="viewport" content="width=device-width">
<style>body { margin: 0 16px }</style>
<link rel="stylesheet" href="/sheet.css"><main id="sheet"></main>
<script type="module" src="/desk.js"></script>"""
SCRIPT = """
import sheet from "/sheet.js";
import traits from "/traits.js";

class Model {
  constructor() { this.traits = { answer: {}, ...traits }; this.heard = {}; this.sent = []; }
  get(name) { return this.traits[name]; }
  on(event, then) { (this.heard[event] ??= []).push(then); }
  send(message) {
    this.sent.push(message);
    sessionStorage.setItem("sent", JSON.stringify(this.sent));
  }
  set(traits) {
    Object.assign(this.traits, traits);
    const heard = Object.keys(traits).flatMap((name) => this.heard[`change:${name}`] ?? []);
    for (const then of heard) then();
  }
}

window.enishi = { line: new EventTarget(), app: "app" in sessionStorage };
window.model = new Model();
window.leave = sheet.render({ model, el: document.getElementById("sheet") });
document.body.dataset.ready = "yes";
"""


class Desk:
    """The sheet as a person has it before them, and the far end of its line."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def field(self, label: str) -> Any:
        return self.page.get_by_label(label, exact=True)

    def state(self, **changes: Any) -> None:
        """Show another state, as another sheet's answer would."""
        change = "changes => model.set({ state: { ...model.get('state'), ...changes } })"
        self.page.evaluate(change, changes)

    def pause(self) -> None:
        """Let time pass on the page, longer than any pause a sheet waits for."""
        self.page.clock.run_for(2_000)

    def sent(self, count: int) -> list[dict[str, Any]]:
        """Make a pause and return the messages that were sent by then, `count` of them."""
        self.pause()
        messages: list[dict[str, Any]] = self.page.evaluate("model.sent")
        assert len(messages) == count, messages
        return messages

    def answer(self, n: int, /, **more: Any) -> None:
        """Answer the `n`th message, `ok` unless `more` says not."""
        number = self.page.evaluate("n => model.sent[n - 1].n", n)
        self.page.evaluate("answer => model.set({ answer })", {"n": number, "ok": True, **more})

    def reopen(self) -> None:
        """Leave the page while its line is lost, and open it again as our own page does."""
        self.page.evaluate("() => { sessionStorage.setItem('app', ''); enishi.app = true; }")
        self.page.reload()
        expect(self.page.locator("body[data-ready]")).to_be_attached()


@contextmanager
def laid(
    chromium: Browser, script: str, traits: dict[str, Any], look: str = "", **how: Any
) -> Iterator[Desk]:
    """Lay a sheet's script with its `traits` on a blank page; nothing may go wrong on it.

    `how` goes to the browser's context: viewport, has_touch, reduced_motion.
    """
    given = {"limits": MESSAGE_LIMITS} | traits
    files = {
        "": ("text/html", PAGE),
        "desk.js": ("text/javascript", SCRIPT),
        "sheet.js": ("text/javascript", script),
        "sheet.css": ("text/css", look),
        "traits.js": ("text/javascript", f"export default {json.dumps(given)};"),
        "elsewhere": ("text/html", "<!doctype html>elsewhere"),
    }

    def serve(route: Route) -> None:
        kind, body = files[route.request.url.removeprefix(HOME)]
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=body)

    with chromium.new_context(**how) as context:
        context.route("**/*", serve)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.clock.install(time=MORNING)
        page.clock.pause_at(MORNING + timedelta(seconds=1))
        page.goto(HOME)
        expect(page.locator("body[data-ready]")).to_be_attached()
        yield Desk(page)
        assert complaints == []
