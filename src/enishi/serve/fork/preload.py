"""What is ready before the fork: the imports and the copy that every page needs.

Nothing here may start a thread, make a ZeroMQ context, an event loop or an IPython shell, open a
database or look into the person's folder: none of these survives a fork, or is for everybody.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

from enishi.book.database import database_url
from enishi.book.frames import empty_frame, select_all_sql
from enishi.book.postgresql import server_url
from enishi.book.tables import TABLES
from enishi.i18n import LANGUAGES, texts
from enishi.i18n.translations import catalogue
from enishi.paths import shared
from enishi.serve.import_blocker import block_imports

KERNEL = (
    "ipykernel.kernelapp",
    # what it imports only while it starts
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
    # what making a book and reading from it imports only then
    "alembic.command",
    "alembic.config",
    "sqlalchemy.dialects.sqlite.pysqlite",
)
_OURS = ("enishi.book", "enishi.coach", "enishi.exchange", "enishi.i18n", "widgets")
"""Packages of which every module is imported."""
READERS = (
    "enishi.i18n:read_advice",
    "enishi.sample_book:read_sample",
    "widgets.base.explanations:pieces_of_advice",
    "widgets.base.explanations:ideas",
    "enishi.serve.fork.preload:import_driver",
    "enishi.serve.fork.preload:find_words",
)
"""Functions that read or import something once and remember it."""

_NEVER = ("debugpy",)
"""Starts threads and costs 20 MB; a page cannot be debugged by its visitor anyway."""


def preload() -> list[str]:
    """Import all that can be, read the copy in every language, and name what is missing.

    A module that cannot be imported is left to the page that needs it: that page then shows why.
    """
    with block_imports(*_NEVER):
        missing = [name for name in (*KERNEL, *_PAGES, *ours()) if not is_imported(name)]
    missing += [name for name in _copies() if not is_read(name)]
    return missing + [name for name in READERS if not is_done(name)]


def ours() -> list[str]:
    """Name the modules of our own packages."""
    found = []
    for name in _OURS:
        if is_imported(name):
            path = sys.modules[name].__path__
            walked = pkgutil.walk_packages(path, f"{name}.", onerror=lambda broken: None)
            found += [each.name for each in walked]
    return found


def _copies() -> list[str]:
    """Name the files of copy."""
    return sorted(file.stem for file in (shared("data") / "words").glob("*.yaml"))


def import_driver() -> None:
    """Import what speaks to the database that `ENISHI_DATABASE` names; nothing is connected."""
    database_url().get_dialect().import_dbapi()


def find_words() -> None:
    """Put into words what this kind of database is asked for; no database is asked yet."""
    kind = server_url(database_url()).get_backend_name()
    for table in TABLES.values():
        select_all_sql(table, kind)
        empty_frame(table)


def is_imported(name: str) -> bool:
    """Import a module, and tell whether that went well."""
    try:
        import_module(name)
    except Exception:  # an author may be in the middle of changing it
        return False
    return True


def is_read(name: str) -> bool:
    """Read a file of copy in every language, and tell whether that went well."""
    try:
        for language in LANGUAGES:
            texts(name, language)
            catalogue(language)
    except Exception:  # likewise
        return False
    return True


def is_done(name: str) -> bool:
    """Call a function, and tell whether that went well."""
    try:
        pkgutil.resolve_name(name)()
    except Exception:  # likewise
        return False
    return True
