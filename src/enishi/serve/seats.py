"""How many people a room on this computer takes in, judged by its free memory."""

from __future__ import annotations

from pathlib import Path

MOST_SEATS = 60
USUAL_SEATS = 24
"""Where the free memory is unknown."""
_PAGE_MB = 45
_SERVER_MB = 400
"""The server, the facilitator's page and the projector's."""


def offered_seats(free_mb: int | None) -> int:
    """Return how many people there is memory for, at least 2.

    A third more pages than people are counted: a page that was left without notice stays a while.

    >>> offered_seats(16_000), offered_seats(2_000), offered_seats(100), offered_seats(None)
    (60, 26, 2, 24)
    """
    if free_mb is None:
        return USUAL_SEATS
    return max(2, min(MOST_SEATS, (free_mb - _SERVER_MB) * 3 // (_PAGE_MB * 4)))


def granted_seats(asked: int | None, free_mb: int | None) -> int:
    """Return how many people a room takes in if `asked` are wanted; None asks for all there are.

    >>> granted_seats(12, 2_000), granted_seats(50, 2_000), granted_seats(50, None)
    (12, 26, 50)
    """
    if asked is None:
        return offered_seats(free_mb)
    return min(asked, MOST_SEATS if free_mb is None else offered_seats(free_mb))


def pages_for(seats: int) -> int:
    """Return how many pages may be open, so that `seats` people come and go."""
    return seats + seats // 3 + 4


def free_memory_mb() -> int | None:
    """Return the MB that programs may still take; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    facts = dict(line.split(":", 1) for line in lines)
    return int(facts["MemAvailable"].split()[0]) // 1024 if "MemAvailable" in facts else None
