"""A book in a file: an SQLite database that is the person's own.

A new file is made beside its place and moved there whole; an older one is copied beside itself
before it is brought up to date. Whatever else lies in its place is only looked at.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

from enishi.book import errors
from enishi.book.dialects import ENGINE, WAIT_SECONDS
from enishi.book.revisions import head, migrate, revision
from enishi.book.telling import telling, telling_files

MARK = 0x456E6973
"""Says in the head of an SQLite file whose file it is (`PRAGMA application_id`): "Enis"."""
HEAD_BYTES = 100
"""The length of that head, https://www.sqlite.org/fileformat.html#the_database_header"""
TROUBLE = (errors.BookError, OSError, sqlite3.Error)
"""What `telling_files` has a sentence for."""


def open_file(url: URL, migrations: Path) -> Engine:
    """Open the book in the file of `url`, made if there is none, brought up to date if older."""
    file = Path(url.database or "")
    with telling_files(url):
        if not os.path.lexists(file):
            make_file(file, migrations)
        found = look(file)
        if found > head(migrations):
            raise errors.NewerBook(path=file, revision=found)
        if found < head(migrations):
            upgrade_file(file, migrations)
    return engine_on(file)


def connect(file: Path, mode: str) -> sqlite3.Connection:
    """Connect to a file that is there; transactions begin where we say so."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def engine_on(file: Path, links: bool = True, **options: Any) -> Engine:
    """Return an engine whose transactions take the write lock at their beginning.

    A read inside them is then never stale, and two writers wait for each other instead of one of
    them failing halfway. Reading alone (`enishi_begin="DEFERRED"`) waits for nobody.
    """
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(url, creator=partial(connect, file, "rw"), **ENGINE, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # what was shown as saved survives a power cut
            f"foreign_keys={int(links)}",
            "secure_delete=ON",  # what is forgotten is overwritten, not only unlinked
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("enishi_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def reach_file(url: URL) -> None:
    """See that the file of `url` holds a book we can open, or that one can be made there."""
    file = Path(url.database or "")
    with telling_files(url):
        if os.path.lexists(file):
            # Nobody has it open where there is no log; to read it as if nobody could leaves none.
            found = look(file, "ro" if Path(f"{file}-wal").exists() else "ro&immutable=1")
            if found > head():
                raise errors.NewerBook(path=file, revision=found)
            return
        folder = next(each for each in file.absolute().parents if os.path.lexists(each))
        if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            raise PermissionError(folder)


def look(file: Path, mode: str = "ro") -> str:
    """Return the revision of the book in `file`, which is only read.

    Raises:
        NotABook: it is something else.
        DamagedBook: it was one.
        OSError, sqlite3.Error: it may not be read and written.
    """
    with file.open("rb") as source:
        start = source.read(HEAD_BYTES)
    if not start.startswith(b"SQLite format 3\0") or start[68:72] != MARK.to_bytes(4):
        raise errors.NotABook(path=file)
    if not (os.access(file, os.R_OK | os.W_OK) and os.access(file.parent, os.W_OK | os.X_OK)):
        raise PermissionError(file)
    with closing(connect(file, mode)) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if found is None:
        raise errors.DamagedBook(path=file)
    return str(found[0])


def make_file(file: Path, migrations: Path) -> None:
    """Make a new book: complete under another name first, so that no half-made one is ever seen."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with draft_beside(file) as draft:
        engine = engine_on(draft, poolclass=NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={MARK}")
            migrate(connection, migrations)
        with suppress(FileExistsError):  # another process was quicker: then that is the book
            put_in_place(draft, file)


@contextmanager
def draft_beside(file: Path) -> Iterator[Path]:
    """An empty file beside `file` that its owner alone may read, gone afterwards."""
    number, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.draft-")
    os.close(number)
    draft = Path(name)
    try:
        yield draft
    finally:
        for path in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            path.unlink(missing_ok=True)


def put_in_place(draft: Path, file: Path) -> None:
    """Give `draft` the name `file`, or raise FileExistsError if that is taken."""
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(file):
            raise FileExistsError(file) from None
        os.rename(draft, file)


def upgrade_file(file: Path, migrations: Path) -> None:
    """Bring an older file up to date; a copy of it as it was stays beside it.

    Raises:
        NotUpgraded: that failed, and the file is as it was.
    """
    newest = head(migrations)
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    copy = file.with_name(f"{file.stem}-before-{newest}-{stamp}{file.suffix}")
    # To change a table is to copy it, and other rows refer to it all the while.
    engine = engine_on(file, links=False, poolclass=NullPool)
    try:
        with telling(engine.url), engine.begin() as connection:
            if revision(connection) == newest:
                return  # another process has just done it
            copy_beside(file, copy)
            migrate(connection, migrations)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise errors.NotUpgraded(path=file)
    except BaseException as error:
        copy.unlink(missing_ok=True)
        if isinstance(error, Exception) and not isinstance(error, TROUBLE):
            raise errors.NotUpgraded(path=file) from error
        raise


def copy_beside(file: Path, copy: Path) -> None:
    """Write a copy of the book in `file`; it appears whole, and readable by its owner alone."""
    with draft_beside(copy) as draft:
        with closing(connect(file, "ro")) as source, closing(connect(draft, "rw")) as target:
            source.backup(target)
        os.replace(draft, copy)


def copies(file: Path) -> list[Path]:
    """Return the copies of earlier revisions that lie beside the book."""
    return sorted(file.parent.glob(f"{file.stem}-before-*"))


def sweep(file: Path) -> bool:
    """Let no removed text linger in the file or in its log; False if others are in the way.

    SQLite overwrites what is deleted (`secure_delete`), but pages that were split or merged before
    may hold older bytes: only writing the file anew leaves them behind.
    """
    with closing(connect(file, "rw")) as connection:
        try:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error:
            return False
    return not busy
