"""Codes that lead into a room, and what happens when somebody gives one.

| kind | what it is | gives |
|---|---|---|
| join | six digits on the room's screen | a new seat, with a person and a book of its own |
| key | 128 bits behind the `#` of the QR code | the same |
| seat | six digits on one's own page, five minutes, once | one's own seat, on another device |
| projector | six digits, five minutes, once | the page that is projected, and nothing else |

Codes are looked up by their hash. Those on the room's screen are stored as they are shown as well.
A wrong, a used and an expired code have the same answer. Twenty wrong guesses replace the typed
code; after five replacements it is off until the facilitator allows it again.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from enishi.book import Book
from enishi.book.accounts import (
    KEY_BYTES,
    Person,
    current_timestamp,
    hash_key,
    read_connection,
    timestamp_after,
)
from enishi.book.batch import Batch
from enishi.book.database_errors import translate_errors
from enishi.book.ids import new_id
from enishi.book.room_tables import CALLED, ROOM_TABLES, STAGE, entry
from enishi.book.tables import person, session
from enishi.book.validation import MOMENT, UNKEPT
from enishi.identity import FACILITATOR, PARTICIPANT, ROOM_PREFIX
from enishi.room.errors import CalledError, DoorClosedError, WrongCodeError
from enishi.room.room import find_seat, make_room

PROJECTOR = "projector"
"""The role of whoever entered by a projector's code."""
GUESSES = 20
"""Wrong guesses after which the typed code is replaced."""
REPLACEMENTS = 5
"""Replacements after which it is off."""
_MINUTES = 5
"""For how long a code that is used once is good."""
_DAYS = 31
"""For how long somebody who joined by a code may come back."""

OneTime = Literal["seat", "projector"]


@dataclass(frozen=True)
class ShownCodes:
    """What the room's screen shows: the typed code, '' while it is off, and the key of the QR."""

    code: str
    key: str


@dataclass(frozen=True)
class Entered:
    """Somebody who came in: the person, the number of their session, and the room."""

    person: Person
    session: str
    room: str


def open_room(
    engine: Engine,
    title: str,
    language: str,
    phases: list[dict[str, Any]],
) -> str:
    """Create a room with its codes, and return its id."""
    id = ROOM_PREFIX + new_id()
    make_room(Book(engine, id), title, language, phases)
    allow_code(engine, id)
    with translate_errors(engine.url), engine.begin() as connection:
        _store(connection, id, "key", secrets.token_urlsafe(16))
    return id


def shown_codes(connection: Connection, room: str) -> ShownCodes:
    """Return what the room's screen shows."""
    rows = select(entry.c.kind, entry.c.shown).where(entry.c.room == room)
    found = {row.kind: row.shown for row in connection.execute(rows)}
    return ShownCodes(found.get("join", ""), found.get("key", ""))


def allow_code(engine: Engine, room: str) -> None:
    """Give the room a new typed code; guesses are counted from nothing."""
    with translate_errors(engine.url), engine.begin() as connection:
        connection.execute(delete(entry).where(entry.c.room == room, entry.c.kind == "join"))
        _store_digits(connection, room, "join")


def make_one_time_code(connection: Connection, room: str, kind: OneTime, person_id: str) -> str:
    """Return a code for one's own seat or for the projector; the one before is good no more."""
    same = (entry.c.room == room, entry.c.kind == kind, entry.c.person_id == person_id)
    connection.execute(delete(entry).where(*same))
    return _store_digits(connection, room, kind, person_id)


def enter_room(engine: Engine, code: str, called: str, seats: int, known: str = "") -> Entered:
    """Let somebody in who gave a code.

    Args:
        engine: the database of all books.
        code: six digits, or the key of a QR code.
        called: the name they want to be called; not needed for a seat of their own.
        seats: how many seats there may be.
        known: the id of a person who is signed in already and brings their own book; else ''.

    Raises:
        WrongCodeError: the code is wrong, used or expired.
        CalledError: the name is empty or too long.
        DoorClosedError: the door is closed, or every seat is taken.
    """
    with translate_errors(engine.url), engine.begin() as connection:
        found = _find(connection, code)
        if found is None:
            _count_wrong(connection)
    if found is None:  # raised outside, so that the guess stays counted
        raise WrongCodeError()
    if found.kind in ("seat", PROJECTOR):
        return _enter_once(engine, found)
    return _take_seat(engine, found.room, clean_name(called), seats, known)


def clean_name(called: str) -> str:
    r"""Return a name without spaces at its ends and without characters that change others.

    Raises:
        CalledError: nothing is left, or more than fits.

    >>> clean_name("  Mika\u202e  K. ")
    'Mika K.'
    """
    kept = "".join(
        each for each in UNKEPT.sub("", called) if unicodedata.category(each) not in ("Cf", "Cc")
    )
    name = " ".join(kept.split())
    if not 0 < len(name) <= CALLED:
        raise CalledError(count=len(name), longest=CALLED)
    return name


def room_of(engine: Engine, person_id: str) -> str:
    """Return the room in which somebody has a seat, the latest; '' for none."""
    seat = ROOM_TABLES["room_seat"]
    theirs = select(seat.c.owner).where(seat.c.person_id == person_id, ~seat.c.left)
    with translate_errors(engine.url), read_connection(engine) as connection:
        return connection.scalar(theirs.order_by(seat.c.owner.desc()).limit(1)) or ""


def _take_seat(engine: Engine, room: str, called: str, seats: int, known: str) -> Entered:
    """Give somebody a seat: a new one, with a person and a book, unless they are known."""
    book = Book(engine, room)
    with book.batch("add") as batch:
        connection = batch.connection
        stage = batch.row("room_stage", STAGE)
        if known and find_seat(batch, known):
            return Entered(_person(connection, known), "", room)
        table = ROOM_TABLES["room_seat"]
        here = (table.c.owner == room, ~table.c.left)
        taken = connection.scalar(select(func.count()).select_from(table).where(*here)) or 0
        if stage["door"] == "closed" or stage["state"] == "over" or taken >= seats:
            raise DoorClosedError()
        same = select(func.count()).select_from(table).where(*here, table.c.called == called)
        mark = (connection.scalar(same) or 0) + 1
        who, number = (known, "") if known else _make_person(connection, called)
        values = {"called": called, "mark": mark, "let_in": stage["door"] == "open"}
        batch.add("room_seat", person_id=who, **values)
        return Entered(_person(connection, who), number, room)


def _enter_once(engine: Engine, found: Any) -> Entered:
    """Use a code for one's own seat, or for the projector."""
    with translate_errors(engine.url), engine.begin() as connection:
        used = connection.execute(delete(entry).where(entry.c.hash == found.hash))
        if not used.rowcount:
            raise WrongCodeError()
        who = found.person_id
        if found.kind == PROJECTOR:
            who, number = _make_person(connection, PROJECTOR, PROJECTOR)
            Batch(connection, found.room)
        else:
            number = _begin_session(connection, who)
        return Entered(_person(connection, who), number, found.room)


def _find(connection: Connection, code: str) -> Any:
    """Return the entry of a code that is good now; else None."""
    now = datetime.now(UTC).strftime(MOMENT)
    given = "".join(code.rpartition("#")[2].split())
    good = (entry.c.ends_at == "") | (entry.c.ends_at > now)
    same = entry.c.hash == hash_key(given)
    return connection.execute(select(entry).where(same, good)).one_or_none()


def _count_wrong(connection: Connection) -> None:
    """Count a wrong guess for every typed code; replace those that were guessed at too often."""
    join = entry.c.kind == "join"
    connection.execute(update(entry).where(join).values(wrong=entry.c.wrong + 1))
    worn = select(entry).where(join, entry.c.wrong % GUESSES == 0)
    for row in connection.execute(worn).all():
        connection.execute(delete(entry).where(entry.c.hash == row.hash))
        if row.wrong < GUESSES * REPLACEMENTS:
            _store_digits(connection, row.room, "join", wrong=row.wrong)


def _store_digits(
    connection: Connection, room: str, kind: str, person_id: str = "", wrong: int = 0
) -> str:
    """Store six digits that no other code has, and return them."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        taken = select(entry.c.hash).where(entry.c.hash == hash_key(code))
        if connection.execute(taken).first() is None:
            return _store(connection, room, kind, code, person_id, wrong)


def _store(
    connection: Connection, room: str, kind: str, code: str, person_id: str = "", wrong: int = 0
) -> str:
    """Store a code and return it; one that is used once ends by itself."""
    is_shown = kind in ("join", "key")
    ends = datetime.now(UTC) + timedelta(minutes=_MINUTES)
    row = {
        "hash": hash_key(code),
        "room": room,
        "kind": kind,
        "shown": code if is_shown else "",
        "person_id": person_id,
        "ends_at": "" if is_shown else ends.strftime(MOMENT),
        "wrong": wrong,
    }
    connection.execute(insert(entry).values(row))
    return code


def _make_person(
    connection: Connection, name: str, role: str = PARTICIPANT, days: int = _DAYS
) -> tuple[str, str]:
    """Create a person who has no key of their own; return their id and a session's number."""
    id = new_id()
    row = {
        "id": id,
        "name": name,
        "role": role,
        "key_hash": hash_key(secrets.token_urlsafe(KEY_BYTES)),
        "made_at": current_timestamp(),
        "ends_at": timestamp_after(days),
    }
    connection.execute(insert(person).values(row))
    return id, _begin_session(connection, id)


def _begin_session(connection: Connection, person_id: str) -> str:
    """Begin a session and return its number."""
    number = secrets.token_urlsafe(KEY_BYTES)
    row = {"hash": hash_key(number), "person_id": person_id, "made_at": current_timestamp()}
    connection.execute(insert(session).values(row))
    return number


def _person(connection: Connection, id: str) -> Person:
    """Return a person by their id."""
    row = connection.execute(select(person).where(person.c.id == id)).one()
    return Person(row.id, row.name, row.role, row.ends_at)


def invite_host(engine: Engine, name: str, days: int = _DAYS) -> tuple[Person, str]:
    """Create a facilitator for a room opened at once; return them and a session number."""
    with translate_errors(engine.url), engine.begin() as connection:
        id, number = _make_person(connection, name, FACILITATOR, days)
        return _person(connection, id), number
