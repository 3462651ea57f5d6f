"""A book on a database server, named by `ENISHI_DATABASE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def open_server(url: URL, migrations: Path) -> Engine:
    """Open a database on a server and create or upgrade its tables.

    Raises:
        BookError: it cannot be opened.
    """
    # A process handles one request at a time: one pooled connection, more only for short peaks.
    engine = engine_for(url, pool_pre_ping=True, pool_size=1, max_overflow=10)
    try:
        with translate_errors(url), engine.begin() as connection:
            lock_owner(connection, "")
            _check_server(connection, url, migrations)
            upgrade(connection, url, migrations)
    except BaseException:
        engine.dispose()
        raise
    return engine


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
