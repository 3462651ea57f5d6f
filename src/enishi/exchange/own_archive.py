"""The ZIP file in which a person takes their own book home, and the way back.

It holds `book.json`, which is complete and can be put back; a table (CSV) for people to read for
each kind of row there is; a short text that says so; and `checksums.txt`, which `sha256sum -c`
reads as well. The same book on the same day makes the same bytes. Sealed with a passphrase
(`enishi.book.copies.sealed`) the file can be read only by Enishi.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from enishi.book.copies.sealed import is_sealed, seal, unseal
from enishi.book.errors import (
    DamagedCopyError,
    LargeCopyError,
    NotACopyError,
    PartDamagedError,
)
from enishi.book.own_copy import OwnCopy, decode_copy, looks_like_copy
from enishi.book.wording.column_texts import table_label
from enishi.exchange.own_tables import write_table
from enishi.exchange.zip_files import ENTRY, LOCKED, MEGABYTE, READABLE, is_archive
from enishi.i18n import format_text

_BOOK = "book.json"
_README = "README.txt"
_CHECKSUMS = "checksums.txt"
"""The SHA-256 of each other file, a line each; archives of earlier versions have none."""
_LONGEST_CHECKSUMS = 20_000
PLAIN_ENDING, SEALED_ENDING = ".zip", ".enishi"
"""How the names of the file end, plain and sealed."""
MOST_FILE_BYTES = 20 * MEGABYTE
"""Maximum size of a file that is put back; a packed book of 50 000 contacts has half of that."""
MOST_BOOK_BYTES = 96 * MEGABYTE
"""Maximum size of the unpacked `book.json`; a book of 50 000 contacts has 80 MB."""
_MOST_ENTRIES = 100
"""Maximum files in an archive; one has a file a table and three more."""
_MODE = 0o600 << 16
"""What Unix takes for the rights of a file in the archive: only its owner may read it."""
_UNIX = 3


def pack_archive(copy: dict[str, Any], texts: dict[str, str], language: str, today: date) -> bytes:
    """Return the ZIP file of a copy of a book.

    Args:
        copy: what `read_own_copy` returned.
        texts: those of the text file: `readme`, with `{files}`, and `file`, a line on one file.
        language: the language of the headings.
        today: the day of all files in it.
    """
    tables = {name: rows for name, rows in copy["tables"].items() if rows}
    lines = [
        format_text(texts["file"], {"file": f"{name}.csv", "name": label, "count": len(rows)})
        for name, rows in tables.items()
        if (label := table_label(name, language))
    ]
    readme = format_text(texts["readme"], {"files": "\n".join(lines)})
    files = {
        _README: _text(readme),
        _BOOK: (json.dumps(copy, ensure_ascii=False, indent=2) + "\n").encode(),
        **{f"{name}.csv": write_table(name, copy["tables"], language) for name in tables},
    }
    sums = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    files[_CHECKSUMS] = "".join(sums).encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (today.year, today.month, today.day, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, content)
    return packed.getvalue()


def _text(text: str) -> bytes:
    """Return a text for any editor of any system: with a byte order mark and CRLF."""
    return text.rstrip("\n").replace("\n", "\r\n").encode("utf-8-sig") + b"\r\n"


def seal_archive(data: bytes, passphrase: str) -> bytes:
    """Return the ZIP file sealed with a passphrase; with an empty one, as it is."""
    return seal(data, passphrase) if passphrase else data


def looks_like_book(data: bytes) -> bool:
    """Return whether a file is, or was, the ZIP file or the `book.json` of a book."""
    if is_archive(data):
        return _BOOK.encode() in data
    return looks_like_copy(data)


def read_archive(data: bytes, name: str, passphrase: str = "") -> OwnCopy:
    """Return the copy in the file `data`: the ZIP file, sealed or not, or `book.json` by itself.

    Raises:
        NotACopyError: it is something else.
        DamagedCopyError: it was one, and is cut short or altered.
        LargeCopyError: it is too large, or unpacks to too much.
        SealedFileError: it is sealed, and damaged or not opened by the passphrase.
    """
    if len(data) > MOST_FILE_BYTES:
        raise LargeCopyError(name=name, megabytes=MOST_FILE_BYTES // MEGABYTE)
    if is_sealed(data):
        data = unseal(data, name, passphrase)
    return decode_copy(_book_in(data, name) if is_archive(data) else data, name)


def _book_in(data: bytes, name: str) -> bytes:
    """Return the bytes of `book.json`; the size that the archive declares is not trusted."""
    if data.count(ENTRY) > _MOST_ENTRIES:  # before its table of contents is read as a whole
        raise NotACopyError(name=name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entry = next((each for each in archive.infolist() if _is_book(each.filename)), None)
            if entry is None or entry.flag_bits & LOCKED or entry.compress_type not in READABLE:
                raise NotACopyError(name=name)
            with archive.open(entry) as source:
                content = source.read(MOST_BOOK_BYTES + 1)
            known = _known_checksum(archive, entry.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as damage:
        if "CRC" in str(damage):
            raise PartDamagedError(name=name, part=_BOOK) from damage
        raise DamagedCopyError(name=name) from damage
    if len(content) > MOST_BOOK_BYTES:
        raise LargeCopyError(name=name, megabytes=MOST_BOOK_BYTES // MEGABYTE)
    if known not in ("", hashlib.sha256(content).hexdigest()):
        raise PartDamagedError(name=name, part=_BOOK)
    return content


def _known_checksum(archive: zipfile.ZipFile, book: str) -> str:
    """Return the SHA-256 that the archive gives for the book; '' if it is of an earlier version."""
    beside = str(PurePosixPath(book).with_name(_CHECKSUMS))
    if beside not in archive.namelist():
        return ""
    with archive.open(beside) as source:
        lines = source.read(_LONGEST_CHECKSUMS).decode("ascii", "replace").splitlines()
    found = [line.split() for line in lines]
    return next((each[0] for each in found if each[1:] == [_BOOK]), "-")


def _is_book(file: str) -> bool:
    """Return whether a file in an archive is the book; a folder may be around it when repacked."""
    return PurePosixPath(file).name == _BOOK and not file.startswith("__MACOSX/")
