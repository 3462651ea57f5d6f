"""A room that is walked through in a browser: who leads it, the wall, and twelve with their phones.

They come through a proxy by https, as people do who come from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import URL

from enishi.book import Book
from enishi.book.room_tables import STAGE
from enishi.i18n import format_text, texts
from enishi.paths import CHECKOUT
from enishi.room.entries import latest_room
from fronts import Front, free_port, running
from hosting import Host, hosting
from walking import LOCALES

PHONE = (360, 740)
DESK = (1280, 800)
WALL = (1920, 1080)
SEEN = """() => document.body.outerHTML
  + [...document.querySelectorAll("input, textarea")].map(({ value }) => value).join(" ")"""
"""All that a page holds, also on sheets that are not in front, and in its fields."""


class Someone:
    """Somebody in the room, at their browser; `address` is where they reach the server."""

    def __init__(self, name: str, context: BrowserContext, language: str, address: str) -> None:
        self.name, self.context, self.language = name, context, language
        self.address = address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def at(self, sheet: str) -> Locator:
        """Turn to a sheet, as a link of the page does, and return it."""
        found = self.page.locator(f"section#{sheet}")
        self.page.evaluate("sheet => { location.hash = `#${sheet}`; }", sheet)
        expect(found).to_be_visible()
        return found

    def say(self, sheet: str, key: str, **facts: Any) -> str:
        """Return a text of a sheet of the room."""
        return format_text(texts("room", self.language)["screens"][sheet][key], facts)

    def press(self, sheet: str, key: str, **facts: Any) -> None:
        """Press a button of a sheet."""
        name = self.say(sheet, key, **facts)
        self.page.locator(f"section#{sheet}").get_by_role("button", name=name, exact=True).click()

    def fill(self, sheet: str, column: str, words: str) -> None:
        """Write into a field and leave it."""
        field = self.at(sheet).locator(f'[data-focus$="{column}"]:visible').first
        field.fill(words)
        field.press("Tab")

    def put_down(self, words: str) -> None:
        """Put a note down."""
        field = self.at("notes").locator('[data-focus="note.words"]')
        field.fill(words)
        field.press("Enter")
        expect(field).to_have_value("")

    def code_for_a_device(self) -> str:
        """Return a code by which one goes on with another device."""
        sheet = self.at("home")
        sheet.get_by_text(self.say("home", "device"), exact=True).click()
        self.press("home", "make_code")
        return digits(sheet.locator(".code").inner_text())

    def sees(self, sheet: str, words: str) -> None:
        """See that a sheet says something, before long."""
        expect(self.page.locator(f"section#{sheet}")).to_contain_text(words)

    def holds(self, words: str) -> bool:
        """Return whether something is anywhere on the page."""
        return words in str(self.page.evaluate(SEEN))


class WalkedRoom:
    """A room with its server, and everybody in it by name."""

    def __init__(self, host: Host, address: str, chromium: Browser, language: str) -> None:
        self.host, self.address, self.chromium, self.language = host, address, chromium, language
        self.book = Book(host.engine, latest_room(host.engine))
        self.people: dict[str, Someone] = {}
        self.left = ExitStack()

    def someone(self, name: str, size: tuple[int, int] = PHONE, address: str = "") -> Someone:
        """Give somebody a browser, which reaches the server at `address`."""
        width, height = size
        context = self.chromium.new_context(
            locale=LOCALES[self.language],
            viewport={"width": width, "height": height},
            ignore_https_errors=True,
        )
        self.left.enter_context(context)
        return Someone(name, context, self.language, address or self.address)

    def ask_in(self, code: str, *people: Someone) -> None:
        """Let people join by a code; their pages open at the same time."""
        for each in people:
            each.page.goto(f"{each.address}join")
            each.page.locator("#code").fill(code)
            each.page.locator("#called").fill(each.name)
            each.page.locator("form button").last.click(no_wait_after=True)

    def join(self, code: str, *names: str) -> list[Someone]:
        """Let people with phones join by the typed code, and wait until all of them are there."""
        came = [self.someone(name) for name in names]
        self.ask_in(code, *came)
        for each in came:
            expect(each.page.locator("section#here h2")).to_be_visible(timeout=60_000)
            self.people[each.name] = each
        return came

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass in the phase that is on, by moving its end in the book."""
        stage = self.book.row("room_stage", STAGE)
        with self.book.batch("write") as batch:
            batch.update("room_stage", STAGE, ends_at=stage["ends_at"] - minutes * 60_000)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table of the room, with their ids."""
        frame = self.book.frame(table)
        records = frame.reset_index().to_dict("records")
        return [{str(name): value for name, value in row.items()} for row in records]

    def seats(self) -> dict[str, str]:
        """Return the seats of people by their name."""
        return {row["called"]: row["id"] for row in self.rows("room_seat")}

    def holders(self, words: str, pages: Iterable[Someone]) -> list[str]:
        """Return on whose pages something is."""
        return [each.name for each in pages if each.holds(words)]


@contextmanager
def walking_room(
    chromium: Browser, folder: Path, language: str, database: URL | None = None
) -> Iterator[WalkedRoom]:
    """Serve a room with the agenda of an hour, until the block is left."""
    port = free_port()
    front = Front("nginx", folder / "front", [port, port])
    public = ("--address", front.address, "--port", str(port))
    options = (*public, "--agenda", "60", "--seats", "14", "--language", language)
    where = folder / "data", CHECKOUT / "workbooks"
    with hosting(*where, *options, database=database) as host, running(front):
        room = WalkedRoom(host, front.address, chromium, language)
        with room.left:
            yield room


def digits(text: str) -> str:
    """Return the six digits in a text.

    >>> digits("Code: 123 456")
    '123456'
    """
    found = re.search(r"\d{3} ?\d{3}", text)
    assert found, text
    return found[0].replace(" ", "")
