"""A whole room on PostgreSQL: every page has the account of the pages, the server the keeper's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from ipywidgets import Widget
from sqlalchemy import text

import widgets
from enishi.book import Book
from enishi.book.accounts import find_by_key
from enishi.book.database import open_database
from enishi.identity import FACILITATOR, PERSON, ROLE, ROOM
from enishi.room.deletion import DELETE_AT_ONCE
from enishi.room.entries import enter_room, invite_host, open_room
from enishi.room.row_security import admit_pages
from enishi.serve.due_rooms import delete_due_rooms
from led_rooms import AGENDA, LedRoom, act
from postgresql import PostgreSQL, both_accounts, of_pages
from sheets import ask
from widgets.base.sheet import Sheet
from widgets.room.room_page import RoomPage

POLL = {"kind": "poll", "title": "Poll", "minutes": 3}
RING = {"kind": "ring", "title": "Ring", "minutes": 9}


@pytest.fixture
def led(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch, set_hosting: Callable[..., None]
) -> Iterator[LedRoom]:
    """A room in a database on a server, with a host and nobody else yet."""
    with postgresql.empty_book() as url:
        keeper = open_database(url)
        admit_pages(keeper, of_pages(url))
        monkeypatch.setenv("ENISHI_DATABASE", both_accounts(url)["ENISHI_DATABASE"])
        monkeypatch.setenv("HTTP_ACCEPT_LANGUAGE", "en")
        set_hosting(join="https://room.example/join")
        for name in (PERSON, ROLE, ROOM):
            monkeypatch.setenv(name, "")
        room = open_room(keeper, "A sample evening", "en", [*AGENDA, POLL, RING])
        host, _ = invite_host(keeper, room, "Hanako")
        yield LedRoom(Book(keeper, room), host.id)
        Widget.close_all()
        keeper.dispose()


class Page:
    """A page with its sheets, each opened when it is first used."""

    def __init__(self, page: RoomPage) -> None:
        self.page, self.sheets = page, dict[str, Sheet]()
        assert "enishi_pages" in str(page.room and page.room.book.engine.url)

    def __getitem__(self, name: str) -> Any:
        """Return what a sheet shows, after the page looked at the room."""
        self.page.look()
        return self.sheet(name).state

    def sheet(self, name: str) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = getattr(widgets, name)(self.page)
        return self.sheets[name]

    def do(self, name: str, command: str, **message: Any) -> dict[str, Any]:
        """Do something on a sheet, and see that it is done."""
        self.page.look()
        answer = ask(self.sheet(name), command, **message)
        assert answer["ok"], (name, command, answer)
        return answer

    def lead(self, name: str, command: str, **message: Any) -> dict[str, Any]:
        """Do something that carries the stage's version."""
        self.page.look()
        answer = act(self.sheet(name), command, **message)
        assert answer["ok"], (name, command, answer)
        return answer

    def close(self) -> None:
        assert self.page.book and self.page.room
        for book in (self.page.book, self.page.room.book):
            book.close()


Open = Callable[..., Page]


@pytest.fixture
def opened(led: LedRoom) -> Iterator[Open]:
    """Open pages as `LedRoom.open` does; they are closed at the end."""
    with ExitStack() as pages:

        def open_it(*given: str) -> Page:
            page = Page(led.open(*given))
            pages.callback(page.close)
            return page

        yield open_it


def test_a_room_is_led_from_the_first_name_to_its_deletion(led: LedRoom, opened: Open) -> None:
    led.join("Ann", "Ben", "Cleo")
    host = opened("11-host", led.host, FACILITATOR)
    code = host.do("Guests", "open_projector")["code"]
    screen = led.as_server(lambda: enter_room(led.book.engine, code, "", 60)).person
    wall = opened("12-projector", screen.id, screen.role)
    ann, ben, cleo = (
        opened("10-room", led.people[name].person.id) for name in ("Ann", "Ben", "Cleo")
    )
    phases = {each["title"]: each["id"] for each in host["Lead"]["phases"]}

    # pairs, with one who comes late
    host.do("Rounds", "arrange")
    host.lead("Rounds", "publish")
    host.lead("Lead", "enter", phase=phases["First pairs"])
    assert ann["Partner"]["party"]
    led.join("Dan")
    host.do("Rounds", "seat_late")
    dan = opened("10-room", led.people["Dan"].person.id)
    assert dan["Partner"]["party"]
    ann.do("Here", "say_ready", is_ready=True)
    ann.do("Here", "raise_hand", is_up=True)
    host.do("Guests", "lower_hand", seat=ann.page.seat_id)
    assert not ann["Here"]["hand"]

    # a request, offers, a promise
    host.lead("Lead", "enter", phase=phases["Requests"])
    row = ann["Request"]["request"]
    ask_for = {"id": row["id"], "version": row["version"], "values": {"words": "A camera"}}
    ann.do("Request", "write", table="room_request", **ask_for)
    ann.do("Request", "show", id=row["id"], is_shown=True, agrees=True)
    host.do("Board", "pin", table="room_request", id=row["id"], on=True)
    host.lead("Lead", "enter", phase=phases["Ring"])
    ben.do("Ring", "offer", request_id=row["id"], kind="hands", words="Mine")
    [offer] = ann["Ring"]["mine"][0]["offers"]
    ann.do("Ring", "begin_with", id=offer["id"])
    ben.do("Ring", "promise", offer_id=offer["id"], words="Bring it", due="2030-05-01")

    # notes and a poll, hidden until they are opened
    host.lead("Lead", "enter", phase=phases["Notes"])
    cleo.do("Notes", "write_note", phase_id=phases["Notes"], words="quiet")
    cleo.do("Notes", "write_note", phase_id=phases["Notes"], words="unkind")
    host.lead("Board", "reveal", phase=phases["Notes"], to="host")
    [unkind] = [card for card in host["Board"]["cards"] if card["words"] == "unkind"]
    host.do("Board", "hide", table="room_note", id=unkind["id"], on=True)
    host.lead("Board", "reveal", phase=phases["Notes"], to="all")
    assert [each["words"] for each in wall["Wall"]["cards"]] == ["quiet"]
    asked = {"phase": phases["Poll"], "question": "Tea?", "options": ["yes", "no"]}
    poll = host.do("Board", "make_poll", **asked)["focus"]
    host.lead("Lead", "enter", phase=phases["Poll"])
    ben.do("Poll", "vote", poll_id=poll, option=1)
    host.do("Board", "drop_poll", id=poll)

    # a rehearsal, whose invented people leave nothing behind
    kept = {table: len(led.book.frame(table)) for table in ("room_seat", "room_request")}
    host.do("Guests", "rehearse")
    host.do("Guests", "end_rehearsal")
    assert kept == {table: len(led.book.frame(table)) for table in kept}

    # out, and back in by a code
    host.do("Guests", "remove_seat", seat=led.seats["Dan"])
    assert not ask(dan.sheet("Here"), "say_ready", is_ready=True)["ok"]
    code = host.do("Guests", "let_back", seat=led.seats["Dan"])["code"]
    back = led.as_server(lambda: enter_room(led.book.engine, code, "", 60))
    assert back.person.id == led.people["Dan"].person.id
    before = host["Guests"]["join"]["code"]
    host.do("Guests", "renew_code")
    assert wall["Wall"]["join"]["code"] not in ("", before)

    # home
    host.lead("Lead", "enter", phase=phases["Home"])
    received = [each["id"] for each in ann["TakeHome"]["received"]]
    ann.do("TakeHome", "put", ids=received)
    key = ann.do("TakeHome", "keep")["address"].partition("#")[2]
    assert len(ann.do("TakeHome", "make_code")["code"]) == 6
    host.lead("Lead", "finish")
    host.do("After", "take_table")

    # the end: a page asks, the server does it
    host.do("After", "delete_now", word="delete")
    assert host["After"]["deletion"] == "asked" and led.book.frame("room_seat").size
    [gone] = led.as_server(lambda: delete_due_rooms(led.book.engine, DELETE_AT_ONCE))
    assert (gone.people, gone.kept) == (3, 2), "Ann and the host keep what is theirs"
    assert host["After"]["deletion"] == "done"
    found = find_by_key(led.book.engine, key)
    assert found is not None and found.id == led.people["Ann"].person.id
    with led.book.engine.connect() as connection:
        for query in ("SELECT count(*) FROM entry", "SELECT count(*) FROM room_note"):
            assert connection.scalar(text(query)) == 0
        owners = set(connection.scalars(text("SELECT owner FROM step")))
    assert owners == {found.id}
