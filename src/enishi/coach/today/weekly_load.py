"""The contacts per week that all ties need, compared with the user's capacity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from enishi.coach.relations.cadence import rhythms, weekly_load
from enishi.coach.relations.history import Frames, active_contacts, history
from enishi.coach.relations.solicitation import soliciting_mask
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class Load:
    """The week's load.

    Attributes:
        per_week: contacts per week that all rhythms together need.
        capacity: contacts per week that feel right, from the settings.
        reason: why it is too much, with a way to lighten it; None where it is not.
    """

    per_week: float
    capacity: int
    reason: Reason | None


def load(frames: Frames, today: date, settings: Settings | None = None) -> Load:
    """Return the weekly load of all ties; contacts at rest or not to be contacted do not count."""
    rule = settings or Settings()
    people = active_contacts(frames)
    awake = ~(people["closed"] | people["do_not_contact"]).to_numpy() & ~soliciting_mask(people)
    stage = stage_numbers(history(frames, today, rule), rule)
    every = rhythms(people, stage, rule)[awake]
    per_week = weekly_load(Counter(every[~np.isnan(every)].tolist()))
    reason = None
    if per_week > rule.capacity_per_week and rule.hears("load_over"):
        reason = reason_for("load_over", count=round(per_week), capacity=rule.capacity_per_week)
    return Load(per_week, rule.capacity_per_week, reason)
