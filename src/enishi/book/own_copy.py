"""A copy of a person's own book as plain data; `enishi.book.copies.put_back` writes it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    Connection,
    MetaData,
    StaticPool,
    create_engine,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.exc import SQLAlchemyError

from enishi.book.errors import (
    DamagedCopyError,
    NewerCopyError,
    NotACopyError,
)
from enishi.book.journal import Key
from enishi.book.revisions import head, migrate, revisions
from enishi.book.tables import TABLES, own_columns
from enishi.book.validation import is_id, links_of
from enishi.identity import ME

if TYPE_CHECKING:
    from enishi.book.book import Book

FORMAT = 1
"""The version of what is around the tables of a copy; copies of earlier versions have none."""
_BEGINNING = 400
"""Bytes at the start of a broken file in which the keys of a copy are looked for."""

Cell = str | int | bool | list[str] | None
Rows = dict[str, list[dict[str, Cell]]]
"""The rows of each table, each with its `id`."""


class About(msgspec.Struct, frozen=True):
    """What a copy is: a sentence, its day, the revision of its tables, and its own format."""

    revision: str
    what: str = ""
    on: str = ""
    format: int = 0


class OwnCopy(msgspec.Struct, frozen=True):
    """Everything in one person's book, without the journal."""

    about: About
    tables: Rows


def read_own_copy(book: Book, what: str, today: date) -> dict[str, Any]:
    """Return every row of the book's owner, as plain JSON.

    The journal, the accounts and the books of other people are not in it.

    Args:
        book: the person's book.
        what: a sentence that says what the copy is.
        today: the day of the copy.

    Returns:
        `about`: `what`, the day, the revision of the tables and the format. `tables`: the rows of
        each table, with their ids and links; days and instants are text as in `enishi.book.tables`.
    """
    with book.reading() as connection:
        tables = read_own_rows(connection, book.owner)
    about = {"what": what, "on": today.isoformat(), "revision": head(), "format": FORMAT}
    return {"about": about, "tables": tables}


def read_own_rows(connection: Connection, owner: str) -> Rows:
    """Return the rows of each table that belong to `owner`, sorted by their ids."""
    tables: Rows = {}
    for name in TABLES:
        query = _own_rows(name).where(TABLES[name].c.owner == owner)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        tables[name] = sorted(rows, key=lambda row: str(row["id"]))
    return tables


def count_rows(book: Book) -> dict[str, int]:
    """Return how many rows of each table are in the book; tables without rows are left out."""
    with book.reading() as connection:
        return count_own_rows(connection, book.owner)


def count_own_rows(connection: Connection, owner: str) -> dict[str, int]:
    """Return how many rows of each table belong to `owner`; tables without rows are left out."""
    counts = union_all(
        *(
            select(literal(name).label("name"), func.count().label("rows"))
            .select_from(sql_table)
            .where(sql_table.c.owner == owner)
            for name, sql_table in TABLES.items()
        )
    )
    found = {row.name: row.rows for row in connection.execute(counts)}
    return {name: found[name] for name in TABLES if found[name]}


def looks_like_copy(data: bytes) -> bool:
    """Return whether a file begins like the JSON text of a copy."""
    return b'"about"' in data[:_BEGINNING]


def decode_copy(data: bytes, name: str) -> OwnCopy:
    """Return the copy in the JSON text `data` of the file `name`.

    Raises:
        NotACopyError: it is something else.
        DamagedCopyError: it was one, and is cut short or altered.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(data, type=OwnCopy)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise (DamagedCopyError if looks_like_copy(data) else NotACopyError)(name=name) from error


def upgraded_rows(copy: OwnCopy, name: str) -> Rows:
    """Return the rows of `copy` as the newest tables hold them.

    An earlier revision is laid into a database in memory and taken through the same migrations as a
    book.

    Raises:
        NewerCopyError: the copy is of a revision or format that this version does not know yet.
        NotACopyError, DamagedCopyError: the copy is not whole.
    """
    if copy.about.format > FORMAT:
        raise NewerCopyError(name=name, revision=copy.about.revision)
    found = copy.about.revision
    if found == head():
        return copy.tables
    if found not in revisions():
        is_newer = found.isdecimal() and len(found) == len(head()) and found > head()
        raise NewerCopyError(name=name, revision=found) if is_newer else NotACopyError(name=name)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            migrate(connection, to=found)
            _insert_rows(connection, copy.tables)
            migrate(connection)
            return {
                table: [dict(row) for row in connection.execute(_own_rows(table)).mappings()]
                for table in TABLES
            }
    except (SQLAlchemyError, KeyError) as error:  # columns that were not there, or none that were
        raise DamagedCopyError(name=name) from error
    finally:
        engine.dispose()


def _own_rows(table: str) -> Any:
    return select(TABLES[table].c.id, *own_columns(TABLES[table]))


def _insert_rows(connection: Connection, tables: Rows) -> None:
    """Insert rows into the tables as they are in the database.

    Raises:
        KeyError: there is no such table.
        SQLAlchemyError: a row does not fit its table.
    """
    there = MetaData()
    there.reflect(connection)
    for table, rows in tables.items():
        if rows:
            own = [row | {"owner": ME, "version": 1} for row in rows]
            connection.execute(insert(there.tables[table]), own)


def keyed_rows(tables: Rows, name: str) -> dict[Key, dict[str, Cell]]:
    """Return the rows by table and id, each without its id.

    Raises:
        DamagedCopyError: a table is unknown, a row has no id of its own, or a link leads nowhere.
    """
    rows: dict[Key, dict[str, Cell]] = {}
    for table, found in tables.items():
        for row in found:
            values = dict(row)
            id = values.pop("id", None)
            is_named = isinstance(id, str) and is_id(id) and (table, id) not in rows
            if table not in TABLES or not is_named:
                raise DamagedCopyError(name=name)
            rows[table, str(id)] = values
    for (table, _), values in rows.items():
        for column, target in links_of(TABLES[table]).items():
            if (link := values.get(column)) and (target, link) not in rows:
                raise DamagedCopyError(name=name)
    return rows
