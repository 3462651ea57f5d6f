"""What a killed process left beside a book: its own log is recovered, a foreign one never meets it.

The logs are made by SQLite itself, in processes that are killed.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from book_children import STEP, start
from enishi.book import Book, DamagedBookError, open_book, sqlite
from enishi.book.integrity import find_problems
from stores import BOOK

SENTENCES = [f"受けとったと言われた文 {number}" for number in range(25)]

WITH_LOG = """
import sqlite3
from enishi.book.sqlite import connect
from enishi.book import sqlite
raw = connect(sqlite.Path(book.engine.url.database), "rw")
raw.execute("PRAGMA journal_mode=WAL")  # as earlier versions kept it
book.add("contact", name="begin")
raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
for line in sys.stdin:
    if line.startswith("checkpoint"):
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        book.add("contact", name=line.strip())
    print("done")
"""
"""A process of an earlier version, which keeps a write-ahead log."""

IN_THE_MIDDLE = """
with book.batch("import") as batch:
    batch.add_many("contact", [{"name": f"見本 {n}", "note": "長" * 900} for n in range(3000)])
    batch.connection.exec_driver_sql("PRAGMA cache_spill=ON")
    print("written")
    sys.stdin.read()
"""


class Earlier:
    """A process that writes as an earlier version did, until it is killed."""

    def __init__(self, folder: Path) -> None:
        self.child = start(STEP + WITH_LOG, folder)

    def say(self, line: str) -> None:
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(line + "\n")
        self.child.stdin.flush()
        assert self.child.stdout.readline() == "done\n"

    def kill(self) -> None:
        self.child.kill()
        self.child.communicate()


def names(folder: Path) -> list[str]:
    book = open_book()
    found = [str(name) for name in book.frame("contact")["name"]]
    book.close()
    return found


def beside(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


@pytest.fixture
def killed(book: Book, data_dir: Path) -> Iterator[Path]:
    """A book whose 25 sentences are in a log beside it, and nowhere else."""
    book.close()
    earlier = Earlier(data_dir)
    for sentence in SENTENCES:
        earlier.say(sentence)
    earlier.kill()
    assert (data_dir / f"{BOOK}-wal").stat().st_size > 100_000
    yield data_dir


def test_what_an_earlier_version_acknowledged_is_there_after_it_was_killed(killed: Path) -> None:
    assert names(killed) == ["begin", *SENTENCES]
    assert beside(killed) == {BOOK}


def test_a_book_put_back_over_one_that_was_killed_does_not_meet_its_log(
    killed: Path, empty_book_file: Path
) -> None:
    inode = (killed / BOOK).stat().st_ino
    shutil.copyfile(empty_book_file, killed / BOOK)
    assert (killed / BOOK).stat().st_ino == inode
    log = (killed / f"{BOOK}-wal").read_bytes()
    assert names(killed) == []
    [aside] = killed.glob("book-foreign-*-wal")
    assert aside.read_bytes() == log, "neither is deleted"


def test_a_copy_that_kept_a_log_itself_is_told_from_a_later_one_s_log(
    book: Book, data_dir: Path, tmp_path: Path
) -> None:
    """Copied with `cp` by a person, days ago; both files say that they have a log."""
    book.close()
    earlier = Earlier(data_dir)
    earlier.say("before the copy")
    earlier.say("checkpoint")
    shutil.copyfile(data_dir / BOOK, tmp_path / "copy")
    for number in range(40):
        earlier.say(f"after the copy {number}")
    earlier.say("checkpoint")
    earlier.say("only in the log")
    earlier.kill()
    shutil.copyfile(tmp_path / "copy", data_dir / BOOK)
    assert names(data_dir) == ["begin", "before the copy"]
    assert len(list(data_dir.glob("book-foreign-*-wal"))) == 1


def test_a_book_that_was_moved_away_leaves_nothing_that_harms_the_new_one(
    killed: Path, tmp_path: Path
) -> None:
    shutil.move(killed / BOOK, tmp_path / "old.sqlite3")
    assert names(killed) == []
    [aside] = killed.glob("book-foreign-*-wal")
    shutil.copyfile(aside, tmp_path / "old.sqlite3-wal")
    with sqlite3.connect(tmp_path / "old.sqlite3") as old:
        assert old.execute("SELECT count(*) FROM contact").fetchone() == (26,)
    old.close()


@pytest.mark.parametrize("replaced", [False, True])
def test_a_write_that_was_killed_in_the_middle_is_rolled_back_in_its_own_book_only(
    book: Book, data_dir: Path, tmp_path: Path, replaced: bool
) -> None:
    book.add("contact", name="見本 一")
    book.close()
    shutil.copyfile(data_dir / BOOK, tmp_path / "copy")
    book.add("contact", name="見本 二")
    with book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"見本 {n}"} for n in range(500)])
    book.close()
    code = STEP + "book.close()\n" + SPILL + IN_THE_MIDDLE
    child = start(code, data_dir)
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n", child.communicate()[1]
    child.kill()
    child.communicate()
    assert (data_dir / f"{BOOK}-journal").stat().st_size > 0
    if replaced:
        shutil.copyfile(tmp_path / "copy", data_dir / BOOK)
    found = names(data_dir)
    assert found[0] == "見本 一"
    assert len(found) == (1 if replaced else 502)
    assert len(list(data_dir.glob("book-foreign-*-journal"))) == replaced
    with sqlite3.connect(data_dir / BOOK) as connection:
        assert find_problems(connection) == []
    connection.close()


SPILL = """
from sqlalchemy import event
event.listen(book.engine, "connect", lambda c, r: c.execute("PRAGMA cache_size=5"))
"""
"""With so small a cache SQLite writes into the file long before the transaction ends."""


def test_a_log_that_another_process_is_using_is_left_to_it(book: Book, data_dir: Path) -> None:
    book.add("contact", name="見本 一")
    with book.writing() as connection:
        connection.exec_driver_sql("PRAGMA cache_size=5")
        connection.exec_driver_sql("UPDATE contact SET note = 'x'")
        child = start(
            "from pathlib import Path; from enishi.book import recovery; import os\n"
            f"recovery.recover(Path(os.environ['ENISHI_DATA']) / {BOOK!r}); print('left')",
            data_dir,
        )
        assert child.communicate() == ("left\n", "")
        assert beside(data_dir) == {BOOK, f"{BOOK}-journal"}
    assert beside(data_dir) == {BOOK}


def test_a_book_that_is_whole_neither_with_its_log_nor_without_is_left_as_it_is(
    killed: Path,
) -> None:
    content = bytearray((killed / BOOK).read_bytes())
    content[4096:8192] = b"\xff" * 4096
    (killed / BOOK).write_bytes(content)
    before = {file.name: file.read_bytes() for file in killed.iterdir()}
    with pytest.raises(DamagedBookError):
        open_book()
    assert {name: before[name] for name in before if not name.endswith("-shm")} == {
        file.name: file.read_bytes() for file in killed.iterdir() if not file.name.endswith("-shm")
    }


def test_a_row_that_is_older_than_its_journal_is_noticed(book: Book, data_dir: Path) -> None:
    ann = book.add("contact", name="架空 花子")
    book.update("contact", ann, name="架空 花")
    book.close()
    with sqlite3.connect(data_dir / BOOK) as connection:
        assert find_problems(connection) == []
        connection.execute("UPDATE contact SET name = '架空 花子', version = 1")
        assert find_problems(connection) == ["1 rows of “contact” are not as last written"]
        connection.execute("UPDATE contact SET name = '架空 鼻', version = 2")
        assert find_problems(connection) == ["1 rows of “contact” are not as last written"]
    connection.close()
    assert sqlite.QUICK_BYTES > 1_000_000
