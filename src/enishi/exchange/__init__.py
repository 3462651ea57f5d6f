"""Files in and out. Reading: bytes in, values out; writing to the book is the book's."""

from enishi.exchange.csv_record import Problem
from enishi.exchange.encodings import Decoded, decode
from enishi.exchange.errors import UnknownFileError, UnreadableFileError
from enishi.exchange.import_preview import Difference, Entry, Preview, changes, preview
from enishi.exchange.reader import Reading, Row, read_contacts

__all__ = [
    "Decoded",
    "Difference",
    "Entry",
    "Preview",
    "Problem",
    "Reading",
    "Row",
    "UnknownFileError",
    "UnreadableFileError",
    "changes",
    "decode",
    "preview",
    "read_contacts",
]
