"""Whether a stand still holds: asked once, a season after it was taken."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from enishi.coach.rules.settings import Settings
from enishi.coach.rules.stands import STANDS, read_stand


def stand_to_check(setting: pd.DataFrame, today: date, settings: Settings | None = None) -> str:
    """Return the question whose stand is the oldest to ask about once more; '' where none is.

    A stand is asked about once, `stand_days` after it was taken; a changed one begins anew.
    """
    since = today - timedelta(days=(settings or Settings()).stand_days)
    taken = {question: read_stand(setting, question) for question in STANDS}
    due = [
        (found.on, question)
        for question, found in taken.items()
        if found.choice in STANDS[question] and found.on and found.on <= since
        if not found.confirmed
    ]
    return min(due)[1] if due else ""
