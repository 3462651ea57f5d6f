"""Limit of a book's growth on a server for many, so that one person cannot fill its disk.

A room is written in by many, and has a limit for each of them.

Only the journal counts: it holds everything the tables hold. A call merged with the one before (see
`enishi.book.journal.latest_mergeable`) counts with its final size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from enishi.book.dialects import bytes_of
from enishi.book.errors import GrowthError
from enishi.book.tables import change
from enishi.book.validation import MOMENT

QUOTA = 250_000_000
"""Bytes that the journal of one person may grow by within an hour.

An import of 100 000 contacts takes 73 million, its undo as many again, and the import after that as
well; writing a note of 4 000 characters every ten seconds takes 9 million.
"""
ROOM_QUOTA = 20_000_000
"""Bytes that the journal of a room may grow by within an hour by what one person writes there."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class WrittenBytes:
    """The recent growth of a journal.

    Attributes:
        seq: the number of the last call that was counted.
        calls: the time and the size in bytes of each call of the last hour, by its batch.
    """

    seq: int = 0
    calls: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return the total bytes of all calls."""
        return sum(size for _, size in self.calls.values())


def bytes_written(
    connection: Connection, owner: str, by: str, known: WrittenBytes, now: datetime
) -> WrittenBytes:
    """Return by how much `by` made the owner's journal grow in the hour up to `now`.

    It continues from `known`.
    """
    since = (now - HOUR).strftime(MOMENT)
    size = bytes_of(change.c.rows, connection.dialect.name)
    theirs = (change.c.owner == owner, change.c.by == by)
    newer = (change.c.seq > known.seq, change.c.at > since)
    query = select(change.c.seq, change.c.batch, change.c.at, size).where(*theirs, *newer)
    calls = {batch: call for batch, call in known.calls.items() if call[0] > since}
    seq = known.seq
    for row in connection.execute(query.order_by(change.c.seq)):
        seq = row.seq
        calls[row.batch] = (row.at, row[3])
    return WrittenBytes(seq, calls)


def check_quota(growth: WrittenBytes, quota: int) -> None:
    """Raise GrowthError if the book grew by more than `quota` bytes within an hour."""
    if growth.size > quota:
        raise GrowthError(most=quota // 1_000_000)
