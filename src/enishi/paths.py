"""Where things lie: what came with the workbook, and what belongs to the person."""

from __future__ import annotations

import os
import sysconfig
from importlib import metadata
from pathlib import Path

import platformdirs

CHECKOUT = Path(__file__).resolve().parents[2]
SHEETS = "ENISHI_SHEETS"
"""Tells a kernel where its server keeps the files of the sheets: the path of an address."""

BOOK = "book.sqlite3"
"""The name of the book's file in the person's folder."""
SQLITE = "sqlite:///"
"""How `ENISHI_DATABASE` begins where it names a file."""

HEAD_BYTES = 100
"""The length of its head: https://www.sqlite.org/fileformat.html#the_database_header"""
MARK = 0x456E6973
"""Says in that head whose file it is (`PRAGMA application_id`): "Enis"."""
EXPECTED_BOOK = "ENISHI_BOOK"
"""Tells a kernel the `file_identity` of the file in which its server has seen the book."""


def shared(name: str) -> Path:
    """Return the folder `name` ("data" or "workbooks") that came with the product.

    A checkout has it at its top. An installed wheel has it under `share/enishi`, wherever the
    installer put that: the wheel's own record of its files knows.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    if (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / name).is_dir():
        return CHECKOUT / name
    tail = ("share", "enishi", name)
    for file in metadata.files("enishi") or ():
        parts = file.parts
        for start in range(len(parts) - len(tail)):
            if parts[start : start + len(tail)] == tail:
                return (
                    Path(str(metadata.distribution("enishi").locate_file("")))
                    .joinpath(*parts[: start + len(tail)])
                    .resolve()
                )
    folder = Path(sysconfig.get_path("data"), *tail)
    if folder.is_dir():
        return folder
    raise FileNotFoundError(f"Enishi is not installed completely: {folder} is missing.")


def person_dir() -> Path:
    """Return the folder of the person's own data: `ENISHI_DATA`, else the platform's place.

    The folder may not exist yet; whoever writes first makes it, readable by its owner alone.
    """
    chosen = os.environ.get("ENISHI_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    return Path(platformdirs.user_data_dir("enishi", appauthor=False))


def book_file() -> Path | None:
    """Return the file the book lies in; None where `ENISHI_DATABASE` names a database server."""
    chosen = os.environ.get("ENISHI_DATABASE", "")
    if chosen.startswith(SQLITE):
        return Path(chosen.removeprefix(SQLITE))
    return None if chosen else person_dir() / BOOK


def file_identity(file: Path) -> str | None:
    """Return what tells this file from every other one that exists, or None if it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return f"{found.st_dev}:{found.st_ino}"


def is_head_of_book(head: bytes) -> bool:
    """Tell whether a file that begins with these `HEAD_BYTES` is one of our books."""
    return head.startswith(b"SQLite format 3\0") and head[68:72] == MARK.to_bytes(4)
