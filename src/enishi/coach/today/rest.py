"""Rest: a week off, offered after hard meetings, and a welcome after a long absence."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from enishi.coach.relations.history import day_number
from enishi.coach.rules.settings import Settings


def monday_of(day: date) -> date:
    """Return the Monday of a day's week; the review of a week has this date."""
    return day - timedelta(days=day.weekday())


def is_resting(review: pd.DataFrame, today: date) -> bool:
    """Return whether the user chose to rest this week."""
    if review.empty:
        return False
    this_week = review["on"] >= pd.Timestamp(monday_of(today))
    return bool((review["rest"] & this_week).any())


def needs_rest(encounter: pd.DataFrame, today: date, settings: Settings | None = None) -> bool:
    """Return whether enough recent meetings were hard to offer a week of rest.

    Args:
        encounter: the encounter frame.
        today: the user's current date.
        settings: the number of hard meetings that is enough, and the days they count.
    """
    settings = settings or Settings()
    if encounter.empty:
        return False
    lately = encounter["on"] > pd.Timestamp(today - timedelta(days=settings.hard_days))
    return int((encounter["hard"] & lately).sum()) >= settings.hard_most


def is_back(last: date | None, today: date, settings: Settings | None = None) -> bool:
    """Return whether the user comes back after weeks without an entry.

    False as well where the rule `welcome_back` is disabled.

    Args:
        last: date of the last entry before this visit; None in a new book.
        today: the user's current date.
        settings: the number of idle days after which the page shows a welcome.
    """
    settings = settings or Settings()
    back = last is not None and (today - last).days >= settings.idle_days
    return back and settings.is_enabled("welcome_back")


def contacted_this_week(histories: pd.DataFrame, today: date) -> int:
    """Return how many contacts the user reached out to this week, without first meetings.

    Args:
        histories: rows of `history`.
        today: the user's current date.
    """
    return int(np.count_nonzero(histories["last_reach"].to_numpy() >= day_number(monday_of(today))))
