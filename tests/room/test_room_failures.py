"""What a room holds after failures: everything that was answered as saved."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from book_children import go, start
from enishi.book import Book
from enishi.book.errors import DatabaseUnreachableError, DiskFullError
from enishi.room.room import Room
from postgresql import PostgreSQL, unprivileged
from room_session import Session
from shared_rooms import PEOPLE, SharedRoom, share_room
from small_disks import fill_up, small_disk
from stores import Store

pytest_plugins = ["room_fixtures"]

WRITER = """
import os, sys, time
from enishi.book import open_book
from enishi.room.room import Room
room = Room(open_book("room-1"), os.environ["WHO"])
print("ready"); sys.stdin.readline()
for number in range(1000):
    with room.command() as hand:
        id = hand.add("room_note", phase_id=os.environ["PHASE"], words=f"{number}")
    print(id)
    time.sleep(0.002)  # people pause, and another's turn comes
"""


def note(room: Room, shared: SharedRoom) -> str:
    """Write a note; once this returns, it was answered as saved."""
    with room.command() as hand:
        return hand.add("room_note", phase_id=shared.phases[1], words="見本")


def notes(shared: SharedRoom) -> set[str]:
    """Return the ids of the notes there are."""
    return {id for table, id in shared.rows() if table == "room_note"}


@pytest.mark.stores("file", "server")
def test_participants_whose_processes_are_killed_lose_nothing(
    book: Book, data_dir: Path, store: Store
) -> None:
    shared = share_room(book)
    said = {"PHASE": shared.phases[1]} | store.environment
    children = [start(WRITER, data_dir, WHO=who, **said) for who in PEOPLE[:2]]
    go(children)
    saved = set()
    for child in children:
        assert child.stdout is not None
        first = [child.stdout.readline() for _ in range(10)]
        child.kill()
        lines = [*first, *child.stdout]
        _, complaints = child.communicate()
        assert all(first), complaints
        saved |= {line.strip() for line in lines if line.endswith("\n")}
    with shared.book.writing():  # a server may still be at it when its client is gone
        pass

    assert len(saved) >= 20
    assert len(saved - notes(shared)) == 0
    assert len(notes(shared) - saved) <= 1 + len(children), "that of the room, and those under way"


@pytest.mark.stores("server")
def test_a_database_that_loses_its_power_loses_nothing_that_was_saved(
    postgresql: PostgreSQL, book: Book
) -> None:
    shared = share_room(book)
    rooms = [shared.open(who) for who in PEOPLE[:2]]
    saved = {note(room, shared) for room in rooms for _ in range(5)}
    postgresql.stop("QUIT")
    try:
        for room in rooms:
            with pytest.raises(DatabaseUnreachableError):
                note(room, shared)
    finally:
        postgresql.start()

    saved |= {note(room, shared) for room in rooms}
    assert len(saved) == 12 and len(saved - notes(shared)) == 0


@pytest.mark.stores("server")
def test_a_full_disk_of_a_database_server_is_said_and_what_was_saved_is_there(
    postgresql: PostgreSQL, book: Book
) -> None:
    shared = share_room(book)
    room = shared.open(PEOPLE[0])
    database, place = str(book.engine.url.database), postgresql.folder / "small"
    move = "ALTER TABLE room_note SET TABLESPACE "
    with small_disk(place):
        if "user" in (whoever := unprivileged()):
            shutil.chown(place, whoever["user"], whoever["group"])
        postgresql.run(f"CREATE TABLESPACE small LOCATION '{place}'")
        postgresql.run(move + "small", database=database)
        fill_up(place / "filler")
        saved = set[str]()
        with pytest.raises(DiskFullError):
            while len(saved) < 1000:
                saved.add(note(room, shared))
        (place / "filler").unlink()
        saved.add(note(room, shared))
        postgresql.run(move + "pg_default", database=database)
        postgresql.run("DROP TABLESPACE small")
    assert len(saved) > 1 and len(saved - notes(shared)) == 0


def test_a_full_disk_is_said_and_what_was_saved_is_there(session: Session) -> None:
    hana = session.enter("Hana")
    session.lead_into("notes")
    phase = hana["Notes"]["phase"]["id"]
    note = {"phase_id": phase, "words": "見本"}
    assert hana.do("Notes", "write_note", **note)["ok"]
    assert hana.page.room is not None
    engine = hana.page.room.book.engine
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "connect", limit)
    engine.dispose()
    saved = 1
    while (answer := hana.do("Notes", "write_note", **note | {"words": "長" * 300}))["ok"]:
        saved += 1
    assert "disk" in answer["text"]
    assert len(session.book.frame("room_note")) == saved

    event.remove(engine, "connect", limit)
    engine.dispose()
    assert hana.do("Notes", "write_note", **note)["ok"]
    assert len(session.book.frame("room_note")) == saved + 1


def test_two_devices_of_one_person_overwrite_nothing_of_each_other(session: Session) -> None:
    phone = session.enter("Hana")
    laptop = session.open_page(phone.page.room.person_id) if phone.page.room else phone
    row = phone["Request"]["request"]
    here = {"table": "room_request", "id": row["id"]}
    assert laptop["Request"]["request"] == row

    first = phone.do("Request", "write", **here, version=0, values={"words": "A ladder"})
    assert first["ok"]
    other = laptop.do("Request", "write", **here, version=0, values={"why": "For apples"})
    assert other["ok"], "another field is no conflict"
    late = laptop.do("Request", "write", **here, version=0, values={"words": "A boat"})
    assert not late["ok"] and late["theirs"] == {"words": "A ladder"}

    (kept,) = session.book.frame("room_request").to_dict("records")
    assert (kept["words"], kept["why"]) == ("A ladder", "For apples")
