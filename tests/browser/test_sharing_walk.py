"""A person shows pages to their coach: both sides in browsers, and the coach by a raw websocket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import update
from websocket import WebSocketException

from axe import violations
from days import days
from enishi.book import Book
from enishi.book.accounts import dismiss
from enishi.book.tables import person
from enishi.i18n import format_text, texts
from enishi.identity import FACILITATOR
from enishi.paths import CHECKOUT
from hosting import Guest, Host, database_of, hosting
from kernel_lines import RawPage
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from payloads import MARKED
from serving import Witness, wait_until, watch
from stores import BOOK
from walking import LOCALES, fits

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SHOWN = f"To open a workshop <img src=x onerror='window.{MARKED}=1'>"
UNCHOSEN = "Zebrafalter"
ASKED, COMMENT, REPLY = "Who could lend you a table?", "Print one copy first", "My aunt"
GIVEN, RECEIVED = "08-sharing", "09-received"
NUMBERS = count(1)
SEEN = "() => document.body.outerHTML + JSON.stringify({ ...sessionStorage })"


class Side:
    """One of the two at a browser, on one page."""

    def __init__(self, chromium: Browser, guest: Guest, language: str) -> None:
        self.base, self.language = guest.server.base, language
        self.context = chromium.new_context(
            locale=LOCALES[language], viewport={"width": 1280, "height": 900}
        )
        self.witness: Witness = watch(self.context)
        self.page: Page = self.witness.page
        with guest.client() as client:
            cookies = [(each.name, str(each.value)) for each in client.cookies.jar]
        for name, value in cookies:
            self.context.add_cookies([{"name": name, "value": value, "url": self.base}])

    def open(self, name: str) -> Locator:
        """Open a workbook, and return its sheet."""
        self.sheet = self.page.locator("main section.sheet")
        self.name = name.partition("-")[2]
        self.page.goto(f"{self.base}/voila/render/{name}.ipynb")
        expect(self.sheet.locator("h2")).to_be_visible(timeout=60_000)
        return self.sheet

    def words(self, key: str, **facts: Any) -> str:
        """Return a text of the sheet; a dot leads into its parts."""
        found = texts(self.name, self.language)["screens"][self.name]
        for part in key.split("."):
            found = found[part]
        return format_text(found, facts)

    def press(self, key: str, **facts: Any) -> None:
        """Press the first button with a text of the sheet."""
        name = self.words(key, **facts)
        self.sheet.get_by_role("button", name=name, exact=True).first.click()

    def sees(self, words: str) -> None:
        """See something, before long."""
        expect(self.sheet).to_contain_text(words)

    def is_sound(self) -> None:
        """See that axe finds nothing, and that a phone need not scroll aside."""
        assert violations(self.page) == []
        self.page.set_viewport_size({"width": 360, "height": 740})
        self.page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        self.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared") / "data"


@pytest.fixture(scope="module")
def host(data: Path) -> Iterator[Host]:
    with hosting(data, CHECKOUT / "workbooks") as running:
        yield running


def fill(host: Host, guest: Guest) -> None:
    """Let somebody have written what they show, and what they do not."""
    book = Book(host.engine, guest.id)
    friend = book.add("contact", name="Sampla Example", note=UNCHOSEN)
    book.add("goal", wish=SHOWN)
    book.add("give", contact_id=friend, direction="out", state="done", what="A book", on=days(-9))
    book.add("strength", name=UNCHOSEN)


def choose(side: Side, *keys: str) -> None:
    """Tick pages by what they are called."""
    titles = texts("sharing", side.language)["pages"] | {
        "picture:giving": texts("pictures", side.language)["pictures"]["giving"]["title"]
    }
    for key in keys:
        side.sheet.get_by_label(titles[key], exact=True).last.check()


def line(coach: Side, words: str) -> Locator:
    return coach.sheet.locator(".shared > div", has_text=words)


def open_and_read(aki: Side, coach: Side, name: str, reader: str) -> None:
    aki.open(GIVEN)
    aki.sheet.get_by_label(aki.words("reader"), exact=True).select_option(label=reader)
    choose(aki, "wish", "week", "picture:giving")
    aki.press("open_do")
    aki.sees(aki.words("not_looked"))
    coach.open(RECEIVED)
    coach.press("read_name", name=name)
    coach.sees(SHOWN)
    coach.sheet.locator("figure").scroll_into_view_if_needed()
    expect(coach.sheet.locator("figure .main-svg").first).to_be_visible()
    expect(aki.sheet).not_to_contain_text(aki.words("not_looked"))


def talk(aki: Side, coach: Side) -> None:
    wish = line(coach, SHOWN)
    wish.get_by_role("button").nth(1).click()
    expect(wish.locator(".said li")).to_have_count(1)
    for kind, words in (("question", ASKED), ("comment", COMMENT)):
        wish.get_by_role("button").first.click()
        wish.get_by_label(coach.words(f"kinds.{kind}"), exact=True).check()
        wish.locator("textarea").fill(words)
        coach.press("send")
        expect(wish.locator(".said")).to_contain_text(words)
    coach.is_sound()

    aki.sees(ASKED)
    question = aki.sheet.locator(".said > li", has_text=ASKED)
    question.locator("summary").click()
    question.locator("textarea").fill(REPLY)
    question.get_by_role("button", name=aki.words("reply_send"), exact=True).click()
    coach.sees(REPLY)
    comment = aki.sheet.locator(".said > li", has_text=COMMENT)
    comment.get_by_role("button", name=aki.words("take"), exact=True).click()
    expect(comment).to_contain_text(aki.words("taken"))
    # the step stands in the week, which is copied a moment later
    expect(coach.sheet.locator("dd > p", has_text=COMMENT)).to_be_visible()
    aki.is_sound()


def withdraw(aki: Side, coach: Side, name: str, data: Path) -> None:
    aki.sheet.locator("summary", has_text=aki.words("seen", name="")[-4:]).first.click()
    aki.sees(SHOWN)
    aki.press("withdraw_name", name=name)
    aki.press("withdraw_yes")
    expect(coach.sheet).to_contain_text(coach.words("gone"))
    holds_nothing(coach)
    # the rest of it stands in the person's own book as well
    stored = b"".join(file.read_bytes() for file in data.iterdir() if file.is_file())
    assert COMMENT.encode() in stored
    assert ASKED.encode() not in stored and REPLY.encode() not in stored


def holds_nothing(coach: Side) -> None:
    """Check that a browser has no word of the person's pages any more."""
    held = coach.page.evaluate(SEEN)
    assert not any(words in held for words in ("To open a workshop", ASKED, COMMENT, "A book"))


def by_file(aki: Side, coach: Side, chromium: Browser, folder: Path) -> None:
    aki.sheet.get_by_label(aki.words("reader"), exact=True).select_option(
        label=aki.words("reader_file")
    )
    aki.sheet.get_by_label(aki.words("file_name"), exact=True).fill("Ren")
    choose(aki, "wish", "picture:giving")
    aki.press("by_hand.open_do")
    with aki.page.expect_download() as handed:
        aki.press("hand_out")
    file = folder / handed.value.suggested_filename
    handed.value.save_as(file)

    context = chromium.new_context(viewport={"width": 360, "height": 740})
    outside = watch(context)
    outside.page.goto(file.as_uri())
    expect(outside.page.locator("body")).to_contain_text(SHOWN)
    expect(outside.page.locator("td", has_text="A book")).to_be_visible()
    assert outside.requests == [file.as_uri()] and outside.complaints == []
    assert fits(outside.page) and violations(outside.page) == []
    context.close()

    coach.sheet.locator("input[type=file]").set_input_files(file)
    wish = line(coach, SHOWN)
    wish.get_by_role("button").first.click()
    wish.locator("textarea").fill(COMMENT)
    coach.press("send")
    expect(wish.locator(".said")).to_contain_text(COMMENT)
    with coach.page.expect_download() as back:
        coach.press("hand_back")
    answers = folder / back.value.suggested_filename
    back.value.save_as(answers)
    aki.sheet.locator("input[type=file]").set_input_files(answers)
    aki.sees(aki.words("filed_title", name="Ren"))
    aki.sees(COMMENT)
    aki.is_sound()
    aki.press("take_in")
    aki.sees(aki.words("said_title"))
    aki.sees(COMMENT)


@contextmanager
def both_sides(
    host: Host, chromium: Browser, guest: Guest, leader: Guest, language: str
) -> Iterator[tuple[Side, Side]]:
    """Let both come to a server; at the end nothing went out, nothing broke, no markup ran."""
    sides = tuple(
        Side(chromium, Guest(host.server, each.person, each.key), language)
        for each in (guest, leader)
    )
    yield sides[0], sides[1]
    for side in sides:
        assert side.witness.strangers() == [] and side.witness.complaints == []
        assert not side.page.evaluate(f"'{MARKED}' in window")
        side.context.close()


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_a_coach_reads_and_says_what_a_person_takes_up_until_it_is_withdrawn(
    host: Host, data: Path, chromium: Browser, tmp_path: Path, language: str
) -> None:
    guest, reader = host.invite(f"Aki {language}"), f"Coach {language}"
    leader = host.invite(reader, FACILITATOR)
    fill(host, guest)
    with both_sides(host, chromium, guest, leader, language) as (aki, coach):
        open_and_read(aki, coach, guest.person.name, reader)
        talk(aki, coach)
    with (
        hosting(data, CHECKOUT / "workbooks", ENISHI_DAYS_AHEAD="7") as later,
        both_sides(later, chromium, guest, leader, language) as (aki, coach),
    ):
        aki.open(GIVEN)
        aki.sees(aki.words("taken"))
        coach.open(RECEIVED)
        coach.press("read_name", name=guest.person.name)
        coach.sees(SHOWN)
        withdraw(aki, coach, reader, data)
        by_file(aki, coach, chromium, tmp_path)


@pytest.mark.parametrize(
    "who", [pytest.param("the coach", marks=pytest.mark.thorough), "the person"]
)
def test_an_open_page_of_the_coach_is_empty_soon_after_somebody_is_dismissed(
    host: Host, chromium: Browser, who: str
) -> None:
    guest, leader = host.invite(f"Ann of {who}"), host.invite(f"Coach of {who}", FACILITATOR)
    fill(host, guest)
    aki, coach = (Side(chromium, each, "en") for each in (guest, leader))
    open_and_read(aki, coach, guest.person.name, leader.person.name)
    other = Side(chromium, leader, "en")  # with the list alone
    other.open(RECEIVED)
    other.sees(guest.person.name)

    gone = leader if who == "the coach" else guest
    dismiss(host.engine, gone.id)
    pages = (coach, other)
    wait_until(lambda: all("workshop" not in each.page.content() for each in pages), seconds=15)
    wait_until(lambda: guest.person.name not in other.page.content(), seconds=15)
    if who == "the coach":
        for each in pages:
            expect(each.page.get_by_role("alert")).to_contain_text(
                texts("pages", "en")["person"]["ended"]
            )
    else:
        coach.sees(coach.words("gone"))
        other.sees(texts("received", "en")["screens"]["received"]["hosted"]["nobody"])
    for each in pages:
        holds_nothing(each)
    for each in (aki, *pages):
        each.context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_pages_say_that_they_are_behind_while_the_book_is_away(
    host: Host, data: Path, chromium: Browser, language: str
) -> None:
    guest = host.invite(f"Late {language}")
    leader = host.invite(f"Late coach {language}", FACILITATOR)
    fill(host, guest)
    with both_sides(host, chromium, guest, leader, language) as (aki, coach):
        open_and_read(aki, coach, guest.person.name, leader.person.name)
        file, away = data / BOOK, data / "away"
        file.rename(away)
        try:
            for side in (aki, coach):
                expect(side.sheet.get_by_role("alert")).to_have_text(side.words("late"))
                side.sees(SHOWN if side is coach else leader.person.name)  # what was shown stays
                side.is_sound()
        finally:
            away.rename(file)
        for side in (aki, coach):
            expect(side.sheet.get_by_role("alert")).to_have_count(0)
            side.sees(SHOWN if side is coach else leader.person.name)


@pytest.mark.parametrize("store", ["server", pytest.param("file", marks=pytest.mark.thorough)])
def test_a_coach_s_websocket_brings_nothing_unchosen_and_ends_with_their_role(
    request: pytest.FixtureRequest, tmp_path: Path, store: str
) -> None:
    with (
        database_of(request, store) as database,
        hosting(tmp_path / "data", CHECKOUT / "workbooks", database=database) as host,
    ):
        listen_as_a_coach(host)


def listen_as_a_coach(host: Host) -> None:
    guest, leader = host.invite("Ann"), host.invite("Wire coach", FACILITATOR)
    fill(host, guest)
    with guest.client() as one, leader.client() as other:
        with closing(RawPage(host.server, one, f"/voila/render/{GIVEN}.ipynb")) as page:
            opened = {"keys": ["wish"], "until": days(9), "masked": False}
            asked = page.ask("sharing", "open_pages", next(NUMBERS), reader=leader.id, **opened)
            assert asked["ok"], asked
            [shown] = [
                each["state"]
                for each in page.states().values()
                if each.get("position", {}).get("name") == "sharing"
            ]
            id = shown["shares"][0]["id"]
        with closing(RawPage(host.server, other, f"/voila/render/{RECEIVED}.ipynb")) as wire:
            assert wire.ask("received", "read", next(NUMBERS), id=id)["ok"]
            said = {"key": "week", "kind": "comment", "words": "x"}
            for do, message in (
                ("read", {"id": guest.id}),
                ("comment", {"id": id} | said),
                ("comment", {"id": guest.id} | said | {"key": "wish"}),
                ("draw_picture", {"key": "picture:giving"}),
                ("take_back", {"id": id, "comment": id}),
                ("write", {"table": "goal", "id": id, "version": 1, "values": {"wish": "x"}}),
                ("settle", {"id": id, "comment": id, "state": "taken"}),
            ):
                answer = wire.ask("received", do, next(NUMBERS), **message)
                assert not answer["ok"] and answer["text"], do
            code = "from enishi.book import open_book; print(open_book().frame('share_page'))"
            for channel in ("shell", "control"):  # a page runs no code
                wire.send("execute_request", {"code": code, "silent": False}, channel)
            # what is written meanwhile comes if it was chosen, and only then
            book = Book(host.engine, guest.id)
            book.add("strength", name=f"{UNCHOSEN} anew")
            [goal] = book.frame("goal").index
            book.update("goal", goal, wish="To open two workshops")
            with closing(RawPage(host.server, one, f"/voila/render/{GIVEN}.ipynb")):  # copies it
                while not any(b"two workshops" in each for each in wire.heard):
                    wire.hear()
            heard = b"".join(wire.heard) + wire.html.encode()
            assert b"To open a workshop" in heard and UNCHOSEN.encode() not in heard
            assert b"Sampla" not in heard and b"A book" not in heard
            assert b"execute_reply" not in heard and b"execute_result" not in heard
            before = host.server.kernels()
            change = update(person).where(person.c.id == leader.id).values(role="participant")
            with host.engine.begin() as connection:
                connection.execute(change)
            with suppress(WebSocketException):  # the server may be the first to notice
                while not any(b'"closed": true' in each for each in wire.heard[-3:]):
                    wire.hear()
            wait_until(lambda: host.server.kernels() < before, seconds=15)
            assert other.get(f"/voila/render/{RECEIVED}.ipynb").status_code == 403
