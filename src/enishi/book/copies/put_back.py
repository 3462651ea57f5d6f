"""A copy of a person's book put back: what it would add and change, and the call that does it.

Rows are the same if their ids are. A row that is only in the copy is added. A row that is in both
and differs stays as it is in the book, unless the person takes that of the copy. What is only in
the book always stays.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from enishi.book import backup
from enishi.book.errors import InvalidValueError, UnfitCopyError
from enishi.book.journal import Key, Values
from enishi.book.own_copy import (
    About,
    OwnCopy,
    count_own_rows,
    keyed_rows,
    read_own_rows,
    upgraded_rows,
)
from enishi.book.revisions import head
from enishi.book.tables import TABLES
from enishi.book.validation import default_row, validate

if TYPE_CHECKING:
    from enishi.book.book import Book

_VERB = "put_back"
"""What the journal calls the batch that puts a copy back."""

ValuePair = tuple[Any, Any]
"""The value of a column in the book, and in the copy."""


@dataclass(frozen=True)
class CopyComparison:
    """What putting a copy back would do to a book.

    Attributes:
        new: the rows to add, by key.
        differing: the columns in which a row of both differs, by key.
        same: how many rows are the same in both.
        only_here: the rows that are only in the book.
        namesakes: the names of people to add of whom the book has one of the same name.
        is_empty: whether the book has no rows but settings.
    """

    new: Mapping[Key, Values]
    differing: Mapping[Key, Mapping[str, ValuePair]]
    same: int
    only_here: frozenset[Key]
    namesakes: tuple[str, ...]
    is_empty: bool

    @property
    def added(self) -> dict[str, int]:
        """Return how many rows would be added, by table."""
        return _by_table(self.new)

    @property
    def staying(self) -> dict[str, int]:
        """Return how many rows are only in the book, by table."""
        return _by_table(self.only_here)


def compare_copy(book: Book, copy: OwnCopy, name: str) -> CopyComparison:
    """Return what putting `copy` back would do; nothing is written.

    Args:
        book: the person's book.
        copy: the copy, of this revision of the tables or an earlier one.
        name: the name of its file, for errors.

    Raises:
        NewerCopyError: the copy is of a revision that this version does not know yet.
        NotACopyError, DamagedCopyError, UnfitCopyError: the copy is not whole.
    """
    rows = _fitting_rows(copy, name)
    with book.reading() as connection:
        return _compare(connection, book.owner, rows)


def copy_from_backup(file: Path, owner: str, passphrase: str = "") -> OwnCopy:
    """Return the book of `owner` in the backup `file`, as a copy that can be put back.

    Raises:
        BookError: it is no backup that this version reads.
        SealedFileError: it is sealed, and damaged or not opened by the passphrase.
    """
    with tempfile.TemporaryDirectory(prefix="enishi-") as folder:
        ready = Path(folder) / "book.sqlite3"
        ready.touch(mode=0o600)
        backup.prepare(backup.unsealed(file, Path(folder), passphrase), ready)
        with backup.write_connection(ready) as connection:
            return OwnCopy(About(head()), read_own_rows(connection, owner))


def put_back(
    book: Book, copy: OwnCopy, name: str, take: Set[Key] | None = frozenset()
) -> dict[str, int]:
    """Write the rows of `copy` into the book: one call, so that one undo takes it back.

    Args:
        book: the person's book.
        copy: the copy, of this revision of the tables or an earlier one.
        name: the name of its file, for errors.
        take: the rows that differ and of which the copy's replaces the book's; None for all.

    Returns:
        How many rows were written, by table.

    Raises:
        NewerCopyError, NotACopyError, DamagedCopyError, UnfitCopyError: as in `compare_copy`.
    """
    rows = _fitting_rows(copy, name)
    with book.batch(_VERB) as batch:
        found = _compare(batch.connection, book.owner, rows)
        taken = [key for key in found.differing if take is None or key in take]
        batch.create(found.new)
        for key in taken:
            batch.update(*key, **{column: new for column, (_, new) in found.differing[key].items()})
    return _by_table([*found.new, *taken])


def go_back(book: Book, copy: OwnCopy, name: str) -> tuple[dict[str, int], dict[str, int]]:
    """Make the book what it is in `copy`: one call, so that one undo takes it back.

    Returns:
        How many rows were written, and how many that are not in the copy were removed, by table.

    Raises:
        NewerCopyError, NotACopyError, DamagedCopyError, UnfitCopyError: as in `compare_copy`.
    """
    rows = _fitting_rows(copy, name)
    with book.batch(_VERB) as batch:
        found = _compare(batch.connection, book.owner, rows)
        batch.create(found.new)
        for key, columns in found.differing.items():
            batch.update(*key, **{column: new for column, (_, new) in columns.items()})
        batch.delete_all(found.only_here)  # what is kept is as in the copy, and links within it
    return _by_table([*found.new, *found.differing]), _by_table(found.only_here)


def _by_table(keys: Iterable[Key]) -> dict[str, int]:
    """Return how many rows there are of each table."""
    counts = Counter(table for table, _ in keys)
    return {table: counts[table] for table in TABLES if counts[table]}


def _fitting_rows(copy: OwnCopy, name: str) -> dict[Key, Values]:
    """Return the rows of a copy as the book stores them, complete.

    Raises:
        OwnCopyError: the copy is not whole.
    """
    rows = keyed_rows(upgraded_rows(copy, name), name)
    try:
        return {
            key: {**default_row(TABLES[key[0]]), **validate(TABLES[key[0]], values)}
            for key, values in rows.items()
        }
    except InvalidValueError as error:
        raise UnfitCopyError(error.way_out, **error.facts | {"name": name}) from error


def _compare(connection: Connection, owner: str, rows: dict[Key, Values]) -> CopyComparison:
    there: dict[Key, Values] = {
        (table, str(row["id"])): row
        for table, found in read_own_rows(connection, owner).items()
        for row in found
    }
    differing = {}
    for key in rows.keys() & there.keys():
        pairs = {
            column: (there[key][column], value)
            for column, value in rows[key].items()
            if there[key][column] != value
        }
        if pairs:
            differing[key] = pairs
    new = {key: values for key, values in rows.items() if key not in there}
    names = {row["name"] for (table, _), row in there.items() if table == "contact"}
    coming = {str(values["name"]) for (table, _), values in new.items() if table == "contact"}
    return CopyComparison(
        new=new,
        differing={key: differing[key] for key in rows if key in differing},
        same=len(rows) - len(new) - len(differing),
        only_here=frozenset(there.keys() - rows.keys()),
        namesakes=tuple(sorted(names & coming)),
        is_empty=not count_own_rows(connection, owner).keys() - {"setting"},
    )
