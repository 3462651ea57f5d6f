"""The state before the fork: the imports and the texts that every page needs.

Nothing here may start a thread, create a ZeroMQ context, an event loop or an IPython shell, open a
database or read the person's folder: these do not survive a fork, or are not for every kernel.
"""

from __future__ import annotations

import os
import pkgutil
import sys
from datetime import date
from importlib import import_module

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
from enishi.i18n import LANGUAGES, texts
from enishi.i18n.translations import catalogue
from enishi.identity import PERSON, ROOM_PREFIX
from enishi.paths import shared
from enishi.serve.jupyter_patches import block_imports
from widgets.base.sheet import decode_message

KERNEL = (
    "ipykernel.kernelapp",
    # what the kernel imports only while it starts
    "faulthandler",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.ultratb",
    "ipykernel.comm",
    "ipykernel.debugger",
    "ipykernel.displayhook",
    "pdb",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
    "enishi.serve.kernels.page_kernel",
)
_PAGES = (
    "ipywidgets",
    "anywidget",
    "pandas",
    "pandas.core.methods.to_dict",
    # what is imported only when a book is created and read
    "alembic.command",
    "alembic.config",
    "sqlalchemy.dialects.sqlite.pysqlite",
)
_OURS = ("enishi.book", "enishi.coach", "enishi.exchange", "enishi.i18n", "enishi.room", "widgets")
"""Packages of which every module is imported."""
READERS = (
    "enishi.i18n:read_advice",
    "enishi.sample_book:read_sample",
    "enishi.coach.language.lexicon:read_lexicon",
    "widgets.base.explanations:pieces_of_advice",
    "widgets.base.explanations:ideas",
    "enishi.serve.fork.preload:import_driver",
    "enishi.book.revisions:head",
    "enishi.serve.fork.preload:prepare_queries",
    "enishi.serve.fork.preload:rehearse_reading",
    "enishi.serve.fork.preload:rehearse",
    "enishi.serve.fork.room_rehearsal:rehearse_room",
)
"""Functions that read, import or try something once, so that no kernel is the first to do it."""

_NEVER = ("debugpy",)
"""It starts threads and costs 20 MB; a page's visitor cannot debug it anyway."""


def preload() -> list[str]:
    """Import all modules, read the texts in every language, and return the names of the failures.

    A module that cannot be imported is left to the page that needs it: that page then shows the
    error.
    """
    with block_imports(*_NEVER):
        missing = [name for name in (*KERNEL, *_PAGES, *own_modules()) if not try_import(name)]
    missing += [name for name in _text_names() if not try_read(name)]
    return missing + [name for name in READERS if not try_call(name)]


def own_modules() -> list[str]:
    """Return the names of the modules of our own packages."""
    found = []
    for name in _OURS:
        if try_import(name):
            path = sys.modules[name].__path__
            walked = pkgutil.walk_packages(path, f"{name}.", onerror=lambda broken: None)
            found += [each.name for each in walked]
    return found


def _text_names() -> list[str]:
    """Return the names of the files of texts."""
    return sorted(file.stem for file in (shared("data") / "words").glob("*.yaml"))


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
    """Read a line of each language in all the ways that pages do, so that patterns are compiled.

    In a workbook for one person, only what a page shows when it opens: its first page is waited
    for, and what is typed there later is read by one kernel.
    """
    today = date(2026, 11, 20)
    for line in ("一行", "a line"):
        find_vague(line)
        if PERSON in os.environ:
            detect_promises(line, today)
            find_signs(line)
            find_issues(line, stage=1)


def rehearse() -> None:
    """Write and read a book in memory: what is prepared on first use is then shared by all kernels.

    The database has no file and is closed before any fork.
    """
    engine = memory_engine()
    metadata.create_all(engine)
    book = Book(engine, f"{ROOM_PREFIX}rehearsal")  # which a process that is nobody may open
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


def try_import(name: str) -> bool:
    """Import a module, and return whether that succeeded."""
    try:
        import_module(name)
    except Exception:  # an author may be in the middle of changing it
        return False
    return True


def try_read(name: str) -> bool:
    """Read a file of texts in every language, and return whether that succeeded."""
    try:
        for language in LANGUAGES:
            texts(name, language)
            catalogue(language)
    except Exception:  # an author may be in the middle of changing it
        return False
    return True


def try_call(name: str) -> bool:
    """Call a function, and return whether that succeeded."""
    try:
        pkgutil.resolve_name(name)()
    except Exception:  # an author may be in the middle of changing it
        return False
    return True
