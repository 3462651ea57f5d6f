"""A book in a file: an SQLite database in the person's folder.

A new file is built under another name and moved into place whole; an older one is copied beside
itself before it is upgraded. Any other file in its place is only read.

The file alone is the book: SQLite uses a rollback journal, which is gone when a transaction has
ended, and no write-ahead log. So a copy of the file made between two writes is whole, and the log
of one file cannot be applied to another. Books of earlier versions, which used such a log, are
converted when they are opened. `enishi.book.recovery` checks what a killed process left beside the
file before SQLite reads it.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from random import uniform
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, create_engine, event
from sqlalchemy.util import LRUCache

from enishi.book import errors, integrity
from enishi.book.database_errors import translate_errors, translate_file_errors
from enishi.book.dialects import ENGINE, WAIT_SECONDS
from enishi.book.recovery import free_name, recover, set_aside, side_files
from enishi.book.revisions import head, migrate, revision
from enishi.paths import EXPECTED_BOOK, HEAD_BYTES, MARK, file_identity, is_head_of_book

QUICK_BYTES = 4_000_000
"""Up to this size in bytes a book's structure is checked on every open, which takes up to 20 ms.

A typical book of a few hundred people has 1 MB and takes 2 ms. `enishi doctor` checks any size.
"""
SHARED: Any = {"compiled_cache": LRUCache(500)}
"""Options of every engine: all of them share the SQL that is compiled."""
BETWEEN_LOOKS = (0.001, 0.008)
"""Between two looks whether the lock is free, in seconds."""
TROUBLE = (errors.BookError, OSError, sqlite3.Error)
"""Errors that `translate_file_errors` translates or passes on."""


def open_file(url: URL, migrations: Path) -> Engine:
    """Open the book in the file of `url`; create it if missing, upgrade it if older.

    If the server has seen the book before (`EXPECTED_BOOK`), no other file is opened or created.

    Raises:
        BookError: it cannot be opened.
    """
    file = Path(url.database or "")
    with translate_file_errors(url):
        expected = os.environ.get(EXPECTED_BOOK)
        if expected and file_identity(file) != expected:
            raise errors.MovedBookError(path=file)
        if not os.path.lexists(file):
            set_aside(file, side_files(file))
            make_file(file, migrations)
        check_kind(file)
        recover(file)
        found = read_revision(file)
        if found > head(migrations):
            raise errors.NewerBookError(path=file, revision=found)
        prepare_file(file)
        if found < head(migrations):
            upgrade_file(file, migrations)
    return engine_on(file)


def prepare_file(file: Path) -> None:
    """Check the structure of a book up to `QUICK_BYTES`, and switch off its write-ahead log.

    Raises:
        DamagedBookError: its structure is broken.
    """
    with closing(connect(file, "rw")) as connection:
        if file.stat().st_size <= QUICK_BYTES and integrity.find_damage(connection):
            raise errors.DamagedBookError(path=file)
        connection.execute("PRAGMA journal_mode=DELETE")


def connect(file: Path, mode: str) -> sqlite3.Connection:
    """Connect to an existing file in autocommit mode; the caller begins transactions explicitly."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


@cache
def memory_engine() -> Engine:
    """Return an engine on an empty database in memory, with the dialect that all engines share.

    A dialect asks the first connection about SQLite, and belongs to the SQL that is compiled.
    """
    engine = create_engine("sqlite://", execution_options=SHARED, **ENGINE)
    engine.connect().close()
    return engine


def engine_on(file: Path, links: bool = True, poolclass: type[Pool] = QueuePool) -> Engine:
    """Return an engine on the current `file`, whose transactions take the write lock at once.

    So a read inside a transaction is never stale, and two writers wait for each other instead of
    one failing halfway. A read-only transaction (`enishi_begin="DEFERRED"`) does not wait for
    readers.
    """
    url = URL.create("sqlite", database=str(file))
    opened = {"enishi_identity": file_identity(file)}

    def connect_in_place() -> sqlite3.Connection:
        check_file_in_place(engine)
        return connect(file, "rw")

    dialect = memory_engine().dialect
    creator: Any = connect_in_place  # sqlite3's types and SQLAlchemy's protocol differ
    pool = poolclass(creator, dialect=dialect)
    engine = Engine(pool, dialect, url, execution_options=opened | SHARED, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        for pragma in (
            "synchronous=EXTRA",  # data shown as saved survives a power cut
            f"foreign_keys={int(links)}",
            "secure_delete=ON",  # deleted data is overwritten, not only unlinked
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        check_file_in_place(engine)
        mode = connection.get_execution_options().get("enishi_begin", "IMMEDIATE")
        if mode == "IMMEDIATE":
            begin_in_turn(connection)
        else:
            connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def begin_in_turn(connection: Connection) -> None:
    """Begin a transaction that writes, as soon as the lock is free, within `WAIT_SECONDS`.

    SQLite itself looks every 100 ms for a lock that others hold, and seldom finds the moment
    between two transactions of somebody who writes without a pause.

    Raises:
        OperationalError: others held the lock all the time.
    """
    file: Any = connection.connection.dbapi_connection
    end = time.monotonic() + WAIT_SECONDS
    file.execute("PRAGMA busy_timeout=0")
    try:
        while time.monotonic() < end:
            try:
                file.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    break
            time.sleep(uniform(*BETWEEN_LOOKS))  # at random, so that no two look in step
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # which translates the error
    finally:
        file.execute(f"PRAGMA busy_timeout={int(WAIT_SECONDS * 1000)}")


def check_file_in_place(engine: Engine) -> None:
    """Check that the file `engine` was opened on is still the one in its place.

    Raises:
        MovedBookError: it was removed, moved or replaced; anything written now would be lost.
    """
    file = Path(engine.url.database or "")
    if engine.get_execution_options()["enishi_identity"] != file_identity(file):
        raise errors.MovedBookError(path=file)


def reach_file(url: URL, known: bool) -> None:
    """Check that the file of `url` holds a book that can be opened, or that one can be created.

    A file `known` to be a book is opened only by SQLite: if this process already has it open,
    closing it in any other way would release SQLite's locks on it.

    Raises:
        BookError: it cannot be opened or created.
    """
    file = Path(url.database or "")
    with translate_file_errors(url):
        if os.path.lexists(file):
            (check_access if known else check_kind)(file)
            if side_files(file):
                return  # a write is running, or the next open recovers it
            found = read_revision(file)
            if found > head():
                raise errors.NewerBookError(path=file, revision=found)
            return
        folder = next(each for each in file.absolute().parents if os.path.lexists(each))
        if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            raise PermissionError(folder)


def check_kind(file: Path) -> None:
    """Check that `file` begins with an Enishi book's header, without opening it in SQLite.

    Raises:
        NotABookError: it is something else.
        OSError: it may not be read and written.
    """
    with file.open("rb") as source:
        start = source.read(HEAD_BYTES)
    if not is_head_of_book(start):
        raise errors.NotABookError(path=file)
    check_access(file)


def check_access(file: Path) -> None:
    """Check that the process may read and write `file`, and create files beside it.

    Raises:
        PermissionError: it may not.
    """
    if not (os.access(file, os.R_OK | os.W_OK) and os.access(file.parent, os.W_OK | os.X_OK)):
        raise PermissionError(file)


def read_revision(file: Path) -> str:
    """Return the revision of the book in `file`, opened read-only.

    Raises:
        DamagedBookError: it has none.
        sqlite3.Error: it cannot be read.
    """
    with closing(connect(file, "ro")) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise errors.DamagedBookError(path=file)
    return str(found[0])


def make_file(file: Path, migrations: Path) -> None:
    """Create a new book under another name and move it into place, so that it appears complete."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft_beside(file) as draft:
        make_tables(draft, migrations)
        with suppress(FileExistsError):  # another process was faster: use its book
            put_in_place(draft, file)


def make_tables(empty: Path, migrations: Path) -> None:
    """Turn an empty file into a book without rows."""
    with engine_on(empty, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={MARK}")
        migrate(connection, migrations)


@contextmanager
def draft_beside(file: Path) -> Iterator[Path]:
    """Yield an empty file beside `file`, readable only by its owner; delete it afterwards."""
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.draft-")
    os.close(number)
    draft = Path(name)
    try:
        yield draft
    finally:
        for path in (draft, *side_files(draft)):
            path.unlink(missing_ok=True)


def put_in_place(draft: Path, file: Path) -> None:
    """Rename `draft` to `file`.

    Raises:
        FileExistsError: `file` exists already.
    """
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(file):
            raise FileExistsError(file) from None
        os.rename(draft, file)


def upgrade_file(file: Path, migrations: Path) -> None:
    """Upgrade an older file; a copy of its previous state stays beside it.

    Raises:
        NotUpgradedError: the upgrade failed, and the file is unchanged.
    """
    newest = head(migrations)
    copy = free_name(file, f"before-{newest}", file.suffix)
    # SQLite changes a table by copying it, while other rows keep referring to it.
    engine = engine_on(file, links=False, poolclass=NullPool)
    try:
        with translate_errors(engine.url), engine.begin() as connection:
            if revision(connection) == newest:
                return  # another process has just upgraded it
            copy_beside(file, copy)
            migrate(connection, migrations)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise errors.NotUpgradedError(path=file)
    except BaseException as error:
        copy.unlink(missing_ok=True)
        if isinstance(error, Exception) and not isinstance(error, TROUBLE):
            raise errors.NotUpgradedError(path=file) from error
        raise


def copy_beside(file: Path, copy: Path) -> None:
    """Write a copy of the book in `file`; it appears whole and readable only by its owner."""
    with draft_beside(copy) as draft:
        with closing(connect(file, "ro")) as source, closing(connect(draft, "rw")) as target:
            source.backup(target)
        os.replace(draft, copy)


def vacuum_file(file: Path) -> bool:
    """Purge removed texts from the file; return False if other connections block it.

    SQLite overwrites deleted data (`secure_delete`), but pages that were split or merged before may
    hold older bytes: only rewriting the file removes them.
    """
    with closing(connect(file, "rw")) as connection:
        try:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("VACUUM")
        except sqlite3.Error:
            return False
    return True
