"""Where the books of a test lie: in files, or on a PostgreSQL server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from postgresql import PostgreSQL
from sqlalchemy import URL

from enishi.book.store import open_store


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


def in_a_file(folder: Path, elsewhere: Path) -> Store:
    """Return the store of a book in the file of `folder`; others are made below `elsewhere`."""
    template = elsewhere / "book.sqlite3"

    @contextmanager
    def another() -> Iterator[URL]:
        if not template.exists():
            open_store(URL.create("sqlite", database=str(template))).dispose()
        place = elsewhere / "another"
        place.mkdir(parents=True)
        try:
            yield URL.create("sqlite", database=str(shutil.copy(template, place)))
        finally:
            shutil.rmtree(place)

    url = URL.create("sqlite", database=str(folder / "book.sqlite3"))
    return Store(url, {"ENISHI_DATA": str(folder)}, another)


@contextmanager
def on_a_server(server: PostgreSQL) -> Iterator[Store]:
    """Give the store of a book in a database of its own."""

    with server.empty_book() as url:
        address = url.render_as_string(hide_password=False)
        yield Store(url, {"ENISHI_DATABASE": address}, server.empty_book)
