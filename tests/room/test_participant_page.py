"""A participant's page in a real browser: it turns with the room, and its clock is the server's.

Beside those of the host and of the projector it shows what people with bad intent write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import violations
from enishi.book import Book
from enishi.book.room_tables import STAGE
from enishi.i18n import texts
from enishi.identity import ROOM
from enishi.paths import CHECKOUT
from enishi.room.entries import invite_host, make_one_time_code, open_room, shown_codes
from enishi.room.room import Room
from hosting import Host, hosting
from payloads import AGENDA, DRAWN, MARKED, NAMES, fill_with_payloads
from room_session import PHASES, Session
from serving import Witness, wait_until, watch

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
LATE = "{const real = Date.now; Date.now = () => real() - 90_000;}"
"""A phone whose clock is ninety seconds behind."""
OPEN_ALL = "document.querySelectorAll('details:not([open])').forEach((fold) => (fold.open = true))"
LOOK = f"""() => ({{
  wide: document.documentElement.scrollWidth > innerWidth,
  ran: "{MARKED}" in window,
  made: document.querySelectorAll(
    'iframe, img[src="x"], [onerror], [onload], [onfocus], a[href^="javascript"]').length,
}})"""
HARMLESS = {"wide": False, "ran": False, "made": 0}
WIDTHS = (1920, 1280, 360)
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


def test_a_page_before_a_closed_door_tries_again_by_itself(
    chromium: Browser, host: Host, session: Session
) -> None:
    book = session.book
    book.update("room_stage", STAGE, door="closed")
    with book.reading() as connection:
        code = shown_codes(connection, book.owner).code
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{host.server.base}/join")
        page.locator("#code").fill(code)
        page.locator("#called").fill("Hana")
        page.locator("form button").click()
        expect(page.get_by_role("status")).to_be_visible()
        assert book.frame("room_seat").empty
        book.update("room_stage", STAGE, door="open")
        page.clock.fast_forward(12_000)
        wait_until(lambda: list(book.frame("room_seat")["called"]) == ["Hana"])


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


# -- payloads -------------------------------------------------------------------------------------


@dataclass
class Pages:
    """The page of the host, of the projector, and of somebody who joined."""

    host: Witness
    wall: Witness
    phone: Witness


@pytest.fixture
def book(host: Host, monkeypatch: pytest.MonkeyPatch) -> Book:
    book = Book(host.engine, open_room(host.engine, "", "en", AGENDA))
    monkeypatch.setenv(ROOM, book.owner)
    fill_with_payloads(book, DRAWN)
    return book


@pytest.fixture
def pages(chromium: Browser, host: Host, book: Book) -> Iterator[Pages]:
    """The three pages, each in a browser of its own as wide as a phone."""
    base = host.server.base
    _, key = invite_host(host.engine, book.owner, "Hanako")
    with book.reading() as connection:
        code = shown_codes(connection, book.owner).code
    with book.batch("write") as batch:
        screen = make_one_time_code(batch.connection, book.owner, "projector", "")
    with ExitStack() as stack:
        lead, wall, phone = (
            watch(stack.enter_context(chromium.new_context(locale="en-GB", viewport=PHONE)))  # type: ignore[arg-type]
            for _ in range(3)
        )
        lead.page.goto(f"{base}/login#{key}")
        lead.page.get_by_role("button", name="Enter").click()
        for witness, typed in ((wall, screen), (phone, code)):
            witness.page.goto(f"{base}/join")
            witness.page.locator("#code").fill(typed)
            witness.page.locator("#called").fill(DRAWN[1][:24])
            witness.page.locator("main button, form button").last.click()
        for witness, first in ((lead, "#lead"), (wall, ".wall"), (phone, "#here")):
            expect(witness.page.locator(first)).to_be_visible(timeout=60_000)
        yield Pages(lead, wall, phone)
        for witness in (lead, wall, phone):
            assert witness.strangers() == [] and witness.complaints == []


def look_at(page: Page) -> dict[str, Any]:
    """Return what a page makes of the payloads, on screens of every width."""
    found: dict[str, Any] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        seen = page.evaluate(LOOK)
        found = {key: found.get(key) or value for key, value in seen.items()}
    return found


def test_payloads_are_text_on_all_pages_and_fit_every_screen(book: Book, pages: Pages) -> None:
    seats = book.frame("room_seat")
    mine = str(seats.index[seats["called"] == DRAWN[1][:24]][-1])
    parties = book.frame("room_party")
    with book.batch("write") as batch:
        batch.update("room_party", str(parties.index[0]), members=[mine, *seats.index[:9]])
    phases = book.frame("room_phase").sort_values("place")
    first = DRAWN[0]
    for touched, kind in enumerate(("partner", "ring", "notes", "poll"), 1):
        at = str(phases.index[phases["kind"] == kind][-1])
        stage = {"phase_id": at, "state": "running", "touched": touched}
        with book.batch("write") as batch:
            batch.update("room_stage", STAGE, **stage)
        last = "[31mred"  # the wall has turned the pages of the others, perhaps
        expect(pages.wall.page.locator(".wall")).to_contain_text(last)
        assert look_at(pages.wall.page) == HARMLESS, kind
        words = NAMES[3] if kind == "partner" else first
        for page, sheet in ((pages.phone.page, kind), (pages.host.page, "board")):
            page.evaluate("name => { location.hash = name; }", sheet)
            if (kind, sheet) != ("partner", "board"):
                expect(page.locator(f"#{sheet}")).to_contain_text(words)
            page.evaluate(OPEN_ALL)
            assert look_at(page) == HARMLESS, (kind, sheet)
    for page, name in ((pages.phone.page, "10-room"), (pages.host.page, "11-host")):
        for sheet in texts("room", "en")["pages"][name]["sheets"]:
            page.evaluate("name => { location.hash = name; }", sheet)
            expect(page.locator(f"#{sheet} h2")).to_be_visible()
            page.evaluate(OPEN_ALL)
            assert look_at(page) == HARMLESS, sheet
            assert page != pages.phone.page or violations(page) == [], sheet
    expect(pages.host.page.locator("#after table")).to_contain_text(first)
    pages.host.page.emulate_media(media="print")
    assert pages.host.page.evaluate(LOOK) == HARMLESS
