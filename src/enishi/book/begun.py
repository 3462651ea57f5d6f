"""Whether a book holds anything yet, asked from outside without opening the book."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, exists, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from enishi.book.errors import BookError
from enishi.book.postgresql import engine_for, for_person
from enishi.book.tables import TABLES

FIRST_TABLES = ("goal", "contact", "strength", "step")
"""A book is begun when one of these tables has a row."""


def is_begun(url: URL, owner: str) -> bool:
    """Return whether the book of `owner` holds anything; False as well where it cannot be read."""
    if url.get_backend_name() == "sqlite":
        return _is_file_begun(Path(url.database or ""), owner)
    try:
        engine = engine_for(for_person(url, owner), poolclass=NullPool)
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
