"""The line of my week in a real browser: it is read again whenever its words change."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from desk import Desk, laid
from languages import FIRST_JAPANESE
from sheets import Open
from widgets.week.my_week import MyWeek

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.browser

READ = {"kind": "step", "contact_id": "", "name": "", "perhaps": [], "on": "", "no_day": ""}
ANN = READ | {"contact_id": "ann", "name": "Ann", "on": "2027-03-06"}
BEN = READ | {"contact_id": "ben", "name": "Ben", "on": "2027-03-07"}


@pytest.fixture(params=FIRST_JAPANESE)
def desk(chromium: Browser, open_in: Open, request: pytest.FixtureRequest) -> Iterator[Desk]:
    sheet = MyWeek(open_in("05-week", request.param))
    traits = {
        "state": sheet.state | {"pictures": None},
        "words": sheet.words,
        "position": sheet.position,
    }
    with laid(chromium, sheet._esm, json.loads(json.dumps(traits)), sheet._css) as ready:
        yield ready


def write(desk: Desk, text: str) -> Locator:
    """Write a line of other words and press Enter."""
    line = desk.page.locator("form.line input").first
    line.fill(text)
    line.press("Enter")
    return line


def test_overtyped_words_are_read_anew_and_kept_with_their_person_and_day(desk: Desk) -> None:
    form = desk.page.locator("form.line")
    write(desk, "Ann on Saturday")
    desk.sent(1)
    desk.answer(1, **ANN)
    expect(form.get_by_role("combobox")).to_have_value("Ann")
    write(desk, "Ben on Sunday")
    assert desk.sent(2)[1]["text"] == "Ben on Sunday"
    desk.answer(2, **BEN)
    expect(form.get_by_role("combobox")).to_have_value("Ben")
    expect(form.locator("input[type=date]")).to_have_value("2027-03-07")
    form.locator("input").first.fill("Ann on Saturday")
    form.locator(".main").click()
    assert desk.sent(3)[2]["do"] == "read", "these words were not read yet"
    desk.answer(3, **ANN)
    kept = desk.sent(4)[3]
    assert (kept["do"], kept["contact_id"], kept["on"]) == ("add_line", "ann", "2027-03-06")


def test_what_was_set_by_hand_stays_when_the_words_change(desk: Desk) -> None:
    form = desk.page.locator("form.line")
    write(desk, "Ann on Saturday")
    desk.sent(1)
    desk.answer(1, **ANN)
    form.locator("input[type=date]").fill("2027-03-08")
    write(desk, "Ben on Sunday")
    desk.sent(2)
    desk.answer(2, **BEN)
    expect(form.get_by_role("combobox")).to_have_value("Ben")
    expect(form.locator("input[type=date]")).to_have_value("2027-03-08")


def test_a_day_that_no_calendar_has_is_told_at_the_line(desk: Desk) -> None:
    line = write(desk, "Ann on 2026-02-31")
    desk.sent(1)
    desk.answer(1, **ANN | {"on": "", "no_day": "no such day"})
    expect(desk.page.get_by_text("no such day")).to_be_visible()
    expect(line).to_have_value("Ann on 2026-02-31")
    write(desk, "Ann on Saturday")
    desk.sent(2)
    desk.answer(2, **ANN)
    expect(desk.page.get_by_text("no such day")).to_have_count(0)
