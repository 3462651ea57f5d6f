"""Automatic backups: one of each of the last days, whole whatever ends the process."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from book_children import child_environment
from book_states import state
from enishi.book import Book, backup
from enishi.book.copies.automatic_backups import (
    SETTING,
    SWITCHED_OFF,
    backup_folder,
    list_automatic_backups,
    make_automatic_backup,
    remove_automatic_backups,
    thin,
)
from enishi.book.errors import DamagedBookError
from enishi.book.integrity import find_problems
from stores import BOOK

COMMAND = [sys.executable, "-m", "enishi.book.copies"]


@pytest.fixture
def file(book: Book, data_dir: Path) -> Path:
    """The file of a book with a person in it."""
    book.add("contact", name="架空 花子")
    return data_dir / BOOK


def on_day(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Go on that many days later."""
    monkeypatch.setenv("ENISHI_DAYS_AHEAD", str(days))


def names_in(path: Path) -> set[str]:
    """Return the names of the people in a whole book, and fail if it is not whole."""
    with closing(sqlite3.connect(path)) as connection:
        assert find_problems(connection) == []
        return {name for (name,) in connection.execute("SELECT name FROM contact")}


def test_a_backup_is_a_whole_book_that_only_its_owner_reads_and_can_be_restored(
    book: Book, file: Path
) -> None:
    before = state(book, versions=True)
    made = make_automatic_backup(file)
    assert made is not None and made.parent == backup_folder(file)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert [each.path for each in list_automatic_backups(file)] == [made]
    assert names_in(made) == {"架空 花子"}
    book.add("contact", name="見本 次郎")
    backup.restore(book.engine.url, made)
    assert state(book, versions=True) == before


def test_nothing_is_made_while_nothing_has_changed(
    book: Book, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make_automatic_backup(file) is not None
    on_day(monkeypatch, 1)
    assert make_automatic_backup(file) is None
    book.add("goal", wish="願い")
    assert make_automatic_backup(file) is not None


def test_the_last_of_each_of_the_last_seven_days_is_kept_and_the_first_of_the_newest(
    book: Book, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(10):
        on_day(monkeypatch, day)
        for part in range(3):
            name = f"見本 {day}-{part}"
            book.add("contact", name=name)
            made = make_automatic_backup(file)
            assert made is not None
            moved = f"{made.stem.rpartition('-')[0]}-00000{part}{made.suffix}"
            made.rename(made.with_name(moved))  # before all that are made on that day
            thin(file)
    kept = list_automatic_backups(file)
    assert len(kept) == 8
    newest = [max(names_in(each.path) - {"架空 花子"}) for each in kept]
    assert newest == [
        *("見本 9-2", "見本 9-0", "見本 8-2", "見本 7-2"),
        *("見本 6-2", "見本 5-2", "見本 4-2", "見本 3-2"),
    ]


def test_switched_off_none_is_made_and_those_there_stay_until_they_are_removed(
    book: Book, file: Path
) -> None:
    make_automatic_backup(file)
    book.set_setting(SETTING, SWITCHED_OFF)
    assert make_automatic_backup(file) is None
    assert len(list_automatic_backups(file)) == 1
    assert remove_automatic_backups(file) == 1
    assert list(backup_folder(file).iterdir()) == []
    book.set_setting(SETTING, "")
    assert make_automatic_backup(file) is not None


def test_a_damaged_book_replaces_no_backup(
    book: Book, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_automatic_backup(file)
    before = list_automatic_backups(file)
    book.add("contact", name="見本 次郎")
    book.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE contact SET name = 'わるい ディスク'")
    on_day(monkeypatch, 1)
    with pytest.raises(DamagedBookError):
        make_automatic_backup(file)
    assert list_automatic_backups(file) == before
    assert [each.name for each in backup_folder(file).iterdir()] == [before[0].path.name]


def test_a_backup_that_was_damaged_since_does_not_stand_in_for_a_new_one(
    book: Book, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_automatic_backup(file)
    assert made is not None
    made.write_bytes(b"x")
    on_day(monkeypatch, 1)
    assert make_automatic_backup(file) is not None


def test_a_book_that_is_not_there_yet_gets_none(data_dir: Path) -> None:
    assert make_automatic_backup(data_dir / BOOK) is None
    assert list_automatic_backups(data_dir / BOOK) == []


def drafts(file: Path) -> list[Path]:
    """Return the unfinished backups of a book."""
    return list(backup_folder(file).glob(".*"))


def test_a_kill_at_any_moment_leaves_only_whole_backups(book: Book, file: Path) -> None:
    """`bench/losses.py` does the same with the writes; here it is the backup that is killed."""
    with book.batch("import") as batch:
        rows = [{"name": f"見本 {number}", "note": "あ" * 500} for number in range(2_000)]
        batch.add_many("contact", rows)
    first = make_automatic_backup(file)
    assert first is not None
    whole = names_in(first)
    book.add("contact", name="あとの 人")
    environment = child_environment(file.parent, {"ENISHI_DAYS_AHEAD": "1"})
    chance = random.Random(16)
    killed = 0
    for number in range(8):
        child = subprocess.Popen([*COMMAND, str(file)], env=environment)
        while not drafts(file) and child.poll() is None:
            time.sleep(0.002)
        started = time.monotonic()
        if number == 0:
            assert child.wait(timeout=60) == 0
            assert len(list_automatic_backups(file)) == 2, "it makes one when nobody kills it"
            takes = time.monotonic() - started
        else:
            time.sleep(takes * chance.random() if number < 7 else 0)
            child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            killed += child.wait() != 0
        kept = [each.path for each in list_automatic_backups(file)]
        assert first in kept
        assert names_in(first) == whole
        for path in kept:
            assert path == first or names_in(path) == {*whole, "あとの 人"}
        for path in (*kept, *drafts(file)):
            if path != first and number < 7:
                path.unlink()
    assert killed > 0
    assert drafts(file)
    for draft in drafts(file):
        os.utime(draft, (0, 0))
    subprocess.run([*COMMAND, str(file)], env=environment, check=True, timeout=60)
    assert not drafts(file), "what a kill left is gone"
    assert len(list_automatic_backups(file)) == 2
