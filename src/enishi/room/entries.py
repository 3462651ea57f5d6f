"""Codes that lead into a room, and what happens when somebody gives one.

| kind | what it is | gives |
|---|---|---|
| join | six digits on the room's screen | a new seat, with a person and a book of its own |
| key | 128 bits behind the `#` of the QR code | the same |
| seat | six digits on one's own page, five minutes, once | one's own seat, on another device |
| projector | six digits, five minutes, once | the page that is projected, and nothing else |

Codes are looked up by their hash. Those on the room's screen are stored as they are shown as well.
A wrong, a used and an expired code have the same answer. Twenty wrong guesses replace the typed
code, and end those that are used once; after five replacements the typed code is off until the
facilitator allows it again. A wrong key is no guess at a typed code.

Whoever entered by a projector's code has no seat. An entry of the kind `screen`, which no code
opens and which never ends, says which room they belong to.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from enishi import clock
from enishi.book import Book
from enishi.book.accounts import (
    KEY_BYTES,
    Person,
    current_timestamp,
    hash_key,
    invite,
    read_connection,
    timestamp_after,
)
from enishi.book.batch import Batch
from enishi.book.database_errors import translate_errors
from enishi.book.ids import new_id
from enishi.book.room_tables import CALLED_MOST, ROOM_TABLES, STAGE, entry
from enishi.book.tables import person, session
from enishi.book.validation import MOMENT, UNKEPT
from enishi.identity import FACILITATOR, PARTICIPANT, PROJECTOR, ROOM_PREFIX
from enishi.room.deletion import goes_with_room
from enishi.room.errors import CalledError, DoorClosedError, WrongCodeError
from enishi.room.room import Command, find_seat, make_room
from enishi.room.shown import MARKS, name_shown

WRONG_GUESSES = 20
"""Wrong guesses after which the typed code is replaced."""
REPLACEMENTS = 5
"""Replacements after which it is off."""
_MINUTES = 5
"""For how long a code that is used once is good."""
_DAYS = 31
"""For how long somebody who joined by a code may come back."""

KEPT_DAYS = 30
"""Days after which a room is deleted, unless whoever leads it chooses another day."""
_CODES = ("join", "key", "seat", PROJECTOR)
"""The kinds of entries that a code opens."""
_DIGITS = re.compile(r"\d{6}")
_BLANK_LETTERS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Letters and symbols that Unicode counts among the visible ones, and that show nothing."""

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


@dataclass(frozen=True)
class Place:
    """Where somebody belongs: their room, if any, and what they are called there.

    `leads` says whether they lead it, `is_over` whether its session is over.
    """

    room: str = ""
    leads: bool = False
    is_over: bool = False
    called: str = ""


NOWHERE = Place()


def open_room(
    engine: Engine,
    title: str,
    language: str,
    phases: list[dict[str, Any]],
) -> str:
    """Create a room with its codes and the day it is deleted on, and return its id."""
    id = ROOM_PREFIX + new_id()
    book = Book(engine, id)
    make_room(book, title, language, phases)
    with book.batch("add") as batch:
        last = clock.today() + timedelta(days=KEPT_DAYS)
        batch.update("room_stage", STAGE, delete_on=last.isoformat())
    with translate_errors(engine.url), engine.begin() as connection:
        _store_digits(connection, id, "join")
        _store(connection, id, "key", secrets.token_urlsafe(16))
    return id


def latest_room(engine: Engine) -> str:
    """Return the room that was opened last and whose session is not over; '' for none."""
    stage = ROOM_TABLES["room_stage"]
    going = select(stage.c.owner).where(stage.c.state != "over").order_by(stage.c.owner.desc())
    with translate_errors(engine.url), read_connection(engine) as connection:
        return connection.scalar(going.limit(1)) or ""


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
    _announce(engine, room)


def make_one_time_code(connection: Connection, room: str, kind: OneTime, person_id: str) -> str:
    """Return a code for one's own seat or for the projector; the one before is good no more."""
    same = (entry.c.room == room, entry.c.kind == kind, entry.c.person_id == person_id)
    connection.execute(delete(entry).where(*same))
    return _store_digits(connection, room, kind, person_id)


def enter_room(
    engine: Engine,
    code: str,
    called: str,
    seats: int,
    known: str = "",
    keeps_book: bool = True,
) -> Entered:
    """Let somebody in who gave a code; who has a seat in that room already gets the same one.

    Args:
        engine: the database of all books.
        code: six digits, or the key of a QR code.
        called: the name they want to be called; not needed for a seat of their own.
        seats: how many seats there may be.
        known: the id of a person who is signed in already; else ''.
        keeps_book: whether a book that was there before the room may open on this line.

    Raises:
        WrongCodeError: the code is wrong, used or expired.
        CalledError: the name is empty or too long.
        DoorClosedError: the door is closed, or every seat is taken.
    """
    with translate_errors(engine.url), engine.begin() as connection:
        found = _find(connection, code)
        replaced = _count_wrong(connection, code) if found is None else []
    for room in replaced:
        _announce(engine, room)
    if found is None:  # raised outside, so that the guess stays counted
        raise WrongCodeError()
    if found.kind in ("seat", PROJECTOR):
        return _enter_once(engine, found, keeps_book)
    return _take_seat(engine, found.room, called, seats, known, keeps_book)


def clean_name(called: str) -> str:
    r"""Return a name without spaces at its ends and without characters that change others.

    Equal names look the same to the database, too, and nobody takes the mark of another: see
    `enishi.room.shown.MARKS`.

    Raises:
        CalledError: nothing that can be seen is left, or more than fits.

    >>> clean_name("  Mika\u202e  K. "), clean_name("Rene\u0301 ②")
    ('Mika K.', 'René')
    """
    plain = _BLANK_LETTERS.sub(" ", unicodedata.normalize("NFC", UNKEPT.sub("", called)))
    kept = "".join(each for each in plain if unicodedata.category(each) not in ("Cf", "Cc"))
    name = " ".join(kept.split()).rstrip(f"{MARKS} ")
    if not any(unicodedata.category(each)[0] in "LNPS" for each in name):
        name = ""  # marks without a letter below them
    if not 0 < len(name) <= CALLED_MOST:
        raise CalledError(count=len(name), longest=CALLED_MOST)
    return name


def room_of(engine: Engine, person_id: str) -> str:
    """Return the room somebody belongs to, the latest; '' for none. See `place_of`."""
    return place_of(engine, person_id).room


def place_of(engine: Engine, person_id: str) -> Place:
    """Return where somebody has a seat, or for a projector the room that it shows.

    A seat that was removed is none. Of several seats the one in the latest room counts.
    """
    seat, stage = ROOM_TABLES["room_seat"], ROOM_TABLES["room_stage"]
    seats = (
        select(seat.c.owner, seat.c.leads, seat.c.called, seat.c.mark, stage.c.state)
        .join(stage, stage.c.owner == seat.c.owner)
        .where(seat.c.person_id == person_id, ~seat.c.left)
        .order_by(seat.c.owner.desc())
        .limit(1)
    )
    screens = select(entry.c.room).where(entry.c.kind == "screen", entry.c.person_id == person_id)
    with translate_errors(engine.url), read_connection(engine) as connection:
        row = connection.execute(seats).one_or_none()
        if row is not None:
            shown = name_shown({"called": row.called, "mark": row.mark})
            return Place(row.owner, bool(row.leads), row.state == "over", shown)
        return Place(connection.scalar(screens.limit(1)) or "")


def is_deleted(engine: Engine, room: str) -> bool:
    """Return whether there is no such room any more."""
    stage = ROOM_TABLES["room_stage"]
    with translate_errors(engine.url), read_connection(engine) as connection:
        rows = connection.execute(select(stage.c.id).where(stage.c.owner == room))
        return rows.first() is None


def keep_book(connection: Connection, person_id: str) -> str:
    """Let somebody who joined by a code keep their book for good; return the key to it.

    The key is returned only here. The person stays signed in where they are.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    values = {"key_hash": hash_key(key), "ends_at": ""}
    connection.execute(update(person).where(person.c.id == person_id).values(values))
    return key


def _take_seat(
    engine: Engine, room: str, called: str, seats: int, known: str, keeps_book: bool
) -> Entered:
    """Give somebody a seat: a new one, with a person and a book, unless they bring theirs."""
    with Book(engine, room).batch("add") as batch:
        connection = batch.connection
        if known and find_seat(batch, known):
            return Entered(_person(connection, known), "", room)
        name = clean_name(called)
        stage = batch.row("room_stage", STAGE)
        table = ROOM_TABLES["room_seat"]
        here = (table.c.owner == room, ~table.c.left, ~table.c.leads)
        taken = connection.scalar(select(func.count()).select_from(table).where(*here)) or 0
        if stage["door"] == "closed" or stage["state"] == "over" or taken >= seats:
            raise DoorClosedError()
        own = known if keeps_book else ""
        who, number = (own, "") if own else _make_person(connection, name)
        add_seat(batch, who, name, let_in=stage["door"] == "open")
        return Entered(_person(connection, who), number, room)


def add_seat(batch: Batch, person_id: str, called: str, **values: Any) -> str:
    """Add a seat, with a mark where its name is taken already, and return its id.

    The mark of a seat that was removed stays taken: its person may be let back in.
    """
    mark = _free_mark(batch, called)
    return batch.add("room_seat", person_id=person_id, called=called, mark=mark, **values)


def rename_seat(command: Command, called: str) -> tuple[str, int]:
    """Change the name by which somebody is called; return it, with its mark among equal names.

    Raises:
        CalledError: the name is empty or too long.
        NotPermittedError: they have no seat.
    """
    name = clean_name(called)
    command.update("room_seat", command.seat_id, called=name)
    mark = _free_mark(command.batch, name, command.seat_id)
    command.batch.update("room_seat", command.seat_id, mark=mark)  # follows from the name
    return name, mark


def _free_mark(batch: Batch, called: str, own: str = "") -> int:
    """Return the mark for one more seat of a name; that of the seat `own` does not count."""
    seat = ROOM_TABLES["room_seat"]
    same = (seat.c.owner == batch.owner, seat.c.called == called, seat.c.id != own)
    last: int = batch.connection.scalar(select(func.max(seat.c.mark)).where(*same)) or 0
    return last + 1


def _enter_once(engine: Engine, found: Any, keeps_book: bool) -> Entered:
    """Use a code for one's own seat, or for the projector.

    Raises:
        WrongCodeError: it was used meanwhile, the seat was removed, or a book that was there before
            the room would open where others could read along.
    """
    seat = ROOM_TABLES["room_seat"]
    theirs = (seat.c.owner == found.room, seat.c.person_id == found.person_id, ~seat.c.left)
    with translate_errors(engine.url), engine.begin() as connection:
        used = connection.execute(delete(entry).where(entry.c.hash == found.hash))
        if not used.rowcount:
            raise WrongCodeError()
        if found.kind == PROJECTOR:
            who, number = _make_person(connection, PROJECTOR, PROJECTOR)
            _store(connection, found.room, "screen", secrets.token_urlsafe(16), who)
            return Entered(_person(connection, who), number, found.room)
        has_seat = connection.execute(select(seat.c.id).where(*theirs)).first() is not None
        may_open = keeps_book or goes_with_room(connection, found.room, found.person_id)
        if not (has_seat and may_open):
            raise WrongCodeError()
        who, number = found.person_id, _begin_session(connection, found.person_id)
        return Entered(_person(connection, who), number, found.room)


def clean_code(code: str) -> str:
    """Return a code as it is stored: typed digits may be wide, or parted by spaces and hyphens.

    >>> clean_code("１２３ 456"), clean_code("http://192.168.1.20:8866/join#a-key_")
    ('123456', 'a-key_')
    """
    given = "".join(unicodedata.normalize("NFKC", code.rpartition("#")[2]).split())
    digits = given.replace("-", "")
    return digits if _DIGITS.fullmatch(digits) else given


def _find(connection: Connection, code: str) -> Any:
    """Return the entry of a code that is good now; else None."""
    now = datetime.now(UTC).strftime(MOMENT)
    good = (entry.c.ends_at == "") | (entry.c.ends_at > now)
    same = (entry.c.hash == hash_key(clean_code(code)), entry.c.kind.in_(_CODES))
    return connection.execute(select(entry).where(*same, good)).one_or_none()


def _count_wrong(connection: Connection, code: str) -> list[str]:
    """Count a wrong guess for every typed code; replace or end those guessed at too often.

    Returns:
        the rooms whose typed code was replaced, or is off from now on.
    """
    if not _DIGITS.fullmatch(clean_code(code)):
        return []
    typed = entry.c.kind.in_(("join", "seat", PROJECTOR))
    connection.execute(update(entry).where(typed).values(wrong=entry.c.wrong + 1))
    worn = connection.execute(select(entry).where(typed, entry.c.wrong % WRONG_GUESSES == 0)).all()
    for row in worn:
        connection.execute(delete(entry).where(entry.c.hash == row.hash))
        if row.kind == "join" and row.wrong <= WRONG_GUESSES * REPLACEMENTS:
            _store_digits(connection, row.room, "join", wrong=row.wrong)
    return [row.room for row in worn if row.kind == "join"]


def _announce(engine: Engine, room: str) -> None:
    """Let the pages of a room look anew: its codes, which are outside its tables, have changed."""
    with Book(engine, room).batch("write") as batch:
        now = int(batch.row("room_stage", STAGE)["touched"])
        batch.update("room_stage", STAGE, touched=now + 1)


def _store_digits(
    connection: Connection, room: str, kind: str, person_id: str = "", wrong: int = 0
) -> str:
    """Store six digits that no other code has, and return them."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06}"
        # A page on a database server does not see the codes of other rooms, so it cannot ask first.
        with suppress(IntegrityError), connection.begin_nested():
            return _store(connection, room, kind, code, person_id, wrong)


def _store(
    connection: Connection, room: str, kind: str, code: str, person_id: str = "", wrong: int = 0
) -> str:
    """Store a code and return it; one that is used once ends by itself."""
    is_shown = kind in ("join", "key")
    is_used_once = kind in ("seat", PROJECTOR)
    ends = datetime.now(UTC) + timedelta(minutes=_MINUTES)
    row = {
        "hash": hash_key(code),
        "room": room,
        "kind": kind,
        "shown": code if is_shown else "",
        "person_id": person_id,
        "ends_at": ends.strftime(MOMENT) if is_used_once else "",
        "wrong": wrong,
    }
    connection.execute(insert(entry).values(row))
    return code


def _make_person(connection: Connection, name: str, role: str = PARTICIPANT) -> tuple[str, str]:
    """Create a person who has no key of their own; return their id and a session's number."""
    id = new_id()
    row = {
        "id": id,
        "name": name,
        "role": role,
        "key_hash": hash_key(secrets.token_urlsafe(KEY_BYTES)),
        "made_at": current_timestamp(),
        "ends_at": timestamp_after(_DAYS),
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


def invite_host(engine: Engine, room: str, name: str) -> tuple[Person, str]:
    """Invite somebody to lead a room, with a seat in it; return them and their key.

    Raises:
        CalledError: the name is empty or too long.
    """
    called = clean_name(name)
    person, key = invite(engine, called, FACILITATOR, _DAYS)
    lead_room(engine, room, person.id, called)
    return person, key


def renew_host(engine: Engine, room: str, name: str) -> str:
    """Return a new key for whoever leads a room; the one before is good no more.

    Browsers that are signed in stay so. Without a room it is for somebody called `name` who may
    open one.
    """
    seat = ROOM_TABLES["room_seat"]
    leading = select(seat.c.person_id).where(seat.c.owner == room, seat.c.leads, ~seat.c.left)
    whose = person.c.id.in_(leading) if room else person.c.name == name
    # whoever was invited without an end has a key that somebody handed out
    hosts = (person.c.role == FACILITATOR, person.c.ends_at > current_timestamp(), whose)
    with translate_errors(engine.url), engine.begin() as connection:
        id = connection.scalar(select(person.c.id).where(*hosts).order_by(person.c.id).limit(1))
        if id is not None:
            key = secrets.token_urlsafe(KEY_BYTES)
            values = {"key_hash": hash_key(key), "ends_at": timestamp_after(_DAYS)}
            connection.execute(update(person).where(person.c.id == id).values(values))
            return key
    found = invite_host(engine, room, name) if room else invite(engine, name, FACILITATOR, _DAYS)
    return found[1]


def lead_room(engine: Engine, room: str, person_id: str, name: str) -> None:
    """Give somebody who is here already a seat from which they lead a room."""
    with Book(engine, room).batch("add") as batch:
        add_seat(batch, person_id, clean_name(name), leads=True, let_in=True)
