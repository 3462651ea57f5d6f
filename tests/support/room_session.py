"""A room with participants whose pages are open in this one process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

import widgets
from enishi import clock
from enishi.book import Book
from enishi.book.room_tables import STAGE
from enishi.book.validation import MOMENT
from enishi.room import stage
from enishi.room.entries import enter_room, invite_host, shown_codes
from enishi.room.room import Command, Room
from sheets import ask
from widgets.base.cached_frames import SnapshotFrames
from widgets.base.sheet import Sheet
from widgets.room.room_page import RoomPage, open_room_page

PHASES = [
    {"kind": "welcome", "title": "", "minutes": 5, "grouping": "all", "shows": "named"},
    {"kind": "partner", "title": "", "minutes": 7, "grouping": "pair", "shows": "named"},
    {"kind": "request", "title": "", "minutes": 4, "grouping": "alone", "shows": "named"},
    {"kind": "ring", "title": "", "minutes": 15, "grouping": "ring", "shows": "named"},
    {"kind": "notes", "title": "", "minutes": 4, "grouping": "four", "shows": "anonymous"},
    {"kind": "poll", "title": "", "minutes": 4, "grouping": "all", "shows": "hidden"},
    {"kind": "home", "title": "", "minutes": 3, "grouping": "alone", "shows": "named"},
]


@dataclass
class Participant:
    """Somebody in the room, with their page and its sheets."""

    page: RoomPage
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def __getitem__(self, name: str) -> dict[str, Any]:
        """Return what a sheet shows, after the page looked at the room."""
        self.page.look()
        sheet = self._sheet(name)
        return sheet.state

    def do(self, name: str, command: str, **message: Any) -> dict[str, Any]:
        """Give a command of a sheet as the browser does."""
        return ask(self._sheet(name), command, **message)

    def _sheet(self, name: str) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = getattr(widgets, name)(self.page)
        return self.sheets[name]

    @property
    def own(self) -> Book:
        """Their own book."""
        assert self.page.book is not None
        return self.page.book


@dataclass
class Session:
    """A room with what leads it."""

    book: Book
    host: Room
    monkeypatch: pytest.MonkeyPatch

    def enter(self, called: str, language: str = "en") -> Participant:
        """Let somebody in, and open their page."""
        with self.book.reading() as connection:
            code = shown_codes(connection, self.book.owner).code
        entered = enter_room(self.book.engine, code, called, 60)
        return self.open_page(entered.person.id, language)

    def open_page(self, person_id: str, language: str = "en", page: str = "10-room") -> Participant:
        """Open somebody's page, as a process of theirs does."""
        self.monkeypatch.setenv("ENISHI_PERSON", person_id)
        self.monkeypatch.setenv("ENISHI_ROOM", self.book.owner)
        self.monkeypatch.setenv("HTTP_ACCEPT_LANGUAGE", language)
        opened = open_room_page(page)
        assert not opened.problem
        return Participant(opened)

    def host_person(self, called: str) -> str:
        """Return the id of somebody new who leads by their seat."""
        return invite_host(self.book.engine, self.book.owner, called)[0].id

    def frames(self) -> SnapshotFrames:
        """Return the room's frames as they are now."""
        return SnapshotFrames(self.book)

    def phase(self, kind: str) -> str:
        """Return the id of the phase of a kind."""
        phases = self.book.frame("room_phase")
        return str(phases.index[phases["kind"] == kind][0])

    def lead_into(self, kind: str) -> None:
        """Lead everybody into the phase of a kind."""
        now = clock.now()
        seen = self.book.row("room_stage", STAGE)["version"]
        with self.host.command() as hand:
            millis = round(now.timestamp() * 1000)
            stage.enter_phase(hand, seen, self.phase(kind), millis, now.strftime(MOMENT))

    def reveal(self, kind: str, to: str = "all") -> None:
        """Open what was written in a phase."""
        with self.host.command() as hand:
            hand.update("room_phase", self.phase(kind), revealed=to)
            hand.touch()

    def pair(self, *people: Participant, why: tuple[str, ...] = ("new",)) -> None:
        """Put people into one party of a round of the current phase."""
        with self.host.command() as hand:
            self._pair(hand, [each.page.seat_id for each in people], list(why))
            hand.touch()

    def _pair(self, hand: Command, members: list[str], why: list[str]) -> None:
        phase = hand.batch.row("room_stage", STAGE)["phase_id"]
        one = hand.add("room_round", phase_id=phase, number=1)
        party = {"round_id": one, "members": members, "why": why, "first": members[0]}
        hand.add("room_party", **party)
