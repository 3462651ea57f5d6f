"""Backups: write the whole database to one file, and restore it from there.

A backup is a book in a file (`enishi.book.sqlite`), whichever database it was made from, so a
backup of a server can be restored into a file and the other way round. Both work while the book is
in use: a backup is a snapshot of one moment, and a restored book replaces the old one atomically.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, delete, func, insert, select, text

from enishi.book import errors, integrity, postgresql, sqlite
from enishi.book.copies.sealed import is_sealed, seal_stream, unseal_stream
from enishi.book.database_errors import translate_errors, translate_file_errors
from enishi.book.ids import new_id
from enishi.book.recovery import free_name, recover, set_aside, side_files
from enishi.book.revisions import MIGRATIONS, head
from enishi.book.tables import change, metadata, session
from enishi.book.validation import MOMENT
from enishi.paths import person_dir

_PATIENCE_SECONDS = 60.0
"""How long a backup or restore waits for other readers and writers, in seconds."""
ROWS_AT_ONCE = 1000


def back_up(url: URL, target: Path, passphrase: str = "") -> None:
    """Write the whole database at `url` to the new file `target`, readable only by its owner.

    With a passphrase the file is sealed; see `enishi.book.copies.sealed`.

    Raises:
        PathTakenError: `target` exists already.
        NotWritableError: `target` cannot be written.
        DamagedBookError: the book is not whole; nothing is written.
        BookError: the database cannot be read.
    """
    if os.path.lexists(target):
        raise errors.PathTakenError(path=target)
    with draft_of(target) as draft:
        copy_book(url, draft)
        if file_problems(draft):
            raise errors.DamagedBookError(path=url.database)
        if passphrase:
            _seal_file(draft, passphrase)
        try:
            sqlite.put_in_place(draft, target)
        except FileExistsError:
            raise errors.PathTakenError(path=target) from None


def _seal_file(file: Path, passphrase: str) -> None:
    """Replace the content of `file` with the same, sealed."""
    with sqlite.draft_beside(file) as sealed:
        with file.open("rb") as source, sealed.open("wb") as target:
            seal_stream(source, file.stat().st_size, target, passphrase)
        os.replace(sealed, file)


def restore(url: URL, source: Path, passphrase: str = "") -> Path | None:
    """Replace the whole database at `url` with the backup `source`.

    The replaced database is kept in a file of its own: beside the book, or, for a server, in the
    person's folder.

    Returns:
        The path of that file; None if there was no book.

    Raises:
        NoBookError: there is no file at `source`.
        NotABackupError, NotWholeError, NewerBookError: `source` is not a backup that can be
            restored.
        SealedFileError: it is sealed, and damaged or not opened by the passphrase.
        BookError: the database cannot be written; it is unchanged.
    """
    with tempfile.TemporaryDirectory(prefix="enishi-") as folder:
        ready = Path(folder) / "book.sqlite3"
        prepare(unsealed(source, Path(folder), passphrase), ready)
        if url.get_backend_name() == "sqlite":
            return restore_file(Path(url.database or ""), ready)
        return restore_server(url, ready)


def unsealed(source: Path, folder: Path, passphrase: str) -> Path:
    """Return `source`, or its content in a file of its own in `folder` if it is sealed.

    Raises:
        SealedFileError: it is damaged, or not opened by the passphrase.
    """
    if not source.is_file():
        raise errors.NoBookError(path=source)
    with (
        translate_file_errors(URL.create("sqlite", database=str(source))),
        source.open("rb") as sealed,
    ):
        if not is_sealed(sealed.read(64)):
            return source
        sealed.seek(0)
        content = folder / "sealed" / source.name
        content.parent.mkdir(mode=0o700)
        with content.open("wb") as target:
            unseal_stream(sealed, target, source.name, passphrase)
    return content


def examine(url: URL) -> list[str]:
    """Return what is wrong with the database at `url`; empty if it is whole.

    The check runs on a copy, so that no other process has to wait.
    """
    with tempfile.TemporaryDirectory(prefix="enishi-") as folder:
        draft = Path(folder) / "book.sqlite3"
        draft.touch(mode=0o600)
        copy_book(url, draft)
        return file_problems(draft)


def file_problems(file: Path) -> list[str]:
    """Return what is wrong with the book in `file`, which no other process has open."""
    with closing(sqlite.connect(file, "ro")) as connection:
        return integrity.find_problems(connection)


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """Yield an empty file beside `target`, and turn write failures into `NotWritableError`.

    Raises:
        NotWritableError: no file can be created there, or the disk is full.
        FileExistsError: passed on unchanged.
    """
    try:
        with sqlite.draft_beside(target) as draft:
            yield draft
    except (OSError, errors.DiskFullError) as error:
        if isinstance(error, OSError) and error.errno == errno.EEXIST:
            raise
        raise errors.NotWritableError(path=target) from error


def copy_book(url: URL, draft: Path) -> None:
    """Copy a snapshot of the database at `url` into the empty file `draft`."""
    if url.get_backend_name() == "sqlite":
        copy_file(Path(url.database or ""), draft)
    else:
        copy_server(url, draft)


def copy_file(file: Path, target: Path) -> None:
    """Overwrite `target` with the book in `file`; either may be in use.

    Raises:
        NoBookError: there is no `file`.
    """
    if not os.path.lexists(file):
        raise errors.NoBookError(path=file)
    with translate_file_errors(URL.create("sqlite", database=str(file))):
        sqlite.check_kind(file)
        recover(file)
        with (
            closing(sqlite.connect(file, "rw")) as source,
            closing(sqlite.connect(target, "rw")) as copy,
        ):
            copy_pages(source, copy)
            copy.execute("PRAGMA journal_mode=DELETE")


def copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Overwrite `target` with `source`, in one transaction of each.

    Raises:
        BookBusyError: one of them stayed locked for `_PATIENCE_SECONDS`.
    """
    end = time.monotonic() + _PATIENCE_SECONDS

    def give_up(status: int, left: int, pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise errors.BookBusyError()

    source.backup(target, progress=give_up)


def copy_server(url: URL, draft: Path) -> None:
    """Copy a snapshot of a database on a server into the file `draft`."""
    sqlite.make_tables(draft, MIGRATIONS)
    engine = postgresql.open_server(url, MIGRATIONS)
    with closing_engine(engine), translate_errors(url):
        moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            engine.connect().execution_options(**moment) as source,
            write_connection(draft) as target,
        ):
            copy_rows(source, target)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy the rows of every table into empty tables; links are checked at the commit."""
    for table in metadata.sorted_tables:
        found = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table)).mappings()
        for some in found.partitions(ROWS_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in some])


@contextmanager
def write_connection(file: Path) -> Iterator[Connection]:
    """Yield a connection to the book in `file` for one transaction."""
    engine = sqlite.engine_on(file, poolclass=NullPool)
    with translate_errors(engine.url), engine.begin() as connection:
        yield connection


@contextmanager
def closing_engine(engine: Engine) -> Iterator[None]:
    """Dispose of `engine` at the end of the block."""
    try:
        yield
    finally:
        engine.dispose()


def prepare(source: Path, ready: Path) -> None:
    """Build at `ready` a whole book of this version from the backup `source`, which is not changed.

    Raises:
        NoBookError, NotABackupError, NotWholeError, NewerBookError, NotUpgradedError: `source`
            cannot be restored.
    """
    if not source.is_file():
        raise errors.NoBookError(path=source)
    with translate_file_errors(URL.create("sqlite", database=str(source))):
        try:
            sqlite.check_kind(source)
        except errors.NotABookError:
            raise errors.NotABackupError(path=source) from None
        for each in (source, *side_files(source)):  # a copy of an older book may have its log
            tail = each.name.removeprefix(source.name)
            Path(f"{ready}{tail}").write_bytes(each.read_bytes())
        recover(ready)
        with closing(sqlite.connect(ready, "rw")) as connection:
            found = integrity.find_problems(connection)
            if found:
                raise errors.NotWholeError(path=source, found=found[0])
            connection.execute("PRAGMA journal_mode=DELETE")
        revision = sqlite.read_revision(ready)
        if revision > head():
            raise errors.NewerBookError(path=source, revision=revision)
        if revision < head():
            sqlite.upgrade_file(ready, MIGRATIONS)
        with write_connection(ready) as book:
            book.execute(delete(session))  # a session ended since must stay ended


def restore_file(file: Path, ready: Path) -> Path | None:
    """Replace the book in `file`, which may be in use, with the book `ready`.

    Returns:
        The path of the replaced file; None if there was none.
    """
    kept = free_name(file, "replaced", file.suffix)
    with translate_file_errors(URL.create("sqlite", database=str(file))):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if is_usable(file):
            sqlite.copy_beside(file, kept)
            note_restored(ready, last_call(file))
            copy_file(ready, file)
            return kept
        replaced = os.path.lexists(file)
        set_aside(file, side_files(file))
        if replaced:
            file.rename(kept)
        with sqlite.draft_beside(file) as draft:
            copy_file(ready, draft)
            sqlite.put_in_place(draft, file)
        return kept if replaced else None


def is_usable(file: Path) -> bool:
    """Return whether `file` holds a book that can be read and written."""
    if not os.path.lexists(file):
        return False
    try:
        sqlite.check_kind(file)
        recover(file)
        with closing(sqlite.connect(file, "rw")) as connection:
            return not integrity.find_damage(connection)
    except (errors.NotABookError, errors.DamagedBookError, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.Error) and integrity.is_temporary(error):
            raise
        return False


def restore_server(url: URL, ready: Path) -> Path:
    """Replace the tables on a server with the book `ready`, in one transaction.

    Returns:
        The path of the file that keeps the replaced book.
    """
    kept = free_name(person_dir() / "book.sqlite3", "replaced", ".sqlite3")
    with translate_file_errors(URL.create("sqlite", database=str(kept))):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    back_up(url, kept)
    engine = postgresql.open_server(url, MIGRATIONS)
    with closing_engine(engine), translate_errors(url), engine.begin() as target:
        tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
        target.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
        last = target.scalar(select(func.max(change.c.seq))) or 0
        target.execute(text(f"TRUNCATE TABLE {tables}"))
        note_restored(ready, last)
        source = sqlite.engine_on(ready, poolclass=NullPool)
        with source.connect().execution_options(enishi_begin="DEFERRED") as rows:
            copy_rows(rows, target)
        newest = select(func.coalesce(func.max(change.c.seq), 1)).scalar_subquery()
        target.execute(select(func.setval(func.pg_get_serial_sequence("change", "seq"), newest)))
    return kept


def last_call(file: Path) -> int:
    """Return the highest call number ever used in the journal of the book in `file`, else 0."""
    with closing(sqlite.connect(file, "ro")) as connection:
        found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'")
        row = found.fetchone()
    return int(row[0]) if row else 0


def note_restored(ready: Path, last: int) -> None:
    """Add a "replace" call after number `last` to the journal of every owner.

    Its number is higher than any of the replaced book, so open pages notice that everything they
    have read is out of date.
    """
    with write_connection(ready) as connection:
        newest = connection.scalar(select(func.max(change.c.seq))) or 0
        owners = connection.scalars(select(change.c.owner).distinct().order_by(change.c.owner))
        at = datetime.now(UTC).strftime(MOMENT)
        calls = [
            {"seq": seq, "owner": owner, "batch": new_id(), "verb": "replace", "at": at}
            | {"by": owner, "size": 0, "rows": []}
            for seq, owner in enumerate(owners.all(), start=max(newest, last) + 1)
        ]
        if calls:
            connection.execute(insert(change), calls)
