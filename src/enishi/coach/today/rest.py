"""Rest: a week off, offered when it has been hard, and a welcome for who comes back."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from enishi.coach.relations.history import Frames, day_number, history
from enishi.coach.rules.settings import Settings


def monday_of(day: date) -> date:
    """Return the Monday of a day's week; a week's review carries this day."""
    return day - timedelta(days=day.weekday())


def is_resting(review: pd.DataFrame, today: date) -> bool:
    """Return whether the person chose to rest this week."""
    this_week = review["on"] >= pd.Timestamp(monday_of(today))
    return bool((review["rest"] & this_week).any())


def needs_rest(encounter: pd.DataFrame, today: date, settings: Settings | None = None) -> bool:
    """Return whether meetings have been hard often enough of late to offer a week of rest.

    Args:
        encounter: the encounter frame.
        today: the person's day.
        settings: how many are too many, and for how long they count.
    """
    rule = settings or Settings()
    lately = encounter["on"] > pd.Timestamp(today - timedelta(days=rule.hard_days))
    return int((encounter["hard"] & lately).sum()) >= rule.hard_most


def is_back(last: date | None, today: date, settings: Settings | None = None) -> bool:
    """Return whether the person comes back after weeks without an entry.

    Args:
        last: day of the last entry before this visit; None in a new book.
        today: the person's day.
        settings: after how many days it says welcome back.
    """
    rule = settings or Settings()
    back = last is not None and (today - last).days >= rule.idle_days
    return back and rule.hears("welcome_back")


def turned_to(seen: pd.DataFrame, today: date) -> int:
    """Return how many people the person turned to this week, beyond first meetings.

    Args:
        seen: rows of `history`.
        today: the person's day.
    """
    return int(np.count_nonzero(seen["last_reach"].to_numpy() >= day_number(monday_of(today))))


def is_week_full(frames: Frames, today: date, settings: Settings | None = None) -> bool:
    """Return whether the person turned to as many people this week as they meant to."""
    rule = settings or Settings()
    if not rule.hears("gate_week_full"):
        return False
    return turned_to(history(frames, today, rule), today) >= rule.reach_outs_per_week
