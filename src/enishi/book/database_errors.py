"""What a database says of a failure, told as one of our sentences."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from enishi.book import errors

SQLITE_SAYS: dict[str, type[errors.BookError]] = {
    "SQLITE_NOTADB": errors.NotABookError,
    "SQLITE_CORRUPT": errors.DamagedBookError,
    "SQLITE_FULL": errors.DiskFullError,
    "SQLITE_IOERR": errors.DiskFailedError,
    "SQLITE_BUSY": errors.BookBusyError,
    "SQLITE_LOCKED": errors.BookBusyError,
    "SQLITE_READONLY": errors.BookPermissionError,
    "SQLITE_PERM": errors.BookPermissionError,
    "SQLITE_AUTH": errors.BookPermissionError,
    "SQLITE_CANTOPEN": errors.BookPermissionError,
    "SQLITE_CONSTRAINT_FOREIGNKEY": errors.UnknownRowError,  # a link to a row that is not there
}
"""The names of SQLite's result codes, or how they begin, and what they mean for a person."""
POSTGRESQL_SAYS: dict[str, type[errors.BookError]] = {
    "23503": errors.UnknownRowError,  # a link to a row that is not there
    "53100": errors.DiskFullError,
    "58030": errors.DiskFailedError,
    "55P03": errors.BookBusyError,  # waited too long
    "57014": errors.BookBusyError,
    "40": errors.BookBusyError,  # or for each other
    "42501": errors.DatabasePermissionError,
    "25006": errors.DatabasePermissionError,
    "08": errors.DatabaseUnreachableError,  # did not come through, or not to the end
    "28": errors.DatabaseUnreachableError,
    "3D": errors.DatabaseUnreachableError,
    "53": errors.DatabaseUnreachableError,
    "57P": errors.DatabaseUnreachableError,
}
"""PostgreSQL's codes, or how they begin, likewise; the longer ones come first."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def translate_errors(url: URL) -> Iterator[None]:
    """Turn what the database says of a failure into one of our sentences."""
    try:
        yield
    except DBAPIError as error:
        raise _translate(error, url) from error
    except msgspec.DecodeError as error:  # a list or a line of the journal that is no JSON
        raise errors.DamagedBookError(path=redacted_url(url)) from error


@contextmanager
def translate_file_errors(url: URL) -> Iterator[None]:
    """The same while a book is opened, where files and folders may refuse as well."""
    path = url.database
    try:
        with translate_errors(url):
            yield
    except sqlite3.Error as error:
        raise translate_sqlite(error, path) or errors.DamagedBookError(path=path) from error
    except IsADirectoryError as error:
        raise errors.NotABookError(path=path) from error
    except OSError as error:
        full = error.errno in _FULL
        raise errors.DiskFullError() if full else errors.BookPermissionError(path=path) from error


def _translate(error: DBAPIError, url: URL) -> Exception:
    """Return the sentence for what the database reported; what has none stays as it is."""
    if isinstance(error.orig, sqlite3.Error):
        return translate_sqlite(error.orig, url.database) or error
    return translate_postgresql(error, url) or error


def translate_postgresql(error: DBAPIError, url: URL) -> errors.BookError | None:
    """Return the sentence for what a server reported, or None if it has none."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    for start, sentence in POSTGRESQL_SAYS.items():
        if state.startswith(start):
            return sentence(path=redacted_url(url))
    gone = not state and isinstance(error, OperationalError | InterfaceError)
    return errors.DatabaseUnreachableError() if gone else None


def redacted_url(url: URL) -> str:
    """Return the path of a file, or the address of a server without the password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else without_password(url)


def without_password(url: URL) -> str:
    """Return the address of a server without the password, wherever in it that stands."""
    return url.set(query={}).render_as_string()


def translate_sqlite(error: sqlite3.Error, path: object) -> errors.BookError | None:
    """Return the sentence for what SQLite reported, or None if it has none."""
    name = getattr(error, "sqlite_errorname", "")
    if not name and isinstance(error, sqlite3.OperationalError):
        return errors.DamagedBookError(path=path)  # Python's own: a text that is no UTF-8
    for start, sentence in SQLITE_SAYS.items():
        if name.startswith(start):
            return sentence(path=path)
    return None
