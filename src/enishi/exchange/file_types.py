"""Detection of files of other kinds by their first bytes or characters."""

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
"""Microsoft's compound file format; the one most likely chosen as a contacts file is .xls."""
BYTE_ORDER_MARK = "\ufeff"


def refuse_binary(data: bytes, name: str) -> None:
    """Raise an `UnknownFileError` if `data` is empty or begins like a known binary format."""
    if not data:
        raise EmptyFileError(name=name)
    if data.startswith(OLD_EXCEL):
        raise ExcelWorkbookError(name=name)
    for beginning, kind in BINARY.items():
        if data.startswith(beginning):
            raise OtherDocumentError(name=name, kind=kind)


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
    if beginning.startswith("begin:vcard"):
        raise VCardError(name=name)
    if beginning.startswith("begin:vcalendar"):
        raise CalendarError(name=name)
