"""The end of a room: everything that was written in it, and whoever came into being by joining it.

A person made by joining has a session and no key that anybody was shown. They are kept if their
access has no end any more, which is how keeping one's book is stored, or if they sit in another
room as well; else they go, with their book, and their sessions.

That is written in books of many, so it is the server that deletes. Whoever leads only asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from sqlalchemy import Connection, delete, select

from enishi.book import Book
from enishi.book.accounts import read_connection
from enishi.book.database_errors import translate_errors
from enishi.book.erasure import Erasure, erase_book
from enishi.book.room_tables import ROOM_TABLES, STAGE, entry
from enishi.book.tables import person, session
from enishi.book.validation import MOMENT
from enishi.identity import PROJECTOR
from enishi.room.errors import NotPermittedError
from enishi.room.room import Command

DELETE_AT_ONCE = date(1900, 1, 1)
"""The day of deletion of a room that goes at once; it is before every other."""
_JOINED_SECONDS = 60
"""A person who is older than their first seat by more was there before they joined."""


@dataclass(frozen=True)
class Deleted:
    """What was removed with a room.

    Attributes:
        rows: how many rows of the room.
        people: how many people who had come into being by joining, with their books.
        kept: how many keep the book they got by joining, or had it before.
        swept: whether the file was rewritten without the texts; see `enishi.book.erasure`.
        copies: copies of the books that may still hold the same texts; see there.
    """

    rows: int
    people: int
    kept: int
    swept: bool
    copies: tuple[str, ...] = ()


def ask_for_deletion(command: Command) -> None:
    """Ask the server to delete the room at once.

    Raises:
        NotPermittedError: the person does not lead.
    """
    if not command.leads:
        raise NotPermittedError()
    command.update("room_stage", STAGE, delete_on=DELETE_AT_ONCE.isoformat())


def delete_room(book: Book) -> Deleted:
    """Remove a room with its journal and codes, and the people made by joining who kept nothing.

    One call without rows stays in the journal, so that open pages notice.
    """
    room = book.owner
    with translate_errors(book.engine.url), read_connection(book.engine) as connection:
        seated = _people(connection, room)
        screens = _screens(connection, room)
        leaving = [each for each in sorted(seated) if goes_with_room(connection, room, each)]
    gone = book.erase_with(partial(_remove_room, going=[*leaving, *screens]))
    rows, kept = sum(gone.rows.values()), len(seated) - len(leaving)
    return Deleted(rows, len(leaving), kept, gone.swept, gone.copies)


def _remove_room(connection: Connection, room: str, going: list[str]) -> Erasure:
    """Remove a room and those who go with it, in the book or in a copy of it."""
    connection.execute(delete(entry).where(entry.c.room == room))
    for owner in going:
        erase_book(connection, owner)
    connection.execute(delete(entry).where(entry.c.person_id.in_(going)))
    connection.execute(delete(session).where(session.c.person_id.in_(going)))
    connection.execute(delete(person).where(person.c.id.in_(going)))
    return erase_book(connection, room)


def rooms_due(connection: Connection, today: date) -> list[str]:
    """Return the rooms whose day of deletion has come."""
    stage = ROOM_TABLES["room_stage"]
    due = (stage.c.delete_on != "", stage.c.delete_on <= today.isoformat())
    return list(connection.scalars(select(stage.c.owner).where(*due)))


def _people(connection: Connection, room: str) -> set[str]:
    """Return the ids of people who have or had a seat; an invented participant is no person."""
    seat = ROOM_TABLES["room_seat"]
    found = connection.scalars(select(seat.c.person_id).where(seat.c.owner == room))
    return {each for each in found if each}


def _screens(connection: Connection, room: str) -> list[str]:
    """Return the ids under which projectors came into the room."""
    found = connection.scalars(
        select(entry.c.person_id)
        .join(person, person.c.id == entry.c.person_id)
        .where(entry.c.room == room, person.c.role == PROJECTOR)
    )
    return sorted(set(found))


def goes_with_room(connection: Connection, room: str, person_id: str) -> bool:
    """Return whether somebody is there only because they joined this room, and kept nothing."""
    when = select(person.c.made_at, person.c.ends_at).where(person.c.id == person_id)
    found = connection.execute(when).one_or_none()
    if found is None or not found.ends_at:
        return False
    seat = ROOM_TABLES["room_seat"]
    seats = connection.execute(
        select(seat.c.owner, seat.c.id, seat.c.leads).where(seat.c.person_id == person_id)
    ).all()
    if any(each.owner != room or each.leads for each in seats):
        return False
    came = min(_made_at(each.id) for each in seats)
    made = datetime.strptime(found.made_at, MOMENT).replace(tzinfo=UTC).timestamp()
    return abs(came - made) <= _JOINED_SECONDS


def _made_at(id: str) -> float:
    """Return the instant, in seconds since 1970, that an id of ours holds.

    >>> _made_at("01890a5d-ac96-774b-bcce-b302099a8057")
    1688096058.518
    """
    return int(id.replace("-", "")[:12], 16) / 1000
