"""A participant's page of a room, built once before the fork; see `preload`.

Sixty people open it in the same minute. Its sheets, the queries they ask and the texts they show
are then prepared, and their memory is shared by all kernels.
"""

from __future__ import annotations

import os

import widgets
from enishi.book import Book
from enishi.book.room_tables import STAGE
from enishi.book.sqlite import memory_engine
from enishi.book.tables import metadata
from enishi.i18n import LANGUAGES
from enishi.identity import PERSON, ROOM_PREFIX
from enishi.paths import SHEETS
from enishi.room.agendas import USUAL, find_agenda, phases_of
from enishi.room.entries import add_seat
from enishi.room.room import Room, make_room
from enishi.room.stage import enter_phase
from widgets.base.sheet import Sheet, decode_message
from widgets.room.room_page import RoomPage

REHEARSED: tuple[type[Sheet], ...] = (
    *(widgets.Header, widgets.Here, widgets.Consents, widgets.Wish, widgets.Inventory),
    *(widgets.Ways, widgets.Partner, widgets.Request, widgets.Ring, widgets.Notes),
    *(widgets.Poll, widgets.TakeHome),
)
"""The sheets of the page."""
_PERSON = "rehearsal"


def rehearse_room() -> None:
    """Hold a short session in memory, where people can join a room at all.

    The database has no file and is closed before any fork.
    """
    if PERSON not in os.environ:  # a workbook for one person
        return
    engine = memory_engine()
    metadata.create_all(engine)
    os.environ[SHEETS] = "/"  # sheets then name their scripts, and do not read them
    try:
        for language in LANGUAGES:
            hold_session(Book(engine, f"{ROOM_PREFIX}rehearsal-{language}"), language)
    finally:
        del os.environ[SHEETS]
        engine.dispose()


def hold_session(book: Book, language: str) -> None:
    """Build a participant's page, lead it into a phase, write there, and close it again.

    Args:
        book: a new book, which holds the room and stands for the person's own book as well.
        language: the language of the page.
    """
    make_room(book, "", language, phases_of(find_agenda(USUAL), language))
    with book.batch("add") as batch:
        add_seat(batch, _PERSON, _PERSON, let_in=True)
    phases = book.frame("room_phase")
    phase = str(phases.index[phases["kind"] == "notes"][0])
    page = RoomPage("10-room", book, language, is_paged=True)
    page.room = Room(book, _PERSON, hosts=True)
    sheets: list[Sheet] = [kind(page) for kind in REHEARSED]
    for sheet in sheets:
        sheet.build()
    with page.room.command() as hand:
        enter_phase(hand, hand.batch.row("room_stage", STAGE)["version"], phase, 0, "")
    notes = next(sheet for sheet in sheets if isinstance(sheet, widgets.Notes))
    written = {"do": "write_note", "phase_id": phase, "words": "a note"}
    decode_message(written | {"n": 1}, notes.messages)
    notes.write_note(phase, written["words"])
    page.refresh()
    for sheet in sheets:
        sheet.close()
