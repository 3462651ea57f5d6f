"""The persons of a server for many: who they are, and the key each enters with.

A key is 32 random bytes. What is kept is its hash, so that nobody who reads the database can enter
by it, and so that looking it up takes as long for a wrong key as for a right one. A person's book
is theirs whatever becomes of the key: it can be replaced, and access can end and begin again.

A session is one browser that a person entered with: 32 random bytes again, of which the hash is
kept. Leaving removes it; another key, or the end of somebody's access, removes all of theirs.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, delete, insert, or_, select, update

from enishi.book.database_errors import translate_errors
from enishi.book.errors import InvalidValueError, UnknownPersonError
from enishi.book.ids import new_id
from enishi.book.tables import person, session
from enishi.book.validation import MOMENT
from enishi.identity import PARTICIPANT, SIGNED_IN_DAYS

KEY_BYTES = 32
MOST_SESSIONS = 50
"""Of one person; the oldest ends when there is one more."""
_LONGEST = 80
"""Of a name, in characters: it is shown on every page."""


class Person(NamedTuple):
    """Somebody who has been invited.

    Attributes:
        id: the owner of their book.
        name: what they are called on the screen.
        role: participant or facilitator.
        ends_at: when their access ends, or empty.
    """

    id: str
    name: str
    role: str
    ends_at: str

    def is_welcome(self) -> bool:
        """Tell whether this person may enter now."""
        return not self.ends_at or now() < self.ends_at


def invite(
    engine: Engine, name: str, role: str = PARTICIPANT, days: int | None = None
) -> tuple[Person, str]:
    """Make a person, who may enter for so many `days`; return them and their key.

    The key is known from nowhere else, now or later.

    Raises:
        InvalidValueError: the name is empty or too long.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST:
        expected = "Expected is a name of 1 to {longest} characters."
        raise InvalidValueError(expected, field="name", longest=_LONGEST)
    key, id = secrets.token_urlsafe(KEY_BYTES), new_id()
    row = {"id": id, "name": name, "role": role, "made_at": now(), "ends_at": end(days)}
    with translate_errors(engine.url), engine.begin() as connection:
        connection.execute(insert(person).values(row | {"key_hash": hashed(key)}))
        return find_person(connection, person.c.id == id), key


def renew(engine: Engine, who: str, days: int | None = None) -> tuple[Person, str]:
    """Give somebody another key, and access from now on; the key before opens nothing any more.

    Raises:
        UnknownPersonError: `who` is no id, and not one person's name.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    return _change(engine, who, key_hash=hashed(key), ends_at=end(days)), key


def dismiss(engine: Engine, who: str) -> Person:
    """End somebody's access now. Their book stays as it is.

    Raises:
        UnknownPersonError: `who` is no id, and not one person's name.
    """
    return _change(engine, who, ends_at=now())


def find_account(engine: Engine, id: str) -> Person | None:
    """Return the person `id`, if they may enter."""
    return _welcome(engine, person.c.id == id)


def by_key(engine: Engine, key: str) -> Person | None:
    """Return whom `key` lets in, if anybody."""
    return _welcome(engine, person.c.key_hash == hashed(key))


def enter(engine: Engine, key: str) -> tuple[Person, str] | None:
    """Begin a session of the person whose `key` it is, if anybody's; return them and its number.

    The number is known from nowhere else, now or later. Sessions that are too old, or too many, go.
    """
    if by_key(engine, key) is None:
        return None
    number = secrets.token_urlsafe(KEY_BYTES)
    theirs = select(person).where(person.c.key_hash == hashed(key)).with_for_update()
    with translate_errors(engine.url), engine.begin() as connection:
        found = connection.execute(theirs).one_or_none()  # a new key may have come meanwhile
        if found is None:
            return None
        own = select(session.c.hash).where(session.c.person_id == found.id)
        too_many = own.order_by(session.c.made_at.desc()).offset(MOST_SESSIONS - 1)
        surplus = connection.execute(too_many).scalars().all()
        is_old = session.c.made_at < end(-SIGNED_IN_DAYS)
        connection.execute(delete(session).where(is_old | session.c.hash.in_(surplus)))
        row = {"hash": hashed(number), "person_id": found.id, "made_at": now()}
        connection.execute(insert(session).values(row))
    return to_person(found), number


def end_session(engine: Engine, number: str) -> None:
    """End a session; what is left of it in a browser opens nothing any more."""
    with translate_errors(engine.url), engine.begin() as connection:
        connection.execute(delete(session).where(session.c.hash == hashed(number)))


def by_session(engine: Engine, number: str) -> Person | None:
    """Return whom a session lets in, if anybody."""
    is_theirs = (person.c.id == session.c.person_id) & (session.c.hash == hashed(number))
    return _welcome(engine, is_theirs & (session.c.made_at >= end(-SIGNED_IN_DAYS)))


def everyone(engine: Engine) -> list[Person]:
    """Return everybody who was ever invited, in that order."""
    with translate_errors(engine.url), reading(engine) as connection:
        return [to_person(row) for row in connection.execute(select(person).order_by(person.c.id))]


def _welcome(engine: Engine, which: Any) -> Person | None:
    with translate_errors(engine.url), reading(engine) as connection:
        found = connection.execute(select(person).where(which)).one_or_none()
    someone = to_person(found) if found is not None else None
    return someone if someone is not None and someone.is_welcome() else None


def _change(engine: Engine, who: str, **values: str) -> Person:
    with translate_errors(engine.url), engine.begin() as connection:
        id = find_person(connection, or_(person.c.id == who, person.c.name == who), who).id
        connection.execute(update(person).where(person.c.id == id).values(values))
        connection.execute(delete(session).where(session.c.person_id == id))
        return find_person(connection, person.c.id == id)


def find_person(connection: Connection, which: Any, who: str = "") -> Person:
    """Return the one person there is like that.

    Raises:
        UnknownPersonError: there are none, or several.
    """
    found = connection.execute(select(person).where(which)).all()
    if len(found) != 1:
        raise UnknownPersonError(person=who)
    return to_person(found[0])


def to_person(row: Row[Any]) -> Person:
    """Return a row as a person."""
    return Person(row.id, row.name, row.role, row.ends_at)


def reading(engine: Engine) -> Connection:
    """Return a connection that only reads, and so waits for nobody."""
    return engine.connect().execution_options(enishi_begin="DEFERRED")


def hashed(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def now() -> str:
    """Return this instant as it is kept."""
    return datetime.now(UTC).strftime(MOMENT)


def end(days: int | None) -> str:
    """Return the instant so many days from now; none is never."""
    return (datetime.now(UTC) + timedelta(days=days)).strftime(MOMENT) if days else ""
