"""When the server of one person has automatic backups made: after it opens, hourly, at its end.

Each is made by a process of its own; see `enishi.book.copies.automatic_backups`. It is not even
started while the file of the book is as it was at the last one.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import suppress
from logging import Logger
from pathlib import Path

from enishi.paths import book_file, file_identity

FIRST_SECONDS = 30.0
"""Seconds after the start of the server; until then the first pages have the processor."""
AGAIN_SECONDS = 3600.0
_MOST_SECONDS = 120.0
"""Time for one backup; a book of 50 000 contacts takes about ten seconds."""
_COMMAND = [sys.executable, "-m", "enishi.book.copies"]


class BackupSchedule:
    """Has automatic backups made of the book in one file."""

    def __init__(self, file: Path, log: Logger) -> None:
        self.file, self.log = file, log
        self._done: tuple[str | None, int, int] | None = None
        """What the file was at the last backup: number, instant and size."""

    def is_due(self) -> bool:
        """Return whether the file is another than at the last backup."""
        return (found := self._version()) is not None and found != self._done

    def make(self) -> None:
        """Make a backup, if the file has changed; a failure is logged and tried again later."""
        if not self.is_due():
            return
        version = self._version()
        try:
            made = subprocess.run(
                [*_COMMAND, str(self.file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=_MOST_SECONDS,
                start_new_session=True,  # Ctrl-C ends the server, not the backup
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            self.log.error("No automatic backup was made: %s.", type(error).__name__)
            return
        if made.returncode == 0:
            self._done = version
        else:
            reason = (made.stderr.split() or ["unknown"])[-1]
            self.log.error("No automatic backup was made: %s.", reason)

    async def keep(self) -> None:
        """Make backups for as long as the server runs."""
        await asyncio.sleep(FIRST_SECONDS)
        while True:
            await asyncio.to_thread(self.make)
            await asyncio.sleep(AGAIN_SECONDS)

    def _version(self) -> tuple[str | None, int, int] | None:
        with suppress(OSError):
            found = self.file.stat()
            return file_identity(self.file), found.st_mtime_ns, found.st_size
        return None


def schedule_for(log: Logger) -> BackupSchedule | None:
    """Return the schedule for the book of this computer; None if it is on a database server."""
    file = book_file()
    return BackupSchedule(file, log) if file is not None else None
