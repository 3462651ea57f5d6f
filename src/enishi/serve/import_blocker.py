"""Importing without what nobody here needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def block_imports(*names: str) -> Iterator[None]:
    """Let modules be imported as if `names` were not installed; afterwards they are again.

    For optional modules that cost more than they give: whoever imports one catches its absence,
    as on a computer that does not have it. One that has been imported already stays.
    """
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # documented: "cannot be imported"
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
