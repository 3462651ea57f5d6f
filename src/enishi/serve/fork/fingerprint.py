"""A fingerprint of code and texts, to detect that they changed since the zygote read them."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from enishi.paths import shared

_OURS = ("enishi", "widgets")
SUFFIXES = (".py", ".js", ".css", ".yaml", ".po")

Fingerprint = frozenset[tuple[str, int, int]]
"""Path, time of the last change in nanoseconds and size in bytes of each file."""


def fingerprint() -> Fingerprint:
    """Return a value that changes with our code, our texts, or the set of installed packages.

    It takes a few milliseconds: the status of two hundred files is read, their content is not.
    """
    found = {file_fingerprint(entry) for folder in folders() for entry in files(folder)}
    for name in ("purelib", "platlib"):  # installing a package changes its parent folder
        place = sysconfig.get_path(name)
        if os.path.isdir(place):
            found.add((place, os.stat(place).st_mtime_ns, 0))
    return frozenset(found)


def folders() -> Iterator[Path]:
    """Yield the folders that a zygote reads."""
    for name in _OURS:
        spec = find_spec(name)
        if spec and spec.submodule_search_locations:
            yield from map(Path, spec.submodule_search_locations)
    yield shared("data")


def files(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files of code and texts in `folder` and below."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from files(entry.path)
            elif entry.name.endswith(SUFFIXES):
                yield entry


def file_fingerprint(entry: os.DirEntry[str]) -> tuple[str, int, int]:
    """Return the fingerprint of one file."""
    found = entry.stat()
    return entry.path, found.st_mtime_ns, found.st_size
