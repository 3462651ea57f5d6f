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
        why: `seen` (two others named it, and the user does not count it as good at yet), `shine`,
            `grow`, `spare` or `leave` (its quadrant), `other` (no quadrant yet).
        proposed: whether `why` is a reason to grow it.
    """

    id: str
    name: str
    why: str
    proposed: bool


def candidates(frames: Frames, settings: Settings | None = None) -> tuple[Candidate, ...]:
    """Return every named strength, those with the best reason to grow first.

    Of those with the same reason, what energises comes before what tires.

    Args:
        frames: needs strength, evidence, voice and contact.
        settings: the weight of each kind of evidence.
    """
    found = []
    for id, row in iter_rows(strengths(frames, settings)):
        if row["name"].strip():
            is_seen = row["seen"] >= 2 and row["quadrant"] in ("", "grow")
            why = "seen" if is_seen else row["quadrant"] or "other"
            candidate = Candidate(id, row["name"], why, why in PROPOSED)
            found.append((ORDER.index(why), -row["energy"], candidate))
    found.sort(key=lambda each: each[:2])
    return tuple(candidate for *_, candidate in found)
