"""Whether the book can be reached is seen without making, changing or leaving anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from broken_files import bytes_in, cut_off, nothing, only_the_head, text
from enishi.book import (
    Book,
    BookError,
    BookPermissionError,
    DamagedBookError,
    DatabaseDriverError,
    DatabaseUnreachableError,
    NewerBookError,
    NotABookError,
    open_book,
)
from enishi.book.database import check_reachable, database_url
from stores import BOOK


def test_where_nobody_has_begun_the_way_is_free_and_nothing_is_made(data_dir: Path) -> None:
    check_reachable(database_url())
    assert not data_dir.exists()
    data_dir.mkdir()
    check_reachable(database_url())
    assert list(data_dir.iterdir()) == []


def test_a_book_is_reached_and_nothing_is_left_beside_it(data_dir: Path) -> None:
    open_book().close()
    before = bytes_in(data_dir)
    check_reachable(database_url())
    assert bytes_in(data_dir) == before


def test_a_book_that_is_open_and_being_written_is_reached(book: Book, data_dir: Path) -> None:
    book.add("contact", name="架空 花子")
    with book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contact SET name='架空 次郎'")
        check_reachable(database_url())
    assert book.frame("contact")["name"].tolist() == ["架空 次郎"]


@pytest.mark.parametrize("make", [text, nothing, only_the_head, cut_off, Path.mkdir])
def test_what_is_no_book_is_told_and_left_as_it_is(
    data_dir: Path, make: Callable[[Path], None]
) -> None:
    data_dir.mkdir()
    make(data_dir / BOOK)
    before = bytes_in(data_dir)
    with pytest.raises(NotABookError):
        check_reachable(database_url())
    assert bytes_in(data_dir) == before


def test_damage_is_told_and_left_as_it_is(data_dir: Path) -> None:
    open_book().close()
    content = (data_dir / BOOK).read_bytes()
    (data_dir / BOOK).write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    before = bytes_in(data_dir)
    with pytest.raises(DamagedBookError):
        check_reachable(database_url())
    assert bytes_in(data_dir) == before


def test_a_book_of_a_later_version_is_told(data_dir: Path) -> None:
    open_book().close()
    connection = sqlite3.connect(data_dir / BOOK)
    connection.execute("UPDATE alembic_version SET version_num='9999'")
    connection.commit()
    connection.close()
    with pytest.raises(NewerBookError):
        check_reachable(database_url())


def test_a_book_of_an_earlier_version_is_reached_and_stays_one(data_dir: Path) -> None:
    open_book().close()
    connection = sqlite3.connect(data_dir / BOOK)
    connection.execute("UPDATE alembic_version SET version_num='0000'")
    connection.commit()
    connection.close()
    before = bytes_in(data_dir)
    check_reachable(database_url())
    assert bytes_in(data_dir) == before


def test_a_file_where_the_folder_should_be_is_told(data_dir: Path) -> None:
    data_dir.write_text("a file")
    with pytest.raises(BookPermissionError):
        check_reachable(database_url())


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("nonsense", DatabaseUnreachableError),
        ("nosuch://somewhere/book", DatabaseUnreachableError),
        ("oracle+oracledb://somewhere/book", DatabaseDriverError),
    ],
)
def test_an_address_that_leads_nowhere_is_told(
    monkeypatch: pytest.MonkeyPatch, address: str, error: type[BookError]
) -> None:
    monkeypatch.setenv("ENISHI_DATABASE", address)
    with pytest.raises(error):
        check_reachable(database_url())
