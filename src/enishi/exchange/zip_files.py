"""LinkedIn's ZIP file: the connections are taken out of it without unpacking anything to disk."""

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
"""A ZIP file, and an empty one."""
ENTRY = b"PK\x01\x02"
"""What stands before each entry of an archive's table of contents."""
MOST_ENTRIES = 5_000
"""LinkedIn's archive has about a hundred; the table of contents alone of a small archive can name
hundreds of thousands, and it is read as a whole."""
CONNECTIONS = "connections.csv"
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED = 0x1
"""The flag of an entry that asks for a password."""
MEGABYTE = 1024 * 1024


def is_archive(data: bytes) -> bool:
    """Does `data` begin as a ZIP file does?"""
    return data.startswith(BEGINNINGS)


def connections_in(data: bytes, name: str, most: int) -> bytes:
    """Return the bytes of Connections.csv in the ZIP file `data`, at most `most` of them.

    The size an archive declares is not believed: reading stops one byte after `most`, so that a
    small file that unpacks into a huge one costs no more than an honest one.

    Raises:
        UnknownFileError: no such entry, locked, damaged, or a document that is a ZIP file inside.
        FileTooLargeError: the connections are longer than `most` bytes.
        CrowdedArchiveError: more than `MOST_ENTRIES` files.
    """
    if (entries := data.count(ENTRY)) > MOST_ENTRIES:
        raise CrowdedArchiveError(name=name, found=entries, most=MOST_ENTRIES)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            refuse_documents(archive, name)
            entry = connections_entry(archive)
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


def connections_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """Return the entry for Connections.csv, in whatever folder of the archive it lies."""
    found = [
        entry
        for entry in archive.infolist()
        if PurePosixPath(entry.filename).name.casefold() == CONNECTIONS
        and not entry.filename.startswith("__MACOSX/")  # a Mac adds a stub of each file there
    ]
    return found[0] if found else None


def refuse_documents(archive: zipfile.ZipFile, name: str) -> None:
    """Raise an `UnknownFileError` when the archive is an office document."""
    entries = set(archive.namelist())
    if {"xl/workbook.xml", "xl/workbook.bin"} & entries:
        raise ExcelWorkbookError(name=name)
    if "word/document.xml" in entries:
        raise OtherDocumentError(name=name, kind="Word")
    if "content.xml" in entries and "mimetype" in entries:
        raise OtherDocumentError(name=name, kind="OpenDocument")
    if "Index/Document.iwa" in entries:
        raise OtherDocumentError(name=name, kind="Numbers")
