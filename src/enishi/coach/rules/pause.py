"""A pause until a day: nothing is suggested, and the user's own rows stay as they are."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.rules.stands import stored_day

PAUSED_UNTIL = "paused_until"
"""The setting that holds the day on which suggestions begin again."""


def pause_end(setting: pd.DataFrame, today: date) -> date | None:
    """Return the day on which suggestions begin again; None while there is no pause.

    Args:
        setting: the setting frame.
        today: the user's current date.
    """
    until = stored_day(str(setting["value"].get(PAUSED_UNTIL, "")))
    return until if until and until > today else None
