"""The state before the fork: the imports and the texts that every page needs.

`preload` is waited for; a workbook for one person then shows its first page, and does
`preload_rest` when nothing is asked of it. A server for many does both before anybody comes.

Nothing here may start a thread, create a ZeroMQ context, an event loop or an IPython shell, open a
database or read the person's folder: these do not survive a fork, or are not for every kernel.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module

from enishi.i18n import LANGUAGES, texts
from enishi.i18n.translations import catalogue
from enishi.paths import shared
from enishi.serve.jupyter_patches import block_imports

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
    "sqlalchemy.dialects.sqlite.pysqlite",
    # the page of an empty book; another that is asked for first imports what is its own
    "widgets.frame.header",
    "widgets.start.first_minutes",
    "widgets.start.matters",
)
_OURS = ("enishi.book", "enishi.i18n", "enishi.coach", "widgets", "enishi.room", "enishi.exchange")
"""Packages of which every module is imported, the sooner needed first."""
READERS = (
    "enishi.i18n:read_advice",
    "enishi.sample_book:read_sample",
    "enishi.coach.language.lexicon:read_lexicon",
    "widgets.base.explanations:pieces_of_advice",
    "widgets.base.explanations:ideas",
    "enishi.serve.fork.rehearsal:import_driver",
    "enishi.book.revisions:head",
    "enishi.serve.fork.rehearsal:prepare_queries",
    "enishi.serve.fork.rehearsal:rehearse_reading",
    "enishi.serve.fork.rehearsal:rehearse",
    "enishi.serve.fork.room_rehearsal:rehearse_room",
)
"""Functions that read, import or try something once, so that no kernel is the first to do it."""

_NEVER = ("debugpy",)
"""It starts threads and costs 20 MB; a page's visitor cannot debug it anyway."""


def preload() -> list[str]:
    """Import what a first page needs, and return the names of the failures.

    A module that cannot be imported is left to the page that needs it: that page then shows the
    error.
    """
    with block_imports(*_NEVER):
        return [name for name in (*KERNEL, *_PAGES) if not try_import(name)]


def preload_rest() -> Iterator[list[str]]:
    """Prepare all other pages, piece by piece; yield the names of the failures of each piece."""
    for package in _OURS:
        with block_imports(*_NEVER):
            failed = [name for name in modules_of(package) if not try_import(name)]
        yield failed
    for name in _text_names():
        yield [] if try_read(name) else [name]
    for name in READERS:
        yield [] if try_call(name) else [name]


def modules_of(package: str) -> list[str]:
    """Return the names of the modules of a package; none if it cannot be imported."""
    if not try_import(package):
        return []
    path = sys.modules[package].__path__
    walked = pkgutil.walk_packages(path, f"{package}.", onerror=lambda broken: None)
    return [each.name for each in walked]


def _text_names() -> list[str]:
    """Return the names of the files of texts."""
    return sorted(file.stem for file in (shared("data") / "words").glob("*.yaml"))


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
