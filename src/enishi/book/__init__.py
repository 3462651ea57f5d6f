"""The person's book: what they wrote, kept safe, with every change recorded.

`open_book()` opens it; `Book` changes and reads it; `tables` says what it holds.
"""

from enishi.book.batch import Batch
from enishi.book.book import Book, open_book, today
from enishi.book.erasure import Forgotten
from enishi.book.errors import (
    BadValue,
    BookError,
    BusyBook,
    DamagedBook,
    DiskFailed,
    DiskFull,
    MovedBookError,
    NewerBook,
    NoCharacters,
    NoDriver,
    NoPermission,
    NoRights,
    NoServer,
    NotABook,
    NotOurDatabase,
    NotUpgraded,
    StaleVersion,
    UnknownPerson,
    UnknownRow,
)
from enishi.book.undo import Kept, Undone

__all__ = [
    "BadValue",
    "Batch",
    "Book",
    "BookError",
    "BusyBook",
    "DamagedBook",
    "DiskFailed",
    "DiskFull",
    "Forgotten",
    "Kept",
    "MovedBookError",
    "NewerBook",
    "NoCharacters",
    "NoDriver",
    "NoPermission",
    "NoRights",
    "NoServer",
    "NotABook",
    "NotOurDatabase",
    "NotUpgraded",
    "StaleVersion",
    "Undone",
    "UnknownPerson",
    "UnknownRow",
    "open_book",
    "today",
]
