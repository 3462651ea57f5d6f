"""Accounts of a server for many persons: who may enter, with which key, and their sessions.

A key is 32 random bytes. The database stores only its SHA-256 hash, so reading the database does
not give access, and a lookup takes the same time for a wrong key as for a right one. A book belongs
to its person independently of the key: a key can be replaced, and access can end and begin again.

A person who signs in at a provider has no key: in the place of its hash is `oidc:` and the hash of
the provider's name for them, which is the hash of no key.

A session is one browser a person signed in with: 32 random bytes, stored as a hash as well. Signing
out removes the session; a new key or the end of access removes all sessions of that person.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, delete, insert, or_, select, update

from enishi.book.database import vacuum
from enishi.book.database_errors import translate_errors
from enishi.book.dialects import lock_owner
from enishi.book.errors import InvalidValueError, UnknownPersonError
from enishi.book.ids import new_id
from enishi.book.share_tables import remove_shares, shares_of
from enishi.book.tables import person, session
from enishi.book.validation import MOMENT
from enishi.identity import PARTICIPANT, SIGNED_IN_DAYS

KEY_BYTES = 32
PROVIDER_MARK = "oidc:"
"""How the entry of a person begins who signs in at a provider, in the place of a key's hash."""
PROVIDER_DAYS = 7
"""Days after which a person who signed in at a provider has to sign in there again."""
MOST_SESSIONS = 50
"""Maximum sessions of one person; one more ends the oldest."""
_READ: tuple[Any, ...] = (person.c.id, person.c.name, person.c.role, person.c.ends_at)
"""What says who somebody is; the account of the pages may read no more of a row."""
_LONGEST = 80
"""Maximum length of a name in characters; every page shows it."""


class Person(NamedTuple):
    """A person who was invited.

    Attributes:
        id: the owner id of their book.
        name: the name the pages show.
        role: participant or facilitator.
        ends_at: the instant their access ends, or empty for never.
    """

    id: str
    name: str
    role: str
    ends_at: str

    def has_access(self) -> bool:
        """Return whether this person may enter now."""
        return not self.ends_at or current_timestamp() < self.ends_at


def invite(
    engine: Engine, name: str, role: str = PARTICIPANT, days: int | None = None
) -> tuple[Person, str]:
    """Create a person whose access lasts `days` (None: no end); return them and their key.

    The key is returned only here; it cannot be recovered later.

    Raises:
        InvalidValueError: the name is empty or too long.
    """
    name = person_name(name)
    key, id = secrets.token_urlsafe(KEY_BYTES), new_id()
    row = {
        "id": id,
        "name": name,
        "role": role,
        "made_at": current_timestamp(),
        "ends_at": timestamp_after(days),
    }
    with translate_errors(engine.url), engine.begin() as connection:
        connection.execute(insert(person).values(row | {"key_hash": hash_key(key)}))
        return find_person(connection, person.c.id == id), key


def person_name(name: str) -> str:
    """Return the name of a person as it is stored.

    Raises:
        InvalidValueError: it is empty or too long.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= _LONGEST:
        expected = "Expected is a name of 1 to {longest} characters."
        raise InvalidValueError(expected, field="name", longest=_LONGEST)
    return name


def renew(engine: Engine, who: str, days: int | None = None) -> tuple[Person, str]:
    """Replace a person's key and restart their access; the previous key stops working.

    A person who signs in at a provider gets access again but no key; the key returned is empty.

    Raises:
        UnknownPersonError: `who` is neither an id nor the name of exactly one person.
    """
    if signs_in_elsewhere(engine, who):
        return _change(engine, who, ends_at=timestamp_after(days)), ""
    key = secrets.token_urlsafe(KEY_BYTES)
    return _change(engine, who, key_hash=hash_key(key), ends_at=timestamp_after(days)), key


def dismiss(engine: Engine, who: str) -> Person:
    """End a person's access now, and what they show to a coach; their book is not changed.

    Raises:
        UnknownPersonError: `who` is neither an id nor the name of exactly one person.
    """
    dismissed = _change(engine, who, ends_at=current_timestamp())
    with translate_errors(engine.url), engine.begin() as connection:
        removed = remove_shares(connection, shares_of(dismissed.id))
    if removed:
        vacuum(engine)
    return dismissed


def find_named(engine: Engine, who: str) -> Person:
    """Return the person with this id or name, whether or not they may enter.

    Raises:
        UnknownPersonError: `who` is neither an id nor the name of exactly one person.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        return find_person(connection, or_(person.c.id == who, person.c.name == who), who)


def find_account(engine: Engine, id: str) -> Person | None:
    """Return the person with this `id`, or None if there is none or their access has ended."""
    return _find_admitted(engine, person.c.id == id)


def is_known(engine: Engine, id: str) -> bool:
    """Return whether there is a person with this `id`, who may have no access any more."""
    with translate_errors(engine.url), read_connection(engine) as connection:
        return connection.execute(select(person.c.id).where(person.c.id == id)).first() is not None


def find_by_key(engine: Engine, key: str) -> Person | None:
    """Return the person whose key this is, or None if there is none or their access has ended."""
    return _find_admitted(engine, person.c.key_hash == hash_key(key))


def begin_session(engine: Engine, key: str) -> tuple[Person, str] | None:
    """Begin a session for the person with this key; return them and the session number, or None.

    The number is returned only here; it cannot be recovered later. Expired sessions of all persons,
    and this person's oldest ones beyond `MOST_SESSIONS`, are deleted.
    """
    if find_by_key(engine, key) is None:
        return None
    theirs = select(person).where(person.c.key_hash == hash_key(key)).with_for_update()
    with translate_errors(engine.url), engine.begin() as connection:
        found = connection.execute(theirs).one_or_none()  # the key may have been replaced meanwhile
        if found is None:
            return None
        return to_person(found), _add_session(connection, found.id)


def _add_session(connection: Connection, id: str) -> str:
    """Add a session of the person with this `id`, and return its number."""
    number = secrets.token_urlsafe(KEY_BYTES)
    own = select(session.c.hash).where(session.c.person_id == id)
    too_many = own.order_by(session.c.made_at.desc()).offset(MOST_SESSIONS - 1)
    surplus = connection.execute(too_many).scalars().all()
    is_old = session.c.made_at < timestamp_after(-SIGNED_IN_DAYS)
    connection.execute(delete(session).where(is_old | session.c.hash.in_(surplus)))
    row = {"hash": hash_key(number), "person_id": id, "made_at": current_timestamp()}
    connection.execute(insert(session).values(row))
    return number


class ProviderSignIn(NamedTuple):
    """The result of a sign-in at a provider.

    Attributes:
        person: who they are here.
        session: the number of their session; empty if their access has ended.
        is_new: whether they came for the first time.
    """

    person: Person
    session: str
    is_new: bool


def sign_in_by_provider(
    engine: Engine, issuer: str, subject: str, name: str, role: str
) -> ProviderSignIn:
    """Begin a session for a person who signed in at a provider; the first time, add their account.

    Their name and role become those that are given. Where their access has ended, nothing changes.

    Args:
        engine: the database of the accounts.
        issuer: the provider.
        subject: the provider's own name for the person, which it never gives to another.
        name: the name that the pages show; cut if it is too long.
        role: participant or facilitator.
    """
    mark = provider_mark(issuer, subject)
    name = " ".join(name.split())[:_LONGEST] or "–"
    with translate_errors(engine.url), engine.begin() as connection:
        lock_owner(connection, mark)  # two tabs of one person come at once
        theirs = select(person).where(person.c.key_hash == mark)
        found = connection.execute(theirs).one_or_none()
        if found is not None and not to_person(found).has_access():
            return ProviderSignIn(to_person(found), "", False)
        if found is None:
            row = {"id": new_id(), "key_hash": mark, "made_at": current_timestamp(), "ends_at": ""}
            connection.execute(insert(person).values(row | {"name": name, "role": role}))
        else:
            changed = update(person).where(person.c.key_hash == mark)
            connection.execute(changed.values(name=name, role=role))
        someone = find_person(connection, person.c.key_hash == mark)
        return ProviderSignIn(someone, _add_session(connection, someone.id), found is None)


def end_sessions_by_provider(engine: Engine, issuer: str, subject: str) -> None:
    """End all sessions of a person who may no longer enter by the provider."""
    theirs = select(person.c.id).where(person.c.key_hash == provider_mark(issuer, subject))
    with translate_errors(engine.url), engine.begin() as connection:
        connection.execute(delete(session).where(session.c.person_id.in_(theirs)))


def signs_in_elsewhere(engine: Engine, who: str) -> bool:
    """Return whether the person with this id or name signs in at a provider, without a key."""
    is_marked = person.c.key_hash.startswith(PROVIDER_MARK)
    found = select(person.c.id).where(or_(person.c.id == who, person.c.name == who) & is_marked)
    with translate_errors(engine.url), read_connection(engine) as connection:
        return connection.execute(found).first() is not None


def provider_mark(issuer: str, subject: str) -> str:
    """Return what stands in the place of a key's hash; see the top of this module."""
    return PROVIDER_MARK + hash_key(f"{issuer}\n{subject}")


def end_session(engine: Engine, number: str) -> None:
    """End a session; a cookie that still holds its number gives no access."""
    with translate_errors(engine.url), engine.begin() as connection:
        connection.execute(delete(session).where(session.c.hash == hash_key(number)))


def find_by_session(engine: Engine, number: str) -> Person | None:
    """Return the person of a session; None if it is unknown or expired, or their access ended."""
    is_theirs = (person.c.id == session.c.person_id) & (session.c.hash == hash_key(number))
    has_key = ~person.c.key_hash.startswith(PROVIDER_MARK)
    is_young = session.c.made_at >= timestamp_after(-PROVIDER_DAYS)
    is_valid = session.c.made_at >= timestamp_after(-SIGNED_IN_DAYS)
    return _find_admitted(engine, is_theirs & is_valid & (has_key | is_young))


def list_persons(engine: Engine) -> list[Person]:
    """Return all persons ever invited, in the order of their invitation."""
    with translate_errors(engine.url), read_connection(engine) as connection:
        return [to_person(row) for row in connection.execute(select(person).order_by(person.c.id))]


def _find_admitted(engine: Engine, condition: Any) -> Person | None:
    with translate_errors(engine.url), read_connection(engine) as connection:
        found = connection.execute(select(*_READ).where(condition)).one_or_none()
    someone = to_person(found) if found is not None else None
    return someone if someone is not None and someone.has_access() else None


def _change(engine: Engine, who: str, **values: str) -> Person:
    with translate_errors(engine.url), engine.begin() as connection:
        id = find_person(connection, or_(person.c.id == who, person.c.name == who), who).id
        connection.execute(update(person).where(person.c.id == id).values(values))
        connection.execute(delete(session).where(session.c.person_id == id))
        return find_person(connection, person.c.id == id)


def find_person(connection: Connection, condition: Any, who: str = "") -> Person:
    """Return the one person that matches `condition`.

    Raises:
        UnknownPersonError: no person matches, or several do.
    """
    found = connection.execute(select(person).where(condition)).all()
    if len(found) != 1:
        raise UnknownPersonError(person=who)
    return to_person(found[0])


def to_person(row: Row[Any]) -> Person:
    """Convert a database row to a `Person`."""
    return Person(row.id, row.name, row.role, row.ends_at)


def read_connection(engine: Engine) -> Connection:
    """Return a read-only connection, which does not wait for writers."""
    return engine.connect().execution_options(enishi_begin="DEFERRED")


def hash_key(key: str) -> str:
    """Return the hash under which a key is stored."""
    return hashlib.sha256(key.encode()).hexdigest()


def current_timestamp() -> str:
    """Return the current instant in the stored format."""
    return datetime.now(UTC).strftime(MOMENT)


def timestamp_after(days: int | None) -> str:
    """Return the instant `days` from now in the stored format; empty (never) without days."""
    return (datetime.now(UTC) + timedelta(days=days)).strftime(MOMENT) if days else ""
