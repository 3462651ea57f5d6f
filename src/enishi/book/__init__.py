"""The person's workbook data ("book"): storage, validation and a journal of every change.

`open_book()` opens a book, `Book` reads and changes it, `tables` declares what it holds.
"""

from enishi.book.batch import Batch
from enishi.book.book import Book, open_book
from enishi.book.erasure import Erasure
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
    "Erasure",
    "ForeignDatabaseError",
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
]
