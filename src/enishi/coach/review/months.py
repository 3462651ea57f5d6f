"""The look back on a month: when it opens, and the experiment that is asked about then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from enishi.coach.relations.history import Frames, is_filled, isin, iter_rows
from enishi.coach.rules.settings import Settings


def is_month_due(frames: Frames, today: date, settings: Settings | None = None) -> bool:
    """Return whether four weeks have passed since the last month, or since the book was begun.

    Args:
        frames: needs review and contact.
        today: the user's current date.
        settings: the days after which a month is looked back on (`dials_days`).

    Returns:
        True as well on the days on which the user writes on it. The book was begun with its first
        review or contact; False in one that has neither.
    """
    review = frames["review"]
    months = review.loc[isin(review["kind"], "month", "dials"), "on"]
    if (months == pd.Timestamp(today)).any():
        return True
    began = [review["on"].min(), frames["contact"]["acquired_on"].min()]
    known = [day for day in ([months.max()] if len(months) else began) if not pd.isna(day)]
    if not known:
        return False
    return bool((pd.Timestamp(today) - min(known)).days >= (settings or Settings()).dials_days)


class Experiment(NamedTuple):
    """What the user meant to try in a month.

    Attributes:
        id: the id of the month's review.
        tried: the experiment in the user's words.
        result: what came of it, '' where the user has not said.
    """

    id: str
    tried: str
    result: str


def last_experiment(
    frames: Frames, this_month: str, today: date, settings: Settings | None = None
) -> Experiment | None:
    """Return the experiment of the month before the one being written, if it was not long ago.

    Args:
        frames: needs review.
        this_month: the id of the review of this month.
        today: the user's current date.
        settings: the days of a month; what is older than three of them is not asked about.
    """
    rows = frames["review"]
    since = today - timedelta(days=3 * (settings or Settings()).dials_days)
    rows = rows[isin(rows["kind"], "month") & (rows["on"] > pd.Timestamp(since))]
    rows = rows[(rows.index != this_month) & is_filled(rows["tried"])]
    last = iter_rows(rows.sort_values("on", kind="stable").tail(1))
    return next((Experiment(id, row["tried"], row["tried_result"]) for id, row in last), None)
