"""Detection of files of other kinds by their first bytes or characters."""

from __future__ import annotations

import codecs
import re

from enishi.exchange.errors import (
    CalendarError,
    EmptyFileError,
    ExcelWorkbookError,
    JsonFileError,
    LockedWorkbookError,
    OtherDocumentError,
    WebPageError,
)

BINARY = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
    b"{\\rtf": "RTF",
    b"BM": "BMP",
    b"RIFF": "RIFF (WebP, WAV)",
    b"MZ": "Windows (.exe)",
    b"\x7fELF": "ELF",
    b"!BDN": "Outlook (.pst)",
    b"\x00\x01\x00\x00Standard": "Access",
    b"bplist": "Apple",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x00\x00\x00\x18ftyp": "MP4 / HEIC",
    b"\x00\x00\x00\x20ftyp": "MP4 / HEIC",
}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of Microsoft's compound files: workbooks of old, and new ones with a password."""
INSIDE = {"WordDocument": "Word", "__substg1.0_": "Outlook (.msg)", "PowerPoint": "PowerPoint"}
"""Names of parts of a compound file that is no workbook."""
BYTE_ORDER_MARK = "\ufeff"
CARD_VERSION = re.compile(rb"^version:(?:2\.1|3\.0|4\.0)[ \t]*\r?$", re.MULTILINE)
"""The second line of a contact card, in small letters; a calendar has another version."""


def is_vcard(data: bytes) -> bool:
    """Return whether `data` begins as contact cards do, also if its first line is damaged."""
    beginning = data[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return beginning.startswith(b"begin:vcard") or CARD_VERSION.search(beginning) is not None


def refuse_binary(data: bytes, name: str) -> None:
    """Raise an `UnknownFileError` if `data` is empty or begins like a known binary format."""
    if not data:
        raise EmptyFileError(name=name)
    if data.startswith(COMPOUND):
        refuse_compound(data, name)
    for beginning, kind in BINARY.items():
        if data.startswith(beginning):
            raise OtherDocumentError(name=name, kind=kind)


def refuse_compound(data: bytes, name: str) -> None:
    """Raise the `UnknownFileError` that names what Microsoft's compound file contains."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise LockedWorkbookError(name=name)
    for part, kind in INSIDE.items():
        if part.encode("utf-16-le") in data:
            raise OtherDocumentError(name=name, kind=kind)
    raise ExcelWorkbookError(name=name)


def refuse_other_text(text: str, name: str) -> None:
    """Raise an `UnknownFileError` if `text` is empty or not a table."""
    beginning = text[:1000].lstrip(BYTE_ORDER_MARK + " \t\r\n").casefold()
    if not beginning and not text.strip():
        raise EmptyFileError(name=name)
    if beginning.startswith(("<!doctype html", "<html")):
        raise WebPageError(name=name)
    if beginning.startswith("<"):
        raise OtherDocumentError(name=name, kind="XML")
    if beginning.startswith(("{", "[")):
        raise JsonFileError(name=name)
    if beginning.startswith("begin:vcalendar"):
        raise CalendarError(name=name)
