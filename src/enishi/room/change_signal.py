"""How a server tells the pages of a room that something changed, so that not each of them asks.

Where the books are on a database server, each look of a page would be a query. So the server of the
pages looks at a room for all of them, and writes two numbers to a small file beside the
one that says how the room is hosted: a count that grows with each change, and the moment of its
last look. A page reads them, and asks the database only after the count has grown, or when the
server has not looked for a while. The file holds nothing else, whatever is in the room.
"""

from __future__ import annotations

import os
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from enishi.identity import HOSTING

_NUMBERS = Struct("=qd")


class Signal(NamedTuple):
    """What the server told last.

    Attributes:
        changes: how often it saw something new.
        at: when it looked, on the monotonic clock, which all processes share, in seconds.
    """

    changes: int
    at: float


def write_signal(room: str, signal: Signal) -> None:
    """Tell the pages of a room.

    Raises:
        OSError: the file cannot be written.
    """
    # The file is never empty or away, as it would be for a moment if it were written anew.
    descriptor = os.open(_file_of(room), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, _NUMBERS.pack(*signal))
    finally:
        os.close(descriptor)


def read_signal(room: str) -> Signal | None:
    """Return what the server told the pages of a room; None where no server looks at it."""
    if HOSTING not in os.environ:
        return None
    try:
        found = _file_of(room).read_bytes()
    except OSError:
        return None
    return Signal(*_NUMBERS.unpack(found)) if len(found) == _NUMBERS.size else None


def _file_of(room: str) -> Path:
    return Path(os.environ[HOSTING]).with_name(f"{room}.signal")
