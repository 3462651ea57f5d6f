"""The phase and its clock on a phone, at the desk: when the countdown and the page turn."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from desk import Desk, laid
from enishi.room.stage import MINUTE_MS
from room_session import Session
from widgets import Here

pytest_plugins = ["server_fixtures", "room_fixtures"]
pytestmark = pytest.mark.browser

AHEAD_MS = 90_137
"""How far the server's clock is ahead of the phone's."""
SERVER = """(ahead) => {
  const send = model.send.bind(model);
  const tell = ({ n, do: verb }) => {
    const answer = { n, ok: true, now: Date.now() + ahead, text: " " };
    if (verb === "tell_time") queueMicrotask(() => model.set({ answer }));
  };
  model.send = (message) => {
    send(message);
    tell(message);
  };
  model.sent.forEach(tell);
}"""
"""Tells its time whenever it is asked, and was."""
TURNS = """() => {
  const clock = document.querySelector(".countdown");
  window.turns = [];
  new MutationObserver(() => turns.push(Date.now())).observe(clock, {
    characterData: true, childList: true, subtree: true,
  });
}"""
"""Remembers when a countdown turned."""
WRITING = """() => {
  document.documentElement.classList.add("enishi-app");
  const field = document.body.appendChild(document.createElement("textarea"));
  field.focus();
  window.saves = 0;
  addEventListener("enishi:save", () => { saves += 1; });
}"""
"""Begins to write in a field of another sheet."""
MOST_APART_MS = 300
BETWEEN_MS = 110
"""From a look at the phone's clock to the turn of the server's second."""


@pytest.fixture
def desk(chromium: Browser, session: Session) -> Iterator[Desk]:
    session.lead_into("welcome")
    here = Here(session.enter("Hana").page)
    seen = {"state": here.state | {"focus": True}, "words": here.words, "position": here.position}
    with laid(chromium, here._esm, json.loads(json.dumps(seen))) as desk:
        desk.page.evaluate(SERVER, AHEAD_MS)
        yield desk


def wake(desk: Desk) -> None:
    """Let the phone wake."""
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def enter(desk: Desk, sheet: str) -> None:
    """Let the room go on to a phase that has a sheet."""
    phase = desk.page.evaluate("model.get('state').phase")
    desk.state(phase=phase | {"id": f"phase-{sheet}", "sheet": sheet})


def test_a_countdown_turns_with_the_server_s_second_whatever_the_phone_s_clock_says(
    desk: Desk,
) -> None:
    now = desk.page.evaluate("Date.now()") + AHEAD_MS
    desk.state(stage={"ends_at": now + MINUTE_MS + BETWEEN_MS, "left_ms": None, "now": now})
    wake(desk)
    expect(desk.page.locator(".countdown")).to_contain_text("1:01")
    desk.page.clock.run_for(500)
    desk.page.evaluate(TURNS)
    desk.page.clock.run_for(5_000)
    turns = [at + AHEAD_MS - now - BETWEEN_MS for at in desk.page.evaluate("window.turns")]
    assert len(turns) == 5
    # Of two screens neither is later than this, so they differ by less.
    assert all(0 <= turn - 1000 * count < MOST_APART_MS / 3 for count, turn in enumerate(turns, 1))


def test_a_phone_that_wakes_asks_for_the_time_and_is_right_at_once(desk: Desk) -> None:
    now = desk.page.evaluate("Date.now()")
    wake(desk)
    desk.state(stage={"ends_at": now + AHEAD_MS + MINUTE_MS, "left_ms": None, "now": 0})
    expect(desk.page.locator(".countdown")).to_contain_text("1:00")
    desk.page.evaluate(SERVER, AHEAD_MS + 20_000)  # its own clock stood still for 20 seconds
    wake(desk)
    expect(desk.page.locator(".countdown")).to_contain_text("0:40")


def test_a_page_turns_when_a_field_is_left_or_after_5_s_and_saves_before(desk: Desk) -> None:
    desk.page.evaluate(WRITING)
    enter(desk, "request")
    desk.page.clock.run_for(1_500)
    assert desk.page.evaluate("[saves, location.hash]") == [1, ""]
    desk.page.clock.run_for(1_900)
    assert desk.page.evaluate("location.hash") == ""
    desk.page.evaluate("document.activeElement.blur()")
    desk.page.clock.run_for(1)
    assert desk.page.evaluate("location.hash") == "#request"

    desk.page.evaluate("document.querySelector('textarea').focus()")
    enter(desk, "ring")
    desk.page.clock.run_for(3_400)
    assert desk.page.evaluate("location.hash") == "#request"
    desk.page.clock.run_for(1_600)
    assert desk.page.evaluate("[saves, location.hash]") == [2, "#ring"]
