"""Imports without optional modules that are not needed here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def block_imports(*names: str) -> Iterator[None]:
    """Make imports of `names` fail inside the block, as if they were not installed.

    For optional modules that cost more than they give: an importer of one handles its absence, as
    on a computer without it. A module that is imported already stays.
    """
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # documented: "cannot be imported"
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
