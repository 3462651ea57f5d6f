"""Which strength to grow: what the user is good at and likes, not what is missing (B54)."""

from __future__ import annotations

from typing import NamedTuple

from enishi.coach.relations.history import Frames, iter_rows
from enishi.coach.rules.settings import Settings
from enishi.coach.strengths.strengths import strengths

ORDER = ("seen", "shine", "grow", "other", "spare", "leave")
"""Why to grow a strength, the best reason first; from `other` on it is not proposed."""

PROPOSED = frozenset(ORDER[:3])


class Candidate(NamedTuple):
    """A strength that might be grown.

    Attributes:
        id: the id of the strength.
        name: its name in the user's own words.
        why: `seen` (others rate it a level higher), `shine`, `grow`, `spare` or `leave` (its
            quadrant), `other` (no quadrant yet).
        proposed: whether `why` is a reason to grow it.
    """

    id: str
    name: str
    why: str
    proposed: bool


def candidates(frames: Frames, settings: Settings | None = None) -> tuple[Candidate, ...]:
    """Return every named strength, those with the best reason to grow first.

    Args:
        frames: needs strength, evidence and voice.
        settings: the weight of each kind of evidence.
    """
    found = []
    for id, row in iter_rows(strengths(frames, settings)):
        if row["name"].strip():
            why = "seen" if row["unaware"] else row["quadrant"] or "other"
            found.append(Candidate(id, row["name"], why, why in PROPOSED))
    return tuple(sorted(found, key=lambda candidate: ORDER.index(candidate.why)))
