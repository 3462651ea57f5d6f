"""Whether the file of the book is still the one that this server has seen.

Every page is a process of its own, and one that starts cannot know that the book was there before:
it would make a new one where the book was moved away. So the server remembers the file and tells
its kernels which one it is. It holds the file open, since a system may give the number of a file
that was removed to the next one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from enishi.paths import EXPECTED_BOOK, HEAD_BYTES, book_file, file_identity, is_head_of_book


class BookFileCheck:
    """The book's file since it was first seen.

    The file is opened once and never closed: closing it would end the locks that SQLite holds on
    it in this process.
    """

    def __init__(self) -> None:
        self.file: Path | None = None
        self._seen: str | None = None

    def look(self) -> None:
        """Remember the file, once there is a book in it."""
        if self._seen is not None:
            return
        self.file = book_file()
        with suppress(OSError):
            if self.file is not None and self.file.is_file():  # to open a pipe would be to wait
                descriptor = os.open(self.file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
                if is_head_of_book(os.read(descriptor, HEAD_BYTES)):
                    self._seen = file_identity(self.file)
                else:
                    os.close(descriptor)

    def is_known(self) -> bool:
        """Tell whether the file was seen to be a book."""
        self.look()
        return self._seen is not None

    def is_in_place(self) -> bool:
        """Tell whether the file that was seen is where it was; yes, while none was seen."""
        return not self.is_known() or self.file is None or file_identity(self.file) == self._seen

    def environment(self) -> Mapping[str, str]:
        """Return what tells a kernel which file it has to find."""
        self.look()
        return {} if self._seen is None else {EXPECTED_BOOK: self._seen}


BOOK_FILE = BookFileCheck()
"""The server's."""
