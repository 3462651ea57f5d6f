"""How far the user goes out this week: to nobody new, one hello, or one new person (B5)."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from enishi.coach.relations.history import Frames, isin
from enishi.coach.today.rest import monday_of

GOES_OUT = ("hello", "new_person")
"""The choices that put a step in the week."""


def widening_step(day: date) -> str:
    """Return the id of the step that the choice for the week of `day` makes.

    >>> widening_step(date(2026, 11, 20))
    'widen-2026-11-16'
    """
    return f"widen-{monday_of(day)}"


def chosen_widening(review: pd.DataFrame, day: date) -> str:
    """Return how far the user chose to go in the week of `day`; '' where they chose nothing."""
    monday = monday_of(day)
    begun = (review["on"] >= pd.Timestamp(monday)).to_numpy()
    ended = (review["on"] >= pd.Timestamp(monday + timedelta(weeks=1))).to_numpy()
    rows = review[isin(review["kind"], "week") & begun & ~ended & ~isin(review["widen"], "")]
    return "" if rows.empty else str(rows["widen"].iloc[-1])


def was_missed_twice(frames: Frames, today: date) -> bool:
    """Return whether the user chose to go out in each of the last two weeks, and did in neither."""
    step = frames["step"]
    done = step.index[isin(step["state"], "done")]
    weeks = [today - timedelta(weeks=back) for back in (1, 2)]
    return all(
        chosen_widening(frames["review"], day) in GOES_OUT and widening_step(day) not in done
        for day in weeks
    )
