"""Files in and out. Reading: bytes in, values out; writing to the book is the book's."""

from enishi.exchange.contacts import Reading, Row, read_contacts
from enishi.exchange.decoding import Decoded, decode
from enishi.exchange.errors import UnknownFile, UnreadableFile
from enishi.exchange.previews import Difference, Entry, Preview, changes, preview
from enishi.exchange.record import Problem

__all__ = [
    "Decoded",
    "Difference",
    "Entry",
    "Preview",
    "Problem",
    "Reading",
    "Row",
    "UnknownFile",
    "UnreadableFile",
    "changes",
    "decode",
    "preview",
    "read_contacts",
]
