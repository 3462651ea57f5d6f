"""Differences between SQLite and PostgreSQL, behind functions with one behaviour."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    LargeBinary,
    Text,
    bindparam,
    cast,
    false,
    func,
    literal_column,
    make_url,
    null,
    select,
    true,
)
from sqlalchemy.sql import ClauseElement

as_json_bytes = msgspec.json.Encoder(enc_hook=str).encode  # SQLAlchemy's names are no plain str
"""Return a list, a dict or a struct as compact JSON in UTF-8."""


def as_json_text(value: Any) -> str:
    """Return a list or a dict as compact JSON without escapes."""
    return as_json_bytes(value).decode()


ENGINE: Any = {
    "json_serializer": as_json_text,
    "json_deserializer": msgspec.json.decode,
    "hide_parameters": True,
}
"""Options of every engine.

Lists and the journal are stored as compact JSON, and error messages do not contain what a person
wrote.
"""
WAIT_SECONDS = 5.0
"""How long a writer waits for another writer, in seconds."""


def lock_owner(connection: Connection, owner: str) -> None:
    """Make this transaction the only writer for `owner`, until it ends.

    SQLite transactions take the write lock when they begin. Without this lock PostgreSQL would run
    two writers at once, and could number the second one's call before the first one's.
    """
    if connection.dialect.name == "postgresql":
        wait = f"{int(WAIT_SECONDS * 1000)}ms"
        connection.execute(select(func.set_config("lock_timeout", wait, True)))
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(owner, 0))))


def read_only(connection: Connection) -> Connection:
    """Return `connection` set to read a snapshot of the book without waiting for writers."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return connection.execution_options(enishi_begin="DEFERRED")


def as_json_list(column: ColumnElement[Any], database: str) -> ColumnElement[str]:
    """Return an expression for `column`'s values over all rows, as the text of one JSON list."""
    if database == "postgresql":
        return func.coalesce(cast(func.json_agg(column), Text), literal_column("'[]'"))
    return func.json_group_array(column)


def json_of_bytes(name: str, database: str) -> ColumnElement[Any]:
    """Return an expression for the JSON that is bound as bytes of UTF-8 under `name`.

    Of a text, Python would keep two more copies: one of two bytes a character, one in UTF-8.
    """
    bound = bindparam(name, type_=LargeBinary)
    if database == "postgresql":
        return cast(func.convert_from(bound, "UTF8"), JSON)
    return cast(bound, Text)


def bytes_of(column: ColumnElement[Any], database: str) -> ColumnElement[int]:
    """Return an expression for the length of `column`'s text in bytes of UTF-8."""
    if database == "postgresql":
        return func.octet_length(cast(column, Text))
    return func.length(cast(column, LargeBinary))


def literal_of(value: str | int | bool | list[Any] | None) -> ColumnElement[Any]:
    """Return the default of a column as an SQL literal."""
    if value is None:
        return null()
    if isinstance(value, bool):
        return true() if value else false()
    if isinstance(value, int):
        return literal_column(str(value))
    text = value if isinstance(value, str) else as_json_text(value)
    return literal_column("'{}'".format(text.replace("'", "''")))


def compile_sql(query: ClauseElement, database: str) -> str:
    """Return the SQL text of `query` for `Connection.exec_driver_sql`, with named parameters."""
    kind: Any = make_url(f"{database}://").get_dialect()
    dialect = kind(paramstyle="pyformat" if database == "postgresql" else "named")
    return str(query.compile(dialect=dialect))
