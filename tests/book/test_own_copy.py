"""What a person takes home of their own book, and what is left after they erase all of it."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from book_bytes import found_in
from book_states import calls, state
from enishi.book import Book, UnknownRowError, open_book
from enishi.book.backup import examine
from enishi.book.own_copy import read_own_copy
from enishi.book.revisions import head
from enishi.book.tables import TABLES, change
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

DAY = date(2026, 11, 30)
MINE, THEIRS, UNDONE = "架空 花子の秘密", "見本 次郎の秘密", "元に戻した秘密"


def fill(book: Book, secret: str) -> None:
    """Put a row into every table, links among them, and a change that was taken back."""
    with book.batch("import") as batch:
        first: dict[str, str] = {}
        for name, sql_table in TABLES.items():
            values: dict[str, Any] = {}
            for column in sql_table.columns:
                if column.info.get("longest") and "most" not in column.info:
                    values[column.name] = secret
                elif "most" in column.info:
                    values[column.name] = [secret]
                elif column.info.get("day"):
                    values[column.name] = "2026-11-20"
                elif column.info.get("links_to") in first:
                    values[column.name] = first[column.info["links_to"]]
            first[name] = batch.add(name, **values)
    book.update("contact", first["contact"], note=UNDONE)
    book.undo()


@pytest.fixture
def both(book: Book) -> tuple[Book, Book]:
    """Two full books in one database."""
    other = Book(book.engine, "another")
    fill(book, MINE)
    fill(other, THEIRS)
    return book, other


def test_every_row_of_every_table_is_taken_home_with_its_id_links_and_days(
    both: tuple[Book, Book],
) -> None:
    book, _ = both
    copy = json.loads(json.dumps(read_own_copy(book, "これは控えです", DAY)))
    assert list(copy) == ["about", "tables"]
    about = {"what": "これは控えです", "on": "2026-11-30", "revision": head(), "format": 1}
    assert copy["about"] == about
    taken = {
        (table, row["id"]): {name: cell for name, cell in row.items() if name != "id"}
        for table, rows in copy["tables"].items()
        for row in rows
    }
    assert taken == state(book)
    assert {table for table, _ in taken} == set(TABLES)
    (encounter,), (contact,) = copy["tables"]["encounter"], copy["tables"]["contact"]
    assert (encounter["contact_id"], encounter["on"]) == (contact["id"], "2026-11-20")


def test_nothing_of_another_book_and_nothing_of_the_journal_is_taken_home(
    both: tuple[Book, Book],
) -> None:
    for book, own, other in ((both[0], MINE, THEIRS), (both[1], THEIRS, MINE)):
        text = json.dumps(read_own_copy(book, "", DAY), ensure_ascii=False)
        assert own in text
        assert other not in text and UNDONE not in text and '"owner"' not in text


def test_no_row_and_no_byte_is_left_of_a_book_that_was_erased(
    both: tuple[Book, Book], store: Store
) -> None:
    book, other = both
    assert found_in(store.url, MINE, UNDONE) == [MINE, UNDONE]
    others = state(other, versions=True), calls(other), other.next_undo_redo()
    erased = book.erase_everything()
    assert erased.swept and erased.on_server != store.is_file
    assert set(erased.rows) == set(TABLES)
    assert found_in(store.url, MINE) == []
    assert state(book) == {}
    assert calls(book) == ["forget"]
    assert book.next_undo_redo() == (None, None)
    assert book.undo() is None
    assert (state(other, versions=True), calls(other), other.next_undo_redo()) == others
    assert other.undo() is not None
    other.erase_everything()
    assert found_in(store.url, MINE, THEIRS, UNDONE) == []


def test_all_that_is_left_in_the_journal_is_a_call_without_rows(both: tuple[Book, Book]) -> None:
    book, _ = both
    book.erase_everything()
    with book.reading() as connection:
        query = select(func.count(), func.sum(change.c.size)).where(change.c.owner == book.owner)
        assert tuple(connection.execute(query).one()) == (1, 0)


def test_an_erased_book_goes_on_working_here_and_in_another_open_session(
    both: tuple[Book, Book], store: Store
) -> None:
    book, _ = both
    with closing(open_book()) as second:
        ann = str(second.frame("contact").index[0])
        book.erase_everything()
        new = book.add("contact", name="架空 三郎")
        assert list(second.frame("contact").index) == [new]
        assert second.frame("encounter").empty
        with pytest.raises(UnknownRowError):
            second.update("contact", ann, note="x")
        book.undo()
        assert second.frame("contact").empty
    book.close()
    assert examine(store.url) == []
