"""Whether a book holds anything yet, asked from outside without opening the book.

The server of one person asks when the first page is requested: the file is read by SQLite alone,
as the data module takes a third of a second to import.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from enishi.paths import book_file

FIRST_TABLES = ("goal", "contact", "strength", "step")
"""A book is begun when one of these tables has a row."""


def is_begun(owner: str) -> bool:
    """Return whether the book of `owner` holds anything; False as well where it cannot be read."""
    file = book_file()
    return _is_server_begun(owner) if file is None else _is_file_begun(file, owner)


def _is_server_begun(owner: str) -> bool:
    from sqlalchemy import exists, or_, select
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.pool import NullPool

    from enishi.book.database import database_url
    from enishi.book.errors import BookError
    from enishi.book.postgresql import engine_for, for_person
    from enishi.book.tables import TABLES

    try:
        engine = engine_for(for_person(database_url(), owner), poolclass=NullPool)
        with closing(engine.connect()) as connection:
            found = [
                exists().where(TABLES[table].c.owner == owner).select().scalar_subquery()
                for table in FIRST_TABLES
            ]
            return bool(connection.scalar(select(or_(*found))))
    except (SQLAlchemyError, BookError):
        return False


def _is_file_begun(file: Path, owner: str) -> bool:
    """Read the file as it is, without a lock: what is only in its log does not count yet.

    A reader that takes part in the log would leave files beside the book.
    """
    query = " UNION ALL ".join(
        f"SELECT 1 FROM {table} WHERE owner = :owner" for table in FIRST_TABLES
    )
    try:
        with closing(
            sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            found = connection.execute(f"{query} LIMIT 1", {"owner": owner})
            return found.fetchone() is not None
    except (sqlite3.Error, OSError, ValueError):
        return False
