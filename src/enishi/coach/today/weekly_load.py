"""The contacts per week that all ties need, compared with the user's capacity."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np

from enishi.coach.relations.cadence import rhythms, weekly_load
from enishi.coach.relations.history import Frames, active_contacts, history
from enishi.coach.relations.stage import stage_numbers
from enishi.coach.relations.suggestible import suggestible_mask
from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings


def load(frames: Frames, today: date, settings: Settings | None = None) -> Reason | None:
    """Return why all ties together are too much for a week; None where they are not.

    Contacts at rest or not to be contacted do not count.
    """
    settings = settings or Settings()
    people = active_contacts(frames)
    awake = ~(people["closed"] | people["do_not_contact"]).to_numpy()
    awake &= suggestible_mask(people, frames)
    stage = stage_numbers(history(frames, today, settings), settings)
    every = rhythms(people, stage, settings)[awake]
    per_week = weekly_load(Counter(every[~np.isnan(every)].tolist()))
    if per_week > settings.capacity_per_week and settings.is_enabled("load_over"):
        return reason_for("load_over", count=round(per_week), capacity=settings.capacity_per_week)
    return None
