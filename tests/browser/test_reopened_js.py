"""What a sheet remembers when its page is open_in again: plain data, and never a running timer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desk import Desk, laid
from sheets import Open, ask
from widgets.base.sheet import Sheet
from widgets.contacts.people import People
from widgets.strengths.introduce import Introduce
from widgets.week.note import Note

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.browser

NOTE_TIMERS = """() => {
  window.timers = [];
  for (const name of ["setTimeout", "setInterval"]) {
    const begin = window[name];
    window[name] = (...how) => {
      const timer = begin(...how);
      timers.push(timer);
      return timer;
    };
  }
}"""
"""Note from now on the id of each timer that begins."""
PUT_ASIDE = """() => {
  enishi.app = true;
  window.dispatchEvent(new Event("pagehide"));
  const key = Object.keys(sessionStorage).find((each) => each.startsWith("enishi.unsaved"));
  return sessionStorage.getItem(key);
}"""
"""Leave the page while its line is lost; return what the sheet puts aside for the next visit."""


def introduction(open_in: Open) -> Introduce:
    sheet = Introduce(open_in("03-strengths"))
    row: dict[str, Any] = {"table": "introduction_text", "id": "30", "version": 0}
    assert ask(sheet, "write", **row, values={"text": "架空の自己紹介です。"})["ok"]
    return sheet


def people(open_in: Open) -> People:
    sheet = People(open_in("04-contacts"))
    sheet.book.add("contact", name="架空 花子")
    sheet.workbook.refresh()
    return sheet


def log(open_in: Open) -> Note:
    return Note(open_in("05-week"))


def stopwatch(sheet: Sheet, name: str) -> str:
    """Return the label of the button that starts or stops the stopwatch of the second text."""
    return f"{sheet.words['lengths']['30']}: {sheet.words[name]}"


def traits(sheet: Sheet) -> dict[str, Any]:
    return {"state": sheet.state, "words": sheet.words, "position": sheet.position}


def read_aloud(desk: Desk, sheet: Sheet) -> None:
    fold = desk.page.locator("details", has_text=sheet.words["aloud_title"])
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    desk.page.get_by_role("button", name=stopwatch(sheet, "aloud")).click()


def search(desk: Desk, sheet: Sheet) -> None:
    desk.field(sheet.words["search"]).fill("花子")


def write_line(desk: Desk, sheet: Sheet) -> None:
    desk.field(sheet.words["note"]).fill("今度、本を送ります")


@pytest.mark.parametrize(
    ("sheet_of", "use"),
    [(introduction, read_aloud), (people, search), (log, write_line)],
    ids=["introduce", "people", "note"],
)
def test_what_is_kept_for_the_next_visit_holds_no_timer(
    open_in: Open,
    chromium: Browser,
    sheet_of: Callable[[Open], Sheet],
    use: Callable[[Desk, Sheet], None],
) -> None:
    sheet = sheet_of(open_in)
    with laid(chromium, sheet._esm, traits(sheet)) as desk:
        desk.page.evaluate(NOTE_TIMERS)
        use(desk, sheet)
        kept = desk.page.evaluate(PUT_ASIDE)
        timers = desk.page.evaluate("timers")
        assert kept and timers
        assert [timer for timer in timers if str(timer) in kept] == []


def test_a_stopwatch_does_not_seem_to_run_after_the_page_was_opened_again(
    open_in: Open, chromium: Browser
) -> None:
    sheet = introduction(open_in)
    with laid(chromium, sheet._esm, traits(sheet)) as desk:
        read_aloud(desk, sheet)
        expect(desk.page.get_by_role("timer")).to_be_visible()
        desk.reopen()
        expect(desk.page.get_by_role("timer")).to_have_count(0)
        read_aloud(desk, sheet)
        expect(desk.page.get_by_role("timer")).to_have_text(sheet.words["ticking"].format(n=0))
        desk.page.clock.run_for(3_000)
        expect(desk.page.get_by_role("timer")).to_have_text(sheet.words["ticking"].format(n=3))
        desk.page.get_by_role("button", name=stopwatch(sheet, "stop")).click()
        expect(desk.page.get_by_role("timer")).to_have_count(0)
