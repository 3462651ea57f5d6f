"""A room in which lines are cut and computers sleep: nothing is lost, and pages are right again.

Time passes as it does: a minute is a minute.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, Locator, expect

from enishi.book.room_tables import STAGE
from enishi.i18n import read_texts, texts
from enishi.paths import CHECKOUT
from get_chromium import ALONE, find_chromium
from hosting import hosting
from line import Line
from serving import wait_until
from walking_room import DESK, WALL, Someone, WalkedRoom, digits

pytest_plugins = ["server_fixtures"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.thorough,
    pytest.mark.skipif(sys.platform != "linux", reason="computers sleep as Linux lets them"),
]

MINUTE, NAP = 60_000, 30_000
"""Milliseconds: for how long a line is cut, and for how long a computer sleeps."""
AGAIN = 30_000
"""Milliseconds after which a page has surely tried again."""
AWAKE = 4_000
"""Milliseconds after which a phone that wakes is right."""
TOLD = {
    "phone": "document.dispatchEvent(new Event('visibilitychange'))",
    "laptop": "0",
}
"""What a browser tells its pages when its computer wakes: on a laptop nothing."""
CLOCKS = {"host": "#lead .clock", "wall": ".wall .clock"}
"""Where the countdown stands; on a phone, at the phase."""


class Evening:
    """A room with its host and its wall, and what became of the notes that people wrote."""

    def __init__(self, room: WalkedRoom) -> None:
        self.room = room
        self.host, self.wall = room.someone("host", DESK), room.someone("wall", WALL)
        self.titles = [
            str(row["title"]) for row in sorted(room.rows("room_phase"), key=lambda r: r["place"])
        ]
        self.host.page.goto(room.host.server.address)
        self.host.page.locator("form button").last.click()
        expect(self.host.page.locator("section#lead h2")).to_be_visible(timeout=60_000)
        self.host.at("guests")
        codes = self.host.page.locator("#guests .join-code")
        self.code = digits(codes.first.inner_text())
        self.host.press("guests", "open_projector")
        expect(codes).to_have_count(2)
        room.ask_in(digits(codes.last.inner_text()), self.wall)
        expect(self.wall.page.locator(".wall h1")).to_be_visible(timeout=60_000)
        self.host.at("lead")
        self.host.press("lead", "begin")
        self.place = 0

    def next(self) -> str:
        """Lead on; return the title of the phase."""
        self.place += 1
        title = self.titles[self.place]
        self.host.press("lead", "next", title=title)
        expect(self.wall.page.locator(".wall h1")).to_have_text(title)
        return title

    def come(self, name: str, address: str = "") -> Someone:
        """Let somebody join with a phone."""
        return self.seat(self.room.someone(name, address=address))

    def seat(self, someone: Someone) -> Someone:
        """Let somebody join, whose page is never to be opened again."""
        self.room.ask_in(self.code, someone)
        expect(someone.page.locator("section#here h2")).to_be_visible(timeout=60_000)
        someone.page.evaluate("window.stays = true")
        return someone

    def lost(self, *notes: str) -> list[str]:
        """Return the notes that are not in the book, or more than once."""
        kept = Counter(row["words"] for row in self.room.rows("room_note"))
        return [each for each in notes if kept[each] != 1]

    def request(self, name: str) -> dict[str, Any]:
        """Return the request of somebody."""
        seat = self.room.seats()[name]
        [row] = (row for row in self.room.rows("room_request") if row["seat_id"] == seat)
        return {column: row[column] for column in ("words", "why", "small_step")}

    def is_right(self, someone: Someone) -> bool:
        """Tell whether somebody's countdown is the server's."""
        ends_at = self.room.book.row("room_stage", STAGE)["ends_at"] / 1000
        shown = someone.page.locator(CLOCKS.get(someone.name, ".countdown"))
        latest = ends_at - time.time()
        found = re.search(r"(\d+):(\d\d)", shown.inner_text())
        left = 60 * int(found[1]) + int(found[2]) if found else -1
        return ends_at - time.time() - 0.3 <= left <= latest + 1.3


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Evening]:
    folder: Path = tmp_path_factory.mktemp("evening")
    options = ("--agenda", "60", "--language", "en")
    with hosting(folder / "data", CHECKOUT / "workbooks", *options) as host:
        room = WalkedRoom(host, f"{host.server.root}/", chromium, "en")
        with room.left:
            yield Evening(room)


@pytest.fixture
def line(evening: Evening) -> Iterator[Line]:
    line = Line(evening.room.host.server.port)
    yield line
    line.close()


def through(line: Line) -> str:
    """Return the address at which a line ends."""
    return f"http://127.0.0.1:{line.port}/"


def banner(someone: Someone) -> Locator:
    """Return where a page says that it is not up to date."""
    return someone.page.locator("#enishi-line")


def says(key: str) -> str:
    """Return what a page says of its line."""
    return str(read_texts("pages")["line"][key]["en"])


def family() -> set[psutil.Process]:
    """Return all processes that this one has started."""
    return {*psutil.Process().children(recursive=True)}


@contextmanager
def asleep(*processes: psutil.Process) -> Iterator[None]:
    """Let programs sleep with all that they started, as a computer does whose lid is closed."""
    with ExitStack() as all_of_it:
        for first in processes:
            with suppress(psutil.NoSuchProcess):  # of a browser, some end soon
                for each in (*first.children(recursive=True), first):
                    each.suspend()
                    all_of_it.callback(each.resume)
        yield


def test_after_a_minute_without_a_line_a_page_is_right_again_and_nothing_is_lost(
    evening: Evening, line: Line
) -> None:
    hana, mio = evening.come("Hana", through(line)), evening.come("Mio")
    hana.at("request")
    hana.put_down("Before")
    line.cut()
    expect(banner(hana)).to_contain_text(says("cut"))
    note = hana.page.locator('#notes [data-focus="note.words"]')
    note.fill("Meanwhile")
    note.press("Enter")
    note.press("Enter")  # as nothing seems to happen
    note.fill("And half a sen")
    hana.fill("request", ".words", "A ladder")
    hana.page.evaluate("location.hash = '#ring'")  # which was not opened before
    mio.put_down("Of another")
    title = evening.next()
    hana.page.wait_for_timeout(MINUTE)
    expect(banner(hana)).to_contain_text(says("away"))
    assert evening.lost("Meanwhile") == ["Meanwhile"]

    line.mend()
    expect(banner(hana)).to_be_hidden(timeout=AGAIN)
    expect(hana.page.locator("section#ring h2")).to_be_visible()
    hana.sees("here", title)
    hana.at("here")
    wait_until(lambda: evening.lost("Before", "Meanwhile", "Of another") == [])
    assert evening.request("Hana")["words"] == "A ladder"
    expect(note).to_have_value("And half a sen")
    assert evening.is_right(hana)
    assert hana.page.evaluate("stays") and hana.complaints == []
    hana.put_down("Afterwards")
    assert evening.lost("Afterwards") == []


@pytest.mark.parametrize("name", TOLD)
def test_who_slept_while_the_room_went_on_is_right_again_within_seconds(
    evening: Evening, line: Line, chromium: Browser, name: str
) -> None:
    before = family()
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=[*ALONE])
    phone = family() - before
    sleeper = Someone(name, browser.new_context(locale="en-GB"), "en", through(line))
    evening.seat(sleeper)
    sleeper.put_down(f"{name} is awake")
    sleeper.at("here")
    with asleep(*phone):
        line.fall_asleep()
        title = evening.next()
        evening.host.page.wait_for_timeout(NAP)
        line.wake()
    sleeper.page.evaluate(TOLD[name])
    expect(sleeper.page.locator("section#here")).to_contain_text(title, timeout=AWAKE)
    expect(banner(sleeper)).to_be_hidden()
    assert evening.is_right(sleeper)
    assert sleeper.page.evaluate("stays") and sleeper.complaints == []
    sleeper.put_down(f"{name} is awake again")
    assert evening.lost(f"{name} is awake", f"{name} is awake again") == []
    browser.close()


def test_a_server_that_slept_goes_on_and_throws_nobody_out(evening: Evening) -> None:
    mei, noa = evening.come("Mei"), evening.come("Noa")
    server = evening.room.host.server
    everybody = (mei, noa, evening.host, evening.wall)
    for each in everybody:
        each.page.evaluate("window.stays = true")
    noa.at("request")
    mei.put_down("Before the lid is closed")
    with asleep(psutil.Process(server.process.pid)):
        note = mei.page.locator('#notes [data-focus="note.words"]')
        note.fill("With the lid closed")
        note.press("Enter")
        noa.fill("request", ".words", "A boat")
        mei.page.wait_for_timeout(NAP)
        for each in everybody:
            expect(banner(each)).to_be_visible()
    for each in everybody:
        expect(banner(each)).to_be_hidden(timeout=AGAIN)
    wait_until(lambda: evening.lost("Before the lid is closed", "With the lid closed") == [])
    wait_until(lambda: evening.request("Noa")["words"] == "A boat")
    for each in (mei, noa):
        each.at("here")
    for each in everybody:
        wait_until(partial(evening.is_right, each))
    title = evening.next()
    for each in (mei, noa):
        each.sees("here", title)
    for each in everybody:
        assert each.page.evaluate("stays") and each.complaints == []


def test_two_devices_of_one_person_write_at_once_and_nothing_is_lost(evening: Evening) -> None:
    phone, laptop = evening.come("Yui"), evening.room.someone("Yui", DESK)
    evening.room.ask_in(phone.code_for_a_device(), laptop)
    expect(laptop.page.locator("section#here h2")).to_be_visible(timeout=60_000)
    both = (phone, laptop)
    fields = [each.at("notes").locator('[data-focus="note.words"]') for each in both]
    written = [(f"Note {n} by {at}", field) for n in range(5) for at, field in enumerate(fields)]
    for words, field in written:
        expect(field).to_have_value("")
        field.fill(words)
        field.press("Enter")
    wait_until(lambda: evening.lost(*(words for words, _ in written)) == [])

    phone.at("request")
    laptop.at("request")
    for each, column, words in (
        *((phone, "why", "It leans"), (laptop, "small_step", "Look at it")),
        *((phone, "words", "A crane"), (laptop, "words", "A winch")),
    ):
        each.page.locator(f'#request [data-focus$=".{column}"]').fill(words)
    mine = texts("common", "en")["keep_mine"]
    buttons = [each.page.get_by_role("button", name=mine, exact=True) for each in both]
    wait_until(lambda: sum(each.count() for each in buttons) == 1)  # whose words came second
    at = next(at for at, each in enumerate(buttons) if each.count())
    other = both[1 - at].page.locator('#request [data-focus$=".words"]')
    kept, offered = ("A crane", "A winch")[:: 1 if at else -1]
    expect(both[at].page.locator("#request")).to_contain_text(kept)
    rest = {"why": "It leans", "small_step": "Look at it"}
    wait_until(lambda: evening.request("Yui") == {"words": kept} | rest)
    both[1 - at].page.locator("#request h2").click()  # leaves the field
    buttons[at].click()
    expect(other).to_have_value(offered)
    assert [each.complaints for each in both] == [[], []]
