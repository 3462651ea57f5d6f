"""The ways to a goal: the one the user chose."""

from __future__ import annotations

import pandas as pd

from enishi.coach.goal.open_goals import rows_of_open_goals
from enishi.coach.relations.history import Frames, is_filled


def chosen_ways(frames: Frames) -> pd.DataFrame:
    """Return the chosen way of each open goal, rows of the way frame that have words."""
    ways = rows_of_open_goals(frames, "way")
    return ways[ways["chosen"] & is_filled(ways["words"])]
