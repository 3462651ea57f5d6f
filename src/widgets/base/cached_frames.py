"""The frames that the sheets of a page share, and results that stay as long as these do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from enishi.book import Book


class SnapshotFrames(dict[str, Any]):
    """The book's frames by table, read on first use; it can record which ones are read."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.records: list[dict[str, Any]] = []
        """The frames read so far, one record for each `recording` that is open."""

    def __missing__(self, table: str) -> Any:
        frame = self[table] = self.book.frame(table)
        return frame

    def __getitem__(self, table: str) -> Any:
        frame = super().__getitem__(table)
        self.record({table: frame})
        return frame

    def record(self, frames: dict[str, Any]) -> None:
        """Add `frames` to every open record."""
        for read in self.records:
            read |= frames

    @contextmanager
    def recording(self) -> Iterator[dict[str, Any]]:
        """Yield a record that gets every frame that is read inside the block."""
        read: dict[str, Any] = {}
        self.records.append(read)
        try:
            yield read
        finally:
            self.records.pop()


@dataclass(frozen=True)
class CachedResult:
    """A result, with everything it was computed from."""

    result: Any
    read: dict[str, Any]
    """The frames; as they are kept alive, no later frame is taken for one of them."""
    today: date
    given: object

    def is_current(self, frames: SnapshotFrames, today: date, given: object) -> bool:
        """Return whether the computation would read the same frames on the same day."""
        if (self.today, self.given) != (today, given):
            return False
        return all(frames[table] is frame for table, frame in self.read.items())
