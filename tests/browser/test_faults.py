"""What breaks under a person's hands: they see it in words, lose nothing saved, and go on.

Each fault is a real one: a signal, a lock, a disk without room, a line that is dead.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, expect

from book_children import start
from enishi.book import BookBusyError, DiskFailedError, DiskFullError, MovedBookError
from enishi.errors import EnishiError
from enishi.i18n import error_text
from enishi.paths import shared
from faults import Person, somebody
from line import Line, said
from serving import Serving, serving, wait_until
from small_disks import fill_up, small_disk
from stores import BOOK

pytest_plugins = ["server_fixtures", "fault_fixtures"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="the faults are made as Linux makes them"),
]

SLOW = 60_000
"""How long what comes by itself may take on a busy machine."""
AGAIN, ASKED, PATIENCE, WAKING, SOON = 10, 5, 10, 2, 1
"""Seconds after which a page saves again; asks whether the server is there, waits for its answer,
waits for it when the person has just come back, and opens a new line in the place of a dead one."""


@pytest.fixture
def line(faults_server: Serving) -> Iterator[Line]:
    line = Line(faults_server.port)
    yield line
    line.close()


@pytest.fixture
def far(
    faults_server: Serving, faults_dir: Path, chromium: Browser, line: Line
) -> Iterator[Person]:
    """A person whose line to the server can be cut."""
    root = f"http://127.0.0.1:{line.port}"
    with somebody(faults_server, faults_dir, chromium, "en", root) as begun:
        yield begun
        line.wake()
        line.mend()
        begun.leave()


# -- processes that end -------------------------------------------------------------------------


def test_a_killed_kernel_is_said_and_what_was_being_written_is_still_there(
    person: Person,
) -> None:
    wish = person.kept("wish")
    kernel = person.server.kernel_process()
    kernel.suspend()  # so that nothing of what follows is saved
    person.try_to_keep("proof", "送ったが、届いていない")
    expect(person.wish.locator(".saved")).to_have_text(person.common("saving"))
    person.field("wish").fill(wish + "、まだ書いている")
    kernel.kill()

    expect(person.banner).to_contain_text(person.says("ended"))
    expect(person.banner).to_be_hidden(timeout=SLOW)
    expect(person.field("proof")).to_have_value("送ったが、届いていない", timeout=SLOW)
    expect(person.field("wish")).to_have_value(wish + "、まだ書いている")
    person.saved(person.wish)
    wait_until(lambda: bool(person.kept("proof") == "送ったが、届いていない"))
    wait_until(lambda: bool(person.kept("wish") == wish + "、まだ書いている"))
    person.keep("proof", "そのあとも書ける")


def test_a_note_that_was_not_sent_yet_outlives_its_kernel(person: Person) -> None:
    person.open("05-week", "note")
    log = person.page.locator("section#note")
    note = log.locator('[data-focus$=".note"]').first
    note.fill("会って話したことの、長い覚え書き")
    person.server.kernel_process().kill()
    expect(person.banner).to_contain_text(person.says("ended"))
    expect(person.banner).to_be_hidden(timeout=SLOW)
    expect(note).to_have_value("会って話したことの、長い覚え書き", timeout=SLOW)


@pytest.mark.thorough
def test_a_killed_zygote_disturbs_nobody_and_the_next_page_opens(person: Person) -> None:
    def zygotes() -> list[psutil.Process]:
        return [
            child
            for child in psutil.Process(person.server.process.pid).children()
            if child.name() == "enishi-zygote"
        ]

    wait_until(lambda: zygotes() != [])
    (zygote,) = zygotes()
    zygote.kill()
    person.keep("proof", "何も起きなかったように書ける")
    other = person.page.context.new_page()
    other.goto(f"{person.server.root}/voila/render/03-strengths.ipynb")
    expect(other.locator("section#inventory")).to_be_visible(timeout=SLOW)
    entry = other.locator("section#inventory [data-prompt]").first
    entry.fill("話を聴く")
    entry.press("Enter")
    expect(other.locator("section#inventory .jotted textarea").last).to_have_value("話を聴く")
    assert zygote.pid not in [each.pid for each in zygotes()]
    person.keep("proof", "まだ書ける")


def test_a_killed_server_is_said_and_its_page_goes_on_when_it_is_back(
    tmp_path: Path, chromium: Browser
) -> None:
    data = tmp_path / "data"
    with (
        serving(data, shared("workbooks")) as server,
        somebody(server, data, chromium, "en") as person,
    ):
        wish = person.kept("wish")
        server.process.kill()
        expect(person.banner).to_contain_text(person.says("cut"))
        person.try_to_keep("proof", "written while nobody was there")
        person.without_pauses(lambda: person.says("away") in person.banner.inner_text())
        server.process.wait()

        again = ("--no-browser", "--port", str(server.port), "--verbose")
        with serving(data, shared("workbooks"), *again):
            proof = person.field("proof")
            person.without_pauses(person.banner.is_hidden)
            expect(proof).to_have_value("written while nobody was there", timeout=SLOW)
            person.saved(person.wish)
            wait_until(lambda: bool(person.kept("proof") == "written while nobody was there"))
            expect(person.field("wish")).to_have_value(wish)
            person.keep("proof", "and on it goes")


# -- a book that cannot be written --------------------------------------------------------------


def saves_nothing_until(
    person: Person, error: type[EnishiError], mend: Callable[[], None], by_button: bool = False
) -> None:
    """Nothing is shown as saved while it cannot be; when it can again, what was written is kept."""
    before, wish = person.kept("proof"), person.kept("wish")
    text = f"今は保存できない文 {error.__name__}"
    person.try_to_keep("proof", text)
    expect(person.trouble).to_contain_text(error_text(person.language, error()), timeout=SLOW)
    expect(person.wish.locator(".saved")).not_to_have_text(person.common("saved"))
    expect(person.field("proof")).to_have_value(text)
    assert person.kept("proof") == before

    kinds = person.turn("kinds")
    choices = kinds.locator("fieldset.choose").first.get_by_role("radio")
    choice = choices.nth(1) if choices.first.is_checked() else choices.first
    choice.click()
    expect(kinds.locator(".saved.trouble")).not_to_be_empty(timeout=SLOW)
    expect(choice).not_to_be_checked()  # it was not taken, and does not look as if it were
    person.turn("wish")

    mend()
    if by_button:
        again = person.wish.get_by_role("button", name=person.common("save_again"))
        saved = person.wish.get_by_text(person.common("saved"), exact=True)
        again.or_(saved).first.click()  # what was under way when it was mended may come first
    else:
        person.after(AGAIN)  # it tries by itself
    expect(person.trouble).to_have_count(0, timeout=SLOW)
    person.saved(person.wish)
    assert (person.kept("proof"), person.kept("wish")) == (text, wish)
    person.turn("kinds")
    choice.click()
    expect(choice).to_be_checked()
    person.saved(kinds)


@pytest.mark.thorough
def test_a_book_that_another_program_holds_says_so_and_saves_when_it_is_free(
    person: Person, faults_dir: Path
) -> None:
    person.begin_kind()
    hold = (
        "import sqlite3, sys\n"
        f"book = sqlite3.connect({str(faults_dir / 'book.sqlite3')!r}, isolation_level=None)\n"
        "book.execute('BEGIN IMMEDIATE')\n"
        "print('held')\n"
        "sys.stdin.read()\n"
    )
    with start(hold, faults_dir) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        saves_nothing_until(person, BookBusyError, other.kill, by_button=True)


@pytest.mark.thorough
def test_a_book_that_was_moved_away_is_said_and_saved_when_it_is_back(
    person: Person, faults_dir: Path
) -> None:
    """No new book is made in its place, not even by a page that is opened just then."""
    said = error_text(person.language, MovedBookError(path=faults_dir / BOOK))
    (faults_dir / BOOK).rename(faults_dir / "elsewhere")
    person.try_to_keep("proof", "記録のない間に書いた文")
    expect(person.trouble).to_contain_text(said, timeout=SLOW)
    expect(person.wish.locator(".saved")).not_to_have_text(person.common("saved"))
    another = person.page.context.new_page()
    another.goto(person.page.url)
    expect(another.locator("main")).to_contain_text(said, timeout=SLOW)
    another.close()
    assert httpx.get(person.server.root + "/healthz", timeout=30).status_code == 503
    assert not (faults_dir / BOOK).exists()
    (faults_dir / "elsewhere").rename(faults_dir / BOOK)
    person.without_pauses(lambda: person.kept("proof") == "記録のない間に書いた文")
    person.saved(person.wish)
    wait_until(lambda: httpx.get(person.server.root + "/healthz", timeout=30).status_code == 200)


def test_a_full_disk_says_so_and_saves_when_there_is_room(
    tmp_path: Path, chromium: Browser
) -> None:
    data = tmp_path / "data"
    with (
        small_disk(data),
        serving(data, shared("workbooks")) as server,
        somebody(server, data, chromium, "ja") as person,
    ):
        person.begin_kind()
        fill_up(data / "filler")
        saves_nothing_until(person, DiskFullError, (data / "filler").unlink)


def test_a_disk_that_takes_no_more_says_so_and_saves_when_it_does(person: Person) -> None:
    person.begin_kind()
    kernel = person.server.kernel_process().pid
    free = resource.prlimit(kernel, resource.RLIMIT_FSIZE)
    resource.prlimit(kernel, resource.RLIMIT_FSIZE, (0, free[1]))

    def mend() -> None:
        resource.prlimit(kernel, resource.RLIMIT_FSIZE, free)

    saves_nothing_until(person, DiskFailedError, mend)


# -- a line that is cut, or dead ----------------------------------------------------------------


def test_what_is_written_while_the_line_is_cut_for_long_is_saved_when_it_is_back(
    far: Person, line: Line
) -> None:
    wish = far.kept("wish")
    line.cut()
    expect(far.banner).to_contain_text(far.says("cut"))
    far.try_to_keep("proof", "written without a line")
    far.field("wish").fill(wish + ", and more")
    # It tries later and later; after a minute it would do nothing else any more.
    far.without_pauses(lambda: bool(far.page.evaluate("enishi.line.attempt") >= 5))
    expect(far.banner).to_contain_text(far.says("away"))
    expect(far.wish.locator(".saved")).not_to_have_text(far.common("saved"))
    assert far.kept("wish") == wish

    line.mend()
    far.without_pauses(far.banner.is_hidden)
    wait_until(lambda: bool(far.kept("proof") == "written without a line"))
    wait_until(lambda: bool(far.kept("wish") == wish + ", and more"))
    far.saved(far.wish)
    far.keep("proof", "and with one")


def test_a_line_that_died_in_its_sleep_is_noticed_and_nothing_is_lost(
    far: Person, line: Line
) -> None:
    line.fall_asleep()
    far.try_to_keep("proof", "written half asleep")
    expect(far.wish.locator(".saved")).to_have_text(far.common("saving"))
    far.after(ASKED)  # it asks whether anybody is there
    far.after(PATIENCE)
    expect(far.banner).to_contain_text(far.says("cut"), timeout=SLOW)
    line.wake()
    far.page.evaluate("dispatchEvent(new Event('online'))")  # as a computer that wakes up tells
    expect(far.banner).to_be_hidden(timeout=SLOW)
    far.saved(far.wish)
    assert far.kept("proof") == "written half asleep"
    far.keep("proof", "wide awake")


def test_a_phone_that_wakes_has_a_new_line_within_4_s(far: Person, line: Line) -> None:
    far.page.evaluate("window.before = enishi.line.socket")
    line.fall_asleep()
    line.wake()
    far.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    far.after(WAKING)
    far.after(SOON)
    assert far.page.evaluate("enishi.line.socket && enishi.line.socket !== window.before")
    expect(far.banner).to_be_hidden(timeout=SLOW)
    far.keep("proof", "awake again")


@pytest.mark.thorough
def test_who_slept_for_longer_than_the_server_waits_finds_everything_again(
    tmp_path: Path, chromium: Browser
) -> None:
    data = tmp_path / "data"
    short = ("--no-browser", "--port", "0", "--verbose", "--patience", "2")
    with serving(data, shared("workbooks"), *short) as server:
        line = Line(server.port)
        root = f"http://127.0.0.1:{line.port}"
        with somebody(server, data, chromium, "ja", root) as person:
            wish = person.kept("wish")
            line.fall_asleep()
            person.try_to_keep("proof", "眠りに落ちながら")
            wait_until(lambda: server.kernels() == 0, seconds=60)
            line.wake()
            person.page.evaluate("dispatchEvent(new Event('online'))")
            person.after(WAKING)
            person.without_pauses(person.banner.is_hidden)
            assert "line.ended" in said(person.page)
            expect(person.field("proof")).to_have_value("眠りに落ちながら", timeout=SLOW)
            person.saved(person.wish)
            assert (person.kept("wish"), person.kept("proof")) == (wish, "眠りに落ちながら")
        line.close()
