"""A room as one person sees it: their seat, and the one way to write in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from enishi.book import Book
from enishi.book.batch import Batch
from enishi.book.errors import UnknownRowError
from enishi.book.ids import new_id
from enishi.book.journal import Values, read_rows
from enishi.book.room_tables import STAGE, STORED
from enishi.room.errors import NotPermittedError
from enishi.room.rights import RIGHTS, SETTLED, WITH_A_SEAT, Actor, may_write


@dataclass(frozen=True)
class Room:
    """A room, open for one person.

    Attributes:
        book: the book of the room; its owner is the room's id.
        person_id: the person.
        hosts: whether this process belongs to somebody who leads the room by their account; a
            co-facilitator's seat says it itself, and is read anew in each command.
    """

    book: Book
    person_id: str
    hosts: bool = False

    @property
    def id(self) -> str:
        """The room's id."""
        return self.book.owner

    @contextmanager
    def command(self) -> Iterator[Command]:
        """Yield the person's hand for one call: all of its changes, or on failure none.

        Raises:
            NotPermittedError: the person has no seat here any more, or was not let in yet, and
                does not lead.
        """
        with self.book.batch("write") as batch:
            seat = find_seat(batch, self.person_id)
            if seat is not None and not seat["let_in"]:
                seat = None  # who knocked has nothing to do here yet
            leads = self.hosts or (seat is not None and seat["leads"])
            if not leads and seat is None:
                raise NotPermittedError()
            yield Command(batch, str(seat["id"]) if seat else "", bool(leads))


@dataclass(frozen=True)
class Command:
    """What one person does in one transaction; seat and role were read in it.

    Attributes:
        batch: the transaction's changes.
        seat_id: the person's seat, '' for somebody who leads without one.
        leads: whether they lead the room.
    """

    batch: Batch
    seat_id: str
    leads: bool

    def add(self, table: str, **values: Any) -> str:
        """Create a row, in the person's own seat where its table has one; return its id.

        Raises:
            NotPermittedError: it is not theirs to create.
        """
        return self.batch.add(table, **values, **self._owned(table, values))

    def upsert(self, table: str, id: str, version: int | None, /, **values: Any) -> int:
        """Write on a row, or make it in the person's own seat if it is missing; see `Batch.upsert`.

        Raises:
            NotPermittedError: the row or a column is not theirs.
        """
        try:
            row = self._row(table, id)
        except UnknownRowError:
            return self.batch.upsert(table, id, version, self._owned(table, values), **values)
        self._check(table, id, row, values)
        return self.batch.upsert(table, id, version, **values)

    def _owned(self, table: str, values: Mapping[str, Any]) -> Values:
        """Return the seat of a row that is made.

        Raises:
            NotPermittedError: it is not theirs to create.
        """
        whose = maker_of(table)
        is_theirs = bool(self.seat_id) if whose == "own" else self.leads
        if not is_theirs or not may_write(table, frozenset({whose}), values):
            raise NotPermittedError()
        return {"seat_id": self.seat_id} if whose == "own" else {}

    def _check(self, table: str, id: str, row: Values, values: Mapping[str, Any]) -> None:
        """Check that the person may write `values` on a row.

        Raises:
            NotPermittedError: the row or a column is not theirs, or a row would become one for
                something else.
        """
        settled = SETTLED.get(table, "")
        is_moved = settled in values and values[settled] != row[settled]
        if is_moved or not may_write(table, self.actors(table, id, row), values):
            raise NotPermittedError()

    def _row(self, table: str, id: str) -> Values:
        """Return a row of the room.

        Raises:
            NotPermittedError: the table is none of a room's.
            UnknownRowError: there is no such row.
        """
        if table not in RIGHTS:
            raise NotPermittedError()
        return self.batch.row(table, id)

    def update(self, table: str, id: str, version: int | None = None, /, **values: Any) -> int:
        """Write on a row; see `Batch.update`.

        Raises:
            NotPermittedError: the row or a column is not theirs.
        """
        self._check(table, id, self._row(table, id), values)
        return self.batch.update(table, id, version, **values)

    def delete(self, table: str, id: str) -> None:
        """Remove a row that is the person's own, or, of a table without seats, the host's.

        Raises:
            NotPermittedError: it is not theirs.
        """
        if maker_of(table) not in self.actors(table, id, self._row(table, id)):
            raise NotPermittedError()
        self.batch.delete(table, id)

    def touch(self) -> None:
        """Let every page of the room look anew: what was written concerns all of them."""
        now = int(self.batch.row("room_stage", STAGE)["touched"])
        self.batch.update("room_stage", STAGE, touched=now + 1)

    def rows(self, table: str) -> dict[str, Values]:
        """Return all rows of a table by id, as they are in this transaction."""
        stored = STORED[table]
        ids = self.batch.connection.scalars(
            select(stored.c.id).where(stored.c.owner == self.batch.owner)
        ).all()
        return read_rows(self.batch.connection, self.batch.owner, stored, ids)

    def actors(self, table: str, id: str, row: Mapping[str, Any]) -> frozenset[Actor]:
        """Return what the person is towards a row."""
        found: set[Actor] = {"host"} if self.leads else set()
        if self.seat_id:
            if self.seat_id == (id if table == "room_seat" else row.get("seat_id")):
                found.add("own")
            request = row.get("request_id") if table == "room_offer" else None
            if request and self.batch.row("room_request", request)["seat_id"] == self.seat_id:
                found.add("requester")
        return frozenset(found)


def maker_of(table: str) -> Actor:
    """Return who may create and remove the rows of a table.

    Raises:
        NotPermittedError: nobody may; seats come by joining, and a room has one stage.
    """
    if table not in RIGHTS or table in ("room_seat", "room_stage"):
        raise NotPermittedError()
    return "own" if table in WITH_A_SEAT else "host"


def find_seat(batch: Batch, person_id: str) -> Values | None:
    """Return the row of a person's seat with its `id`, as it is in this transaction; else None.

    A removed seat is none.
    """
    seat = STORED["room_seat"]
    here = seat.c.owner == batch.owner, seat.c.person_id == person_id
    row = batch.connection.execute(seat.select().where(*here, ~seat.c.left)).mappings().first()
    return dict(row) if row is not None and person_id else None


def make_room(book: Book, title: str, language: str, phases: list[dict[str, Any]]) -> None:
    """Fill the new book of a room with its stage and the phases of an agenda."""
    with book.batch("add") as batch:
        batch.create({("room_stage", STAGE): {"title": title, "language": language}})
        rows = {
            ("room_phase", new_id()): phase | {"place": place} for place, phase in enumerate(phases)
        }
        batch.create(rows)
