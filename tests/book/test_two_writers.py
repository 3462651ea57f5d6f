from __future__ import annotations

import json
from pathlib import Path

import pytest

from book_children import STEP, finish, go, start
from book_states import calls, count
from enishi.book import Book, open_book
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

ADDS = """
import json
print("ready"); sys.stdin.readline()
print(json.dumps([book.add("contact", name=f"見本 {number}") for number in range(30)]))
"""
APPENDS = """
print("ready"); sys.stdin.readline()
row, done = os.environ["ROW"], 0
while done < 20:
    now = book.row("goal", row)
    try:
        mark = f"{os.environ['NAME']}{done} "
        book.update("goal", row, now["version"], wish=now["wish"] + mark)
        done += 1
    except StaleVersionError as conflict:
        assert conflict.fields == ("wish",)
"""
FIELD = """
print("ready"); sys.stdin.readline()
version = 1
for number in range(20):
    values = {os.environ["FIELD"]: str(number)}
    version = book.update("contact", os.environ["ROW"], version, **values)
    print(version)
"""


def test_two_processes_that_add_at_once_lose_nothing(data_dir: Path, store: Store) -> None:
    open_book().close()
    children = [start(STEP + ADDS, data_dir, **store.environment) for _ in range(2)]
    go(children)
    ids = [id for child in children for id in json.loads(finish(child))]
    book = open_book()
    assert set(book.frame("contact").index) == set(ids)
    assert len(set(ids)) == len(calls(book)) == 60
    book.close()


def test_two_processes_that_write_on_one_field_lose_no_word(
    book: Book, data_dir: Path, store: Store
) -> None:
    row = book.add("goal")
    said = {"ROW": row} | store.environment
    children = [start(STEP + APPENDS, data_dir, NAME=name, **said) for name in "ab"]
    go(children)
    for child in children:
        finish(child)
    marks = book.row("goal", row)["wish"].split()
    assert sorted(marks) == sorted(f"{name}{number}" for name in "ab" for number in range(20))
    assert [mark for mark in marks if mark[0] == "a"] == [f"a{number}" for number in range(20)]
    assert book.row("goal", row)["version"] == 41


def test_two_processes_that_write_different_fields_never_conflict(
    book: Book, data_dir: Path, store: Store
) -> None:
    row = book.add("contact", name="架空 花子")
    said = {"ROW": row} | store.environment
    children = [start(STEP + FIELD, data_dir, FIELD=name, **said) for name in ("how_met", "hope")]
    go(children)
    versions = [int(line) for child in children for line in finish(child).split()]
    now = book.row("contact", row)
    assert (now["how_met"], now["hope"], now["name"]) == ("19", "19", "架空 花子")
    assert sorted(versions) == list(range(2, 42)), "each write got a version of its own"


@pytest.mark.stores("file")
def test_processes_that_make_the_book_at_the_same_moment_share_one(data_dir: Path) -> None:
    code = """
import sys
print("ready"); sys.stdin.readline()
from enishi.book import open_book
open_book().add("contact", name="見本")
"""
    children = [start("import sqlalchemy, alembic.command\n" + code, data_dir) for _ in range(3)]
    go(children)
    for child in children:
        finish(child)
    book = open_book()
    assert count(book, "contact") == 3
    book.close()
    assert [file.name for file in data_dir.iterdir()] == ["book.sqlite3"]


def test_a_reader_waits_for_nobody(book: Book) -> None:
    book.add("contact", name="架空 花子")
    second = open_book()
    with book.batch("slow") as batch:
        batch.add("contact", name="架空 次郎")
        assert len(second.frame("contact")) == 1
        assert second.next_undo_redo()[0] is not None
        third = open_book()  # opening waits for nobody either
        third.close()
    assert len(second.frame("contact")) == 2
    second.close()
