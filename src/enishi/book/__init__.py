"""The person's book: what they wrote, kept safe, with every change recorded.

`open_book()` opens it; `Book` changes and reads it; `tables` says what it holds.
"""

from enishi.book.batch import Batch
from enishi.book.book import Book, open_book, today
from enishi.book.erasure import Forgotten
from enishi.book.errors import (
    BookBusyError,
    BookError,
    BookPermissionError,
    DamagedBookError,
    DatabaseDriverError,
    DatabaseEncodingError,
    DatabasePermissionError,
    DatabaseUnreachableError,
    DiskFailedError,
    DiskFullError,
    ForeignDatabaseError,
    InvalidValueError,
    MovedBookError,
    NewerBookError,
    NotABookError,
    NotUpgradedError,
    StaleVersionError,
    UnknownPersonError,
    UnknownRowError,
)
from enishi.book.undo import KeptRow, UndoResult

__all__ = [
    "Batch",
    "Book",
    "BookBusyError",
    "BookError",
    "BookPermissionError",
    "DamagedBookError",
    "DatabaseDriverError",
    "DatabaseEncodingError",
    "DatabasePermissionError",
    "DatabaseUnreachableError",
    "DiskFailedError",
    "DiskFullError",
    "ForeignDatabaseError",
    "Forgotten",
    "InvalidValueError",
    "KeptRow",
    "MovedBookError",
    "NewerBookError",
    "NotABookError",
    "NotUpgradedError",
    "StaleVersionError",
    "UndoResult",
    "UnknownPersonError",
    "UnknownRowError",
    "open_book",
    "today",
]
