"""The database of a book: a file in the person's folder, or a database server.

Both hold the same tables.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from enishi.book import errors, postgresql, sqlite
from enishi.book.revisions import MIGRATIONS
from enishi.paths import BOOK, person_dir

KEEPER = "ENISHI_KEEPER_DATABASE"
"""Environment variable with the address by which the keeper reaches a database on a server: the
account that owns the tables. No page ever sees it."""


def database_url() -> URL:
    """Return the address of the database: `ENISHI_DATABASE`, else a file in the person's folder.

    Raises:
        DatabaseUnreachableError: `ENISHI_DATABASE` is not an address.
    """
    return _parse(os.environ.get("ENISHI_DATABASE", ""))


def keeper_url() -> URL:
    """Return the address for what concerns all books: `KEEPER`, else that of the database.

    Raises:
        DatabaseUnreachableError: it is not an address.
    """
    return _parse(os.environ.get(KEEPER) or os.environ.get("ENISHI_DATABASE", ""))


def _parse(address: str) -> URL:
    if address:
        try:
            return make_url(address)
        except ArgumentError as error:
            raise errors.DatabaseUnreachableError() from error
    return URL.create("sqlite", database=str(person_dir() / BOOK))


def open_database(url: URL, migrations: Path = MIGRATIONS) -> Engine:
    """Open the database at `url` with all books; create it if missing, upgrade it if it is older.

    Raises:
        BookError: it cannot be opened; existing data is unchanged.
    """
    open_it = sqlite.open_file if url.get_backend_name() == "sqlite" else postgresql.open_server
    return open_it(url, migrations)


def open_for_person(url: URL, person: str, room: str, is_page: bool) -> Engine:
    """Open the database at `url` as a process of one person; see `open_database`.

    Args:
        url: the database.
        person: the person.
        room: the room that they may open beside their book; '' for none.
        is_page: whether the process is a page on a server for many.

    Raises:
        PagesAccountError: the account of a page could read every book.
        BookError: it cannot be opened; existing data is unchanged.
    """
    if url.get_backend_name() == "sqlite":
        return open_database(url)
    own = postgresql.for_person(url, person, room)
    return postgresql.open_server(own, MIGRATIONS, "page" if is_page else "person")


def check_reachable(url: URL, known: bool = False) -> None:
    """Check that a book at `url` can be opened or created, without doing either.

    `known` means that this process has found a book there before and may have it open.

    Raises:
        BookError: it cannot.
    """
    if url.get_backend_name() == "sqlite":
        sqlite.reach_file(url, known)
    else:
        postgresql.reach_server(url)


def check_in_place(engine: Engine) -> None:
    """Check that the book's file is still the one that was opened; a server always passes.

    Raises:
        MovedBookError: the file was removed, moved or replaced.
    """
    if file_of(engine):
        sqlite.check_file_in_place(engine)


def vacuum(engine: Engine) -> bool:
    """Purge removed texts from the book's file; return False if other connections block it."""
    return sqlite.vacuum_file(file) if (file := file_of(engine)) else True


def file_of(engine: Engine) -> Path | None:
    """Return the book's file, or None if the book is on a server or in memory."""
    is_file = engine.dialect.name == "sqlite" and engine.url.database
    return Path(engine.url.database or "") if is_file else None
