"""Days with a reminder as an iCalendar file that phones and computers alike can read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

REMINDER = timedelta(hours=9)
"""When the reminder of a day sounds, counted from its midnight."""


class CalendarEntry(NamedTuple):
    """One day in the calendar.

    Attributes:
        key: says what it is; the same key replaces the entry of an earlier file.
        day: the whole day.
        summary: its text, as a locked screen may show it.
    """

    key: str
    day: date
    summary: str


def write_calendar(entries: Iterable[CalendarEntry], language: str, now: datetime) -> str:
    """Write `entries` as the text of an .ics file, lines ending in CRLF.

    Events over a whole day, because Google Calendar, iOS and Outlook leave tasks out; they keep
    nobody busy (TRANSPARENT) and are marked private.

    Args:
        entries: the days.
        language: of the summaries.
        now: this moment, in UTC; when the file was made.
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
    made.add("uid", f"{entry.key}@enishi.invalid")  # .invalid: a domain that is nobody's
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
