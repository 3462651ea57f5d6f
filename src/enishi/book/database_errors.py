"""Translation of database errors into `BookError`s."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from enishi.book import errors

SQLITE_ERRORS: dict[str, type[errors.BookError]] = {
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
    "SQLITE_CONSTRAINT_FOREIGNKEY": errors.UnknownRowError,  # a link to a missing row
}
"""The error for each SQLite result code; a key may be a prefix of the code's name."""
SCHEMA_DAMAGED = re.compile(r"no such (table|column|index)|has no column|foreign key mismatch")
"""Matches SQLite's complaints about a table that is not as the migrations made it."""
POSTGRESQL_ERRORS: dict[str, type[errors.BookError]] = {
    "23503": errors.UnknownRowError,  # a link to a missing row
    "53100": errors.DiskFullError,
    "58030": errors.DiskFailedError,
    "55P03": errors.BookBusyError,  # lock timeout
    "57014": errors.BookBusyError,
    "40": errors.BookBusyError,  # deadlock or serialization failure
    "42501": errors.DatabasePermissionError,
    "25006": errors.DatabasePermissionError,
    "08": errors.DatabaseUnreachableError,  # connection failed or broke off
    "28": errors.DatabaseUnreachableError,
    "3D": errors.DatabaseUnreachableError,
    "53": errors.DatabaseUnreachableError,
    "57P": errors.DatabaseUnreachableError,
}
"""The error for each PostgreSQL SQLSTATE; a key may be a prefix. Longer prefixes come first."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def translate_errors(url: URL) -> Iterator[None]:
    """Turn database errors inside the block into `BookError`s.

    Raises:
        BookError: the error that matches; a database error without a match passes unchanged.
    """
    try:
        yield
    except DBAPIError as error:
        raise _translate(error, url) from error
    except msgspec.DecodeError as error:  # a list or a journal row is not valid JSON
        raise errors.DamagedBookError(path=redacted_url(url)) from error


@contextmanager
def translate_file_errors(url: URL) -> Iterator[None]:
    """Turn database and file system errors inside the block into `BookError`s.

    Used while a book is opened, where files and folders can fail as well.

    Raises:
        BookError: the error that matches.
    """
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
    """Return the `BookError` for a database error, or the error itself if none matches."""
    if isinstance(error.orig, sqlite3.Error):
        return translate_sqlite(error.orig, url.database) or error
    return translate_postgresql(error, url) or error


def translate_postgresql(error: DBAPIError, url: URL) -> errors.BookError | None:
    """Return the `BookError` for a server's error, or None if none matches."""
    state = str(getattr(error.orig, "sqlstate", None) or "")
    for start, sentence in POSTGRESQL_ERRORS.items():
        if state.startswith(start):
            return sentence(path=redacted_url(url))
    gone = not state and isinstance(error, OperationalError | InterfaceError)
    return errors.DatabaseUnreachableError() if gone else None


def redacted_url(url: URL) -> str:
    """Return a file's path, or a server's address without the password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else without_password(url)


def without_password(url: URL) -> str:
    """Return a server's address without the password, which may also stand in the query part."""
    return url.set(query={}).render_as_string()


def translate_sqlite(error: sqlite3.Error, path: object) -> errors.BookError | None:
    """Return the `BookError` for an SQLite error, or None if none matches."""
    name = getattr(error, "sqlite_errorname", "")
    if not name and isinstance(error, sqlite3.OperationalError):
        return errors.DamagedBookError(path=path)  # raised by Python: text that is not UTF-8
    if name == "SQLITE_ERROR" and SCHEMA_DAMAGED.search(str(error)):
        return errors.DamagedBookError(path=path)
    for start, sentence in SQLITE_ERRORS.items():
        if name.startswith(start):
            return sentence(path=path)
    return None
