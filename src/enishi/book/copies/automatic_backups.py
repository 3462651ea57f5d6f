"""Automatic backups of a book in a file: one for each of the last seven days on which it changed.

They lie in a folder beside the book. The server makes them in a process of their own
(`python -m enishi.book.copies FILE`), at a low priority: no page waits for it,
and no server has to load the database. A new one is checked row by row before it gets its name,
and only then are older ones thinned: a damaged book never replaces a whole backup.

A kill leaves the old files, or the new one besides; an unfinished draft is removed by the next run.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from enishi import clock
from enishi.book import backup, sqlite
from enishi.book.errors import BookError, DamagedBookError
from enishi.book.recovery import STAMP, side_files
from enishi.identity import ME

MOST_DAYS = 7
"""Days of which a backup is kept."""
SETTING, SWITCHED_OFF = "automatic_backups", "off"
"""The setting that switches automatic backups off, and its value."""
_DRAFT = ".draft-"
_DRAFT_SECONDS = 600.0
"""Age after which a draft is that of a killed process."""


class AutomaticBackup(NamedTuple):
    """A backup: its file, and when it was made, in local time."""

    path: Path
    at: datetime


def backup_folder(file: Path) -> Path:
    """Return the folder of the automatic backups of the book in `file`."""
    return file.with_name(f"{file.stem}-backups")


def list_automatic_backups(file: Path) -> list[AutomaticBackup]:
    """Return the automatic backups of the book in `file`, the newest first."""
    found = []
    for path in backup_folder(file).glob(f"{file.stem}-*{file.suffix}"):
        with suppress(ValueError):
            at = datetime.strptime(path.stem.removeprefix(f"{file.stem}-"), STAMP)
            found.append(AutomaticBackup(path, at))
    return sorted(found, key=lambda each: each.at, reverse=True)


def make_automatic_backup(file: Path) -> Path | None:
    """Back the book in `file` up, unless that is switched off or nothing has changed since.

    Returns:
        The new backup; None if none was needed.

    Raises:
        DamagedBookError: the book is not whole; no backup was made, and none removed.
        BookError, OSError: it cannot be read, or the backup not written.
    """
    folder = backup_folder(file)
    if not file.is_file() or is_switched_off(file):
        return None
    remove_drafts(file, _DRAFT_SECONDS)
    earlier = list_automatic_backups(file)
    if earlier and _state_of(earlier[0].path) == _state_of(file):
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{file.stem}-{clock.now().astimezone():{STAMP}}{file.suffix}"
    if target.exists():
        return None
    with sqlite.draft_beside(folder / f"{_DRAFT}{file.name}") as draft:
        backup.copy_file(file, draft)
        if backup.file_problems(draft):
            raise DamagedBookError(path=file)
        _write_through(draft)
        os.replace(draft, target)
    _write_through(folder)
    thin(file)
    return target


def thin(file: Path) -> None:
    """Remove backups but the last of each of the last days, and the first of the newest day."""
    days: dict[object, list[AutomaticBackup]] = {}
    for each in list_automatic_backups(file):
        days.setdefault(each.at.date(), []).append(each)
    newest_day = next(iter(days), None)
    kept = {day: [found[0]] for day, found in list(days.items())[:MOST_DAYS]}
    if newest_day in kept:
        kept[newest_day].append(days[newest_day][-1])
    for day, found in days.items():
        for each in found:
            if each not in kept.get(day, ()):
                each.path.unlink(missing_ok=True)


def remove_automatic_backups(file: Path) -> int:
    """Remove all automatic backups and drafts of the book in `file`; return how many there were."""
    found = list_automatic_backups(file)
    for each in found:
        for path in (each.path, *side_files(each.path)):
            path.unlink(missing_ok=True)
    remove_drafts(file)
    return len(found)


def is_switched_off(file: Path) -> bool:
    """Return whether the person at this computer has switched automatic backups off."""
    query = "SELECT value FROM setting WHERE owner = ? AND id = ?"
    with closing(sqlite.connect(file, "ro")) as connection:
        try:
            found = connection.execute(query, [ME, SETTING]).fetchone()
        except sqlite3.OperationalError:  # a book of a version that had no settings
            return False
    return bool(found) and found[0] == SWITCHED_OFF


def _state_of(file: Path) -> tuple[str, int]:
    """Return what is equal as long as nothing is written: the revision and the last call."""
    try:
        return sqlite.read_revision(file), backup.last_call(file)
    except (BookError, sqlite3.Error):
        return "", -1  # a backup that was damaged since


def remove_drafts(file: Path, least_age: float = 0) -> None:
    """Remove unfinished backups that are at least so many seconds old."""
    for draft in backup_folder(file).glob(f"{_DRAFT}*"):
        with suppress(OSError):
            if time.time() - draft.stat().st_mtime >= least_age:
                draft.unlink()


def _write_through(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if os.name != "posix" and path.is_dir():
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
