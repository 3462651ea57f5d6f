"""The pages of the host and of the projector in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import violations
from enishi.book import Book
from enishi.identity import ROOM
from enishi.paths import CHECKOUT
from enishi.room.entries import add_seat, invite_host, make_one_time_code, open_room
from hosting import Host, hosting
from led_rooms import AGENDA

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SECRET = "Zebrafalter im Heizungskeller"
LOWEST = """() => Math.min(...[...document.querySelectorAll(".wall *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize))) / innerHeight"""
SCROLLS = """() => document.documentElement.scrollHeight > innerHeight
  || document.documentElement.scrollWidth > innerWidth"""
SIZES = ((1280, 720), (1920, 1080))


@dataclass
class Opened:
    """A room on a server, and the key of who leads it."""

    server: Host
    book: Book
    key: str

    def phase(self, title: str) -> str:
        """Return the id of a phase."""
        frame = self.book.frame("room_phase")
        return str(frame.index[frame["title"] == title][0])

    def note(self, called: str, words: str) -> None:
        """Let somebody write a note."""
        with self.book.batch("add") as batch:
            seat = add_seat(batch, called, called, let_in=True)
            batch.add("room_note", seat_id=seat, phase_id=self.phase("Thanks"), words=words)

    def code(self) -> str:
        """Return a code for the projector."""
        with self.book.batch("write") as batch:
            return make_one_time_code(batch.connection, self.book.owner, "projector", "")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder: Path = tmp_path_factory.mktemp("room")
    with hosting(folder / "data", CHECKOUT / "workbooks") as running:
        yield running


@pytest.fixture
def opened(served: Host, monkeypatch: pytest.MonkeyPatch) -> Opened:
    room = open_room(served.engine, "A sample evening", "en", AGENDA)
    monkeypatch.setenv(ROOM, room)
    _, key = invite_host(served.engine, room, "Hanako")
    return Opened(served, Book(served.engine, room), key)


@contextmanager
def leading(chromium: Browser, opened: Opened, sheet: str, width: int = 1280) -> Iterator[Page]:
    """Open the host's page."""
    view = {"width": width, "height": 800}
    with chromium.new_context(locale="en-GB", viewport=view) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{opened.server.server.base}/login#{opened.key}")
        page.get_by_role("button", name="Enter").click()
        page.goto(f"{opened.server.server.base}/voila/render/11-host.ipynb#{sheet}")
        expect(page.locator(f"#{sheet} h2")).to_be_visible(timeout=60_000)
        yield page


@contextmanager
def projecting(chromium: Browser, opened: Opened) -> Iterator[Page]:
    """Let a projector enter by its code."""
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{opened.server.server.base}/join")
        page.locator("#code").fill(opened.code())
        page.locator("main button, form button").last.click()
        expect(page.locator(".wall")).to_be_visible(timeout=60_000)
        yield page


def card(page: Page, words: str) -> Locator:
    """Return a card of the board."""
    return page.locator("#board .board-card", has_text=words)


def test_the_wall_shows_in_large_letters_what_is_revealed_and_nothing_that_is_hidden(
    chromium: Browser, opened: Opened
) -> None:
    for number in range(9):
        opened.note(f"Sample {number}", f"Note {number}")
    opened.note("Ann", SECRET)
    with leading(chromium, opened, "lead") as host, projecting(chromium, opened) as wall:
        expect(wall.locator("h1")).to_have_text("We begin soon")
        host.get_by_role("button", name="Go to “Thanks”").click()
        expect(wall.locator("h1")).to_have_text("Thanks")
        host.goto(host.url.replace("#lead", "#board"))
        expect(host.locator("#board")).to_contain_text("10 people have written a note")
        assert SECRET not in host.content() + wall.content()
        host.locator("#board").get_by_role("radio", name="everybody").check()
        expect(wall.locator(".item", has_text="Note 0")).to_be_visible()
        for width, height in SIZES:
            wall.set_viewport_size({"width": width, "height": height})
            expect(wall.locator(".more")).to_be_visible()
            assert wall.evaluate(LOWEST) >= 0.0399
            assert not wall.evaluate(SCROLLS)
        assert violations(wall) == []
        expect(wall.locator(".wall")).to_contain_text(SECRET)
        card(host, SECRET).get_by_role("button", name="Hide").click()
        expect(wall.locator(".wall")).not_to_contain_text(SECRET)
        expect(wall.locator(".wall .joining")).to_contain_text("To join")


def test_the_board_is_cared_for_by_keyboard_and_fits_a_phone(
    chromium: Browser, opened: Opened
) -> None:
    opened.note("Ann", "First note")
    opened.note("Ben", "Second note")
    with opened.book.batch("write") as batch:
        batch.update("room_phase", opened.phase("Thanks"), revealed="all")
    with leading(chromium, opened, "board", width=360) as host:
        host.get_by_label("Which phase").select_option(label="Thanks")
        card(host, "First note").focus()
        host.keyboard.press("ArrowDown")
        expect(card(host, "Second note")).to_be_focused()
        host.keyboard.press("p")
        expect(card(host, "Second note")).to_contain_text("pinned")
        expect(host.locator("#board .board-card").first).to_contain_text("Second note")
        card(host, "First note").focus()
        host.keyboard.press("h")
        expect(card(host, "First note")).to_contain_text("hidden")
        notes = opened.book.frame("room_note").set_index("words")
        assert notes["hidden"].to_dict() == {"First note": True, "Second note": False}
        for sheet in ("lead", "guests", "rounds", "board", "after"):
            host.goto(host.url.rpartition("#")[0] + f"#{sheet}")
            expect(host.locator(f"#{sheet} h2")).to_be_visible()
            assert host.evaluate("document.documentElement.scrollWidth") <= 360
            assert violations(host) == []
        host.goto(host.url.rpartition("#")[0] + "#lead")
        expect(host.locator(".run-sheet")).to_be_hidden()
        host.emulate_media(media="print")
        expect(host.locator(".run-sheet tr").nth(1)).to_contain_text("Say hello.")
        expect(host.locator("#lead .now")).to_be_hidden()
