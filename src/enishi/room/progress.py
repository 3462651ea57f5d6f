"""How far a phase is: who is ready, and since when nobody has written."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from enishi.book.tables import change
from enishi.book.validation import MOMENT
from enishi.room.shown import Guest

READY_SHARE = 0.8
"""The share of people who are ready from which it is a good time to move on."""
QUIET_MS = 60_000
"""For how long nobody has written, so that it is one as well."""
WRITING_KINDS = ("request", "notes", "poll")
"""The phases in which people write into the room; silence says nothing in the others."""


def count_ready(guests: tuple[Guest, ...], phase_id: str) -> tuple[int, int]:
    """Return how many participants are ready with a phase, and how many there are."""
    here = [each for each in guests if each.is_in and not each.leads and not each.away]
    return sum(each.ready_phase == phase_id for each in here), len(here)


def are_enough_ready(ready: int, present: int) -> bool:
    """Return whether so many are ready that one may move on.

    >>> are_enough_ready(4, 5), are_enough_ready(3, 5), are_enough_ready(0, 0)
    (True, False, False)
    """
    return present > 0 and ready >= READY_SHARE * present


def last_written(connection: Connection, room: str) -> int | None:
    """Return the instant in milliseconds at which anybody last wrote in a room; None for never."""
    at = connection.scalar(select(func.max(change.c.at)).where(change.c.owner == room))
    if not at:
        return None
    return round(datetime.strptime(at, MOMENT).replace(tzinfo=UTC).timestamp() * 1000)
