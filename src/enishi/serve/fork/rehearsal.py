"""What is read, asked and built once before the fork; see `preload`.

Compiled patterns, prepared queries and the types of messages are then shared by all kernels.
"""

from __future__ import annotations

from datetime import date

import widgets
from enishi.book import Book
from enishi.book.database import database_url
from enishi.book.frames import empty_frame, select_all_sql
from enishi.book.journal import calls_sql, revision_sql
from enishi.book.postgresql import server_url
from enishi.book.room_tables import STORED
from enishi.book.sqlite import memory_engine
from enishi.book.tables import TABLES, metadata
from enishi.coach.giving.promises import detect_promises
from enishi.coach.goal.vague_wish import find_vague
from enishi.coach.language.solicitation_signs import find_signs
from enishi.coach.messages.lint import find_issues
from enishi.i18n import LANGUAGES
from enishi.identity import ROOM_PREFIX
from widgets.base.sheet import decode_message


def import_driver() -> None:
    """Import the driver of the database in `ENISHI_DATABASE`; do not connect to it."""
    database_url().get_dialect().import_dbapi()


def prepare_queries() -> None:
    """Build and cache the SQL queries and empty frames for this kind of database; query nothing."""
    kind = server_url(database_url()).get_backend_name()
    revision_sql(kind)
    calls_sql(kind)
    for table in STORED.values():
        select_all_sql(table, kind)
        empty_frame(table)


def rehearse_reading() -> None:
    """Read a line of each language in all the ways that pages do, so that patterns are compiled."""
    today = date(2026, 11, 20)
    for line in ("一行", "a line"):
        find_vague(line)
        detect_promises(line, today)
        find_signs(line)
        find_issues(line, stage=1)


def rehearse() -> None:
    """Write and read a book in memory: what is prepared on first use is then shared by all kernels.

    The database has no file and is closed before any fork.
    """
    engine = memory_engine()
    metadata.create_all(engine)
    # A room's book: a server for many belongs to no person, and may open no person's book.
    book = Book(engine, f"{ROOM_PREFIX}rehearsal")
    for words in ("a wish", "another wish"):
        book.upsert("goal", "rehearsal", wish=words)
        with book.snapshot():
            book.next_undo_redo()
            for table in TABLES:
                book.frame(table)
    book.undo()
    for language in LANGUAGES:
        build_home(book, language)
    engine.dispose()


def build_home(book: Book, language: str) -> None:
    """Build the sheets of the home page that are seen first, read a line, and close them again.

    Reading a line compiles patterns, and the types of a message. Without a kernel a widget has no
    line to a browser, and none is opened here.
    """
    workbook = widgets.Workbook("05-week", book, language, is_paged=True)
    header, week = widgets.Header(workbook), widgets.MyWeek(workbook)
    decode_message({"do": "read", "n": 1, "text": "a line"}, week.messages)
    week.read("a line")
    header.close()
    week.close()
