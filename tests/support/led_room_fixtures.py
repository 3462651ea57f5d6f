"""The fixture of the tests of a room that is led; they name this module in `pytest_plugins`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ipywidgets import Widget

from enishi.book import Book, open_book
from enishi.identity import PERSON, ROLE, ROOM
from enishi.room.entries import open_room
from led_rooms import AGENDA, LedRoom
from stores import lay_in


@pytest.fixture
def led(
    tmp_path: Path, empty_book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LedRoom]:
    """A room with a host whose seat leads, and nobody else yet."""
    lay_in(tmp_path, empty_book_file)
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    monkeypatch.setenv("HTTP_ACCEPT_LANGUAGE", "en")
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    for name in (PERSON, ROLE, ROOM):
        monkeypatch.setenv(name, "")
    engine = open_book("room-none").engine
    room = open_room(engine, "A sample evening", "en", AGENDA)
    book = Book(engine, room)
    with book.batch("add") as batch:
        batch.add("room_seat", person_id="the-host", called="Hanako", leads=True, let_in=True)
    yield LedRoom(book, "the-host")
    Widget.close_all()
