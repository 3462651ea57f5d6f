"""A copy of the book in another folder, from which another laptop goes on if this one fails.

The copy is a file written anew (`VACUUM INTO`), as it is at one moment: what was deleted is not in
it. It is written in a folder of this computer first, so that a slow memory stick keeps no writer
waiting, and takes the place of the copy before it at once. The secret that signs cookies comes
along, so that browsers keep their seats where the address stays the same.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from logging import Logger
from pathlib import Path
from threading import Lock

from enishi.book import sqlite
from enishi.book.backup import last_call
from enishi.book.copies.erased_copies import remember_copy
from enishi.book.recovery import side_files
from enishi.paths import BOOK
from enishi.room.hosting import CopyTrouble
from enishi.serve.directories import SECRET
from enishi.serve.errors import CopyFolderError, CopyTakenError

COPY_SECONDS = 5.0
"""Seconds between two copies; with the time that one takes, a copy is at most ten seconds old."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class BookCopy:
    """Keeps a copy of one book in one folder."""

    def __init__(self, book: Path, folder: Path) -> None:
        """Take a folder for the copy.

        Args:
            book: the file of the book, beside which the secret lies.
            folder: the folder of the copy; it is created in a folder that exists.

        Raises:
            CopyFolderError: it cannot be written to.
            CopyTakenError: it holds a book that is no older copy of this one.
        """
        self.book, self.folder = book, folder.expanduser().resolve()
        self.trouble: CopyTrouble = ""
        self._busy = Lock()
        self._copied: tuple[int, int, int] | None = None
        """What the book's file was when it was copied: number, instant and size."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as problem:
            raise CopyFolderError(folder=self.folder) from problem
        self._check_is_older()
        remember_copy(self.book, self.folder)

    def refresh(self) -> None:
        """Write the copy, if the book has changed since; `trouble` says why it could not be."""
        try:
            with self._busy:
                self._refresh()
            self.trouble = ""
        except OSError as problem:
            self.trouble = "full" if problem.errno in _FULL else "unwritable"
        except sqlite3.Error:
            self.trouble = "unwritable"

    def _refresh(self) -> None:
        found = self.book.stat()
        version = (found.st_ino, found.st_mtime_ns, found.st_size)
        target = self.folder / BOOK
        if self._copied and not target.exists():  # unplugged; what is there now is another folder
            raise FileNotFoundError(target)
        if version == self._copied:
            return
        with tempfile.TemporaryDirectory() as near:
            draft = Path(near) / BOOK
            with closing(sqlite.connect(self.book, "ro")) as connection:
                connection.execute("VACUUM INTO ?", (str(draft),))
            self._replace(draft, target)
        secret = self.book.with_name(SECRET)
        if secret.exists():
            self._replace(secret, self.folder / SECRET)
        self._copied = version

    def _replace(self, source: Path, target: Path) -> None:
        """Put a copy of `source` in the place of `target`, all at once and on the disk."""
        unready = target.with_name(f"{target.name}.new")
        try:
            descriptor = os.open(unready, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with source.open("rb") as given, os.fdopen(descriptor, "wb") as out:
                shutil.copyfileobj(given, out)
                out.flush()
                os.fsync(out.fileno())
            os.replace(unready, target)
        except OSError:
            with suppress(OSError):
                unready.unlink(missing_ok=True)
            raise

    def _check_is_older(self) -> None:
        """Check that nothing but an older copy of this book would be overwritten."""
        there = self.folder / BOOK
        if not os.path.lexists(there):
            return
        secrets = [each.with_name(SECRET) for each in (self.book, there)]
        is_ours = there != self.book and all(each.is_file() for each in secrets)
        is_ours = is_ours and secrets[0].read_bytes() == secrets[1].read_bytes()
        if not is_ours or side_files(there) or last_call(there) > last_call(self.book):
            raise CopyTakenError(folder=self.folder)


async def keep_copying(copy: BookCopy, say: Callable[[CopyTrouble], None], log: Logger) -> None:
    """Keep the copy up to date for as long as the server runs; `say` when its trouble changes."""
    while True:
        before = copy.trouble
        try:
            await asyncio.to_thread(copy.refresh)
        except Exception as error:  # an exception would end the task without a word
            log.error("The copy could not be written: %s.", type(error).__name__)
        if copy.trouble != before:
            say(copy.trouble)
        await asyncio.sleep(COPY_SECONDS)
