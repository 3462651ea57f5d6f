"""A copy of a person's own book as plain data, which can be read without Enishi."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from enishi.book.revisions import head
from enishi.book.tables import TABLES, own_columns

if TYPE_CHECKING:
    from enishi.book.book import Book


def read_own_copy(book: Book, what: str, today: date) -> dict[str, Any]:
    """Return every row of the book's owner, as plain JSON.

    The journal, the accounts and the books of other people are not in it.

    Args:
        book: the person's book.
        what: a sentence that says what the copy is.
        today: the day of the copy.

    Returns:
        `about`: `what`, the day and the revision of the tables. `tables`: the rows of each table,
        with their ids and links; days and instants are text as in `enishi.book.tables`.
    """
    tables = {}
    with book.reading() as connection:
        for name, sql_table in TABLES.items():
            query = (
                select(sql_table.c.id, *own_columns(sql_table))
                .where(sql_table.c.owner == book.owner)
                .order_by(sql_table.c.id)
            )
            tables[name] = [dict(row) for row in connection.execute(query).mappings()]
    return {
        "about": {"what": what, "on": today.isoformat(), "revision": head()},
        "tables": tables,
    }
