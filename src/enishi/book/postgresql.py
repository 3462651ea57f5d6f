"""A book on a database server, named by `ENISHI_DATABASE`.

Two accounts may use it: the keeper, who owns the tables and sees every row, and on a server for
many that of the pages, which sees what `enishi.room.row_security` lets it see.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, inspect, text
from sqlalchemy.exc import ArgumentError

from enishi.book import errors
from enishi.book.database_errors import redacted_url, translate_errors
from enishi.book.dialects import ENGINE, lock_owner
from enishi.book.revisions import MIGRATIONS, head, migrate, revision
from enishi.book.tables import metadata

DEFAULT_OPTIONS = {"client_encoding": "utf8", "connect_timeout": "5"}
"""Default connection options, if the address does not set them; the timeout is in seconds."""
UNICODE = ("UTF8", "SQL_ASCII")
"""Server encodings that store every character; SQL_ASCII stores the bytes of UTF-8 unchanged."""
ACCOUNT = """
SELECT current_user,
  CASE WHEN bool_or(rolsuper) THEN 'SUPERUSER' WHEN bool_or(rolbypassrls) THEN 'BYPASSRLS'
    WHEN bool_or(oid = (SELECT relowner FROM pg_class WHERE oid = to_regclass('change')))
    THEN 'OWNER' ELSE '' END,
  to_regclass('change') IS NOT NULL
FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')
"""
"""Asks what an account is, by itself or by a role that it may take on."""

Whose = Literal["keeper", "page", "person"]
"""Who opens a database: the keeper, a page on a server for many, or the one person of a computer,
whose account may be either."""


class Account(NamedTuple):
    """An account on the server.

    Attributes:
        name: its name.
        sees_all: why row-level security does not hold it: `SUPERUSER`, `BYPASSRLS` or `OWNER` (of
            the tables); '' if it does.
        has_tables: whether there are tables yet.
    """

    name: str
    sees_all: str
    has_tables: bool


def open_server(url: URL, migrations: Path, whose: Whose = "keeper") -> Engine:
    """Open a database on a server, and create or upgrade its tables.

    Raises:
        KeeperAccountError: the keeper would see no rows, or those of one person.
        PagesAccountError: a page would see every row.
        BookError: it cannot be opened.
    """
    # A process handles one request at a time: one pooled connection, more only for short peaks.
    engine = engine_for(url, pool_pre_ping=True, pool_size=1, max_overflow=10)
    try:
        with translate_errors(url), engine.begin() as connection:
            lock_owner(connection, "")
            _check_server(connection, url, migrations)
            if connection.dialect.name == "postgresql":
                check_account(read_account(connection), whose)
            upgrade(connection, url, migrations)
    except BaseException:
        engine.dispose()
        raise
    return engine


def check_account(account: Account, whose: Whose) -> None:
    """Check that an account sees what it should.

    Raises:
        KeeperAccountError: the keeper would see no rows, or those of one person.
        PagesAccountError: a page would see every row.
    """
    if whose == "keeper" and account.has_tables and not account.sees_all:
        raise errors.KeeperAccountError(account=account.name)
    if whose == "page" and account.sees_all:
        raise errors.PagesAccountError(account=account.name, found=account.sees_all)


def read_account(connection: Connection) -> Account:
    """Return the account of a connection to PostgreSQL."""
    return Account(*connection.execute(text(ACCOUNT)).one())


def for_person(url: URL, person: str, room: str = "") -> URL:
    """Return `url` with the settings by which the server knows whose page connects.

    They are options of the connection: set for as long as the process lives, whatever it asks.
    """
    given = url.query.get("options", ())
    before = [given] if isinstance(given, str) else [*given]
    values = {"enishi.person": person, "enishi.room": room}
    own = [f"-c {name}={escape_option(value)}" for name, value in values.items()]
    return url.set(query={**url.query, "options": " ".join([*before, *own])})


def escape_option(value: str) -> str:
    r"""Return a value as it stands among connection options.

    >>> escape_option("a b\\")
    'a\\ b\\\\'
    """
    return re.sub(r"([\\\s])", r"\\\1", value)


def reach_server(url: URL) -> None:
    """Check that the server of `url` answers, and that its database can be opened as a book.

    Raises:
        BookError: it does not, or cannot.
    """
    with translate_errors(url), engine_for(url, poolclass=NullPool).connect() as connection:
        _check_server(connection, url)


def engine_for(url: URL, **options: Any) -> Engine:
    """Return an engine that has not connected yet.

    Raises:
        DatabaseDriverError: the driver package for such a server is not installed.
        DatabaseUnreachableError: the address is invalid.
    """
    try:
        return create_engine(server_url(url), **ENGINE, **options)
    except ImportError as error:
        raise errors.DatabaseDriverError(module=error.name or "psycopg[binary]") from error
    except ArgumentError as error:
        raise errors.DatabaseUnreachableError() from error


def server_url(url: URL) -> URL:
    """Return `url` in SQLAlchemy's form; providers write `postgres://` and name no driver."""
    if url.get_backend_name() not in ("postgres", "postgresql"):
        return url
    driver = url.drivername.partition("+")[2] or "psycopg"
    return url.set(drivername=f"postgresql+{driver}", query=DEFAULT_OPTIONS | url.query)


def _check_server(connection: Connection, url: URL, migrations: Path = MIGRATIONS) -> None:
    """Check that the database behind `connection` is a book of this version or can become one.

    Raises:
        DatabaseEncodingError: its encoding does not cover every character.
        ForeignDatabaseError: it holds another program's tables.
        NewerBookError: a later version of Enishi wrote it.
    """
    if connection.dialect.name == "postgresql":
        encoding = connection.scalar(text("SHOW server_encoding"))
        if encoding not in UNICODE:
            raise errors.DatabaseEncodingError(path=redacted_url(url), encoding=encoding)
    found = revision(connection)
    if found is None:
        strangers = set(inspect(connection).get_table_names()) & metadata.tables.keys()
    else:
        strangers = set() if found.isdecimal() else {found}  # Enishi's revisions are numbers
    if strangers:
        raise errors.ForeignDatabaseError(path=redacted_url(url))
    if found is not None and found > head(migrations):
        raise errors.NewerBookError(path=redacted_url(url), revision=found)


def upgrade(connection: Connection, url: URL, migrations: Path) -> None:
    """Create the tables or upgrade them to the newest revision.

    Raises:
        NotUpgradedError: the upgrade failed; its transaction is rolled back.
        BookError: the database failed.
    """
    try:
        with translate_errors(url):
            migrate(connection, migrations)
            if connection.dialect.name == "postgresql":  # report broken links here
                connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    except Exception as error:
        if isinstance(error, errors.BookError) and not isinstance(error, errors.UnknownRowError):
            raise
        raise errors.NotUpgradedError(path=redacted_url(url)) from error
