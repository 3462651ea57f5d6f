"""Reader for ZIP files: extracts the contacts file in memory, not to disk."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from enishi.exchange.errors import (
    CrowdedArchiveError,
    DamagedArchiveError,
    ExcelWorkbookError,
    FileTooLargeError,
    LockedArchiveError,
    OtherArchiveError,
    OtherDocumentError,
)

BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
"""First bytes of a ZIP file, and of an empty one."""
ENTRY = b"PK\x01\x02"
"""Marker before each entry of an archive's table of contents."""
MOST_ENTRIES = 5_000
"""Maximum files in an archive; LinkedIn's has about a hundred.

The table of contents of even a small archive can list hundreds of thousands, and it is read as a
whole.
"""
CONNECTIONS = "connections.csv"
ENDINGS = (".csv", ".vcf", ".tsv")
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED = 0x1
"""Flag of an entry that requires a password."""
MEGABYTE = 1024 * 1024


def is_archive(data: bytes) -> bool:
    """Return whether `data` begins like a ZIP file."""
    return data.startswith(BEGINNINGS)


def is_workbook(data: bytes) -> bool:
    """Return whether a ZIP file is an Excel workbook (.xlsx, .xlsm)."""
    if data.count(ENTRY) > MOST_ENTRIES:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def contacts_in(data: bytes, name: str, most: int) -> bytes:
    """Return the bytes of the contacts file in the ZIP file `data`, at most `most` of them.

    It is LinkedIn's Connections.csv, else the only file whose name ends as one of contacts does.

    The declared size is not trusted: reading stops one byte after `most`, so that a small file that
    unpacks into a huge one costs no more than an ordinary one.

    Raises:
        UnknownFileError: no such entry, locked, damaged, or an office document in ZIP format.
        FileTooLargeError: the connections are longer than `most` bytes.
        CrowdedArchiveError: more than `MOST_ENTRIES` files.
    """
    if (entries := data.count(ENTRY)) > MOST_ENTRIES:
        raise CrowdedArchiveError(name=name, found=entries, most=MOST_ENTRIES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            refuse_documents(archive, name)
            entry = contacts_entry(archive)
            if entry is None:
                raise OtherArchiveError(name=name)
            if entry.flag_bits & LOCKED or entry.compress_type not in READABLE:
                raise LockedArchiveError(name=name)
            with archive.open(entry) as source:
                content = source.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as damage:
        raise DamagedArchiveError(name=name) from damage
    if len(content) > most:
        raise FileTooLargeError(name=entry.filename, megabytes=most // MEGABYTE)
    return content


def contacts_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """Return the entry of the contacts file in any folder of the archive, or None."""
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.filename.startswith("__MACOSX/")  # macOS adds a stub of each file there
    ]
    for entry in entries:
        if PurePosixPath(entry.filename).name.casefold() == CONNECTIONS:
            return entry
    found = [entry for entry in entries if entry.filename.casefold().endswith(ENDINGS)]
    return found[0] if len(found) == 1 else None


def refuse_documents(archive: zipfile.ZipFile, name: str) -> None:
    """Raise an `UnknownFileError` if the archive is an office document."""
    entries = set(archive.namelist())
    if "xl/workbook.bin" in entries:
        raise ExcelWorkbookError(name=name)
    if "word/document.xml" in entries:
        raise OtherDocumentError(name=name, kind="Word")
    if "content.xml" in entries and "mimetype" in entries:
        raise OtherDocumentError(name=name, kind="OpenDocument")
    if "Index/Document.iwa" in entries:
        raise OtherDocumentError(name=name, kind="Numbers")
