"""A room with a row in each of its tables, and the people who stand in some relation to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, select

from enishi.book import Book
from enishi.book.room_tables import ROOM_TABLES, STAGE
from enishi.book.validation import columns_of, links_of
from enishi.room.room import Room, make_room

PHASES: list[dict[str, Any]] = [
    {"kind": kind, "title": kind, "minutes": minutes}
    for kind, minutes in (("welcome", 5), ("notes", 3), ("ring", 15), ("home", 4))
]
PEOPLE = ("own", "requester", "other", "facilitator", "knocking", "removed")
"""Hana's seat holds the rows; one has the request that her offer is for; one has nothing to do with
them; one leads by their seat; one was not let in yet; one was removed."""

Rows = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True)
class SharedRoom:
    """A room.

    Attributes:
        book: the room's book.
        seats: the ids of the seats, by person.
        ids: the id of a row of each table; where rows are in a seat, it is that of "own".
        phases: the ids of the phases, in their order.
    """

    book: Book
    seats: dict[str, str]
    ids: dict[str, str]
    phases: tuple[str, ...]

    def open(self, person: str) -> Room:
        """Return the room as a person has it; "host" leads by their account, without a seat."""
        return Room(self.book, person, hosts=person == "host")

    def rows(self) -> Rows:
        """Return every row by table and id."""
        with self.book.reading() as connection:
            return {
                (name, row["id"]): dict(row)
                for name, table in ROOM_TABLES.items()
                for row in connection.execute(
                    select(table).where(table.c.owner == self.book.owner)
                ).mappings()
            }

    def value_for(self, table: str, column: str) -> Any:
        """Return a value that fits a column, and differs from what is there."""
        rows, target = self.rows(), links_of(ROOM_TABLES[table]).get(column)
        values = (
            fitting(columns_of(ROOM_TABLES[table])[column])
            if target is None
            else [id for name, id in rows if name == target]
        )
        return next(value for value in values if value != rows[table, self.ids[table]][column])


def fitting(column: Column[Any]) -> tuple[Any, ...]:
    """Return some values that fit a column."""
    if "choices" in column.info:
        return tuple(column.info["choices"])
    if "range" in column.info:
        return tuple(column.info["range"])
    if "day" in column.info:
        return "2026-11-20", "2026-11-21"
    if "moment" in column.info:
        return "2026-11-20T07:31:00Z", "2026-11-21T07:31:00Z"
    if "most" in column.info:
        return ["見本"], []
    return ("見本", "別の見本") if "longest" in column.info else (True, False)


def share_room(book: Book, id: str = "room-1") -> SharedRoom:
    """Make a room with a row in each table, in the database of `book`."""
    room = Book(book.engine, id)
    make_room(room, "見本の会", "ja", PHASES)
    frame = room.frame("room_phase").sort_values("place")
    phases = tuple(map(str, frame.index))
    with room.batch("add") as batch:
        seats = {
            person: batch.add(
                "room_seat",
                person_id=person,
                called=person,
                leads=person == "facilitator",
                let_in=person != "knocking",
                left=person == "removed",
            )
            for person in PEOPLE
        }
        hana = seats["own"]
        round_id = batch.add("room_round", phase_id=phases[1])
        poll = batch.add("room_poll", phase_id=phases[1], question="見本？", options=["A", "B"])
        batch.add("room_poll", phase_id=phases[0], question="別の見本？", options=["A", "B"])
        batch.add("room_round", phase_id=phases[2])
        asked = batch.add("room_request", seat_id=seats["requester"], words="写真をとってほしい")
        ids = {
            "room_stage": STAGE,
            "room_phase": phases[1],
            "room_seat": hana,
            "room_rule": batch.add("room_rule", a_id=hana, b_id=seats["other"], kind="apart"),
            "room_decline": batch.add("room_decline", seat_id=hana, other_id=seats["other"]),
            "room_round": round_id,
            "room_party": batch.add("room_party", round_id=round_id, members=[hana]),
            "room_request": batch.add("room_request", seat_id=hana, words="本を借りたい"),
            "room_offer": batch.add("room_offer", seat_id=hana, request_id=asked, kind="hands"),
            "room_promise": batch.add(
                "room_promise", seat_id=hana, to_id=seats["requester"], words="とりに行く"
            ),
            "room_note": batch.add("room_note", seat_id=hana, phase_id=phases[1], words="見本"),
            "room_poll": poll,
            "room_vote": batch.add("room_vote", seat_id=hana, poll_id=poll, option=1),
        }
    return SharedRoom(room, seats, ids, phases)
