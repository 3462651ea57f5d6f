"""The book: every change is one call, one transaction and one row in the journal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import tee
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from enishi import clock
from enishi.book import database, erasure, journal, undo
from enishi.book.batch import Batch
from enishi.book.copies.erased_copies import Remove, clean_copies
from enishi.book.database_errors import translate_errors
from enishi.book.dialects import lock_owner, read_only
from enishi.book.frames import FrameCache
from enishi.book.ids import new_id
from enishi.book.journal import ChangeSet, RowChange, Values
from enishi.book.tables import TABLES
from enishi.book.undo import UndoResult
from enishi.book.write_quota import QUOTA, ROOM_QUOTA, WrittenBytes, bytes_written, check_quota
from enishi.identity import ME, ROOM, ROOM_PREFIX, check_owner, identity, is_hosted

if TYPE_CHECKING:
    import pandas as pd


FindCall = Callable[[Iterable[ChangeSet]], ChangeSet | None]
"""Chooses among the calls of a book, the newest first, the one to take back."""


@dataclass
class Book:
    """One person's book; open it with `open_book`.

    Attributes:
        engine: the database.
        owner: the person, or the room whose book this is.
        by: who writes; in a room a person's id, and "me" for the server.

    Raises:
        NoIdentityError, WrongOwnerError: this process may not open the book of `owner`.

    Example:
        >>> book = open_book()                                     # doctest: +SKIP
        >>> ann = book.add("contact", name="架空 花子")              # doctest: +SKIP
        >>> book.update("contact", ann, 1, how_met="勉強会（例）")     # doctest: +SKIP
        2
        >>> book.undo()                                            # doctest: +SKIP
    """

    engine: Engine
    owner: str
    by: str = "me"
    _frames: FrameCache = field(init=False, repr=False)
    _snapshot: Connection | None = field(default=None, init=False, repr=False)
    quota: int | None = field(default=None, init=False)
    """Bytes by which `by` may grow the book within an hour; None on the person's own computer."""
    _growth: WrittenBytes = field(default_factory=WrittenBytes, init=False, repr=False)
    _written: tuple[str, RowChange] | None = field(default=None, init=False, repr=False)
    """The batch and the change of the last `write`; a write that continues it joins its call."""

    def __post_init__(self) -> None:
        check_owner(self.owner)
        self._frames = FrameCache(self.owner)
        quota = ROOM_QUOTA if self.owner.startswith(ROOM_PREFIX) else QUOTA
        self.quota = None if self.owner == ME else quota

    def close(self) -> None:
        """Close the database connections; the next use opens them again."""
        self.engine.dispose()

    # -- changing -------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the connection of a write transaction; only one per owner runs at a time.

        Everything is committed, or, if anything fails, nothing.

        Raises:
            MovedBookError: the book's file was removed, moved or replaced.
            BookError: the database failed.
        """
        with translate_errors(self.engine.url):
            with self.engine.begin() as connection:
                lock_owner(connection, self.owner)
                yield connection
            database.check_in_place(self.engine)

    @contextmanager
    def growing(self) -> Iterator[Connection]:
        """Yield a connection like `writing`, within the book's quota.

        Raises:
            GrowthError: the book would grow by more than its quota.
        """
        growth = self._growth
        with self.writing() as connection:
            yield connection
            if self.quota is not None:
                known = self._growth
                growth = bytes_written(connection, self.owner, self.by, known, clock.now())
                check_quota(growth, self.quota)
        self._growth = growth

    @contextmanager
    def batch(self, verb: str) -> Iterator[Batch]:
        """Yield a `Batch` whose changes become one call: all of them, or, on failure, none."""
        with self._call(verb) as batch:
            yield batch

    @contextmanager
    def _call(self, verb: str, follows: tuple[str, RowChange] | None = None) -> Iterator[Batch]:
        """Yield the batch of a call; one that continues the write `follows` is merged with it."""
        with self.growing() as connection:
            batch = Batch(connection, self.owner)
            yield batch
            row_changes = journal.merge_changes(batch.row_changes)
            if row_changes:
                self._record(connection, batch, verb, row_changes, follows)

    def _record(
        self,
        connection: Connection,
        batch: Batch,
        verb: str,
        row_changes: list[RowChange],
        follows: tuple[str, RowChange] | None,
    ) -> None:
        at = clock.now()
        if follows is not None and journal.is_continuation(follows[1], row_changes[0]):
            last, then = follows[0], row_changes[0]
            earlier = journal.latest_mergeable(connection, self.owner, self.by, last, then, at)
            if earlier is not None:
                batch.id, at, row_changes = earlier.batch, earlier.at, [earlier.row_change]
        journal.record_call(connection, self.owner, self.by, batch.id, verb, row_changes, at)

    def add(self, table: str, /, **values: Any) -> str:
        """Create a row and return its id."""
        with self.batch("add") as batch:
            return batch.add(table, **values)

    def update(self, table: str, id: str, version: int | None = None, /, **values: Any) -> int:
        """Write on a row; see `Batch.update`.

        Consecutive writes through this object on the same fields of a row become one call for a
        minute: one row in the journal, and one undo takes them back.
        """
        with self._call("write", self._written) as batch:
            written = batch.update(table, id, version, **values)
        if batch.row_changes:
            self._written = (batch.id, batch.row_changes[0])
        return written

    def delete(self, table: str, id: str) -> None:
        """Remove a row; a contact goes to the trash instead and can be restored."""
        with self.batch("drop") as batch:
            if table == "contact":
                batch.update(table, id, trashed_on=clock.today().isoformat(), focus=False)
            else:
                batch.delete(table, id)

    def restore(self, id: str) -> None:
        """Take a contact out of the trash."""
        with self.batch("restore") as batch:
            batch.update("contact", id, trashed_on="")

    def upsert(
        self,
        table: str,
        id: str,
        version: int | None = None,
        fresh: Mapping[str, Any] | None = None,
        /,
        **values: Any,
    ) -> int:
        """Write on the row `id`, creating it if missing; see `Batch.upsert`."""
        with self.batch("write") as batch:
            return batch.upsert(table, id, version, fresh, **values)

    def set_setting(self, name: str, value: str, version: int | None = None) -> int:
        """Store a setting under `name` and return its version; see `Batch.upsert` for `version`."""
        with self.batch("setting") as batch:
            return batch.upsert("setting", name, version, value=value)

    def undo(self, batch: str | None = None) -> UndoResult | None:
        """Undo the last change that stands, or the call `batch`; return None if there is none.

        Undoing an undo repeats the change. Later changes are never lost: see `enishi.book.undo`.
        """
        if batch is None:
            return self._take_back(undo.next_undo)
        return self._take_back(lambda calls: undo.live_change(calls, batch))

    def redo(self) -> UndoResult | None:
        """Undo the last undo, unless something was changed after it."""
        return self._take_back(undo.next_redo)

    def _take_back(self, find: FindCall) -> UndoResult | None:
        with self.growing() as connection:
            call = find(journal.read_calls(connection, self.owner))
            if call is None:
                return None
            done, kept = undo.undo_changes(connection, self.owner, call.batch)
            made = new_id()
            verb = "redo" if call.verb == "undo" else "undo"
            at = clock.now()
            journal.record_call(connection, self.owner, self.by, made, verb, done, at, call.batch)
            tables = tuple(dict.fromkeys(each.table for each in done))
            return UndoResult(made, call.verb, len(done), tables, tuple(kept))

    def erase(self, contact_id: str) -> erasure.Erasure:
        """Remove a contact completely: every row about them, and every trace in the journal.

        Raises:
            UnknownRowError: there is no such contact.
        """
        return self.erase_many([contact_id])

    def erase_many(self, contact_ids: Iterable[str]) -> erasure.Erasure:
        """Remove several contacts completely, in one transaction; see `erase`.

        Raises:
            UnknownRowError: one of them is not in the book; then all stay.
        """
        ids = list(contact_ids)
        return self.erase_with(
            partial(erasure.erase_contacts, contact_ids=ids),
            partial(erasure.erase_contacts_there, contact_ids=ids),
        )

    def erase_everything(self) -> erasure.Erasure:
        """Remove everything in the book, settings and journal included; it can be used again.

        One call without rows stays in the journal, so that open pages notice.
        """
        return self.erase_with(erasure.erase_book)

    def erase_with(self, remove: Remove, from_copy: Remove | None = None) -> erasure.Erasure:
        """Remove what `remove` does, and from every copy of the book what `from_copy` does.

        Args:
            remove: removes it from the book.
            from_copy: removes it from a copy, where some of it may be missing; as `remove` if None.
        """
        with self.writing() as connection:
            forgotten = remove(connection, self.owner)
            at = clock.now()
            journal.record_call(connection, self.owner, self.by, new_id(), "forget", [], at)
        self._frames.kept.clear()
        self._written = None
        found = clean_copies(self.engine, self.owner, from_copy or remove, self.by, forgotten.names)
        return replace(
            forgotten,
            copies=tuple(map(str, found.kept)),
            cleaned=found.cleaned,
            upgraded=found.upgraded,
            swept=database.vacuum(self.engine),
            on_server=database.file_of(self.engine) is None,
        )

    # -- reading --------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a read-only connection: a snapshot of the book that does not wait for writers."""
        if self._snapshot is not None:
            yield self._snapshot
            return
        with translate_errors(self.engine.url), self.engine.connect() as connection:
            yield read_only(connection)

    @contextmanager
    def snapshot(self, within: Book | None = None) -> Iterator[None]:
        """Make all reads inside the block use one snapshot of the book.

        Args:
            within: another book in the same database, whose snapshot it is as well.
        """
        with (within or self).reading() as connection:
            self._frames.catch_up(connection)
            outer, self._snapshot = self._snapshot, connection
            try:
                yield
            finally:
                self._snapshot = outer

    def revision(self) -> int:
        """Return a number that grows with every change of this book by any process."""
        if self._snapshot is not None:
            return self._frames.revision
        with self.reading() as connection:
            return journal.journal_revision(connection, self.owner)

    def row(self, table: str, id: str) -> Values:
        """Return a row's values and its version.

        Raises:
            UnknownRowError: there is no such row.
        """
        with self.reading() as connection:
            return Batch(connection, self.owner).row(table, id)

    def setting(self, name: str, otherwise: str = "") -> str:
        """Return the value of a setting, or `otherwise` if it was never set."""
        with self.reading() as connection:
            rows = journal.read_rows(connection, self.owner, TABLES["setting"], [name])
        return str(rows[name]["value"]) if name in rows else otherwise

    def frame(self, table: str) -> pd.DataFrame:
        """Return all rows of `table` as a frame (see `enishi.book.frames`); do not modify it.

        The frame is cached until the book's revision changes, and patched if only a few rows
        changed.
        """
        with self.reading() as connection:
            if self._snapshot is None:
                self._frames.catch_up(connection)
            return self._frames.get(connection, table)

    def next_undo_redo(self) -> tuple[ChangeSet | None, ChangeSet | None]:
        """Return the calls that `undo` and `redo` would take back."""
        with self.reading() as connection:
            calls, again = tee(journal.read_calls(connection, self.owner))
            return undo.next_undo(calls), undo.next_redo(again)


def open_book(owner: str | None = None) -> Book:
    """Open the book of `owner` (default: the person this process was started for).

    Raises:
        NoIdentityError, WrongOwnerError: this process may not open it; see `enishi.identity`.
        BookError: it cannot be opened; existing data is unchanged.
    """
    owner = owner or identity().person
    check_owner(owner)  # before anything is created on disk
    is_page = is_hosted() and identity().person != ME  # alone, one account may own the tables
    is_room = owner.startswith(ROOM_PREFIX)
    person = owner if not is_room else identity().person if is_page else ""
    room = owner if is_room else os.environ.get(ROOM, "")  # a page of a room reads both by one line
    url = database.database_url()
    return Book(database.open_for_person(url, person, room, is_page), owner)
