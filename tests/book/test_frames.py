from __future__ import annotations

from threading import Thread

import pandas as pd
import pytest
from sqlalchemy import JSON, Boolean, Integer

from enishi.book import Book, open_book
from enishi.book.frames import PATCHED_ROWS, read_frame
from enishi.book.tables import TABLES, own_columns
from stores import Store

pytestmark = pytest.mark.stores("file", "server")


def anew(book: Book, table: str) -> pd.DataFrame:
    with book.reading() as connection:
        return read_frame(connection, book.owner, TABLES[table])


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_has_its_declared_types_even_when_it_is_empty(book: Book, table: str) -> None:
    empty = book.frame(table)
    book.add(table)
    filled = anew(book, table)
    assert list(empty.dtypes) == list(filled.dtypes)
    assert list(filled.columns) == [
        "version",
        *(column.name for column in own_columns(TABLES[table])),
    ]
    for column in own_columns(TABLES[table]):
        kind = str(filled[column.name].dtype)
        if "day" in column.info or "moment" in column.info:
            assert kind == "datetime64[s]"
        elif isinstance(column.type, Boolean):
            assert kind == "bool"
        elif isinstance(column.type, JSON):
            assert kind == "object"
        elif isinstance(column.type, Integer):
            assert kind in ("float64", "int64")
        elif "choices" in column.info:
            assert kind == "category"
            assert set(filled[column.name].cat.categories) == set(column.info["choices"])
        else:
            assert kind == "str"
    assert str(filled.index.dtype) == "str"
    assert str(filled["version"].dtype) == "int64"


def test_a_frame_says_what_the_rows_say(book: Book) -> None:
    ann = book.add("contact", name="架空 花子", topics=["山", "本"], met_on="2026-11-20", rung=0)
    book.add("contact", name="架空 次郎", through_id=ann, focus=True)
    frame = book.frame("contact")
    assert list(frame["name"]) == ["架空 花子", "架空 次郎"]
    assert list(frame["topics"]) == [["山", "本"], []]
    assert list(frame["through_id"]) == ["", ann]
    assert list(frame["focus"]) == [False, True]
    assert frame["rung"].isna().tolist() == [False, True]
    assert frame["met_on"].iloc[0] == pd.Timestamp("2026-11-20")
    assert frame["met_on"].isna().tolist() == [False, True]


def test_an_instant_is_in_the_frame_to_the_second(book: Book) -> None:
    book.add("encounter", at="2026-11-20T07:31:09Z")
    book.add("encounter")
    frame = book.frame("encounter")
    assert frame["at"].iloc[0] == pd.Timestamp("2026-11-20 07:31:09")
    assert pd.isna(frame["at"].iloc[1])


def test_a_frame_is_kept_until_the_book_moves(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    first = book.frame("contact")
    assert book.frame("contact") is first
    book.update("contact", ann, name="架空 花")
    assert book.frame("contact").loc[ann, "name"] == "架空 花"
    assert first.loc[ann, "name"] == "架空 花子"


def test_a_frame_shows_what_another_session_wrote(book: Book) -> None:
    ann = book.add("contact", name="架空 花子")
    assert len(book.frame("contact")) == 1
    second = open_book()
    second.update("contact", ann, name="架空 花")
    second.add("contact", name="架空 次郎")
    second.close()
    assert list(book.frame("contact")["name"]) == ["架空 花", "架空 次郎"]


def test_within_a_moment_the_book_stands_still(book: Book, store: Store) -> None:
    ann = book.add("contact", name="架空 花子")
    second = open_book()

    def write() -> None:
        second.update("contact", ann, name="架空 花")
        second.set_setting("word", "goen")
        second.close()

    writer = Thread(target=write)  # with a file it waits until nobody looks
    with book.snapshot():
        before = book.revision()
        writer.start()
        with book.snapshot():
            assert book.frame("contact").loc[ann, "name"] == "架空 花子"
        if not store.is_file:
            writer.join()
        assert book.setting("word") == ""
        assert book.revision() == before
    writer.join()
    assert book.frame("contact").loc[ann, "name"] == "架空 花"
    assert book.setting("word") == "goen"
    assert book.revision() > before


def test_a_patched_frame_equals_one_read_anew(book: Book) -> None:
    with book.batch("import") as batch:
        ids = batch.add_many("contact", [{"name": f"見本 {n}", "rung": n % 5} for n in range(20)])
    role = book.add("role", name="編集者")
    book.frame("contact")
    steps = [
        lambda: book.update("contact", ids[7], name="別の名前", rung=None, role_id=role),
        lambda: book.update("contact", ids[0], topics=["山"], met_on="2026-11-20"),
        lambda: book.add("contact", name="架空 花子", focus=True),
        lambda: book.delete("role", role),
        book.undo,
        lambda: book.undo(batch.id),
        book.undo,
    ]
    for step in steps:
        step()
        pd.testing.assert_frame_equal(book.frame("contact"), anew(book, "contact"))


def test_a_choice_that_is_not_declared_is_shown_and_outlives_edits(book: Book) -> None:
    ann, ben = (book.add("contact", name=name, channel="meet") for name in ("花子", "次郎"))
    with book.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contact SET channel='pigeon' WHERE name='花子'")
    assert list(book.frame("contact")["channel"]) == ["pigeon", "meet"]
    steps = [
        lambda: book.update("contact", ben, channel="letter"),
        lambda: book.update("contact", ann, name="花"),
        lambda: book.add("contact", name="三郎"),
        lambda: book.delete("contact", ben),
    ]
    for step in steps:
        step()
        assert book.frame("contact").loc[ann, "channel"] == "pigeon"
        pd.testing.assert_frame_equal(book.frame("contact"), anew(book, "contact"))
    book.update("contact", ann, channel="line")
    assert list(book.frame("contact")["channel"]) == ["line", "letter", ""]
    pd.testing.assert_frame_equal(book.frame("contact"), anew(book, "contact"))


def test_a_frame_is_right_after_more_moved_than_is_patched(book: Book) -> None:
    book.add("contact", name="架空 花子")
    book.frame("contact")
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {n}"} for n in range(PATCHED_ROWS + 1)])
    assert len(book.frame("contact")) == PATCHED_ROWS + 2
    pd.testing.assert_frame_equal(book.frame("contact"), anew(book, "contact"))


def test_a_frame_is_in_the_order_the_rows_were_made(book: Book) -> None:
    first = book.add("role", name="い")
    second = book.add("role", name="ろ")
    third = book.add("role", name="は")
    book.frame("role")
    book.delete("role", second)
    assert list(book.frame("role").index) == [first, third]
    book.undo()
    assert list(book.frame("role").index) == [first, second, third]
