"""A participant's page in a real browser: it turns with the room, and its clock is the server's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import serious
from enishi.book import Book
from enishi.book.room_tables import STAGE
from enishi.i18n import texts
from enishi.paths import CHECKOUT
from enishi.room.entries import open_room, shown_codes
from enishi.room.room import Room
from hosting import Host, hosting
from room_session import PHASES, Session

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
LATE = "{const real = Date.now; Date.now = () => real() - 90_000;}"
"""A phone whose clock is ninety seconds behind."""
WIDE = "document.documentElement.scrollWidth"
SECONDS = "document.querySelector('.countdown').textContent.match(/(\\d+):(\\d+)/).slice(1)"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder: Path = tmp_path_factory.mktemp("room")
    with hosting(folder / "data", CHECKOUT / "workbooks") as running:
        yield running


@pytest.fixture
def session(host: Host, monkeypatch: pytest.MonkeyPatch) -> Session:
    book = Book(host.engine, open_room(host.engine, "Our evening", "en", PHASES))
    led = Session(book, Room(book, "", hosts=True), monkeypatch)
    with led.host.command() as hand:
        hand.update("room_stage", STAGE, focus=True)
    return led


@contextmanager
def joining(
    chromium: Browser, host: Host, session: Session, called: str, script: str = ""
) -> Iterator[Page]:
    """Join by the typed code, on a phone."""
    with session.book.reading() as connection:
        code = shown_codes(connection, session.book.owner).code
    with chromium.new_context(locale="en-GB", viewport=PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        if script:
            page.add_init_script(script)
        page.goto(f"{host.server.base}/join")
        page.locator("#code").fill(code)
        page.locator("#called").fill(called)
        page.locator("main button, form button").last.click()
        expect(page.locator("#here")).to_be_visible(timeout=60_000)
        yield page


def test_a_page_turns_with_the_room_but_not_while_a_field_is_being_written_in(
    chromium: Browser, host: Host, session: Session
) -> None:
    with joining(chromium, host, session, "Hana") as page:
        session.lead_into("request")
        words = page.locator("#request textarea").first
        words.press_sequentially("Somebody who photographs")

        session.lead_into("ring")
        expect(page.locator("a.room-bar")).to_contain_text("Ring")
        expect(words).to_be_focused()
        words.press_sequentially(" our exhibition")
        words.press("Tab")
        page.locator("#request h2").click()

        expect(page.locator("#ring")).to_be_visible()
        written = session.book.frame("room_request")["words"]
        assert list(written) == ["Somebody who photographs our exhibition"]


def test_countdowns_are_the_same_on_a_phone_whose_clock_is_wrong(
    chromium: Browser, host: Host, session: Session
) -> None:
    session.lead_into("welcome")
    with (
        joining(chromium, host, session, "Hana") as right,
        joining(chromium, host, session, "Mio", LATE) as late,
    ):
        for page in (right, late):
            expect(page.locator(".countdown")).to_contain_text("4:")
        one, other = (
            60 * int(minutes) + int(seconds)
            for minutes, seconds in (right.evaluate(SECONDS), late.evaluate(SECONDS))
        )
        assert abs(one - other) <= 1


def test_every_sheet_fits_a_phone_and_shows_markup_as_text(
    chromium: Browser, host: Host, session: Session
) -> None:
    odd = "<b>bold</b> \u202e" + "w" * 280
    with joining(chromium, host, session, "<i>Hana</i>") as page:
        session.lead_into("notes")
        page.locator("#notes input").first.fill(odd)
        page.keyboard.press("Enter")
        session.reveal("notes")
        expect(page.locator("#notes .card")).to_contain_text("<b>bold</b>")
        expect(page.locator("#notes .card b")).to_have_count(0)
        for name in texts("room", "en")["pages"]["10-room"]["sheets"]:
            page.evaluate(f"location.hash = '#{name}'")
            expect(page.locator(f"#{name} h2")).to_be_visible()
            assert page.evaluate(WIDE) == PHONE["width"], name
            assert serious(page) == [], name
