"""Export of days with a reminder as an iCalendar file for phones and computers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

REMINDER = timedelta(hours=9)
"""Time of a day's reminder, as an offset from midnight."""


class CalendarEntry(NamedTuple):
    """One day in the calendar.

    Attributes:
        key: identifies the entry; the same key replaces the entry of an earlier file.
        day: the whole day.
        summary: its text, suitable for a lock screen.
    """

    key: str
    day: date
    summary: str


def write_calendar(entries: Iterable[CalendarEntry], language: str, now: datetime) -> str:
    """Return `entries` as the text of an .ics file, with CRLF line ends.

    They are all-day events, because Google Calendar, iOS and Outlook ignore tasks; they do not
    block the day (TRANSPARENT) and are marked private.

    Args:
        entries: the days.
        language: the language of the summaries.
        now: the current instant in UTC, stored as the creation time.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Enishi//Workbook//{language.upper()}")
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_event(entry, now))
    text: bytes = calendar.to_ical()
    return text.decode("utf-8")


def _event(entry: CalendarEntry, now: datetime) -> Event:
    """Return one day as an event with its reminder."""
    made = Event()
    made.add("uid", f"{entry.key}@enishi.invalid")  # .invalid: a domain that cannot be registered
    made.add("dtstamp", now)
    made.add("dtstart", entry.day)
    made.add("dtend", entry.day + timedelta(days=1))
    made.add("summary", entry.summary)
    made.add("transp", "TRANSPARENT")
    made.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", REMINDER)
    made.add_component(alarm)
    return made
