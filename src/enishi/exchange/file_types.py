"""Which other kind of file it is, told by how it begins."""

from __future__ import annotations

from enishi.exchange.errors import (
    CalendarError,
    EmptyFileError,
    ExcelWorkbookError,
    JsonFileError,
    OtherDocumentError,
    VCardError,
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
}
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's compound file; of those, a person takes an .xls for a contacts file."""
BYTE_ORDER_MARK = "\ufeff"


def refuse_binary(data: bytes, name: str) -> None:
    """Raise an `UnknownFileError` when `data` is empty or begins as no text file does."""
    if not data:
        raise EmptyFileError(name=name)
    if data.startswith(OLD_EXCEL):
        raise ExcelWorkbookError(name=name)
    for beginning, kind in BINARY.items():
        if data.startswith(beginning):
            raise OtherDocumentError(name=name, kind=kind)


def refuse_other_text(text: str, name: str) -> None:
    """Raise an `UnknownFileError` when `text` is empty or is no table."""
    beginning = text[:1000].lstrip(BYTE_ORDER_MARK + " \t\r\n").casefold()
    if not beginning and not text.strip():
        raise EmptyFileError(name=name)
    if beginning.startswith(("<!doctype html", "<html")):
        raise WebPageError(name=name)
    if beginning.startswith("<"):
        raise OtherDocumentError(name=name, kind="XML")
    if beginning.startswith(("{", "[")):
        raise JsonFileError(name=name)
    if beginning.startswith("begin:vcard"):
        raise VCardError(name=name)
    if beginning.startswith("begin:vcalendar"):
        raise CalendarError(name=name)
