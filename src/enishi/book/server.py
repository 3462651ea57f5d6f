"""A book on a database server, named by `ENISHI_DATABASE`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, NullPool, create_engine
from sqlalchemy.exc import ArgumentError

from enishi.book import errors
from enishi.book.dialects import JSON, wait_for_turn
from enishi.book.revisions import head, migrate, revision
from enishi.book.telling import telling

REACH_SECONDS = 5
"""How long a server may take to let us in when we only want to know whether it does."""


def open_server(url: URL, migrations: Path) -> Engine:
    """Open a database on a server, its tables made or brought up to date."""
    engine = engine_for(url, pool_pre_ping=True)
    path = url.render_as_string()  # without the password
    try:
        with telling(url), engine.begin() as connection:
            wait_for_turn(connection, "")
            found = revision(connection)
            if found is not None and found > head(migrations):
                raise errors.NewerBook(path=path, revision=found)
            migrate(connection, migrations)
    except BaseException as error:
        engine.dispose()
        if isinstance(error, Exception) and not isinstance(error, errors.BookError):
            raise errors.NotUpgraded(path=path) from error
        raise
    return engine


def reach_server(url: URL) -> None:
    """See that the server of `url` answers, and holds no book of a later version."""
    path = url.render_as_string()
    known = url.get_driver_name().startswith("psycopg")  # others call it differently, or not at all
    patience = {"connect_timeout": REACH_SECONDS} if known else {}
    engine = engine_for(url, poolclass=NullPool, connect_args=patience)
    with telling(url), engine.connect() as connection:
        found = revision(connection)
    if found is not None and found > head():
        raise errors.NewerBook(path=path, revision=found)


def engine_for(url: URL, **options: Any) -> Engine:
    """Return an engine that has not connected yet.

    Raises:
        NoDriver: the package that speaks to such a server is not installed.
        NoServer: the address cannot be one.
    """
    try:
        return create_engine(url, **JSON, **options)
    except ModuleNotFoundError as error:
        raise errors.NoDriver(module=error.name) from error
    except ArgumentError as error:
        raise errors.NoServer() from error
