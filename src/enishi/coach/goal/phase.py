"""The three phases of a goal: explore, deepen, be introduced; and when to move on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enishi.coach.relations.history import Frames, history
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

PHASES = ("explore", "deepen", "introduced")
"""The phases in order: meet many, deepen a few ties, be introduced by those contacts."""


@dataclass(frozen=True)
class Phase:
    """The phase of the open goal.

    Attributes:
        now: the phase the user chose.
        proposed: the next phase when its condition holds, else ''.
        reason: why the next phase is proposed, or None.
    """

    now: str
    proposed: str = ""
    reason: Reason | None = None


def chosen_phase(frames: Frames) -> str:
    """Return the phase the user chose for the open goal; `explore` while there is none."""
    goal = frames["goal"]
    open_ = goal[~goal["closed"]]
    return str(open_["phase"].iloc[0] or "explore") if len(open_) else "explore"


def phase(frames: Frames, today: date, settings: Settings | None = None) -> Phase:
    """Return the phase of the open goal and the next phase where its condition holds.

    Explore → deepen: three contacts at stage S2 or more (`phase_known`), without those with whom
    the user said to feel little at ease (`ease_comfort`). Deepen → be introduced: two contacts at
    S3 or more (`phase_trusted`).
    """
    settings = settings or Settings()
    now = chosen_phase(frames)
    histories = history(frames, today, settings)
    histories = histories[histories.index.isin(suggestible_contacts(frames).index)]
    stage = stage_numbers(histories, settings)
    known = int(((stage >= 2) & ~(histories["comfort"] < settings.ease_comfort)).sum())
    trusted = int((stage >= 3).sum())
    if now == "explore" and known >= settings.phase_known and settings.is_enabled("phase_deepen"):
        return Phase(now, "deepen", reason_for("phase_deepen", count=known))
    if (
        now == "deepen"
        and trusted >= settings.phase_trusted
        and settings.is_enabled("phase_introduced")
    ):
        return Phase(now, "introduced", reason_for("phase_introduced", count=trusted))
    return Phase(now)
