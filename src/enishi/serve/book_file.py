"""The check whether the book's file is still the one that this server has seen.

Every page is a process of its own, and a new one cannot detect that a book existed before: it would
make a new book where the old one was moved away. So the server remembers the file and passes its
identity to the kernels. It holds the file open, since a system may give the number of a removed
file to the next one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from enishi.paths import EXPECTED_BOOK, HEAD_BYTES, book_file, file_identity, is_head_of_book


class BookFileCheck:
    """The book's file since it was first seen.

    The file is opened once and never closed: closing it would release the locks that SQLite holds
    on it in this process.
    """

    def __init__(self) -> None:
        self.file: Path | None = None
        self._identity: str | None = None

    def remember(self) -> None:
        """Remember the file, once it contains a book."""
        if self._identity is not None:
            return
        self.file = book_file()
        with suppress(OSError):
            if self.file is not None and self.file.is_file():  # opening a pipe would block
                descriptor = os.open(self.file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
                if is_head_of_book(os.read(descriptor, HEAD_BYTES)):
                    self._identity = file_identity(self.file)
                else:
                    os.close(descriptor)

    def is_known(self) -> bool:
        """Return whether the file was seen to be a book."""
        self.remember()
        return self._identity is not None

    def is_in_place(self) -> bool:
        """Return whether the file that was seen is in its place; True if none was seen."""
        if not self.is_known() or self.file is None:
            return True
        return file_identity(self.file) == self._identity

    def environment(self) -> Mapping[str, str]:
        """Return the environment variable that names the file a kernel has to find."""
        self.remember()
        return {} if self._identity is None else {EXPECTED_BOOK: self._identity}


BOOK_FILE = BookFileCheck()
"""The check that the server uses."""
