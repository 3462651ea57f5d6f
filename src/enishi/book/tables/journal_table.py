"""The table of the journal."""

from __future__ import annotations

from typing import Any, TypedDict

import msgspec
from sqlalchemy import JSON, Column, Index, Integer, Table, Text, TypeDecorator

from enishi.book.tables.columns import metadata


class StoredChange(TypedDict):
    """One row change of a call; see `enishi.book.journal`."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class StoredChanges(TypeDecorator[list[Any]]):
    """A list of `StoredChange` as JSON.

    Raises:
        msgspec.DecodeError: on reading a value that is not such a list.
    """

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: object) -> list[Any] | None:
        """Validate and return a value that was read."""
        for row_change in msgspec.convert(value, list[StoredChange]):
            for side in (row_change["before"], row_change["after"]):
                if side is not None and "version" not in side:
                    raise msgspec.DecodeError("A row of the journal has no version.")
        return value  # type: ignore[no-any-return]


change = Table(  # the journal: one row per call, written in the call's transaction
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("owner", Text, nullable=False),
    Column("batch", Text, nullable=False),  # the call's id; an import is one call of many rows
    Column("verb", Text, nullable=False),  # the kind of call: add, write, drop, import, undo, …
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("undoes", Text, nullable=True),  # the batch that this call takes back
    Column("size", Integer, nullable=False),  # how many rows it changed
    Column(
        "rows", StoredChanges, nullable=False
    ),  # [{table, id, before, after}]; see enishi.book.journal
    Index(None, "owner", "seq"),
    Index(None, "owner", "batch"),
    sqlite_autoincrement=True,  # numbers are never reused
)
