"""The open goal, and the rows that belong to an open goal or to no particular one."""

from __future__ import annotations

import pandas as pd

from enishi.coach.relations.history import FrameRow, Frames, is_filled


def open_goal(frames: Frames) -> FrameRow | None:
    """Return the last open goal with a wish, a row of the goal frame; None if there is none."""
    goal = frames["goal"]
    if goal.empty:
        return None
    written = goal[~goal["closed"] & is_filled(goal["wish"])]
    return None if written.empty else written.iloc[-1]


def rows_of_open_goals(frames: Frames, table: str) -> pd.DataFrame:
    """Return the rows of `table` (plan, role, place or way) without those of a closed goal."""
    goal, rows = frames["goal"], frames[table]
    if rows.empty:
        return rows
    closed = rows["goal_id"].isin(goal.index[goal["closed"]])
    return rows[~closed] if closed.any() else rows
