"""An hour in a room: a host, a projector, and twelve people with phones walk through the agenda.

One comes late, one leaves, one goes on with another device, one is removed, one keeps the book and
one takes it home as a file. In each phase the test looks at what people see and must not see.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from axe import violations
from enishi.book import Book
from enishi.book.accounts import read_connection
from enishi.book.database import open_database
from enishi.book.tables import person
from enishi.clock import today
from enishi.i18n import read_texts, texts
from enishi.i18n.dates import format_short_date
from enishi.identity import ME
from hosting import database_of
from serving import wait_until
from stores import BOOK, in_file
from walking import walking
from walking_room import DESK, WALL, Someone, WalkedRoom, digits, walking_room

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

IN_TIME = ("Aki", "Ben", "Chie", "Dan", "Emi", "Fin", "Gen", "Hal", "Ivo", "Jun", "Kei")
LATE = "Lia"
LOWEST = """() => Math.min(...[...document.querySelectorAll(".wall *")]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((each) => parseFloat(getComputedStyle(each).fontSize))) / innerHeight"""
WIDE = "document.documentElement.scrollWidth"
PICTURES = os.environ.get("ENISHI_PICTURES", "")
OFFER, PROMISE = "Come on Monday with the long ladder", "I bring the ladder"
NOTES = {
    "Ben": "Ring up the harbour",
    "Emi": "Write to the sailmaker",
    "Jun": "Ask for the ladder back",
    "Aki": "Buy two brushes",
}
WAY, MEANS = "Row over to the island alone", "hal@example.com"


def wish_of(name: str) -> str:
    """Return what somebody would like to become."""
    return f"{name} builds wooden boats for lakes"


def strength_of(name: str) -> str:
    """Return what is ordinary to somebody."""
    return f"{name} mends torn sails"


def request_of(name: str) -> str:
    """Return what somebody asks for."""
    return f"A dry shed for the boat of {name}"


def pairs(parties: list[set[str]]) -> set[frozenset[str]]:
    """Return who talks with whom, two by two."""
    return {frozenset(pair) for party in parties for pair in combinations(party, 2)}


@pytest.fixture(
    scope="module",
    params=["en-file", pytest.param("ja-server", marks=pytest.mark.thorough)],
)
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[WalkedRoom]:
    folder: Path = tmp_path_factory.mktemp("hour")
    language, _, store = request.param.partition("-")
    with (
        database_of(request, store) as database,
        walking_room(chromium, folder, language, database) as walked,
    ):
        yield walked


class Hour:
    """The hour in a room, phase by phase."""

    def __init__(self, room: WalkedRoom) -> None:
        self.room, self.people = room, room.people
        self.host = room.someone("host", DESK)
        self.wall = room.someone("wall", WALL)
        self.phases = {row["place"]: row for row in room.rows("room_phase")}
        self.place = -1
        self.met: list[set[str]] = []
        self.devices: list[Someone] = []

    # -- what everybody does -----------------------------------------------------------------------

    def next(self) -> str:
        """Let the minutes of the phase pass, and lead on; return the title of the next phase."""
        if self.place >= 0:
            self.room.pass_minutes(self.phases[self.place]["minutes"])
            expect(self.host.page.locator("#lead .clock")).to_have_text("0:00")
        self.place += 1
        self.host.at("lead")
        title = str(self.phases[self.place]["title"])
        if self.place:
            self.host.press("lead", "next", title=title)
        else:
            self.host.press("lead", "begin")
        expect(self.wall.page.locator(".wall h1")).to_have_text(title)
        return title

    def everybody(self) -> list[Someone]:
        """Return the pages of all, of the host and the projector among them."""
        return [*self.people.values(), *self.devices, self.host, self.wall]

    def unseen(self, words: str, *by: str) -> None:
        """See that words are on the pages of `by`, and on no other."""
        for each in self.everybody():
            if each.name in by:
                wait_until(partial(each.holds, words))
        assert {*self.room.holders(words, self.everybody())} == {*by}, words

    def picture(self, name: str, *who: Someone) -> None:
        """Keep pictures of pages, where a folder is named for them."""
        for each in who if PICTURES else ():
            file = f"{self.room.language}-{self.place}-{name}-{each.name}.png"
            each.page.screenshot(path=Path(PICTURES) / file, full_page=each is not self.wall)

    def sound(self, *who: Someone) -> None:
        """See that axe finds nothing on pages, and that none has to be scrolled aside."""
        for each in who:
            assert violations(each.page) == [], each.name
            size = each.page.viewport_size
            assert size and each.page.evaluate(WIDE) == size["width"], each.name

    # -- the phases --------------------------------------------------------------------------------

    def arrive(self) -> None:
        """The host opens the room, the projector shows the code, and eleven people join by it."""
        page = self.host.page
        page.goto(self.room.host.server.address)
        page.locator("form button").last.click()
        expect(page.locator("section#lead h2")).to_be_visible(timeout=60_000)
        self.host.at("guests")
        self.host.press("guests", "open_projector")
        shown = page.locator("#guests .join-code").last
        code = page.locator("#guests .join-code").first.inner_text()
        expect(page.locator("#guests .join-code")).to_have_count(2)
        self.room.ask_in(digits(shown.inner_text()), self.wall)
        expect(self.wall.page.locator(".wall h1")).to_have_text(
            self.wall.say("wall", "waiting"), timeout=60_000
        )
        assert digits(self.wall.page.locator(".join-code").inner_text()) == digits(code)
        came = self.room.join(digits(code), *IN_TIME)
        self.host.sees("guests", self.host.say("guests", "count", n=len(IN_TIME)))
        for each in came:
            each.sees("here", each.say("here", "before"))
        self.picture("arrived", self.host, self.wall, came[0])
        self.sound(self.host, self.wall, came[0])

    def welcome(self) -> None:
        """Everybody's page shows the phase; when its minutes are over, everybody reads that."""
        self.host.at("lead").get_by_role("checkbox").check()
        title = self.next()
        for each in self.people.values():
            each.sees("here", title)
        self.room.pass_minutes(self.phases[0]["minutes"])
        expect(self.wall.page.locator(".clock")).to_contain_text(self.wall.say("wall", "time_up"))
        for each in self.people.values():
            each.sees("here", each.say("here", "time_up"))
        self.host.press("lead", "add_minute")
        for page in (self.host.page, self.wall.page):  # the clock of either may be behind
            expect(page.locator(".clock:visible")).to_have_text(re.compile(r"^(1:00|0:[1-5]\d)$"))
        self.picture("welcome", self.host, self.wall, self.people["Aki"])

    def wish(self) -> None:
        """What people write for themselves is on their page alone; the host sees who is ready."""
        self.next()
        for name in ("Aki", "Gen", "Kei"):
            self.turned(name, "wish")
            self.people[name].fill("wish", ".wish", wish_of(name))
        for name in IN_TIME[:-2]:
            self.people[name].at("here").get_by_role("checkbox").check()
        self.host.sees("lead", self.host.say("lead", "ready", n=9, m=11))
        self.host.sees("lead", self.host.say("lead", "good_time"))
        for name in ("Aki", "Gen", "Kei"):
            self.unseen(wish_of(name), name)

    def first_pairs(self) -> None:
        """Everybody reads with whom they talk once it is published; who comes late joins a pair."""
        self.arrange(2)
        for each in self.people.values():
            assert each.page.locator("section#partner h3").count() == 0
        self.publish()
        self.next()
        before = self.talking()
        expect(self.wall.page.locator(".party-item")).to_have_count(len(before))

        code = self.wall.page.locator(".join-code").inner_text()
        (late,) = self.room.join(digits(code), LATE)
        late.sees("here", str(self.phases[self.place]["title"]))
        late.at("partner")
        late.sees("partner", late.say("partner", "nobody"))
        self.host.at("rounds")
        self.host.sees("rounds", self.host.say("rounds", "late", names=LATE))
        self.picture("late", self.host, self.wall, late)
        self.host.press("rounds", "seat_late")
        expect(late.page.locator("section#partner h3")).to_be_visible()
        after = self.talking()
        assert [party - {LATE} for party in after] == before
        self.picture("pairs", self.wall, late)
        self.sound(self.host, self.wall, late)

    def sort(self) -> None:
        """A strength is private until its owner shows it; somebody leaves, and is left out."""
        self.next()
        for name in ("Ben", "Hal"):
            self.turned(name, "inventory")
            sheet = self.people[name].page.locator("section#inventory")
            entry = sheet.locator('[data-focus="entry.easy"]')
            entry.fill(strength_of(name))
            entry.press("Enter")
            expect(entry).to_have_value("")
            self.unseen(strength_of(name), name)
        hal = self.people["Hal"]
        sheet = hal.at("consents")
        sheet.get_by_label(hal.say("consents", "show_strengths")).check()
        sheet.locator("details summary").click()
        sheet.get_by_role("button", name=strength_of("Hal")).click()
        expect(sheet.locator("textarea").first).to_have_value(strength_of("Hal"))

        self.people.pop("Dan").context.close()
        self.of_guest("Dan", "set_away")
        self.host.sees("guests", self.host.say("guests", "away"))

    def second_pairs(self) -> None:
        """Nobody meets the same person twice, and a partner reads the strength that is shown."""
        met = pairs(self.met)
        self.arrange(4)
        self.host.sees("rounds", self.host.say("rounds", "no_repeats"))
        self.publish()
        self.next()
        parties = self.talking()
        assert not met & pairs(parties)
        (others,) = (party - {"Hal"} for party in parties if "Hal" in party)
        for name in others:
            self.people[name].sees("partner", strength_of("Hal"))
        self.unseen(strength_of("Ben"), "Ben")
        self.picture("pairs", self.host, self.wall, self.people["Hal"])

    def request(self) -> None:
        """A request is counted before the reveal, then on the wall; a second device goes on."""
        self.next()
        for name in ("Aki", "Chie", "Emi", "Ivo"):
            self.turned(name, "request")
            self.people[name].fill("request", ".words", request_of(name))
        for name in ("Aki", "Chie", "Ivo"):
            each = self.people[name]
            each.page.locator("section#request").get_by_role("checkbox").check()
            each.press("request", "show")
            each.sees("request", each.say("request", "is_shown"))
        self.host.at("board")
        self.host.sees("board", self.host.say("board", "count_requests", n=3))
        for name in ("Aki", "Chie", "Emi", "Ivo"):
            assert self.room.holders(request_of(name), (self.host, self.wall)) == []
        self.reveal("all")
        for name in ("Aki", "Chie", "Ivo"):
            expect(self.wall.page.locator(".item", has_text=request_of(name))).to_contain_text(name)
        self.unseen(request_of("Emi"), "Emi")
        self.picture("requests", self.host, self.wall, self.people["Aki"])
        self.sound(self.host, self.wall, self.people["Aki"])

        chie, laptop = self.people["Chie"], self.room.someone("Chie", DESK)
        self.devices.append(laptop)
        self.room.ask_in(chie.code_for_a_device(), laptop)
        expect(laptop.page.locator("section#here h2")).to_be_visible(timeout=60_000)
        field = laptop.at("request").locator('[data-focus$=".words"]')
        expect(field).to_have_value(request_of("Chie"))
        chie.fill("request", ".why", "Two devices have one seat")
        expect(laptop.page.locator('#request [data-focus$=".why"]')).to_have_value(
            "Two devices have one seat"
        )
        laptop.fill("request", ".small_step", "Look at both")
        expect(chie.page.locator('#request [data-focus$=".small_step"]')).to_have_value(
            "Look at both"
        )
        assert len(self.room.rows("room_seat")) == len(IN_TIME) + 2  # Lia and the host

    def ring(self) -> None:
        """An offer is between two; who is removed is gone from every screen, and reads why."""
        self.arrange(6)
        self.publish()
        self.next()
        rings = self.parties()
        self.met += rings
        ring = next(party for party in rings if "Aki" in party)
        helper = self.people[min(ring - {"Aki", "Ivo", "Chie"})]
        aki = self.people["Aki"]
        self.turned(helper.name, "ring")
        card = helper.page.locator("section#ring li.card", has_text=request_of("Aki"))
        kinds = texts("room", self.room.language)["offer_kinds"]
        card.get_by_label(kinds["hands"]).check()
        card.get_by_label(helper.say("ring", "words")).fill(OFFER)
        card.get_by_role("button", name=helper.say("ring", "offer")).click()
        aki.sees("ring", OFFER)
        aki.page.get_by_role("button", name=aki.say("ring", "begin_with")).click()
        helper.sees("ring", helper.say("ring", "is_first", name="Aki"))
        card.get_by_label(helper.say("ring", "promise_words")).fill(PROMISE)
        helper.press("ring", "promise_make")
        aki.sees("ring", PROMISE)
        for words in (OFFER, PROMISE):
            self.unseen(words, *(name for name in self.people if name in ("Aki", helper.name)))
        self.picture("ring", self.host, self.wall, aki, helper)
        self.sound(aki, helper)

        ivo = self.people.pop("Ivo")
        self.of_guest("Ivo", "remove_seat")
        expect(self.wall.page.locator(".item", has_text=request_of("Ivo"))).to_have_count(0)
        ivo.sees("ring", texts("room", self.room.language)["labels"]["no_seat"])
        wait_until(lambda: not self.room.holders(request_of("Ivo"), self.everybody()))
        self.picture("removed", ivo)
        self.removed = ivo

    def ways(self) -> None:
        """A way forward is private as well."""
        self.next()
        self.turned("Fin", "ways")
        field = self.people["Fin"].page.locator("section#ways li.way textarea").first
        field.fill(WAY)
        field.press("Tab")
        expect(self.people["Fin"].page.locator("section#ways li.way button")).to_be_visible()
        self.unseen(WAY, "Fin")

    def notes(self) -> None:
        """Notes are counted, then read by the host, then by all, under initials alone."""
        self.next()
        for name in ("Ben", "Emi", "Jun"):
            self.turned(name, "notes")
            self.people[name].put_down(NOTES[name])
        self.host.at("board")
        self.host.sees("board", self.host.say("board", "count_notes", n=3))
        for name in ("Ben", "Emi", "Jun"):
            self.unseen(NOTES[name], name)
        self.reveal("host")
        for name in ("Ben", "Emi", "Jun"):
            self.host.sees("board", NOTES[name])
            assert not self.wall.holds(NOTES[name])
            assert self.room.holders(NOTES[name], self.people.values()) == [name]
        self.reveal("all")
        for name in ("Ben", "Emi", "Jun"):
            note = self.wall.page.locator(".item", has_text=NOTES[name])
            expect(note).to_have_text(f"{name[0]}.{NOTES[name]}")
            self.people["Aki"].sees("notes", NOTES[name])
        self.people["Aki"].put_down(NOTES["Aki"])
        first = self.wall.page.locator(".item").first
        expect(first).to_contain_text(NOTES["Aki"])
        expect(first).to_contain_text(self.wall.say("wall", "new"))
        self.picture("notes", self.host, self.wall, self.people["Aki"])
        self.sound(self.host, self.wall, self.people["Aki"])
        assert self.wall.page.evaluate(LOWEST) >= 0.0399

    def home(self) -> None:
        """People take home whom they met and what was promised; one keeps the book, one a file."""
        hal, aki, kei, gen = (self.people[name] for name in ("Hal", "Aki", "Kei", "Gen"))
        hal.at("consents").get_by_label(hal.say("consents", "contact_after")).check()
        hal.fill("consents", ".contact_means", MEANS)
        self.next()
        self.turned("Aki", "home")
        for name in self.met_by("Aki") - {"Ivo"}:
            aki.sees("home", name)
        aki.sees("home", PROMISE)
        aki.press("home", "put")
        aki.sees("home", aki.say("home", "put_done"))
        self.picture("home", aki, self.wall)
        self.sound(aki)
        self.unseen(MEANS, "Hal", *(self.met_by("Hal") & {*self.people}))

        kei.press("home", "keep")
        self.kept = kei.page.locator("section#home .mono").inner_text()
        self.unseen(self.kept, "Kei")
        gen.page.get_by_role("link", name=gen.say("home", "as_file")).click()
        words = texts("settings", self.room.language)["screens"]["my_data"]
        with gen.page.expect_download(timeout=60_000) as download:
            gen.page.get_by_role("button", name=words["take"], exact=True).click()
        with ZipFile(download.value.path()) as file:
            assert wish_of("Gen") in file.read("book.json").decode()
        gen.page.go_back()
        expect(gen.page.locator("section#home h2")).to_be_visible(timeout=60_000)
        with gen.page.expect_download() as part:
            gen.press("home", "file")
        self.part = part.value.path()

    def elsewhere(self, data: Path) -> None:
        """What was taken home as a file comes into the book of another installation."""
        with walking(self.room.chromium, data, self.room.language) as walk:
            walk.open("04-contacts", "add")
            sheet, words = walk.page.locator("section#add"), walk.words("add")
            walk.unfold(sheet, words["from_file"])
            sheet.locator("input[type=file]").set_input_files(self.part)
            met = self.met_by("Gen") - {"Ivo"}
            for name in met:
                expect(sheet).to_contain_text(name)
            sheet.locator(".acts .main").click()
            expect(sheet.locator('[data-focus="earlier"]')).to_be_visible()
        book = Book(open_database(in_file(data / BOOK)), ME)
        assert {*book.frame("contact")["name"]} == met
        book.close()

    def end(self) -> None:
        """Everybody reads that the session is over, and until when what was written is kept."""
        lead = self.host.at("lead")
        lead.locator("summary", has_text=self.host.say("lead", "finish")).click()
        self.host.press("lead", "finish")
        self.host.sees("lead", self.host.say("lead", "over"))
        self.host.sees("lead", self.last_day("lead"))
        wall = self.wall.page.locator(".wall")
        expect(wall.locator("h1")).to_have_text(self.wall.say("wall", "over"))
        expect(wall.locator(".shown")).to_contain_text(self.last_day("wall"))
        aki, chie = self.people["Aki"], self.people["Chie"]
        aki.at("here")
        aki.sees("here", aki.say("here", "over"))
        form = chie.at("here").locator("form")
        chie.page.locator("#here summary").click()
        form.locator("input").fill("Chie K.")
        form.locator("button").click()
        for each in (chie, *self.devices):
            expect(each.page.locator(".enishi-person span")).to_have_text("Chie K.")
        self.picture("over", self.host, self.wall, aki)
        assert self.wall.page.evaluate(LOWEST) >= 0.0399

    def delete(self) -> None:
        """After the deletion everybody reads that it is gone, and so it is but for a kept book."""
        sheet = self.host.at("after")
        sheet.locator("summary", has_text=self.host.say("after", "delete_title")).click()
        word = self.host.say("after", "delete_word")
        sheet.get_by_label(self.host.say("after", "type_word", word=word)).fill(word)
        self.host.press("after", "delete")
        self.host.sees("after", self.host.say("after", "deleted"))
        gone = texts("room", self.room.language)["labels"]["gone"]
        self.host.at("board")
        self.host.sees("board", gone)
        wall = self.wall.page.locator(".wall")
        expect(wall.locator("h1")).to_have_text(self.wall.say("wall", "gone"))
        aki = self.people["Aki"]
        deleted = read_texts("pages")["room_gone"]["say"][self.room.language]
        expect(aki.page.get_by_text(deleted).first).to_be_visible(timeout=60_000)
        self.host.sees("board", gone)
        expect(wall.locator("h1")).to_have_text(self.wall.say("wall", "gone"))
        for each in (self.host, self.wall, aki):
            each.page.reload()
            expect(each.page.get_by_text(deleted).first).to_be_visible()
        self.picture("deleted", self.host, self.wall, aki)
        self.sound(self.host, self.wall)
        assert [self.room.rows(table) for table in ("room_seat", "room_request")] == [[], []]
        with read_connection(self.room.host.engine) as connection:
            left = set(connection.scalars(select(person.c.name)))
        assert left & {*IN_TIME, LATE, "projector"} == {"Kei"}

        kei = self.room.someone("Kei")
        kei.page.goto(self.kept)
        kei.page.locator("form button").last.click()
        expect(kei.page.locator("main section.sheet:visible")).to_have_count(1, timeout=60_000)
        kei.page.goto(f"{self.room.address}voila/render/02-goal.ipynb#wish")
        expect(kei.page.locator('[data-focus$=".wish"]')).to_have_value(wish_of("Kei"))

    # -- what several phases need ------------------------------------------------------------------

    def turned(self, name: str, sheet: str) -> None:
        """See that somebody's page has turned with the room."""
        expect(self.people[name].page.locator(f"section#{sheet} h2")).to_be_visible()

    def arrange(self, place: int) -> None:
        """Let the host arrange the rounds of a phase."""
        sheet = self.host.at("rounds")
        label = self.host.say("rounds", "phase")
        sheet.get_by_label(label).select_option(label=str(self.phases[place]["title"]))
        self.host.press("rounds", "arrange")
        self.host.sees("rounds", self.host.say("rounds", "arranged"))

    def publish(self) -> None:
        """Let everybody see the rounds that are arranged."""
        self.host.press("rounds", "publish")
        self.host.sees("rounds", self.host.say("rounds", "published"))

    def parties(self) -> list[set[str]]:
        """Return who talks with whom in the phase that is on, as the book has it."""
        names = {id: name for name, id in self.room.seats().items()}
        here = [
            row["id"]
            for row in self.room.rows("room_round")
            if row["phase_id"] == self.phases[self.place]["id"]
        ]
        rows = [row for row in self.room.rows("room_party") if row["round_id"] == here[-1]]
        return [{names[id] for id in row["members"]} for row in rows]

    def talking(self) -> list[set[str]]:
        """Return the parties, once each page shows its own, and nobody else."""
        parties = self.parties()
        assert sorted(name for party in parties for name in party) == sorted(self.people)
        self.met += parties
        for name, each in self.people.items():
            (party,) = (party for party in parties if name in party)
            heading = each.page.locator("section#partner h3")
            for other in party - {name}:
                expect(heading).to_contain_text(other)
            said = heading.inner_text()
            assert {other for other in self.people if other in said} == party - {name}
        return parties

    def last_day(self, sheet: str) -> str:
        """Return what a sheet says of the day on which the room is deleted."""
        on = self.room.rows("room_stage")[0]["delete_on"].date()
        day = format_short_date(on, today(), self.room.language)
        return self.host.say(sheet, "deleted_on", day=day)

    def met_by(self, name: str) -> set[str]:
        """Return with whom somebody has talked."""
        return {other for party in self.met if name in party for other in party} - {name}

    def of_guest(self, name: str, key: str) -> None:
        """Let the host press a button that is about somebody."""
        sheet = self.host.at("guests")
        line = sheet.locator("details", has_text=self.host.say("guests", "more_name", name=name))
        line.locator("summary").click()
        line.get_by_role("button", name=self.host.say("guests", key), exact=True).click()

    def reveal(self, to: str) -> None:
        """Let the host show to somebody what was written."""
        words = texts("room", self.room.language)["screens"]["board"]["reveals"]
        sheet = self.host.page.locator("section#board")
        sheet.get_by_role("radio", name=words[to], exact=True).check()


def test_an_hour_in_a_room(room: WalkedRoom, tmp_path: Path) -> None:
    hour = Hour(room)
    hour.arrive()
    hour.welcome()
    hour.wish()
    hour.first_pairs()
    hour.sort()
    hour.second_pairs()
    hour.request()
    hour.ring()
    hour.ways()
    hour.notes()
    hour.home()
    if room.language == "ja":  # once is enough
        hour.elsewhere(tmp_path / "elsewhere" / "data")
    hour.end()
    hour.delete()
    assert [each.complaints for each in hour.everybody() if each.complaints] == []
