"""What a book holds, as plain Python: to compare before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from enishi.book import Book
from enishi.book.tables import TABLES, change

State = dict[tuple[str, str], dict[str, Any]]


def state(book: Book, versions: bool = False) -> State:
    """Return every row of the book's owner by table and id, without the versions unless asked."""
    left_out = {"owner", "id"} if versions else {"owner", "id", "version"}
    with book.reading() as connection:
        return {
            (name, row["id"]): {key: row[key] for key in row if key not in left_out}
            for name, sql_table in TABLES.items()
            for row in connection.execute(
                select(sql_table).where(sql_table.c.owner == book.owner)
            ).mappings()
        }


def calls(book: Book) -> list[str]:
    """Return the verbs of the journal, the first one first."""
    query = select(change.c.verb).where(change.c.owner == book.owner).order_by(change.c.seq)
    with book.reading() as connection:
        return list(connection.scalars(query))


def count(book: Book, table: str) -> int:
    """Return how many rows of `table` there are."""
    sql_table = TABLES[table]
    query = select(func.count()).select_from(sql_table).where(sql_table.c.owner == book.owner)
    with book.reading() as connection:
        return int(connection.scalar(query) or 0)
