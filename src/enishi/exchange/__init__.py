"""Import and export of files: functions between bytes and values; `enishi.book` stores them."""

from enishi.exchange.csv_record import TABLE_FIELDS, Detail, Problem
from enishi.exchange.encodings import Decoded, decode
from enishi.exchange.errors import UnknownFileError, UnreadableFileError
from enishi.exchange.file_reading import (
    ContactRow,
    EncodingSample,
    FileReading,
    ReadingOptions,
    TableColumn,
)
from enishi.exchange.import_preview import Difference, Preview, PreviewEntry, changes, preview
from enishi.exchange.reader import read_contacts

__all__ = [
    "TABLE_FIELDS",
    "ContactRow",
    "Decoded",
    "Detail",
    "Difference",
    "EncodingSample",
    "FileReading",
    "Preview",
    "PreviewEntry",
    "Problem",
    "ReadingOptions",
    "TableColumn",
    "UnknownFileError",
    "UnreadableFileError",
    "changes",
    "decode",
    "preview",
    "read_contacts",
]
