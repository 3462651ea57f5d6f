"""Days and hours on which nobody is disturbed with a message about work."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

SEASONS = (((12, 29), (12, 31)), ((1, 1), (1, 3)), ((4, 29), (5, 5)), ((8, 13), (8, 16)))
"""New Year, Golden Week and Obon: first and last day, by month and day."""
MORNING, NIGHT = time(8), time(21)
"""Between these no message is sent."""


def is_quiet(day: date, holidays: Collection[date] = ()) -> bool:
    """Return whether `day` is a weekend, a holiday or lies in one of the quiet seasons."""
    if day.weekday() >= 5 or day in holidays:
        return True
    return any(first <= (day.month, day.day) <= last for first, last in SEASONS)


def working_day(day: date, holidays: Collection[date] = ()) -> date:
    """Return `day`, or the next working day after it.

    >>> working_day(date(2026, 12, 30))
    datetime.date(2027, 1, 4)
    """
    while is_quiet(day, holidays):
        day += timedelta(days=1)
    return day


def good_moment(now: datetime, work: bool = False, holidays: Collection[date] = ()) -> datetime:
    """Return the next moment, from `now` on, that disturbs nobody.

    Args:
        now: the person's own clock.
        work: it is about work: weekends, holidays and quiet seasons wait as well.
        holidays: public holidays, where known.
    """
    if now.time() >= NIGHT:
        now = datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)
    elif now.time() < MORNING:
        now = datetime.combine(now.date(), MORNING, now.tzinfo)
    day = working_day(now.date(), holidays) if work else now.date()
    return now if day == now.date() else datetime.combine(day, MORNING, now.tzinfo)
