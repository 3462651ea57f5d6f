"""Days and hours on which no message about work should be sent, and the reason for each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from enishi.coach.rules.reason import Reason, reason_for
from enishi.coach.rules.settings import Settings

EVERYDAY = ("", "quiet_weekend", "quiet_night")
"""Rules with an obvious reason to wait; a more particular reason is shown before them."""
_LONGEST = timedelta(days=92)
"""The most days a message waits; after that many days off in a row it is no longer held."""


_HOLIDAYS = {
    "jp": ("JP", "ja", ""),
    "gb": ("GB", "en_GB", "ENG"),
    "us": ("US", "en_US", ""),
    "de": ("DE", "en_US", ""),
    "fr": ("FR", "en_US", ""),
    "in": ("IN", "en_IN", ""),
    "sg": ("SG", "en_SG", ""),
    "au": ("AU", "en_AU", ""),
    "ca": ("CA", "en_CA", ""),
}
"""For each country its code in the library, the language of the names, and the part of it.

Without a part, these are the holidays of the whole country.
"""


class Moment(NamedTuple):
    """The next good time for a message, and why not earlier; no reason where that is now."""

    at: datetime
    reason: Reason | None = None


def holiday(day: date, country: str) -> str:
    """Return the name of the public holiday on `day`, '' where it is none.

    Japanese holidays have Japanese names, those of other countries English ones.
    """
    if country not in _HOLIDAYS:
        return ""
    return str(_holidays_of(country).get(day, ""))


@cache
def _holidays_of(country: str) -> Any:
    """Return the public holidays of a country by day; a year is computed when it is asked for."""
    import holidays  # costs 80 ms and 6 MB, so only on use

    name, language, part = _HOLIDAYS[country]
    return holidays.country_holidays(name, subdiv=part or None, language=language)


def why_quiet(day: date, settings: Settings | None = None) -> Reason | None:
    """Return why work waits on `day`: a holiday, own days off, a weekend; None on a working day."""
    settings = settings or Settings()
    if settings.is_enabled("quiet_holiday") and (name := holiday(day, settings.country)):
        return reason_for("quiet_holiday", holiday=name)
    own = next((span for span in settings.days_off if day in span), None)
    if own and settings.is_enabled("quiet_own"):
        return reason_for("quiet_own", holiday=own.name or own.line)
    if settings.is_enabled("quiet_weekend") and day.weekday() >= 5:
        return reason_for("quiet_weekend")
    return None


def is_quiet(day: date, settings: Settings | None = None) -> bool:
    """Return whether `day` is a weekend, a public holiday or one of the user's days off."""
    return why_quiet(day, settings) is not None


def working_day(day: date, settings: Settings | None = None) -> date:
    """Return `day`, or the next working day after it.

    >>> working_day(date(2026, 12, 30))
    datetime.date(2027, 1, 4)
    """
    last = day + _LONGEST
    while day < last and is_quiet(day, settings):
        day += timedelta(days=1)
    return day


def good_moment(now: datetime, work: bool = False, settings: Settings | None = None) -> Moment:
    """Return the next good moment for a message, from `now` on.

    Args:
        now: the current moment on the user's clock.
        work: whether the message is about work; it then also waits on weekends, holidays and days
            off.
        settings: the hours of the day, the country, days off and disabled rules.
    """
    settings = settings or Settings()
    at, reasons = now, []
    if settings.is_enabled("quiet_night"):
        morning, night = time(settings.morning_hour), time(settings.night_hour)
        if not morning <= now.time() < night:
            day = now.date() + timedelta(days=now.time() >= night)
            at = datetime.combine(day, morning, now.tzinfo)
            reasons = [
                reason_for("quiet_night", morning=settings.morning_hour, night=settings.night_hour)
            ]
    first = at.date()
    last = working_day(first, settings) if work else first
    if last > first:
        days = (first + timedelta(days=step) for step in range((last - first).days))
        reasons += [why for day in days if (why := why_quiet(day, settings))]
        at = datetime.combine(last, time(settings.morning_hour), now.tzinfo)
    reasons.sort(key=lambda why: EVERYDAY.index(why.rule) if why.rule in EVERYDAY else 0)
    return Moment(at, reasons[0] if reasons else None)
