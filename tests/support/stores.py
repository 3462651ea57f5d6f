"""Where the books of a test lie: in files, or on a PostgreSQL server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from enishi.book.database import open_database
from postgresql import PostgreSQL

BOOK = "book.sqlite3"


@dataclass(frozen=True)
class Store:
    """Where a test's book lies.

    Attributes:
        url: its address.
        environment: what tells another process to use it.
        another: gives another book with nothing in it, of the same kind, for a while.
    """

    url: URL
    environment: dict[str, str]
    another: Callable[[], AbstractContextManager[URL]]

    @property
    def is_file(self) -> bool:
        """Return whether the book lies in a file."""
        return self.url.get_backend_name() == "sqlite"


def in_file(file: Path) -> URL:
    """Return the address of a book in a file."""
    return URL.create("sqlite", database=str(file))


def make_file(folder: Path) -> Path:
    """Make a new book in a folder, and return its file."""
    file = folder / BOOK
    open_database(in_file(file)).dispose()
    return file


def lay_in(folder: Path, new_file: Path) -> Path:
    """Lay a copy of a new book into the folder of a person who has not begun yet."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(shutil.copy(new_file, folder))


def in_a_file(folder: Path, elsewhere: Path, new_file: Path) -> Store:
    """Return the store of a book in the file of `folder`; others are laid below `elsewhere`."""

    @contextmanager
    def another() -> Iterator[URL]:
        place = elsewhere / "another"
        try:
            yield in_file(lay_in(place, new_file))
        finally:
            shutil.rmtree(place)

    return Store(in_file(folder / BOOK), {"ENISHI_DATA": str(folder)}, another)


@contextmanager
def on_a_server(server: PostgreSQL) -> Iterator[Store]:
    """Give the store of a book in a database of its own."""

    with server.empty_book() as url:
        address = url.render_as_string(hide_password=False)
        yield Store(url, {"ENISHI_DATABASE": address}, server.empty_book)
