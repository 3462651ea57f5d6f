"""Takes the screenshots of README, of an invented book and room: `make pictures` runs this."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from enishi.book import open_book
from enishi.paths import CHECKOUT, shared
from enishi.sample_book import load_sample
from get_chromium import ALONE, find_chromium
from hosting import hosting
from serving import Serving, serving
from walking_room import digits

FOLDER = CHECKOUT / "docs" / "screens"
NAMES = ("Ada", "Ben", "Chidi", "Dana")


@contextmanager
def window(chromium: Browser, width: int = 1000, height: int = 680) -> Iterator[Page]:
    """Open an English window in which nothing moves."""
    with chromium.new_context(
        locale="en-GB",
        viewport={"width": width, "height": height},
        color_scheme="light",
        reduced_motion="reduce",
    ) as context:
        yield context.new_page()


def take(page: Page, name: str) -> None:
    """Save what the window shows, when all of it is drawn."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.screenshot(path=FOLDER / f"{name}.png")


def take_sheet(chromium: Browser, server: Serving, page_and_sheet: str, name: str) -> None:
    """Save a sheet of a workbook as it opens."""
    with window(chromium) as page:
        page.request.get(server.address, max_redirects=0)
        page.goto(f"{server.root}/voila/render/{page_and_sheet}")
        sheet = page_and_sheet.partition("#")[2]
        expect(page.locator(f"section#{sheet} h2")).to_be_visible(timeout=60_000)
        take(page, name)


def take_book(chromium: Browser, folder: Path) -> None:
    """Save the start of an empty book, and the week of the sample."""
    workbooks = shared("workbooks")
    with serving(folder / "data", workbooks) as server:
        take_sheet(chromium, server, "01-start.ipynb#first", "start")
    os.environ["ENISHI_DATA"] = str(folder / "data")
    book = open_book()
    load_sample(book, "en", date.today())
    book.close()
    with serving(folder / "data", workbooks) as server:
        take_sheet(chromium, server, "05-week.ipynb#my_week", "week")


def take_room(chromium: Browser, folder: Path) -> None:
    """Save the first round of a room, arranged, as the facilitator sees it."""
    agenda = ("--agenda", "60", "--language", "en")
    with hosting(folder / "data", shared("workbooks"), *agenda) as host, ExitStack() as left:
        leading = left.enter_context(window(chromium))
        leading.goto(host.server.address)
        leading.locator("form button").last.click()
        expect(leading.locator("section#lead h2")).to_be_visible(timeout=60_000)
        leading.evaluate("location.hash = 'guests'")
        code = digits(leading.locator("section#guests .join-code").first.inner_text())
        for name in NAMES:
            phone = left.enter_context(window(chromium, 390, 780))
            phone.goto(f"{host.server.root}/join")
            phone.locator("#code").fill(code)
            phone.locator("#called").fill(name)
            phone.locator("form button").last.click(no_wait_after=True)
            expect(phone.locator("section#here h2")).to_be_visible(timeout=60_000)
        leading.evaluate("location.hash = 'rounds'")
        rounds = leading.locator("section#rounds")
        rounds.get_by_role("button", name="Arrange all remaining rounds").click()
        expect(rounds.get_by_text(NAMES[0]).filter(visible=True).first).to_be_visible()
        leading.evaluate("scrollTo(0, 120)")
        take(leading, "room")


def main() -> None:
    """Take all of them."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(ALONE))
        take_book(chromium, Path(name, "book"))
        take_room(chromium, Path(name, "room"))
        chromium.close()


if __name__ == "__main__":
    main()
