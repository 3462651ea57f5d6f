"""How many acknowledged writes are lost, and how many books are broken, by ends and by copies.

    .venv/bin/python bench/losses.py [TRIES]

Each try lets a process write, in a book and in a room, until it is ended in one of three ways,
takes one of the steps that README.md and docs/serving.md describe, and looks into the file.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from enishi.book import backup, database, open_book
from enishi.book.copies import automatic_backups
from enishi.book.integrity import find_problems

WRITES = """
from enishi.book import Book, open_book
from enishi.room.entries import add_seat
from enishi.room.room import Room, make_room

book = open_book()
shared = Book(book.engine, "room-1")
if shared.frame("room_stage").empty:
    make_room(shared, "見本の会", "ja", [{"kind": "notes", "minutes": 5}])
    with shared.batch("add") as batch:
        add_seat(batch, "somebody", "見本", let_in=True)
room, phase = Room(shared, "somebody"), shared.frame("room_phase").index[0]
for number in range(10_000):
    print(book.add("contact", name=f"見本 {number}"), flush=True)
    with room.command() as hand:
        id = hand.add("room_note", phase_id=phase, words=f"見本 {number}")
    print(id, flush=True)
"""
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGKILL)
BOOK = "book.sqlite3"


def acknowledged(folder: Path, end: signal.Signals, seconds: float) -> list[str]:
    """Let a process write for a while, end it, and return the ids it was given."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITES],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"ENISHI_DATA": str(folder)},
        text=True,
    )
    assert writer.stdout is not None
    first = writer.stdout.readline()
    try:
        writer.wait(seconds)
    except subprocess.TimeoutExpired:
        writer.send_signal(end)
    rest = writer.stdout.read().split()
    writer.wait()
    return [first.strip(), *(id for id in rest if len(id) == len(first.strip()))]


def there(file: Path) -> set[str]:
    """Return the ids of the contacts in a book, and of the notes in its room."""
    found = "SELECT id FROM contact UNION SELECT id FROM room_note"
    with closing(sqlite3.connect(file)) as connection:
        return {id for (id,) in connection.execute(found)}


def open_it(folder: Path) -> Path:
    """Open the book as the next start does."""
    os.environ["ENISHI_DATA"] = str(folder)
    open_book().close()
    return folder / BOOK


def go_on(folder: Path, copy: Path) -> Path:
    """Start again."""
    return open_it(folder)


def copy_by_hand(folder: Path, copy: Path) -> Path:
    """Start and end once, and copy the one file."""
    shutil.copyfile(open_it(folder), copy / BOOK)
    return open_it(copy)


def copy_and_put_back(folder: Path, copy: Path) -> Path:
    """The same, with more written and another kill before the copy is put back over the book."""
    shutil.copyfile(open_it(folder), copy / BOOK)
    acknowledged(folder, signal.SIGKILL, 0.2)
    shutil.copyfile(copy / BOOK, folder / BOOK)
    return open_it(folder)


def back_up_and_restore(folder: Path, copy: Path) -> Path:
    """The commands, with more written and another kill between them."""
    os.environ["ENISHI_DATA"] = str(folder)
    backup.back_up(database.database_url(), copy / "kept.sqlite3")
    acknowledged(folder, signal.SIGKILL, 0.2)
    backup.restore(database.database_url(), copy / "kept.sqlite3")
    return open_it(folder)


def back_up_automatically(folder: Path, copy: Path) -> Path:
    """An automatic backup, killed at any moment, and the last whole one restored."""
    file = open_it(folder)
    earlier = automatic_backups.make_automatic_backup(file)
    acknowledged(folder, signal.SIGKILL, 0.2)
    os.environ["ENISHI_DAYS_AHEAD"] = "1"
    command = [sys.executable, "-m", automatic_backups.__package__, str(file)]
    child = subprocess.Popen(command)
    try:
        child.wait(random.uniform(0.3, 1.5))
    except subprocess.TimeoutExpired:
        child.kill()
    child.wait()
    del os.environ["ENISHI_DAYS_AHEAD"]
    found = automatic_backups.list_automatic_backups(file)
    assert earlier in {each.path for each in found}
    backup.restore(database.database_url(), found[0].path)
    return open_it(folder)


def move_away_and_begin_anew(folder: Path, copy: Path) -> Path:
    """Move the book away, begin another one, and put the first back in another folder."""
    shutil.move(open_it(folder), copy / BOOK)
    acknowledged(folder, signal.SIGKILL, 0.2)
    os.environ["ENISHI_DATA"] = str(folder)
    assert not backup.examine(database.database_url())
    return open_it(copy)


STEPS: tuple[Callable[[Path, Path], Path], ...] = (
    go_on,
    copy_by_hand,
    copy_and_put_back,
    back_up_and_restore,
    back_up_automatically,
    move_away_and_begin_anew,
)


def main() -> None:
    """Try each step with each end, and print what was lost."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    chance = random.Random(tries)
    writes, lost, broken = Counter[str](), Counter[str](), Counter[str]()
    for number in range(tries):
        step, end = STEPS[number % len(STEPS)], ENDS[number % len(ENDS)]
        with tempfile.TemporaryDirectory() as place:
            folder, copy = Path(place) / "data", Path(place) / "copy"
            copy.mkdir()
            given = acknowledged(folder, end, chance.uniform(0.05, 1.0))
            file = step(folder, copy)
            writes[step.__name__] += len(given)
            lost[step.__name__] += len(set(given) - there(file))
            with closing(sqlite3.connect(file)) as connection:
                broken[step.__name__] += bool(find_problems(connection))
    print(f"{'step':<26}{'acknowledged':>14}{'lost':>8}{'broken':>8}")
    for step in STEPS:
        name = step.__name__
        print(f"{name:<26}{writes[name]:>14}{lost[name]:>8}{broken[name]:>8}")
    sys.exit(bool(lost.total() or broken.total()))


if __name__ == "__main__":
    main()
