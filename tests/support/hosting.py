"""A server for many persons, and those who enter it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import URL, Engine

from enishi.book import accounts
from enishi.book.database import open_database
from postgresql import PostgreSQL, both_accounts
from serving import Serving, serving, write_notebook
from stores import BOOK, in_file

WHO = """
import os

from enishi.book import open_book

book = open_book()
print("here is", os.environ["ENISHI_PERSON"], os.environ["ENISHI_ROLE"], "with", book.owner)
"""
"""A cell that says for whom its kernel was started, and whose book it opened."""


@dataclass
class Guest:
    """Somebody who was invited."""

    server: Serving
    person: accounts.Person
    key: str

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def address(self) -> str:
        return f"{self.server.base}/login#{self.key}"

    @contextmanager
    def client(self, **options: Any) -> Iterator[httpx.Client]:
        """Give a client that has entered as a browser does."""
        options["headers"] = {"Origin": self.server.root, **options.get("headers", {})}
        with httpx.Client(base_url=self.server.base, timeout=30, **options) as client:
            entered = enter(client, self.key)
            assert entered.status_code == 302, entered.text
            yield client


@dataclass
class Host:
    """A running server for many, and the database behind it."""

    server: Serving
    engine: Engine

    def invite(self, name: str, *options: Any) -> Guest:
        """Invite somebody."""
        return Guest(self.server, *accounts.invite(self.engine, name, *options))


def enter(client: httpx.Client, key: str, **query: str) -> httpx.Response:
    """Bring a key to the door."""
    door = client.get("/login", params=query)
    form = {"key": key, "_xsrf": crumb(door)}
    return client.post("/login", params=query, data=form, headers=ours(client))


def ours(client: httpx.Client | httpx.AsyncClient) -> dict[str, str]:
    """Return what a browser says of a request that one of our own pages sends."""
    where = client.base_url
    return {"Origin": client.headers.get("Origin", f"{where.scheme}://{where.netloc.decode()}")}


def crumb(page: httpx.Response) -> str:
    """Return what a form of the page has to bring back."""
    found = re.search(r'name="_xsrf" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


@contextmanager
def database_of(request: pytest.FixtureRequest, store: str) -> Iterator[URL | None]:
    """Give a database on a server for the store "server"; None for "file"."""
    if store == "file":
        yield None
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    with server.empty_book() as url:
        yield url


@contextmanager
def hosting(
    data: Path, workbooks: Path, *options: str, database: URL | None = None, **environment: str
) -> Iterator[Host]:
    """Serve many persons until the block is left.

    The books are in a file below `data`, or in `database`, to which pages have an account of their
    own.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_database(database or in_file(data / BOOK))
    arguments = ("host", "--port", "0", "--verbose", *options)
    environment = environment | (both_accounts(database) if database else {})
    try:
        with serving(data, workbooks, *arguments, **environment) as server:
            if urlsplit(server.address).hostname == "127.0.0.1":
                httpx.get(server.base + "/healthz", timeout=60)  # it listens before it answers
            yield Host(server, engine)
        assert database is None or not [*data.rglob("*.sqlite3")]
    finally:
        engine.dispose()


def write_workbooks(folder: Path, *cells: str) -> Path:
    """Write notebooks that say who is here, one of them for facilitators alone."""
    folder.mkdir(exist_ok=True)
    write_notebook(folder / "01-start.ipynb", WHO, *cells)
    write_notebook(folder / "06-room.ipynb", WHO, meant_for="facilitator")
    write_notebook(folder / "07-typo.ipynb", WHO, meant_for="facilitators")
    return folder
