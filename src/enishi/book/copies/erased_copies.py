"""Copies of a book that was erased, or from which a person was: they are cleaned as well.

A copy is a whole book in a file: an automatic backup, a book from before an update, a book that was
replaced, or the copy kept for another laptop. It is upgraded, the same is erased in it, and it is
written anew, all under another name; then it takes the place of the old file at once. An older
copy is of this version afterwards: an older program can no longer open it, which is counted and
told. To write it in its old form would need the erasure of every version there has been.

What cannot be cleaned is named: files that are no whole book, copies in folders that are not there
now, and copies in which the person's own sentences still hold the name.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from enishi import clock
from enishi.book import backup, sqlite
from enishi.book.copies.automatic_backups import backup_folder, remove_drafts
from enishi.book.database import file_of
from enishi.book.erasure import Erasure
from enishi.book.errors import BookError
from enishi.book.ids import new_id
from enishi.book.journal import record_call
from enishi.book.recovery import side_files
from enishi.book.room_tables import STORED
from enishi.book.tables import person
from enishi.paths import BOOK, person_dir

_ELSEWHERE = "copies-elsewhere.txt"
"""The file beside the book that names the folders in which copies were kept, a line each."""
_MOST_ELSEWHERE = 20
MOST_SECONDS = 5.0
"""Time for cleaning; after it, automatic backups are removed instead, and other copies named."""

Remove = Callable[[Connection, str], Erasure]
"""Removes what is erased from the book of an owner, in the transaction of a connection."""


class CleanedCopies(NamedTuple):
    """What became of the copies of a book.

    Attributes:
        cleaned: how many were cleaned or removed.
        kept: the files that may still hold what is erased.
        upgraded: how many of an older version are of this one now.
    """

    cleaned: int
    kept: list[Path]
    upgraded: int = 0


def list_copies(engine: Engine) -> list[Path]:
    """Return the files that may hold the same texts as the book: its copies, drafts and old logs.

    For a book on a server, those in the person's folder: what a restored backup replaced.
    """
    file = file_of(engine) or person_dir() / BOOK
    folder = backup_folder(file)
    beside = [path for path in file.parent.glob(f"{file.stem}-*") if path != folder]
    return [*sorted(folder.glob("*")), *sorted(folder.glob(".*")), *sorted(beside), *_others(file)]


def remember_copy(file: Path, folder: Path) -> None:
    """Note beside the book in `file` that a copy of it is kept in `folder`."""
    known = [each.parent for each in _others(file) if each.parent != folder]
    lines = [*map(str, known), str(folder)][-_MOST_ELSEWHERE:]
    with suppress(OSError):
        file.with_name(_ELSEWHERE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _others(file: Path) -> list[Path]:
    """Return the copies kept in other folders, whether they are there now or not."""
    try:
        lines = file.with_name(_ELSEWHERE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(line) / BOOK for line in lines if line]


def clean_copies(
    engine: Engine, owner: str, remove: Remove, by: str, names: Sequence[str] = ()
) -> CleanedCopies:
    """Erase in each copy of the book what was erased in the book.

    Args:
        engine: the database of the book.
        owner: the person or room whose book it was erased from.
        remove: erases it; called for each copy.
        by: who erased it, for the journal of each copy.
        names: the names of the erased people; a copy that still holds one is named.
    """
    if file := file_of(engine):
        remove_drafts(file)  # a backup that is being made fails, instead of coming after this
    end = time.monotonic() + MOST_SECONDS
    cleaned, kept, upgraded = 0, [], 0
    for copy in list_copies(engine):
        before = _revision_of(copy)
        try:
            if time.monotonic() < end:
                is_clean = _clean(copy, owner, remove, by, names)
            elif is_clean := file is not None and copy.parent == backup_folder(file):
                copy.unlink(missing_ok=True)
        except (BookError, OSError, sqlite3.Error):
            is_clean = False
        cleaned += is_clean
        kept += [] if is_clean else [copy]
        upgraded += bool(before) and _revision_of(copy) not in ("", before)
    return CleanedCopies(cleaned, kept, upgraded)


def _revision_of(copy: Path) -> str:
    """Return the revision of a copy, "" if it has none that can be read."""
    try:
        return sqlite.read_revision(copy)
    except (BookError, OSError, sqlite3.Error):
        return ""


def _clean(copy: Path, owner: str, remove: Remove, by: str, names: Sequence[str]) -> bool:
    """Erase in one copy; return whether nothing of it is left there.

    Raises:
        BookError, OSError, sqlite3.Error: it is no whole book, or cannot be written.
    """
    sqlite.check_kind(copy)
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix=f"{copy.name}.draft-") as folder:
        draft = Path(folder) / copy.name
        draft.touch(mode=0o600)
        backup.prepare(copy, draft)
        logs = side_files(copy)
        with backup.write_connection(draft) as connection:
            found = remove(connection, owner)
            if names and not (found.rows or logs or _holds(copy, names)):
                return True  # they came into the book later
            record_call(connection, owner, by, new_id(), "forget", [], clock.now())
            is_empty = not _has_rows(connection)
        if is_empty:
            for path in (copy, *logs):
                path.unlink()
            return True
        if not sqlite.vacuum_file(draft):
            return False
        is_clean = not found.named_in and not _holds(draft, names)
        with draft.open("r+b") as written:
            os.fsync(written.fileno())
        os.replace(draft, copy)
        for log in logs:
            log.unlink(missing_ok=True)
    return is_clean


def _has_rows(connection: Connection) -> bool:
    """Return whether anything is in any book of a copy, or anybody may enter it."""
    return any(
        connection.execute(select(sql_table).limit(1)).first() is not None
        for sql_table in (*STORED.values(), person)
    )


def _holds(file: Path, names: Sequence[str]) -> bool:
    """Return whether the bytes of a file hold one of the names, as it is or as JSON writes it."""
    content = file.read_bytes() if names else b""
    return any(
        form.encode() in content
        for name in filter(None, names)
        for form in (name, json.dumps(name)[1:-1], json.dumps(name, ensure_ascii=False)[1:-1])
    )
