"""Which strength to grow: what one is good at and likes, rather than what is missing (B54)."""

from __future__ import annotations

from typing import NamedTuple

from enishi.coach.relations.history import Frames, iter_rows
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.strengths import strengths

ORDER = ("seen", "shine", "grow", "other", "spare", "leave")
"""Why a strength might be the one, best reason first; from `other` on it is not proposed."""

PROPOSED = frozenset(ORDER[:3])


class Candidate(NamedTuple):
    """A strength that might be grown.

    Attributes:
        id: the strength's.
        name: in the person's own words.
        why: seen (others see a level more in it), shine, grow, spare, leave (its field), other
            (not sorted yet).
        proposed: the reason speaks for it.
    """

    id: str
    name: str
    why: str
    proposed: bool


def candidates(frames: Frames, settings: Settings | None = None) -> tuple[Candidate, ...]:
    """Return every named strength, those that are best grown first.

    Args:
        frames: needs strength, evidence and voice.
        settings: how far evidence carries.
    """
    found = []
    for id, row in iter_rows(strengths(frames, settings)):
        if row["name"].strip():
            why = "seen" if row["unaware"] else row["quadrant"] or "other"
            found.append(Candidate(id, row["name"], why, why in PROPOSED))
    return tuple(sorted(found, key=lambda candidate: ORDER.index(candidate.why)))
