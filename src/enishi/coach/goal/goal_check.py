"""Is this goal still mine? Asked once in four weeks, of a goal that is there."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


def is_goal_asked(frames: Frames, today: date, settings: Settings | None = None) -> bool:
    """Is it time to ask whether the open goal is still one's own?

    Args:
        frames: needs goal and review.
        today: the person's day.
        settings: after how many days it may be asked again.

    Returns:
        False without an open goal, or when the question was answered lately.
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
