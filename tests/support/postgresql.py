"""A PostgreSQL server of the tests' own: in a temporary folder, and never longer than they run.

It listens on a socket in that folder and nowhere else. What the books see is an ordinary account
with a password, which owns the databases, another for the pages of a server for many, and databases
that sort as people do, not by the numbers of the characters.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import URL, Engine, event

from enishi.book.database import open_database
from enishi.book.revisions import head
from enishi.book.tables import metadata
from get_postgresql import find_postgresql

ADMIN, ACCOUNT, PAGES = "admin", "enishi", "enishi_pages"
PASSWORD = "geheim@:/ひみつ"
"""In every address, so that a test sees where it is shown."""
LOCALES = (["--locale=C", "--locale-provider=icu", "--icu-locale=ja"], ["--locale=C"])
"""How the databases sort; before PostgreSQL 15 only the second way is known."""
SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Ends whatever a test left connected."""
EMPTY = SQL("SET session_replication_role = replica; {}").format(  # so that any order will do
    SQL(";").join(SQL("DELETE FROM {}").format(Identifier(name)) for name in metadata.tables)
)
SECONDS = 60.0
WATCH = """
"$@" &
if read -r how; then
    kill -s "$how" $!; wait $!
else
    kill -s INT $!; wait $!; rm -rf "$PWD"
fi
"""
"""Runs a server until a signal's name is read, or nobody is there any more who could write one."""


@event.listens_for(Engine, "connect")
def leave_to_pool(connection: object, record: object) -> None:
    """Tell a connection that it belongs to a pool, as psycopg's own pool does.

    One that a thread had when its engine was closed stays open until it is collected, which is in
    the middle of some other test; a connection that belongs to no pool warns of that.
    """
    if isinstance(connection, psycopg.Connection):
        connection._pool = None


def unprivileged() -> dict[str, Any]:
    """Return as whom the server runs: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in known else "nobody"
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


class PostgreSQL:
    """A running server, and databases on it."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.data = folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._empty: list[URL] = []

    # -- the server -----------------------------------------------------------------------------

    def make(self) -> None:
        """Make an empty server."""
        secret = self.folder / "password"
        secret.write_text(PASSWORD, encoding="utf-8")
        if "user" in (whoever := unprivileged()):
            for path in (self.folder, secret):
                shutil.chown(path, whoever["user"], whoever["group"])
        for locale in LOCALES:
            done = subprocess.run(
                [
                    *(self.programs / "initdb", "-D", self.data, "-U", ADMIN, "-E", "UTF8"),
                    *("--no-sync", "--auth=scram-sha-256", f"--pwfile={secret}", *locale),
                ],
                cwd=self.folder,
                capture_output=True,
                text=True,
                **whoever,
            )
            if done.returncode == 0:
                break
        assert done.returncode == 0, done.stderr

    def start(self) -> None:
        """Start the server and wait until it answers."""
        quick = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB")
        nowhere_else = ("listen_addresses=", f"unix_socket_directories={self.folder}")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *("/bin/sh", "-c", WATCH, "sh"),
                    *(self.programs / "postgres", "-D", self.data),
                    *(part for each in (*quick, *nowhere_else) for part in ("-c", each)),
                ],
                cwd=self.folder,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                **unprivileged(),
            )
        end = time.monotonic() + SECONDS
        while True:
            try:
                return self.run("SELECT 1")
            except psycopg.OperationalError:
                lives = self.process.poll() is None and time.monotonic() < end
                assert lives, (self.folder / "log").read_text(errors="replace")
                time.sleep(0.05)

    def stop(self, how: str = "INT") -> None:
        """End the server: everybody is sent away, or, with QUIT, as if the power was cut."""
        if self.process is not None:
            self.process.communicate(f"{how}\n".encode(), timeout=SECONDS)
            self.process = None

    def leave(self) -> None:
        """End the server, and leave nothing of it."""
        if self.process is not None:
            self.process.communicate(timeout=SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)  # mostly it is gone already

    def run(self, *statements: Any, database: str = "postgres") -> None:
        """Run SQL as the administrator."""
        with self.admin(database) as connection:
            for statement in statements:
                connection.execute(statement)

    def admin(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection of the administrator."""
        return psycopg.connect(
            host=str(self.folder),
            dbname=database,
            user=ADMIN,
            password=PASSWORD,
            autocommit=True,
        )

    @property
    def plainly_sorted(self) -> str:
        """What else to say to make a database that sorts by the numbers of the characters."""
        with self.admin() as connection:
            return " LOCALE_PROVIDER libc" if connection.info.server_version >= 150000 else ""

    # -- databases ------------------------------------------------------------------------------

    def url(self, database: str) -> URL:
        """Return the address of a database for the books' own account."""
        return URL.create(
            "postgresql+psycopg",
            username=ACCOUNT,
            password=PASSWORD,
            database=database,
            query={"host": str(self.folder)},
        )

    @contextmanager
    def database(self, options: str = "") -> Iterator[URL]:
        """Give a database without tables, made with further `options`."""
        url = self._made(options)
        try:
            yield url
        finally:
            self.run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(url.database or "")))

    @contextmanager
    def empty_book(self) -> Iterator[URL]:
        """Give a database with a book's tables and nothing in them; it is emptied afterwards."""
        if self._empty:
            url = self._empty.pop()
        else:
            url = self._made()
            open_database(url).dispose()
        yield url
        with self.admin(url.database or "") as connection:
            connection.execute(SEND_AWAY)
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if found == (head(),):  # its tables are as they were
                connection.execute(EMPTY)
                self._empty.append(url)

    def _made(self, options: str = "") -> URL:
        name = f"test_{next(self._numbers)}"
        make = SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 " + options)
        self.run(make.format(Identifier(name), Identifier(ACCOUNT)))
        return self.url(name)

    def make_accounts(self) -> None:
        """Make the accounts of the books: they may do no more than theirs do elsewhere."""
        for name in (ACCOUNT, PAGES):
            make = SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            self.run(make.format(Identifier(name), Literal(PASSWORD)))


def of_pages(url: URL) -> URL:
    """Return the address of the same database for the account of the pages."""
    return url.set(username=PAGES)


def both_accounts(url: URL) -> dict[str, str]:
    """Return what tells a server for many to use a database: with one account, and the other."""
    return {
        "ENISHI_DATABASE": of_pages(url).render_as_string(hide_password=False),
        "ENISHI_KEEPER_DATABASE": url.render_as_string(hide_password=False),
    }


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Run a server until the block is left."""
    programs = find_postgresql()
    assert programs, "No PostgreSQL was found. Install one, or see tests/support/get_postgresql.py."
    folder = Path(tempfile.mkdtemp(prefix="enishi-pg-"))
    server = PostgreSQL(programs, folder)
    try:
        server.make()
        server.start()
        server.make_accounts()
        yield server
    finally:
        server.leave()
