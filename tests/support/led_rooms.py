"""A room with a host, a projector and participants, opened in this process as their pages do."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from enishi.book import Book
from enishi.identity import FACILITATOR, PARTICIPANT, PERSON, PROJECTOR, ROLE, ROOM
from enishi.room.entries import Entered, enter_room, shown_codes
from sheets import ask
from widgets.base.sheet import Sheet
from widgets.room.room_page import RoomPage, open_room_page

AGENDA: list[dict[str, Any]] = [
    {"kind": "welcome", "title": "Welcome", "minutes": 5, "say": "Say hello."},
    {"kind": "pairs", "title": "First pairs", "minutes": 10, "grouping": "pair"},
    {"kind": "pairs", "title": "Second pairs", "minutes": 10, "grouping": "pair"},
    {"kind": "request", "title": "Requests", "minutes": 8},
    {"kind": "notes", "title": "Notes", "minutes": 4, "shows": "anonymous"},
    {"kind": "notes", "title": "Thanks", "minutes": 4, "shows": "named"},
    {"kind": "home", "title": "Home", "minutes": 5},
]
"""The phases of the room that `led` gives."""


@dataclass
class LedRoom:
    """A room, and who is in it."""

    book: Book
    host: str
    people: dict[str, Entered] = field(default_factory=dict)

    @property
    def phases(self) -> dict[str, str]:
        """The ids of the phases by their title."""
        return {str(row["title"]): str(id) for id, row in self.book.frame("room_phase").iterrows()}

    @property
    def seats(self) -> dict[str, str]:
        """The ids of the seats of people who joined, by their name."""
        frame = self.book.frame("room_seat")
        return {str(row["called"]): str(id) for id, row in frame.iterrows()}

    def join(self, *names: str) -> None:
        """Let people join by the typed code."""
        with self.book.reading() as connection:
            code = shown_codes(connection, self.book.owner).code
        for name in names:
            enter = partial(enter_room, self.book.engine, code, name, 60)
            self.people[name] = self.as_server(enter)

    @staticmethod
    def as_server(act: Any) -> Any:
        """Return what `act` returns, done by a server, which belongs to no person."""
        kept = os.environ.get(PERSON)
        os.environ[PERSON] = ""
        try:
            return act()
        finally:
            os.environ.pop(PERSON)
            if kept is not None:
                os.environ[PERSON] = kept

    def open(self, name: str, person: str, role: str = PARTICIPANT) -> RoomPage:
        """Open a page of the room as somebody."""
        os.environ |= {PERSON: person, ROLE: role, ROOM: self.book.owner}
        page = open_room_page(name)
        assert not page.problem
        return page

    def lead(self) -> RoomPage:
        """Open the host's page."""
        return self.open("11-host", self.host, FACILITATOR)

    def project(self) -> RoomPage:
        """Open the projector's page."""
        return self.open("12-projector", "the-projector", PROJECTOR)

    def write(self, name: str, table: str, **values: Any) -> str:
        """Write a row in somebody's seat, and return its id."""
        seat = {"seat_id": self.seats[name]}
        with self.book.batch("add") as batch:
            return batch.add(table, **seat, **values)

    def update(self, table: str, id: str, **values: Any) -> None:
        """Write on a row."""
        with self.book.batch("write") as batch:
            batch.update(table, id, **values)


def act(sheet: Sheet, do: str, /, **message: Any) -> dict[str, Any]:
    """Do something that carries the stage's version, as the sheet shows it."""
    return ask(sheet, do, seen=sheet.state["stage"]["version"], **message)
