"""Import and export of files: functions between bytes and values; `enishi.book` stores them."""

from enishi.exchange.csv_record import Problem
from enishi.exchange.encodings import Decoded, decode
from enishi.exchange.errors import UnknownFileError, UnreadableFileError
from enishi.exchange.import_preview import Difference, Preview, PreviewEntry, changes, preview
from enishi.exchange.reader import ContactRow, FileReading, read_contacts

__all__ = [
    "ContactRow",
    "Decoded",
    "Difference",
    "FileReading",
    "Preview",
    "PreviewEntry",
    "Problem",
    "UnknownFileError",
    "UnreadableFileError",
    "changes",
    "decode",
    "preview",
    "read_contacts",
]
