"""Locations of files: those installed with the workbook, and those of the person."""

from __future__ import annotations

import os
import sysconfig
from importlib import metadata
from pathlib import Path

import platformdirs

CHECKOUT = Path(__file__).resolve().parents[2]
SHEETS = "ENISHI_SHEETS"
"""Environment variable that passes a kernel the URL path of the sheets' files on its server."""
WIDGET_FILES = "ENISHI_WIDGET_FILES"
"""Environment variable that names the folder in which kernels put scripts of other packages'
widgets, and from which their server sends them."""
PAGES_HERE = "ENISHI_PAGES"
"""Environment variable that passes a kernel the names of the pages of an author's folder that its
visitor may open, with spaces between; a page of ours in our own folder is passed none."""

BOOK = "book.sqlite3"
"""File name of the book in the person's folder."""
SQLITE = "sqlite:///"
"""Prefix of `ENISHI_DATABASE` if it names a file."""

HEAD_BYTES = 100
"""Header length in bytes: https://www.sqlite.org/fileformat.html#the_database_header"""
MARK = 0x456E6973
"""The `PRAGMA application_id` in the header of an Enishi book: "Enis"."""
EXPECTED_BOOK = "ENISHI_BOOK"
"""Environment variable that passes a kernel the `file_identity` of the book its server has seen."""


def shared(name: str) -> Path:
    """Return the folder `name` ("data" or "workbooks") that came with the product.

    A checkout has it at its top. An installed wheel has it under `share/enishi`, at the place that
    the wheel's own record of its files names.

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
    """Return the folder of the person's data: `ENISHI_DATA`, else the platform's default.

    The folder may not exist yet; the first writer creates it, readable only by its owner.
    """
    chosen = os.environ.get("ENISHI_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    return Path(platformdirs.user_data_dir("enishi", appauthor=False))


def book_file() -> Path | None:
    """Return the book's file; None if `ENISHI_DATABASE` names a database server."""
    chosen = os.environ.get("ENISHI_DATABASE", "")
    if chosen.startswith(SQLITE):
        return Path(chosen.removeprefix(SQLITE))
    return None if chosen else person_dir() / BOOK


def file_identity(file: Path) -> str | None:
    """Return `device:inode`, which distinguishes this file from others; None if there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return f"{found.st_dev}:{found.st_ino}"


def is_head_of_book(head: bytes) -> bool:
    """Return whether a file that begins with these `HEAD_BYTES` is an Enishi book."""
    return head.startswith(b"SQLite format 3\0") and head[68:72] == MARK.to_bytes(4)
