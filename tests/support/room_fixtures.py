"""The fixture of the tests that open pages of a room; they name this module in `pytest_plugins`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ipywidgets import Widget

from enishi.book import Book, open_book
from enishi.room.entries import open_room
from enishi.room.room import Room
from room_session import PHASES, Session
from stores import lay_in


@pytest.fixture
def session(
    tmp_path: Path, empty_book_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """A room that nobody has entered yet."""
    lay_in(tmp_path, empty_book_file)
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    monkeypatch.setenv("ENISHI_PERSON", "")
    monkeypatch.delenv("ENISHI_ROOM", raising=False)
    first = open_book("room-0")
    book = Book(first.engine, open_room(first.engine, "Our evening", "en", PHASES))
    yield Session(book, Room(book, "", hosts=True), monkeypatch)
    Widget.close_all()
