"""Files that are no book, and what has to be said of them."""

from __future__ import annotations

import os
from pathlib import Path

from enishi.book import BookError, open_book
from enishi.i18n import error_text


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its content."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def check_told(error: BookError) -> None:
    """One sentence and a way out, in both languages, with nothing of the machinery in it."""
    told = [error_text(language, error) for language in ("ja", "en")]
    assert told[0] != told[1]
    for text in told:
        assert len(text) > 20
        for word in ("{", "}", "Error", "sqlite3.", "Traceback", "SQL:"):
            assert word not in text


def text(file: Path) -> None:
    file.write_text("買い物メモ\n牛乳\n", encoding="utf-8")


def nothing(file: Path) -> None:
    file.touch()


def only_the_head(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + os.urandom(8192))


def cut_off(file: Path) -> None:
    open_book().close()
    file.write_bytes(file.read_bytes()[:60])
