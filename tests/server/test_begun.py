from __future__ import annotations

from pathlib import Path

import pytest

from enishi.book import Book
from enishi.serve.begun import is_begun

pytestmark = pytest.mark.stores("file", "server")


def test_a_book_is_begun_when_something_of_ones_own_stands_in_it(book: Book) -> None:
    book.set_setting("language", "en")
    book.close()
    assert not is_begun("me")
    book.add("contact", name="架空 花子")
    book.close()
    assert is_begun("me")
    assert not is_begun("another")


@pytest.mark.stores("file")
@pytest.mark.parametrize("content", [None, b"", "買い物メモ".encode()])
def test_to_ask_makes_no_file_and_leaves_what_is_no_book(
    data_dir: Path, content: bytes | None
) -> None:
    for file in data_dir.iterdir() if data_dir.exists() else ():
        file.unlink()
    file = data_dir / "book.sqlite3"
    if content is not None:
        data_dir.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    assert not is_begun("me")
    assert (file.read_bytes() if file.exists() else None) == content


@pytest.mark.stores("file")
def test_to_ask_leaves_the_book_one_file(book: Book, data_dir: Path) -> None:
    book.add("contact", name="架空 花子")
    book.close()
    before = sorted(file.name for file in data_dir.iterdir())
    assert is_begun("me")
    assert sorted(file.name for file in data_dir.iterdir()) == before
