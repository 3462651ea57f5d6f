"""What a process that was killed left beside the file of a book, judged before SQLite reads it.

SQLite keeps a log beside the file: a rollback journal (`-journal`) while something is written, or,
in books of earlier versions, a write-ahead log (`-wal`). After a kill it belongs to the file, and
with it SQLite makes the book whole again; a write-ahead log even holds what was shown as saved. But
SQLite does not ask whether it is the log of *this* file. When the file was replaced meanwhile (a
copy put back, the book moved away to begin anew; its inode may stay the same), a foreign log would
be written into it, and destroy it.

So each is tried on copies first. A log is the file's own if both together are a whole book, whose
rows are what its journal says (`enishi.book.integrity`). If they are not, and the file without it
is, the log is foreign: it is moved aside under a name of its own, and neither is changed. A
write-ahead log beside a file that keeps none is always foreign: whoever left the mode removed the
log first.
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
"""Where SQLite locks a file, and how many bytes: https://www.sqlite.org/lockingv3.html.

Who has locked all of them is alone with the file, and no other connection can begin to read it."""
STAMP = "%Y-%m-%d-%H%M%S"
"""How a moment stands in the name of a file."""
VERSIONS = slice(18, 20)
"""Where a file's head says how it is written and read: 1 with a rollback journal, 2 with a log."""


def side_files(file: Path) -> list[Path]:
    """Return the logs beside `file` that hold anything."""
    named = [Path(f"{file}{ending}") for ending in (WAL, JOURNAL)]
    return [each for each in named if size(each)]


def size(file: Path) -> int:
    """Return how many bytes a file has; none if it is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def recover(file: Path) -> None:
    """Move foreign logs aside, and let SQLite make the file whole with its own.

    Nothing is done while another process reads or writes the book: then the logs are in use.

    Raises:
        DamagedBookError: the book is whole neither with what lies beside it nor without.
    """
    if not side_files(file):
        return
    with alone_with(file) as opened:
        if opened is None:
            return
        found = side_files(file)
        foreign = [each for each in found if each.name.endswith(WAL) and not keeps_log(opened)]
        rest = [each for each in found if each not in foreign]
        foreign += [each for each in rest if each not in own(file, rest)]
        set_aside(file, foreign)
    with closing(sqlite3.connect(file)) as connection:  # the lock is no longer held
        connection.execute("PRAGMA schema_version")


@contextmanager
def alone_with(file: Path) -> Iterator[IO[bytes] | None]:
    """Give `file`, locked against every other process; None if one is using it."""
    with file.open("r+b") as opened:
        yield opened if lock(opened) else None


def lock(opened: IO[bytes]) -> bool:
    """Lock a file as SQLite does before it writes; it is unlocked when it is closed."""
    if os.name != "posix":
        return True  # Windows lets nobody move aside a log that is in use
    import fcntl

    start, length = LOCK_BYTES
    try:
        fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
    except (BlockingIOError, PermissionError):
        return False
    return True


def keeps_log(opened: IO[bytes]) -> bool:
    """Tell whether a file says of itself that it has a write-ahead log."""
    opened.seek(0)
    return opened.read(100)[VERSIONS] == b"\2\2"


def own(file: Path, logs: Sequence[Path]) -> Sequence[Path]:
    """Return those of `logs` that together with `file` are a whole book: as many as can be.

    Raises:
        DamagedBookError: it is not whole with any of them, nor without.
    """
    for many in range(len(logs), -1, -1):
        for some in combinations(logs, many):
            if is_whole(file, some):
                return some
    raise errors.DamagedBookError(path=file)


def is_whole(file: Path, logs: Sequence[Path]) -> bool:
    """Tell whether a copy of `file` with copies of `logs` is a whole book."""
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f"{file.name}.draft-") as folder:
        for each in (file, *logs):
            shutil.copyfile(each, Path(folder) / each.name)
        with closing(sqlite3.connect(Path(folder) / file.name)) as connection:
            return not integrity.find_problems(connection)


def set_aside(file: Path, logs: Sequence[Path]) -> None:
    """Give logs that are not of this file names of their own beside it."""
    for log in logs:
        log.rename(free_name(file, "foreign", log.name.removeprefix(file.stem)))
    if logs:  # the index of a write-ahead log holds nothing by itself
        Path(f"{file}{INDEX}").unlink(missing_ok=True)


def free_name(file: Path, label: str, ending: str) -> Path:
    """Return a path beside `file` that is free: its name, `label`, this second, `ending`."""
    start = f"{file.stem}-{label}-{datetime.now().strftime(STAMP)}"
    names = chain([start], (f"{start}-{number}" for number in count(2)))
    return next(
        path for name in names if not os.path.lexists(path := file.with_name(name + ending))
    )
