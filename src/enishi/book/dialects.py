"""What SQLite and PostgreSQL do differently, done the same way for the rest of the book."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Text,
    cast,
    func,
    literal_column,
    make_url,
    select,
)
from sqlalchemy.sql import ClauseElement

ENGINE: Any = {
    "json_serializer": json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode,
    "json_deserializer": msgspec.json.decode,
    "hide_parameters": True,
}
"""Lists and the journal are written short, with their characters as they are; what a person wrote
is no part of any report about a failure."""
WAIT_SECONDS = 5.0
"""How long a writer waits for another one."""


def lock_owner(connection: Connection, owner: str) -> None:
    """Let this transaction be the only one that writes for `owner`, until it ends.

    SQLite began it that way. PostgreSQL would let two of them write at once, and number the
    second one's call before the first one's.
    """
    if connection.dialect.name == "postgresql":
        wait = f"{int(WAIT_SECONDS * 1000)}ms"
        connection.execute(select(func.set_config("lock_timeout", wait, True)))
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(owner, 0))))


def read_only(connection: Connection) -> Connection:
    """Let this connection see the book as it is at one moment, and wait for nobody."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return connection.execution_options(enishi_begin="DEFERRED")


def as_json_list(column: ColumnElement[Any], database: str) -> ColumnElement[str]:
    """Return the values of `column` over all rows, as the text of one JSON list."""
    if database == "postgresql":
        return func.coalesce(cast(func.json_agg(column), Text), literal_column("'[]'"))
    return func.json_group_array(column)


def bytes_of(column: ColumnElement[Any], database: str) -> ColumnElement[int]:
    """Return how many bytes of UTF-8 the text of `column` is long."""
    if database == "postgresql":
        return func.octet_length(cast(column, Text))
    return func.length(cast(column, LargeBinary))


def compile_sql(query: ClauseElement, database: str) -> str:
    """Return `query` as `Connection.exec_driver_sql` takes it, with its parameters by name."""
    kind: Any = make_url(f"{database}://").get_dialect()
    dialect = kind(paramstyle="pyformat" if database == "postgresql" else "named")
    return str(query.compile(dialect=dialect))
