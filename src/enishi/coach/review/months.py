"""The look back on a month: when it opens, and the experiment that is asked about then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from enishi.coach.relations.answers import answers_to
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


class LookAgain(NamedTuple):
    """The day on which the user looks at the phase of the goal again.

    Attributes:
        review_id: the id of the month's review in which it was set.
        on: the day.
    """

    review_id: str
    on: date


def look_again_day(frames: Frames) -> LookAgain | None:
    """Return the day that was set in the last month to have one; None where none is set."""
    rows = frames["review"]
    rows = rows[isin(rows["kind"], "month") & rows["look_again_on"].notna().to_numpy()]
    last = iter_rows(rows.sort_values("on", kind="stable").tail(1))
    return next((LookAgain(id, row["look_again_on"].date()) for id, row in last), None)


def wants_other_phase(frames: Frames, today: date, settings: Settings | None = None) -> bool:
    """Return whether the user said lately that they would change the phase, and set no day since.

    Args:
        frames: needs answer and review.
        today: the user's current date.
        settings: the days of a month, for which the answer counts.
    """
    last = answers_to(frames, "phase").tail(1)
    since = today - timedelta(days=(settings or Settings()).dials_days)
    wants = isin(last["chosen"], "change") & (last["on"] > pd.Timestamp(since)).to_numpy()
    return bool(wants.any()) and look_again_day(frames) is None


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
