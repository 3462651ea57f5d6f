"""Which other kind of file it is, told by how it begins."""

from __future__ import annotations

from enishi.exchange.errors import (
    Calendar,
    EmptyFile,
    ExcelWorkbook,
    JsonFile,
    OtherDocument,
    VCard,
    WebPage,
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
    """Raise an `UnknownFile` when `data` is empty or begins as no text file does."""
    if not data:
        raise EmptyFile(name=name)
    if data.startswith(OLD_EXCEL):
        raise ExcelWorkbook(name=name)
    for beginning, kind in BINARY.items():
        if data.startswith(beginning):
            raise OtherDocument(name=name, kind=kind)


def refuse_other_text(text: str, name: str) -> None:
    """Raise an `UnknownFile` when `text` is empty or is no table."""
    beginning = text[:1000].lstrip(BYTE_ORDER_MARK + " \t\r\n").casefold()
    if not beginning and not text.strip():
        raise EmptyFile(name=name)
    if beginning.startswith(("<!doctype html", "<html")):
        raise WebPage(name=name)
    if beginning.startswith("<"):
        raise OtherDocument(name=name, kind="XML")
    if beginning.startswith(("{", "[")):
        raise JsonFile(name=name)
    if beginning.startswith("begin:vcard"):
        raise VCard(name=name)
    if beginning.startswith("begin:vcalendar"):
        raise Calendar(name=name)
