"""Files that earlier versions made open for ever: one of each format is kept in `files/backups`.

`own-*` is what a person took home, `whole-*` what `enishi backup` wrote, each with its revision of
the tables. Whoever changes a format or adds a revision adds a file that the version before made.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from enishi.book import Book, backup
from enishi.book.copies.put_back import put_back
from enishi.exchange.own_archive import read_archive

FILES = Path(__file__).parents[1] / "files" / "backups"
PASSPHRASE = "見本の 合言葉"


def check_sample(book: Book) -> None:
    """Check that the book holds what is in each of the files."""
    people = book.frame("contact").set_index("name")
    assert set(people.index) == {"見本 花子", "Sample Ben"}
    ann = people.loc["見本 花子"]
    assert (list(ann["circles"]), ann["note"]) == (["読書会", "朝"], "木曜の朝に会う（見本）")
    assert f"{ann['met_on']:%Y-%m-%d}" == "2026-04-03"
    assert list(book.frame("encounter")["note"]) == ["本の話をした。\nまた会う約束。"]
    assert list(book.frame("promise")["words"]) == ["栞を送る（見本）"]
    assert list(book.frame("goal")["wish"]) == ["町の読書会を続ける（見本）"]
    assert len(book.frame("tie")) == 1
    assert book.setting("language") == "ja"


@pytest.mark.parametrize("file", sorted(FILES.glob("own-*")), ids=lambda file: file.name)
def test_what_was_taken_home_then_is_put_back_now(book: Book, file: Path) -> None:
    copy = read_archive(file.read_bytes(), file.name, PASSPHRASE)
    put_back(book, copy, file.name)
    check_sample(book)


@pytest.mark.parametrize("file", sorted(FILES.glob("whole-*.gz")), ids=lambda file: file.name)
def test_a_whole_backup_of_then_is_restored_now(book: Book, file: Path, tmp_path: Path) -> None:
    source = tmp_path / "backup"
    source.write_bytes(gzip.decompress(file.read_bytes()))
    backup.restore(book.engine.url, source)
    check_sample(book)


def test_there_is_a_file_of_each_format() -> None:
    endings = {"".join(file.suffixes) for file in FILES.iterdir()}
    assert {".json", ".zip", ".sqlite3.gz", ".enishi"} <= endings
