"""A copy of the book that another laptop goes on from."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from enishi.book import Book
from enishi.book.integrity import find_problems
from enishi.serve.book_copy import BookCopy
from enishi.serve.directories import cookie_secret
from enishi.serve.errors import CopyFolderError, CopyTakenError
from stores import BOOK

SECRET_WORDS = "Zebrafalter im Heizungskeller"


@pytest.fixture
def copy(book: Book, data_dir: Path, tmp_path: Path) -> BookCopy:
    """The copy of an empty book in a folder that is not there yet."""
    cookie_secret(data_dir)
    return BookCopy(data_dir / BOOK, tmp_path / "stick")


def trouble_of(copy: BookCopy) -> str:
    """Return why the copy is out of date."""
    return copy.trouble


def test_a_copy_is_whole_and_has_the_secret_and_every_change_up_to_it(
    book: Book, copy: BookCopy, data_dir: Path
) -> None:
    book.add("contact", name="Ann")
    copy.refresh()
    book.add("contact", name="Ben")
    copy.refresh()
    assert copy.trouble == ""
    assert sorted(each.name for each in copy.folder.iterdir()) == [BOOK, "cookie-secret"]
    assert cookie_secret(copy.folder) == cookie_secret(data_dir)
    with closing(sqlite3.connect(copy.folder / BOOK)) as kept:
        assert kept.execute("SELECT name FROM contact ORDER BY name").fetchall() == [
            ("Ann",),
            ("Ben",),
        ]
        assert find_problems(kept) == []
    assert {each.stat().st_mode & 0o777 for each in copy.folder.iterdir()} == {0o600}


def test_what_was_deleted_is_gone_from_the_next_copy_to_the_last_byte(
    book: Book, copy: BookCopy, data_dir: Path
) -> None:
    book.add("goal", wish=SECRET_WORDS)
    copy.refresh()
    assert holding(copy.folder) == [BOOK]
    with closing(sqlite3.connect(data_dir / BOOK)) as careless, careless:
        careless.execute("PRAGMA secure_delete=OFF")
        careless.execute("DELETE FROM goal")
        careless.execute("DELETE FROM change")
    assert holding(data_dir) == [BOOK], "the book's own file is not swept yet"
    copy.refresh()
    assert holding(copy.folder) == []


def holding(folder: Path) -> list[str]:
    """Return the files that hold the secret words."""
    return [each.name for each in folder.iterdir() if SECRET_WORDS.encode() in each.read_bytes()]


def test_without_a_change_nothing_is_written(book: Book, copy: BookCopy) -> None:
    copy.refresh()
    before = (copy.folder / BOOK).stat().st_ino
    copy.refresh()
    assert (copy.folder / BOOK).stat().st_ino == before


def test_a_folder_that_is_full_or_gone_is_told_and_the_copy_goes_on_once_it_is_back(
    book: Book, copy: BookCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.refresh()
    book.add("contact", name="Ann")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfileobj", fail)
        copy.refresh()
    assert trouble_of(copy) == "full"
    assert sorted(each.name for each in copy.folder.iterdir()) == [BOOK, "cookie-secret"]
    pulled = copy.folder.rename(copy.folder.with_name("pulled"))
    copy.folder.mkdir()  # where a stick was mounted, an empty folder may be left
    copy.refresh()
    assert (trouble_of(copy), list(copy.folder.iterdir())) == ("unwritable", [])
    copy.folder.rmdir()
    pulled.rename(copy.folder)
    copy.refresh()
    assert not copy.trouble
    assert b"Ann" in (copy.folder / BOOK).read_bytes()


def test_a_book_that_is_no_older_copy_is_never_overwritten(
    book: Book, copy: BookCopy, data_dir: Path, tmp_path: Path
) -> None:
    copy.refresh()
    assert BookCopy(data_dir / BOOK, copy.folder), "an older copy of the same book"
    with pytest.raises(CopyTakenError):
        BookCopy(data_dir / BOOK, data_dir)
    other = tmp_path / "other"
    shutil.copytree(copy.folder, other)
    (other / "cookie-secret").write_bytes(b"x" * 32)
    with pytest.raises(CopyTakenError):
        BookCopy(data_dir / BOOK, other)
    newer = tmp_path / "newer"
    book.add("contact", name="Ann")
    shutil.copytree(data_dir, newer)
    with pytest.raises(CopyTakenError):
        BookCopy(copy.folder / BOOK, newer)
    with pytest.raises(CopyFolderError):
        BookCopy(data_dir / BOOK, tmp_path / "missing" / "folder")
