"""Books with any rows that the tables allow, for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Integer

from enishi.book import Book
from enishi.book.journal import Key
from enishi.book.tables import TABLES
from enishi.book.validation import columns_of

Rows = dict[Key, dict[str, Any]]

DAYS = (date(1950, 1, 1), date(2100, 1, 1))
_SIGNS = ["髙橋", "𠮷", "é", "=1+1", "'", '"', ",", "\n", "\r\n", "\t", " ", "　", "x"]
TEXTS = st.lists(st.sampled_from(_SIGNS), max_size=5).map("".join)


@st.composite
def rows_of_books(draw: st.DrawFn, tables: tuple[str, ...] = tuple(TABLES), most: int = 3) -> Rows:
    """Return rows by table and id; links lead to rows of the same book."""
    ids = {
        table: [f"{table}-{number}" for number in range(draw(st.integers(0, most)))]
        for table in tables
    }
    return {
        (table, id): {
            name: draw(value)
            for name, column in columns_of(TABLES[table]).items()
            if draw(st.booleans()) and (value := values_of(column, ids)) is not None
        }
        for table, some in ids.items()
        for id in some
    }


def values_of(column: Column[Any], ids: dict[str, list[str]]) -> st.SearchStrategy[Any] | None:
    """Return what a column may hold; None for a link that nothing could be at the end of."""
    info = column.info
    if "links_to" in info:
        return st.sampled_from(found) if (found := ids.get(info["links_to"])) else None
    if isinstance(column.type, Boolean):
        return st.booleans()
    if isinstance(column.type, Integer):
        return st.integers(*info["range"])
    if isinstance(column.type, JSON):
        return st.lists(TEXTS, max_size=3)
    if "choices" in info:
        return st.sampled_from(info["choices"])
    if "day" in info:
        return st.dates(DAYS[0], DAYS[1]).map(str)
    if "moment" in info:
        return st.just("2026-11-20T07:31:00Z")
    return TEXTS


def fill(book: Book, rows: Rows) -> None:
    """Write the rows into the book, as one call."""
    with book.batch("import") as batch:
        batch.create(rows)
