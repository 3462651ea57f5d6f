from __future__ import annotations

import random
import sqlite3
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from book_children import STEP, start
from book_states import calls, count
from enishi.book import Book, open_book
from stores import Store

pytestmark = pytest.mark.stores("file", "server")

AGAIN = pytest.mark.thorough
MOMENTS = [0, *(pytest.param(n, marks=AGAIN) for n in range(1, 4))]
"""The moment is random each time."""
WRITES = """
for number in range(1000):
    print(book.add("contact", name=f"見本 {number}"))
"""
IMPORT = """
rows = [{"name": f"見本 {number}", "note": "長いメモ" * 50} for number in range(2000)]
print("begin")
with book.batch("import") as batch:
    batch.add_many("contact", rows)
    print("written")
print("done")
while True:
    pass
"""


def is_whole(store: Store) -> bool:
    """Ask SQLite itself whether the file is in order, links included; a server sees to that."""
    if not store.is_file or not Path(str(store.url.database)).exists():
        return True  # on a slow computer a child may be killed before it has made anything
    connection = sqlite3.connect(str(store.url.database))
    try:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        return found == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()


def kill_after(child: subprocess.Popen[str], lines: int) -> list[str]:
    """Read that many lines of a child, kill it, and return everything it managed to print."""
    assert child.stdout is not None
    printed = [child.stdout.readline().strip() for _ in range(lines)]
    child.kill()
    printed += [line.strip() for line in child.stdout if line.endswith("\n")]
    child.communicate()
    assert child.returncode == -9
    return printed


def open_after(store: Store) -> Book:
    """Open the book once whatever was under way has ended, one way or the other."""
    assert is_whole(store)
    book = open_book()
    with book.writing():  # a server may still be at it when its client is gone
        pass
    return book


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_write_that_returned_is_there_after_kill_9(
    data_dir: Path, store: Store, moment: int
) -> None:
    """The moment is random; a failure prints it."""
    lines = random.randint(0, 300)
    returned = kill_after(start(STEP + WRITES, data_dir, **store.environment), lines)
    assert len(returned) >= lines
    book = open_after(store)
    there = set(book.frame("contact").index)
    assert set(returned) <= there, lines
    assert len(there) <= len(returned) + 1, "at most the write that was under way came through too"
    assert calls(book) == ["add"] * len(there), "each with its row in the journal"
    for _ in there and range(3):
        book.undo()
    assert count(book, "contact") == max(0, len(there) - 3)
    book.close()


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_import_killed_in_the_middle_leaves_all_or_nothing(
    data_dir: Path, store: Store, moment: int
) -> None:
    child = start(STEP + IMPORT, data_dir, **store.environment)
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    wait = random.uniform(0, 0.25)
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(wait)
    child.kill()
    printed = child.stdout.read()
    child.communicate()
    book = open_after(store)
    assert count(book, "contact") in ((2000,) if "done" in printed else (0, 2000)), wait
    assert calls(book) == (["import"] if count(book, "contact") else [])
    book.close()


def test_an_import_killed_just_before_its_end_leaves_nothing(data_dir: Path, store: Store) -> None:
    code = IMPORT.replace('    print("written")', '    print("written"); sys.stdin.read()')
    kill_after(start(STEP + code, data_dir, **store.environment), 2)
    book = open_after(store)
    assert count(book, "contact") == 0
    assert calls(book) == []
    book.close()


@pytest.mark.stores("file")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_first_start_that_was_killed_does_not_matter(
    data_dir: Path, store: Store, moment: int
) -> None:
    child = start("print('begin')\n" + STEP, data_dir)
    assert child.stdout is not None
    child.stdout.readline()
    with suppress(subprocess.TimeoutExpired):
        child.wait(random.uniform(0, 0.6))
    child.kill()
    child.communicate()
    book = open_book()
    book.add("contact", name="架空 花子")
    assert is_whole(store)
    book.close()
