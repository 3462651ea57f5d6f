"""The database behind a book: a file in the person's folder, or a server.

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


def database_url() -> URL:
    """Return where the book lies: `ENISHI_DATABASE`, else a file in the person's folder."""
    chosen = os.environ.get("ENISHI_DATABASE")
    if chosen:
        try:
            return make_url(chosen)
        except ArgumentError as error:
            raise errors.DatabaseUnreachableError() from error
    return URL.create("sqlite", database=str(person_dir() / BOOK))


def open_database(url: URL, migrations: Path = MIGRATIONS) -> Engine:
    """Open the database at `url`, made if there is none, brought up to date if it is older.

    Raises:
        BookError: it cannot be opened; whatever is there was left as it is.
    """
    open_it = sqlite.open_file if url.get_backend_name() == "sqlite" else postgresql.open_server
    return open_it(url, migrations)


def check_reachable(url: URL, known: bool = False) -> None:
    """See that a book at `url` can be opened, or made; nothing is opened, made or changed.

    `known` says that this process has found a book there before, and may have it open.

    Raises:
        BookError: it cannot.
    """
    if url.get_backend_name() == "sqlite":
        sqlite.reach_file(url, known)
    else:
        postgresql.reach_server(url)


def check_in_place(engine: Engine) -> None:
    """See that the book is still where it was opened; a server's always is.

    Raises:
        MovedBookError: its file was removed, moved or replaced.
    """
    if file_of(engine):
        sqlite.check_file_in_place(engine)


def list_copies(engine: Engine) -> list[Path]:
    """Return the copies of earlier revisions that lie beside the book."""
    return sqlite.copies(file) if (file := file_of(engine)) else []


def vacuum(engine: Engine) -> bool:
    """Let no removed text linger in the book; False if others are in the way just now."""
    return sqlite.vacuum_file(file) if (file := file_of(engine)) else True


def file_of(engine: Engine) -> Path | None:
    """Return the file the book lies in, or None if it is on a server."""
    return Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
