"""Integrity check of a book's file: its structure, its links, and its rows against its journal.

Every value is stored twice, in its row and in the journal. Comparing the two finds damage that no
check of the file's structure can see: a page that is older than the others, or a bit flip inside a
text.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

from enishi.book.journal import Key, Values
from enishi.book.room_tables import STORED

_MOST = 20
"""Maximum number of lines of SQLite's own report."""


def find_damage(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the structure of the file, empty if nothing is; fast."""
    return read_pragma(connection, f"PRAGMA quick_check({_MOST})")


def find_problems(connection: sqlite3.Connection) -> list[str]:
    """Return everything that is wrong with a book, empty if nothing is; reads every page of it.

    Each problem is one line with table names and counts, and contains nothing that a person wrote.
    """
    found = read_pragma(connection, f"PRAGMA integrity_check({_MOST})")
    if found:
        return found
    try:
        links = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        found = [f"{links} links to rows that are not there"] if links else []
        revisions = connection.execute("SELECT count(*) FROM alembic_version").fetchone()[0]
        found += [] if revisions == 1 else [f"{revisions} revisions"]
        return found + compare_with_journal(connection)
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:  # no book, or unreadable
        return [f"it cannot be read: {type(error).__name__}"]


def read_pragma(connection: sqlite3.Connection, pragma: str) -> list[str]:
    """Return the lines of one of SQLite's own checks; a check that fails is a problem as well.

    Raises:
        sqlite3.DatabaseError: the file cannot be checked at the moment; see `is_temporary`.
    """
    try:
        lines = [str(line) for (line,) in connection.execute(pragma)]
    except sqlite3.DatabaseError as error:
        if is_temporary(error):
            raise
        return [getattr(error, "sqlite_errorname", "") or "it cannot be read"]
    return [] if lines == ["ok"] else lines


def is_temporary(error: sqlite3.Error) -> bool:
    """Return whether an error is temporary and so gives no information about the file."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN"))


def compare_with_journal(connection: sqlite3.Connection) -> list[str]:
    """Return by table how many rows differ from the journal."""
    forgot = {owner for (owner,) in connection.execute(ERASED_OWNERS)}
    expected = replay_journal(connection)
    wrong: Counter[str] = Counter()
    for table in STORED:
        for owner, row in _rows(connection, table):
            expected_row = expected.pop((owner, (table, row["id"])), None)
            if not matches_journal(row, expected_row, owner in forgot):
                wrong[table] += 1
    wrong.update(
        table for (_, (table, _)), expected_row in expected.items() if expected_row is not None
    )
    return [f"{count} rows of “{table}” are not as last written" for table, count in wrong.items()]


ERASED_OWNERS = "SELECT DISTINCT owner FROM change WHERE verb = 'forget'"
"""Owners whose journal has gaps: entries about a removed person, and links to them, are gone."""


def replay_journal(connection: sqlite3.Connection) -> dict[tuple[str, Key], Values | None]:
    """Return the values the journal gives for each row; None for a removed row."""
    expected: dict[tuple[str, Key], Values | None] = {}
    for owner, text in connection.execute("SELECT owner, rows FROM change ORDER BY seq"):
        for row_change in json.loads(text):
            key = (owner, (row_change["table"], row_change["id"]))
            after = row_change["after"]
            before = expected.get(key) if row_change["before"] is not None else None
            expected[key] = None if after is None else {**(before or {}), **after}
    return expected


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, Values]]:
    """Yield the rows of a table with their owner; none if an older book has no such table."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", [table]).fetchone():
        return
    cursor = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    for cells in cursor:
        row = dict(zip(names, cells, strict=True))
        yield row.pop("owner"), row


def matches_journal(row: Values, expected_row: Values | None, has_gaps: bool) -> bool:
    """Return whether a row holds what the journal gives for it.

    Removing a person completely changes rows that refer to them without a journal entry: there a
    row may be newer than the journal, never older.
    """
    if expected_row is None or row["version"] > expected_row["version"]:
        return has_gaps
    known = expected_row.keys() & row.keys()
    return all(journal_form(row[name], expected_row[name]) == expected_row[name] for name in known)


def journal_form(stored: Any, expected: Any) -> Any:
    """Return a stored value in the form the journal uses."""
    if isinstance(expected, list) and isinstance(stored, str):
        return json.loads(stored)
    return stored
