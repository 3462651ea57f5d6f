"""When to ask the user whether an open goal is still their own: every four weeks."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


def is_goal_asked(frames: Frames, today: date, settings: Settings | None = None) -> bool:
    """Return whether it is time to ask whether the open goal is still the user's own.

    Args:
        frames: needs goal and review.
        today: the user's current date.
        settings: the number of days after which the question may be repeated.

    Returns:
        False without an open goal with a wish, or when the last answer is more recent than
        `still_mine_days`.
    """
    goal, review = frames["goal"], frames["review"]
    if not (~goal["closed"] & (goal["wish"].str.strip() != "")).any():
        return False
    answered = review.loc[review["still_mine"] != "", "on"]
    last = answered[answered <= pd.Timestamp(today)].max()
    return bool(
        pd.isna(last)
        or (pd.Timestamp(today) - last).days >= (settings or Settings()).still_mine_days
    )
