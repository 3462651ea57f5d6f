"""Days of the calendar: the next of a kind, weeks from Monday to Sunday, parts of months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_LEAP_CYCLE = 8
"""Years after which each day of the calendar has come again."""
_MONTHS = 12


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day; None if the calendar does not have it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """Return the day `days` later; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def next_yearly(month: int, day: int, today: date) -> date | None:
    """Return the next such day of the year, today included; None if there is none.

    >>> next_yearly(2, 29, date(2026, 11, 20)), next_yearly(2, 30, date(2026, 11, 20))
    (datetime.date(2028, 2, 29), None)
    """
    years = range(today.year, today.year + _LEAP_CYCLE + 1)
    found = (make_day(year, month, day) for year in years)
    return next((each for each in found if each and each >= today), None)


def next_monthly(day: int, today: date, weekday: int | None = None) -> date | None:
    """Return the next such day of a month after today, where given the next on that weekday."""
    best = None
    for months in range(2 * _MONTHS + 1):
        year, month = add_months(today.year, today.month, months)
        found = make_day(year, month, day)
        if found and found > today:
            if weekday is None or found.weekday() == weekday:
                return found
            best = best or found
    return best


def next_weekday(weekday: int, today: date) -> date:
    """Return the next such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def monday_after(day: date, weeks: int = 0) -> date:
    """Return the Monday of the week of `day`, or of one `weeks` later."""
    return day + timedelta(days=7 * weeks - day.weekday())


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month, `months` later."""
    years, month = divmod(year * _MONTHS + month - 1 + months, _MONTHS)
    return years, month + 1


def shift_months(day: date, months: int) -> date | None:
    """Return the day `months` later; the last of the month where that month is shorter.

    >>> shift_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = add_months(day.year, day.month, months)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def count_on(day: date, number: int, unit: int) -> date | None:
    """Return the day that is a number of units of 1, 7, 14, 30 (month) or 365 (year) days later."""
    if unit in (30, 365):
        return shift_months(day, number * (1 if unit == 30 else _MONTHS))
    return add_days(day, number * unit)


def part_of_month(year: int, month: int, first: int, last: int) -> tuple[date, date] | None:
    """Return first and last day of a part of a month; a last day beyond its end stands for it."""
    if not (date.min.year <= year <= date.max.year and 1 <= month <= _MONTHS):
        return None
    end = monthrange(year, month)[1]
    return date(year, month, min(first, end)), date(year, month, min(last, end))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.

    >>> easter_sunday(2027)
    datetime.date(2027, 3, 28)
    """
    century, rest = divmod(year, 100)
    lead, moon = century // 4, year % 19
    shift = (century - (century - (century + 8) // 25 + 1) // 3 + 19 * moon - lead + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - shift - rest % 4) % 7
    month, day = divmod(shift + week - 7 * ((moon + 11 * shift + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)


def equinox(year: int, month: int) -> date:
    """Return the Japanese holiday of the equinox in March or September, from 1980 to 2099.

    By the formula of the Japan Coast Guard's almanac, as it is commonly given.
    """
    begin = {3: 20.8431, 9: 23.2488}[month]
    passed = year - 1980
    return date(year, month, int(begin + 0.242194 * passed) - passed // 4)


def movable_day(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return a holiday of a year: the nth weekday of a month, or one of these.

    Without a month it is `weekday` days after Easter Sunday, without nth the equinox of the month.
    """
    if not month:
        return add_days(easter_sunday(year), weekday)
    return weekday_of_month(year, month, nth, weekday) if nth else equinox(year, month)


def weekday_of_month(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the nth such weekday of a month, -1 for the last; None if there is none.

    >>> weekday_of_month(2026, 12, 2, 5)
    datetime.date(2026, 12, 12)
    """
    whole = part_of_month(year, month, 1, 31)
    if whole is None:
        return None
    if nth == -1:
        return whole[1] - timedelta(days=(whole[1].weekday() - weekday) % 7)
    return make_day(year, month, 1 + (weekday - whole[0].weekday()) % 7 + 7 * (nth - 1))
