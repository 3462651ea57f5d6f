"""What is open to whom: making, changing and withdrawing shares, and what their readers get.

Every function takes the person who acts, and asks in its own transaction whether they may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from enishi import clock
from enishi.book import database
from enishi.book.accounts import current_timestamp, read_connection
from enishi.book.database_errors import translate_errors
from enishi.book.dialects import lock_owner
from enishi.book.ids import new_id
from enishi.book.share_tables import remove_shares, share, share_comment, share_page
from enishi.book.tables import person
from enishi.identity import FACILITATOR, ME
from enishi.sharing.errors import ChosenPagesError, NoCoachError, NotSharedError, UntilError
from enishi.sharing.pages import KEY, SharedPage

LONGEST_DAYS = 366
"""Most days for which pages are open."""
MOST_PAGES = 40
"""Most pages of one share."""
_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""Fine enough that what changes right after a look is after it."""

_SECURED = "SELECT to_regprocedure('enishi_coaches()') IS NOT NULL"
"""Whether row-level security hides from a page all accounts but its own."""


class ShareParty(NamedTuple):
    """One side of a share: their id, '' for somebody reached by a file, and their name."""

    id: str
    name: str


@dataclass(frozen=True)
class PageShare:
    """Pages that are open to one reader.

    Attributes:
        id: its id.
        person: whose pages they are.
        reader: who reads them.
        until: the last day.
        is_masked: whether initials replace the names of people.
        looked_at: when the reader last looked, as a stored instant; '' for never.
        origin: of pages that came by a file, the id of the share where it was made; else ''.
        revision: grows with every change of the pages, the comments and what is open.
    """

    id: str
    person: ShareParty
    reader: ShareParty
    until: date
    is_masked: bool
    looked_at: str
    origin: str
    revision: int


def list_coaches(engine: Engine, person_id: str) -> list[ShareParty]:
    """Return who coaches on this server, without `person_id` themselves, by name."""
    rows: Any = select(person.c.id, person.c.name).where(_coaches())
    with translate_errors(engine.url), read_connection(engine) as connection:
        if engine.dialect.name == "postgresql" and connection.scalar(text(_SECURED)):
            rows = text("SELECT id, name FROM enishi_coaches()")
        found = [ShareParty(row.id, row.name) for row in connection.execute(rows)]
    return sorted((each for each in found if each.id != person_id), key=lambda each: each.name)


def open_share(
    engine: Engine,
    whose: ShareParty,
    reader: ShareParty,
    keys: Sequence[str],
    until: date,
    today: date,
    *,
    is_masked: bool,
) -> str:
    """Open pages to a reader, and return the share's id; `publish` copies the pages.

    A reader without an id gets them by a file.

    Raises:
        NoCoachError: the reader does not coach on this server.
        ChosenPagesError, UntilError: the pages or the last day do not fit.
    """
    _check(keys, until, today)
    if reader.id and reader not in list_coaches(engine, whose.id):
        raise NoCoachError()
    id = new_id()
    with writing_share(engine, id) as connection:
        row = {
            **{"id": id, "person_id": whose.id, "person_name": whose.name},
            **{"reader_id": reader.id, "reader_name": reader.name, "origin": ""},
            **{
                "until": until.isoformat(),
                "is_masked": is_masked,
                "made_at": moment_now(),
                "looked_at": "",
            },
        }
        connection.execute(insert(share).values(row | {"revision": 1}))
        _choose(connection, id, keys)
    return id


def receive_pages(
    engine: Engine,
    reader: ShareParty,
    whose: str,
    origin: str,
    until: date,
    pages: Sequence[SharedPage],
) -> str:
    """Keep pages that came by a file for whoever reads them, and return the share's id.

    A later file of the same share takes the place of the earlier one; comments stay.

    Args:
        engine: the database.
        reader: who reads them.
        whose: the name of the person whose pages they are.
        origin: the id of the share where it was made.
        until: the last day.
        pages: the pages.

    Raises:
        NotSharedError: they do not coach.
    """
    is_it = (share.c.person_id == "") & (share.c.reader_id == reader.id)
    with writing_share(engine, reader.id) as connection:
        if not _may_read(connection, reader.id):
            raise NotSharedError()
        there = connection.scalar(select(share.c.id).where(is_it, share.c.origin == origin))
        id = there or new_id()
        values = {"person_name": whose, "until": until.isoformat()}
        if there is None:
            row = {
                **{"id": id, "person_id": "", "reader_id": reader.id, "reader_name": reader.name},
                **{"origin": origin, "is_masked": False, "made_at": moment_now()},
            }
            connection.execute(
                insert(share).values(row | values | {"looked_at": "", "revision": 1})
            )
        connection.execute(update(share).where(share.c.id == id).values(values))
        connection.execute(delete(share_page).where(share_page.c.share_id == id))
        _choose(connection, id, [page.key for page in pages])
        for page in pages:
            _copy(connection, id, page.key, msgspec.json.encode(page).decode())
        raise_revision(connection, id)
    return id


def change_share(
    engine: Engine,
    id: str,
    person_id: str,
    keys: Sequence[str],
    until: date,
    today: date,
    *,
    is_masked: bool,
) -> None:
    """Open other pages, or until another day; what is not chosen any more is removed.

    Comments on it stay with the person, without what they quote.

    Raises:
        NotSharedError: it is not this person's.
        ChosenPagesError, UntilError: the pages or the last day do not fit.
    """
    _check(keys, until, today)
    with writing_share(engine, id) as connection:
        _own(connection, id, person_id)
        its = share_page.c.share_id == id
        closed = delete(share_page).where(its, share_page.c.key.not_in(list(keys)))
        is_any_closed = connection.execute(closed).rowcount > 0
        beside = share_comment.c.share_id == id, share_comment.c.key.not_in(list(keys))
        connection.execute(update(share_comment).where(*beside).values(quote=""))
        connection.execute(update(share_page).where(its).values(content=""))
        _choose(connection, id, keys)
        values = {"until": until.isoformat(), "is_masked": is_masked}
        connection.execute(update(share).where(share.c.id == id).values(values))
        raise_revision(connection, id)
    if is_any_closed:
        database.vacuum(engine)


def withdraw(engine: Engine, id: str, person_id: str) -> bool:
    """Remove a share with its pages and comments; a reader's open pages show it at once.

    Returns:
        Whether the file was rewritten without the texts; see `enishi.book.erasure`.

    Raises:
        NotSharedError: it is neither this person's, nor one that they read from a file.
    """
    with writing_share(engine, id) as connection:
        row = connection.execute(select(share).where(share.c.id == id)).one_or_none()
        is_theirs = row is not None and (
            row.person_id == person_id or (not row.person_id and row.reader_id == person_id)
        )
        if not person_id or not is_theirs:
            raise NotSharedError()
        remove_shares(connection, [id])
    return database.vacuum(engine)


def remove_ended(engine: Engine, today: date) -> int:
    """Remove the pages whose last day has passed, with their comments; return how many shares.

    One day more is left, for a reader in another time zone. Pages of somebody whose access has
    ended are removed as well.
    """
    last = (today - timedelta(days=1)).isoformat()
    ended = or_(share.c.until < last, _has_left())
    with translate_errors(engine.url), engine.begin() as connection:
        return remove_shares(connection, list(connection.scalars(select(share.c.id).where(ended))))


def shares_given(engine: Engine, person_id: str) -> list[PageShare]:
    """Return what a person has open, the oldest first."""
    with translate_errors(engine.url), read_connection(engine) as connection:
        rows = connection.execute(
            select(share).where(share.c.person_id == person_id).order_by(share.c.id)
        )
        return [_to_share(row) for row in rows]


def shares_received(engine: Engine, reader_id: str, today: date) -> list[PageShare]:
    """Return what is open to a reader today, by the names of whose it is.

    Nothing, for somebody who does not coach any more.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        if not _may_read(connection, reader_id):
            return []
        is_open = (share.c.until >= today.isoformat(), ~_has_left())
        rows = connection.execute(select(share).where(share.c.reader_id == reader_id, *is_open))
        return sorted(map(_to_share, rows), key=lambda each: (each.person.name, each.id))


def chosen_keys(engine: Engine, id: str, person_id: str) -> list[str]:
    """Return what is open of a person's own share, in their order.

    Raises:
        NotSharedError: it is not theirs.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        _own(connection, id, person_id)
        rows = select(share_page.c.key).where(share_page.c.share_id == id)
        return list(connection.scalars(rows.order_by(share_page.c.place)))


def publish(
    engine: Engine, id: str, person_id: str, pages: Mapping[str, SharedPage | None]
) -> bool:
    """Copy pages for the reader; return whether anything changed.

    Only what is chosen at this moment is copied. A page that is None shows that there is nothing.
    A page that says the same on another day is not new to the reader.

    Raises:
        NotSharedError: the share is not this person's, or was withdrawn.
    """
    with writing_share(engine, id) as connection:
        _own(connection, id, person_id)
        rows = select(share_page).where(share_page.c.share_id == id)
        changed = False
        for row in connection.execute(rows).all():
            if row.key not in pages:
                continue
            page = pages[row.key]
            content = msgspec.json.encode(page).decode() if page is not None else ""
            if content == row.content:
                continue
            was = msgspec.json.decode(row.content, type=SharedPage) if row.content else None
            is_new = page is None or was is None or page.says() != was.says()
            _copy(connection, id, row.key, content, "" if is_new else row.changed_at)
            changed = True
        if changed:
            raise_revision(connection, id)
    return changed


def read_pages(engine: Engine, id: str, who: str, today: date) -> list[SharedPage]:
    """Return the pages of a share for its reader or its person, in the person's order.

    Raises:
        NotSharedError: it is not open to them today.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        find_share(connection, id, who, today)
        return list(_pages(connection, id))


def find_changed(
    engine: Engine, id: str, reader_id: str, since: str, today: date
) -> list[SharedPage]:
    """Return the pages that changed after the stored instant `since`; with '' all of them.

    Raises:
        NotSharedError: it is not open to them today.
    """
    with translate_errors(engine.url), read_connection(engine) as connection:
        find_share(connection, id, reader_id, today)
        return list(_pages(connection, id, share_page.c.changed_at > since))


def mark_looked(engine: Engine, id: str, reader_id: str, today: date) -> None:
    """Note that the reader looked now, which the person sees.

    Raises:
        NotSharedError: it is not open to them today.
    """
    with writing_share(engine, id) as connection:
        if find_share(connection, id, reader_id, today).reader.id != reader_id:
            raise NotSharedError()
        now = moment_now()
        connection.execute(update(share).where(share.c.id == id).values(looked_at=now))
        raise_revision(connection, id)


def share_state(engine: Engine, who: str, today: date) -> str:
    """Return a text that is another one after anything changed that this person sees of shares."""
    revision = func.coalesce(func.sum(share.c.revision), 0)
    seen = or_(share.c.person_id == who, (share.c.reader_id == who) & ~_has_left())
    rows = select(revision, func.count(), func.max(share.c.id)).where(seen)
    with translate_errors(engine.url), read_connection(engine) as connection:
        found = connection.execute(rows).one()
        return f"{today} {_may_read(connection, who)} {tuple(found)}"


def find_share(connection: Connection, id: str, who: str, today: date) -> PageShare:
    """Return a share for one of its two sides.

    Raises:
        NotSharedError: there is none of this id for them; or, for its reader, its last day has
            passed, the person is not on the server any more, or the reader does not coach.
    """
    asked = select(share, _has_left().label("has_left")).where(share.c.id == id)
    row = connection.execute(asked).one_or_none()
    if row is None or not who or who not in (row.person_id, row.reader_id):
        raise NotSharedError()
    has_ended = row.until < today.isoformat() or row.has_left
    if who == row.reader_id and (has_ended or not _may_read(connection, who)):
        raise NotSharedError()
    return _to_share(row)


def find_page(connection: Connection, id: str, key: str) -> SharedPage:
    """Return one page of a share that was found.

    Raises:
        NotSharedError: there is no such page.
    """
    found = next(_pages(connection, id, share_page.c.key == key), None)
    if found is None:
        raise NotSharedError()
    return found


def raise_revision(connection: Connection, id: str) -> None:
    """Let both sides look anew."""
    raised = share.c.revision + 1
    connection.execute(update(share).where(share.c.id == id).values(revision=raised))


def moment_now() -> str:
    """Return the current instant in the stored format."""
    return clock.now().strftime(_INSTANT)


@contextmanager
def writing_share(engine: Engine, id: str) -> Iterator[Connection]:
    """Yield the connection of a write transaction; only one per share runs at a time."""
    with translate_errors(engine.url), engine.begin() as connection:
        lock_owner(connection, id)
        yield connection


def _check(keys: Sequence[str], until: date, today: date) -> None:
    fits = all(KEY.fullmatch(key) for key in keys) and len(set(keys)) == len(keys)
    if not fits or not 0 < len(keys) <= MOST_PAGES:
        raise ChosenPagesError(count=len(keys), most=MOST_PAGES)
    if not today <= until <= today + timedelta(days=LONGEST_DAYS):
        raise UntilError(found=until.isoformat(), longest=LONGEST_DAYS)


def _choose(connection: Connection, id: str, keys: Sequence[str]) -> None:
    """Store which pages are open, in their order."""
    rows = select(share_page.c.key).where(share_page.c.share_id == id)
    there = set(connection.scalars(rows))
    for place, key in enumerate(keys):
        if key in there:
            page = update(share_page).where(share_page.c.share_id == id, share_page.c.key == key)
            connection.execute(page.values(place=place))
        else:
            new = {"share_id": id, "key": key, "place": place, "content": "", "changed_at": ""}
            connection.execute(insert(share_page).values(new))


def _copy(connection: Connection, id: str, key: str, content: str, changed_at: str = "") -> None:
    page = update(share_page).where(share_page.c.share_id == id, share_page.c.key == key)
    connection.execute(page.values(content=content, changed_at=changed_at or moment_now()))


def _own(connection: Connection, id: str, person_id: str) -> None:
    found = connection.scalar(select(share.c.person_id).where(share.c.id == id))
    if not person_id or found != person_id:
        raise NotSharedError()


def _pages(
    connection: Connection, id: str, *conditions: ColumnElement[bool]
) -> Iterator[SharedPage]:
    """Yield the copied pages of a share that meet the conditions, in the person's order."""
    rows = select(share_page.c.content).where(share_page.c.share_id == id, *conditions)
    for content in connection.scalars(rows.order_by(share_page.c.place)):
        if content:
            yield msgspec.json.decode(content, type=SharedPage)


def _coaches() -> ColumnElement[bool]:
    now = current_timestamp()
    return (person.c.role == FACILITATOR) & ((person.c.ends_at == "") | (person.c.ends_at > now))


def _has_left() -> ColumnElement[bool]:
    """Return the condition that the access of a share's person has ended.

    A page with row-level security sees no account but its own; there the policies add the same.
    """
    ended = (person.c.ends_at != "", person.c.ends_at <= current_timestamp())
    return select(person.c.id).where(person.c.id == share.c.person_id, *ended).exists()


def _may_read(connection: Connection, who: str) -> bool:
    """Return whether somebody coaches: on their own computer, everybody may read a file."""
    if who == ME:
        return True
    found = select(person.c.id).where(person.c.id == who, _coaches())
    return connection.execute(found).first() is not None


def _to_share(row: Row[Any]) -> PageShare:
    return PageShare(
        row.id,
        ShareParty(row.person_id, row.person_name),
        ShareParty(row.reader_id, row.reader_name),
        date.fromisoformat(row.until),
        bool(row.is_masked),
        row.looked_at,
        row.origin,
        row.revision,
    )
