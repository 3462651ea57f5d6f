"""A book that was taken home comes back into an empty or a filled book, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import JSON, Boolean, Integer, StaticPool, create_engine, inspect

from book_states import calls, state
from enishi.book import Book
from enishi.book.copies.put_back import CopyComparison, compare_copy, put_back
from enishi.book.database import open_database
from enishi.book.errors import (
    DamagedCopyError,
    NewerCopyError,
    NotACopyError,
    OwnCopyError,
    UnfitCopyError,
)
from enishi.book.own_copy import count_rows, decode_copy, read_own_copy
from enishi.book.revisions import head, migrate, revisions
from examples import max_examples
from random_books import Rows, fill, rows_of_books
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

DAY = date(2026, 11, 30)
FIRST, *BETWEEN, LAST = revisions()[:-1]
EARLIER = [FIRST, *(pytest.param(each, marks=pytest.mark.thorough) for each in BETWEEN), LAST]


def copy_of(book: Book) -> dict[str, Any]:
    """Return what a person takes home, as it comes out of the file."""
    return json.loads(json.dumps(read_own_copy(book, "", DAY)))


def put(
    book: Book, copy: dict[str, Any], take: set[tuple[str, str]] | None = None
) -> dict[str, int]:
    """Put a copy back as it is read from a file; what differs is taken from it."""
    return put_back(book, decode_copy(json.dumps(copy).encode(), "home.json"), "home.json", take)


def compared(book: Book, copy: dict[str, Any]) -> CopyComparison:
    """Compare a copy with the book as it is read from a file."""
    return compare_copy(book, decode_copy(json.dumps(copy).encode(), "home.json"), "home.json")


@pytest.fixture
def copy(book: Book) -> dict[str, Any]:
    """A copy of a small book, and the book empty again."""
    ann = book.add("contact", name="架空 花子", circles=["読書会", "朝"], known_since=2019)
    book.add("encounter", contact_id=ann, on="2026-11-20", note="木曜の話\n続き")
    book.set_setting("language", "en")
    found = copy_of(book)
    book.erase_everything()
    return found


@pytest.mark.stores("file")
@settings(
    max_examples=min(60, max(10, max_examples() // 10)),
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(rows=rows_of_books())
def test_every_row_link_day_and_text_comes_back(store: Store, rows: Rows) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as book:
        fill(book, rows)
        home = copy_of(book)
        other = Book(book.engine, "someone")
        put(other, home)
        assert copy_of(other) == home
        assert state(other) == state(book)


def test_it_comes_back_on_every_database_and_one_undo_takes_it_out(
    book: Book, copy: dict[str, Any]
) -> None:
    assert put(book, copy) == {"setting": 1, "contact": 1, "encounter": 1}
    assert copy_of(book) == copy
    assert calls(book) == ["forget", "put_back"]
    book.undo()
    assert count_rows(book) == {}
    book.redo()
    assert copy_of(book) == copy


def test_settings_of_the_book_do_not_stand_in_the_way(book: Book, copy: dict[str, Any]) -> None:
    book.set_setting("language", "ja")
    book.set_setting("word", "ties")
    put(book, copy)
    assert (book.setting("language"), book.setting("word")) == ("en", "ties")
    book.undo()
    assert (book.setting("language"), book.setting("word")) == ("ja", "ties")


def test_a_filled_book_gains_what_it_lacks_and_keeps_what_it_has(
    book: Book, copy: dict[str, Any]
) -> None:
    put(book, copy)
    (ann,) = book.frame("contact").index
    (met,) = book.frame("encounter").index
    book.update("contact", ann, circles=["朝"], note="あとから書いた")
    book.delete("encounter", met)
    ben = book.add("contact", name="見本 次郎")
    found = compared(book, copy)
    assert not found.is_empty
    assert found.added == {"encounter": 1}
    assert found.differing == {
        ("contact", ann): {"circles": (["朝"], ["読書会", "朝"]), "note": ("あとから書いた", "")}
    }
    assert (found.same, found.staying) == (1, {"contact": 1})
    before = state(book)
    assert put(book, copy, set()) == {"encounter": 1}
    after = state(book)
    assert after.pop(("encounter", met))["note"] == "木曜の話\n続き"
    assert after == before, "nothing that was there is changed"
    assert {ann, ben} == set(book.frame("contact").index)
    book.undo()
    assert state(book) == before


def test_what_differs_is_replaced_where_the_person_takes_that_of_the_copy(
    book: Book, copy: dict[str, Any]
) -> None:
    put(book, copy)
    (ann,) = book.frame("contact").index
    book.update("contact", ann, note="あとから書いた")
    book.set_setting("language", "ja")
    assert put(book, copy, {("contact", ann)}) == {"contact": 1}
    assert book.row("contact", ann)["note"] == ""
    assert book.setting("language") == "ja", "that was not taken"
    assert put(book, copy) == {"setting": 1}
    assert put(book, copy) == {}
    book.undo()
    book.undo()
    assert book.row("contact", ann)["note"] == "あとから書いた"


def test_somebody_of_the_same_name_under_another_id_is_named_before(
    book: Book, copy: dict[str, Any]
) -> None:
    book.add("contact", name="架空 花子")
    assert compared(book, copy).namesakes == ("架空 花子",)


@pytest.mark.stores("file")
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(rows=rows_of_books(most=2), other=rows_of_books(most=2))
def test_putting_back_into_any_book_adds_what_was_compared_and_changes_nothing_else(
    store: Store, rows: Rows, other: Rows
) -> None:
    with store.another() as url, closing(Book(open_database(url), "me")) as book:
        fill(book, rows)
        home = copy_of(book)
        there = Book(book.engine, "someone")
        fill(there, other)
        before, found = state(there), compared(there, home)
        put(there, home, set())
        after = state(there)
        assert {key: after[key] for key in before} == before
        assert after.keys() - before.keys() == found.new.keys()
        put(there, home)
        assert {key: state(there)[key] for key in state(book)} == state(book)
        nothing = compared(there, home)
        assert not nothing.new and not nothing.differing


@pytest.mark.parametrize("revision", EARLIER)
def test_a_copy_of_an_earlier_version_goes_through_the_same_steps_as_a_book(
    book: Book, copy: dict[str, Any], revision: str
) -> None:
    """A copy of then has the columns of then; here those that all revisions have."""
    contact = {"id": "ann", "name": "架空 花子", "met_on": "2020-04-01", "focus": True}
    rows = [contact | columns_of_then(revision)]
    put(book, {"about": {"revision": revision}, "tables": {"contact": rows}})
    row = book.row("contact", "ann")
    assert (row["name"], row["met_on"], row["focus"]) == ("架空 花子", "2020-04-01", True)


def columns_of_then(revision: str) -> dict[str, Any]:
    """Return empty values for the other columns of a contact that a revision demands."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        migrate(connection, to=revision)
        columns = inspect(connection).get_columns("contact")
    empty: dict[type, Any] = {Boolean: False, Integer: None, JSON: []}
    values = {
        each["name"]: next((v for kind, v in empty.items() if isinstance(each["type"], kind)), "")
        for each in columns
    }
    kept = {"owner", "id", "version", "name", "met_on", "focus"}
    return {
        name: None if name.endswith("_id") else value
        for name, value in values.items()
        if name not in kept
    }


def changed(copy: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    other: dict[str, Any] = json.loads(json.dumps(copy))
    change(other)
    return other


def twice(copy: dict[str, Any]) -> None:
    """Write everybody down a second time, under the same id."""
    copy["tables"]["contact"] *= 2


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda copy: copy["about"].update(revision="9999"), NewerCopyError),
        (lambda copy: copy["about"].update(revision="next"), NotACopyError),
        (lambda copy: copy["about"].pop("revision"), DamagedCopyError),
        (lambda copy: copy.pop("tables"), DamagedCopyError),
        (lambda copy: copy["tables"].update(person=[{"id": "x"}]), DamagedCopyError),
        (lambda copy: copy["tables"]["contact"][0].pop("id"), DamagedCopyError),
        (lambda copy: copy["tables"]["contact"][0].update(id="a\x00b"), DamagedCopyError),
        (twice, DamagedCopyError),
        (lambda copy: copy["tables"]["contact"].clear(), DamagedCopyError),
        (lambda copy: copy["tables"]["contact"][0].update(name={"a": 1}), DamagedCopyError),
        (lambda copy: copy["tables"]["contact"][0].update(known_since=1.5), DamagedCopyError),
        (lambda copy: copy["tables"]["contact"][0].update(closeness="near"), UnfitCopyError),
        (lambda copy: copy["tables"]["contact"][0].update(name="x" * 201), UnfitCopyError),
        (lambda copy: copy["tables"]["contact"][0].update(owner="you"), UnfitCopyError),
        (lambda copy: copy["tables"]["encounter"][0].update(on="2026-02-30"), UnfitCopyError),
    ],
)
def test_what_does_not_fit_is_refused_as_a_whole(
    book: Book,
    copy: dict[str, Any],
    change: Callable[[dict[str, Any]], object],
    error: type[OwnCopyError],
) -> None:
    before = calls(book)
    with pytest.raises(error):
        put(book, changed(copy, change))
    assert count_rows(book) == {}
    assert calls(book) == before


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotACopyError),
        (b"[]", NotACopyError),
        (b'{"a": 1}', NotACopyError),
        (b"\xff\xfe\x00", NotACopyError),
        (b"[" * 100_000, NotACopyError),
        (b'{"about": {"revision": "0001"}, "tables": {"contact": [{"id', DamagedCopyError),
        (
            b'{"about": {"revision": "0001"}, "tables": {"goal": [{"id": "\xff"}]}}',
            DamagedCopyError,
        ),
        (b'{"about": ' + b"[" * 100_000, DamagedCopyError),
    ],
)
def test_other_files_are_told_from_damaged_ones(data: bytes, error: type[OwnCopyError]) -> None:
    with pytest.raises(error) as refused:
        decode_copy(data, "file.json")
    assert "file.json" in str(refused.value)


def test_a_copy_of_an_earlier_version_that_is_not_whole_is_refused(book: Book) -> None:
    for tables in ({"contact": [{"id": "x", "nose": "long"}]}, {"nose": [{"id": "x"}]}):
        with pytest.raises(DamagedCopyError):
            put(book, {"about": {"revision": revisions()[0]}, "tables": tables})
    assert head() != revisions()[0]
    assert calls(book) == []


def test_a_byte_order_mark_and_another_layout_change_nothing(
    book: Book, copy: dict[str, Any]
) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(copy, indent=2, ensure_ascii=False).encode()
    put_back(book, decode_copy(data, "x.json"), "x.json")
    assert copy_of(book) == copy
