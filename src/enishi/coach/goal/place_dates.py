"""The dates of a place: every week, every month on the same weekday, or once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, takewhile
from typing import Any

import numpy as np
import pandas as pd

from enishi.coach.relations.history import FrameRow


def next_date(next_on: date | None, rhythm: str, today: date) -> date | None:
    """Return the first date of a place from `today` on; None if there is none.

    Args:
        next_on: the date the user wrote, possibly past; None if there is none.
        rhythm: `weekly`, `monthly` (the same weekday of the same week of the month; a fifth week
            stands for the last one) or `once`. A missing rhythm counts as `once`.
        today: the first day that counts.

    >>> next_date(date(2026, 11, 12), "monthly", date(2026, 11, 20))
    datetime.date(2026, 12, 10)
    """
    if next_on is None or next_on >= today:
        return next_on
    return next((day for day in _dates(next_on, rhythm, today) if day >= today), None)


def last_date(next_on: date | None, rhythm: str, today: date) -> date | None:
    """Return the last date of a place before `today`, no earlier than `next_on`; else None."""
    if next_on is None or next_on >= today:
        return None
    days = _dates(next_on, rhythm, today - timedelta(days=31))
    return max(takewhile(lambda day: day < today, days), default=next_on)


def occurrences(place: FrameRow, first: date, last: date) -> tuple[date, ...]:
    """Return the dates of a place from `first` to `last`, none before the one the user wrote.

    Args:
        place: a row of the place frame, with `next_on` and `rhythm`.
        first: the first day that counts.
        last: the last day that counts.
    """
    next_on = date_of(place["next_on"])
    if next_on is None:
        return ()
    days = takewhile(lambda day: day <= last, _dates(next_on, str(place["rhythm"]), first))
    return tuple(day for day in days if day >= first)


def with_next_dates(places: pd.DataFrame, today: date) -> pd.DataFrame:
    """Return rows of the place frame with `next_on` moved to the first date from `today` on.

    It is NaT where no date follows.
    """
    days = [
        next_date(date_of(next_on), rhythm, today)
        for next_on, rhythm in zip(places["next_on"], places["rhythm"], strict=True)
    ]
    return places.assign(next_on=np.array(days, dtype="datetime64[s]"))


def date_of(cell: Any) -> date | None:
    """Return the date in a cell, which holds text or a timestamp; None where it is empty."""
    return None if cell == "" or pd.isna(cell) else pd.Timestamp(cell).date()


def _dates(next_on: date, rhythm: str, near: date) -> Iterator[date]:
    """Yield the dates of a place in order, from `next_on` on.

    Dates that lie more than a month before `near` may be left out.
    """
    if rhythm == "weekly":
        weeks = max(0, (near - next_on).days // 7)
        yield from (next_on + timedelta(weeks=week) for week in count(weeks))
    elif rhythm == "monthly":
        months = max(0, (near.year - next_on.year) * 12 + near.month - next_on.month)
        yield from (_same_weekday(next_on, month) for month in count(months))
    else:
        yield next_on


def _same_weekday(day: date, months: int) -> date:
    """Return the date of the same weekday and week, `months` months after `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    first += timedelta(days=(day.weekday() - first.weekday()) % 7)
    week = (day.day - 1) // 7
    found = first + timedelta(weeks=week)
    return found if found.month == first.month else found - timedelta(weeks=1)
