"""Is this goal still mine? Asked once in four weeks, of a goal that is there."""

from __future__ import annotations

from datetime import date

import pandas as pd

from enishi.coach.history import Frames

ASK_DAYS = 28
"""Days after which the question may be asked again, a rule of thumb."""


def is_goal_asked(frames: Frames, today: date) -> bool:
    """Is it time to ask whether the open goal is still one's own?

    Args:
        frames: needs goal and review.
        today: the person's day.

    Returns:
        False without an open goal, or when the question was answered less than four weeks ago.
    """
    goal, review = frames["goal"], frames["review"]
    if not (~goal["closed"] & (goal["wish"].str.strip() != "")).any():
        return False
    answered = review.loc[review["still_mine"] != "", "on"]
    last = answered[answered <= pd.Timestamp(today)].max()
    return bool(pd.isna(last) or (pd.Timestamp(today) - last).days >= ASK_DAYS)
