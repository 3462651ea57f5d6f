"""What SQLite and PostgreSQL do differently, done the same way for the rest of the book."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Text, cast, func, select

JSON: Any = {
    "json_serializer": json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode,
    "json_deserializer": msgspec.json.decode,
}
"""How lists and the journal are written: short, with their characters as they are."""


def wait_for_turn(connection: Connection, owner: str) -> None:
    """Let this transaction be the only one that writes for `owner`, until it ends.

    SQLite began it that way. PostgreSQL would let two of them write at once, and number the
    second one's call before the first one's.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(owner, 0))))


def as_json_list(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the values of `column` over all rows, as the text of one JSON list."""
    if connection.dialect.name == "postgresql":
        return func.coalesce(cast(func.json_agg(column), Text), "[]")
    return func.json_group_array(column)
