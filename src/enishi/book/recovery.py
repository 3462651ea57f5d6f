"""Recovery of log files that a killed process left beside a book, before SQLite reads them.

SQLite keeps a log beside the file: a rollback journal (`-journal`) during a write, or, in books of
earlier versions, a write-ahead log (`-wal`). After a kill the log belongs to the file, and SQLite
uses it to make the book whole again; a write-ahead log even holds data that was shown as saved. But
SQLite does not check that it is the log of *this* file. If the file was replaced meanwhile (a
backup was restored, or the book was moved away to begin anew; the inode may stay the same), SQLite
would write a foreign log into it and destroy it.

So each log is tried on copies first. A log is the file's own if both together are a whole book and
its rows match its journal (`enishi.book.integrity`). If they are not, but the file alone is, the
log is foreign: it is moved aside under a name of its own, and neither is changed. A write-ahead log
beside a file that is not in write-ahead mode is always foreign, because leaving that mode removes
the log first.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import chain, combinations, count
from pathlib import Path
from typing import IO

from enishi.book import errors, integrity

WAL, JOURNAL, INDEX = "-wal", "-journal", "-shm"
LOCK_BYTES = (0x40000000, 512)
"""Offset and length of SQLite's lock range in bytes: https://www.sqlite.org/lockingv3.html.

A process that has locked all of it has exclusive access: no other connection can begin to read.
"""
STAMP = "%Y-%m-%d-%H%M%S"
"""Format of a timestamp in a file name."""
VERSIONS = slice(18, 20)
"""Header bytes with a file's write and read version: 1 rollback journal, 2 write-ahead log."""


def side_files(file: Path) -> list[Path]:
    """Return the non-empty logs beside `file`."""
    named = [Path(f"{file}{ending}") for ending in (WAL, JOURNAL)]
    return [each for each in named if size(each)]


def size(file: Path) -> int:
    """Return a file's size in bytes; 0 if it does not exist."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def recover(file: Path) -> None:
    """Move foreign logs aside, and have SQLite apply the file's own logs.

    Does nothing while another process reads or writes the book, since the logs are then in use.

    Raises:
        DamagedBookError: the book is not whole with any of the logs beside it, nor without.
    """
    if not side_files(file):
        return
    with lock_alone(file) as opened:
        if opened is None:
            return
        found = side_files(file)
        foreign = [each for each in found if each.name.endswith(WAL) and not keeps_log(opened)]
        rest = [each for each in found if each not in foreign]
        foreign += [each for each in rest if each not in own_logs(file, rest)]
        set_aside(file, foreign)
    with closing(sqlite3.connect(file)) as connection:  # the lock is no longer held
        connection.execute("PRAGMA schema_version")


@contextmanager
def lock_alone(file: Path) -> Iterator[IO[bytes] | None]:
    """Yield `file` opened and locked against every other process; None if one is using it."""
    with file.open("r+b") as opened:
        yield opened if lock(opened) else None


def lock(opened: IO[bytes]) -> bool:
    """Lock a file as SQLite does before a write; return False if it is in use.

    Closing the file unlocks it.
    """
    if os.name != "posix":
        return True  # Windows refuses to move a log that is in use
    import fcntl

    start, length = LOCK_BYTES
    try:
        fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
    except (BlockingIOError, PermissionError):
        return False
    return True


def keeps_log(opened: IO[bytes]) -> bool:
    """Return whether a file's header declares write-ahead mode."""
    opened.seek(0)
    return opened.read(100)[VERSIONS] == b"\2\2"


def own_logs(file: Path, logs: Sequence[Path]) -> Sequence[Path]:
    """Return the largest set of `logs` that together with `file` is a whole book.

    Raises:
        DamagedBookError: it is not whole with any of them, nor without.
    """
    for many in range(len(logs), -1, -1):
        for some in combinations(logs, many):
            if is_intact(file, some):
                return some
    raise errors.DamagedBookError(path=file)


def is_intact(file: Path, logs: Sequence[Path]) -> bool:
    """Return whether a copy of `file` with copies of `logs` is a whole book."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f"{file.name}.draft-") as folder:
        for each in (file, *logs):
            shutil.copyfile(each, Path(folder) / each.name)
        with closing(sqlite3.connect(Path(folder) / file.name)) as connection:
            return not integrity.find_problems(connection)


def set_aside(file: Path, logs: Sequence[Path]) -> None:
    """Rename foreign logs so that they keep names of their own beside the file."""
    for log in logs:
        log.rename(free_name(file, "foreign", log.name.removeprefix(file.stem)))
    if logs:  # the index of a write-ahead log holds no data of its own
        Path(f"{file}{INDEX}").unlink(missing_ok=True)


def free_name(file: Path, label: str, ending: str) -> Path:
    """Return an unused path beside `file`: its stem, `label`, the current second, `ending`."""
    start = f"{file.stem}-{label}-{datetime.now().strftime(STAMP)}"
    names = chain([start], (f"{start}-{number}" for number in count(2)))
    return next(
        path for name in names if not os.path.lexists(path := file.with_name(name + ending))
    )
