"""What people with bad intent write: everybody else gets it as the text that it is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from itertools import chain
from typing import Any

import pytest

import widgets
from enishi.book import Book
from enishi.book.room_tables import ROOM_TABLES, STAGE
from enishi.book.tables import LINE
from enishi.book.validation import columns_of, links_of
from enishi.i18n import texts
from enishi.room.entries import open_room
from enishi.room.shared_table import write_shared
from led_rooms import LedRoom
from payloads import (
    AGENDA,
    FORMULA,
    NAMES,
    PAYLOADS,
    TEXTS,
    fill_with_payloads,
    kept,
    kept_block,
)
from sheets import ask, book_of
from widgets.room.room_page import RoomPage

pytest_plugins = ["led_room_fixtures"]

POINTERS = {
    ("room_stage", "phase_id"),
    *(("room_seat", name) for name in ("person_id", "ready_phase")),
    *(("room_party", name) for name in ("members", "why", "first")),
}
"""Texts of a room that nobody writes: ids, and reasons made of them."""


@pytest.fixture
def room(led: LedRoom) -> LedRoom:
    """A room full of payloads, in whose session everything was revealed."""
    book = Book(led.book.engine, open_room(led.book.engine, "", "en", AGENDA))
    with book.batch("add") as batch:
        batch.add("room_seat", person_id=led.host, called="Hanako", leads=True, let_in=True)
    fill_with_payloads(book)
    return LedRoom(book, led.host)


def strings(value: Any) -> Iterator[str]:
    """Yield every text in plain JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(strings, value.values()))
    elif isinstance(value, list):
        yield from chain.from_iterable(map(strings, value))


def shown(room: LedRoom, page: RoomPage, *sheets: str, kind: str) -> set[str]:
    """Return every text that sheets show in the last phase of a kind."""
    phases = room.book.frame("room_phase").sort_values("place")
    phase = str(phases.index[phases["kind"] == kind][-1])
    room.update("room_stage", STAGE, phase_id=phase, state="running")
    states = [getattr(widgets, name)(page).state for name in sheets]
    return {*strings(json.loads(json.dumps(states)))}


def test_the_payloads_are_written_into_every_text_there_is() -> None:
    for table, sql_table in ROOM_TABLES.items():
        texts = {name for name, column in columns_of(sql_table).items() if "longest" in column.info}
        texts -= {name for where, name in POINTERS if where == table} | {*links_of(sql_table)}
        assert texts == {*TEXTS.get(table, ())}, table


def test_every_page_gets_the_payloads_as_they_were_written(room: LedRoom) -> None:
    lines = {kept(payload[:LINE]) for payload in PAYLOADS}
    written = {"ring": {*map(kept_block, PAYLOADS)}, "notes": lines, "poll": lines}
    host, wall = room.lead(), room.project()
    for kind, payloads in written.items():
        assert payloads <= shown(room, host, "Board", kind=kind)
        assert payloads <= shown(room, wall, "Wall", kind=kind)
    assert {*NAMES} <= shown(room, wall, "Wall", kind="partner")
    assert {*NAMES} <= shown(room, host, "Guests", kind="partner")
    assert lines <= shown(room, host, "After", kind="home")
    phone = room.open("10-room", NAMES[3])
    for kind, sheet in (("ring", "Ring"), ("notes", "Notes"), ("poll", "Poll")):
        assert lines <= shown(room, phone, sheet, kind=kind)
    home = shown(room, phone, "TakeHome", kind="home")
    assert {NAMES[2], NAMES[4], PAYLOADS[3], PAYLOADS[4]} <= home


def test_no_cell_of_what_was_shared_is_a_formula_wherever_a_spreadsheet_parts_it(
    room: LedRoom,
) -> None:
    frames = {name: room.book.frame(name) for name in ROOM_TABLES}
    table = write_shared(frames, texts("room", "en")["screens"]["after"]["table"])
    assert "HYPERLINK" in table and "cmd" in table
    for parted in (",", ";", "\t"):
        for row in csv.reader(StringIO(table), delimiter=parted):
            assert not [cell for cell in row if FORMULA.match(cell)], parted
    rows = [row[-1] for row in csv.reader(StringIO(table))]
    lines = [kept(payload[:LINE]) for payload in PAYLOADS]
    assert all({line, f"'{line}"} & {*rows} for line in lines if ";" not in line)


def test_what_goes_home_is_kept_as_it_was_written(room: LedRoom) -> None:
    for at in (9, 14):
        phone = room.open("10-room", NAMES[at])
        home = widgets.TakeHome(phone)
        lists = ("partners", "received", "given", "promises", "promised_me")
        ids = [row["id"] for name in lists for row in home.state[name]]
        assert ask(home, "put", ids=ids)["ok"]
        own = book_of(phone)
        assert {NAMES[at - 1], NAMES[at + 1]} == {*own.frame("contact")["name"]}
        offered = {kept(PAYLOADS[at + 1][:LINE])}
        assert offered == {*own.frame("give")["what"]}
        assert {*own.frame("promise")["words"]} == {kept(PAYLOADS[n][:LINE]) for n in (at, at + 1)}
        assert {*own.frame("contact")["how_met"]} == {f"At “{PAYLOADS[0]}”"}
