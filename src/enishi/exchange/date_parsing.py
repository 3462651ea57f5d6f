"""Parser for days as contacts programs write them; month names are English in every locale."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?")
WORDS = re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9})\.?[ -](?P<year>\d{4}|\d{2})")
AMERICAN = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})")
TIME = re.compile(r",? +\d{1,2}:\d{2}(?::\d{2})?( ?[AP]M)?$", re.IGNORECASE)
YEARLESS = re.compile(r"--(?P<month>\d{2})-?(?P<day>\d{2})")
UNREAD_DAY = "The day “{text}” could not be read; it is kept in the note."
_LONGEST = 40
"""Maximum length of a day with its time in characters."""
EARLIEST, LATEST = 1900, 2200
"""The years the book accepts."""


def read_day(text: str) -> str:
    """Return the day in `text` as `YYYY-MM-DD`, or "" if it is not a day.

    Two-digit years are in this century: LinkedIn opened in 2003.

    >>> [read_day(day) for day in ("12 Mar 2024", "7-Feb-22", "1/22/18, 9:51 PM", "2024/3/12")]
    ['2024-03-12', '2022-02-07', '2018-01-22', '2024-03-12']
    """
    written = text.strip()
    if len(written) > _LONGEST:
        return ""
    bare = TIME.sub("", written)
    for form in (ISO, WORDS, AMERICAN):
        if found := form.fullmatch(bare):
            year = int(found["year"])
            century = 2000 if year < 100 else 0
            return day_text(century + year, month_number(found["month"]), int(found["day"]))
    return ""


def month_number(month: str) -> int:
    """Return the number of a month in digits or as an English word, else 0."""
    if month.isdecimal():
        return int(month)
    word = month[:3].casefold()
    return MONTHS.index(word) + 1 if word in MONTHS else 0


def read_birthday(text: str) -> str:
    """Return a birthday as `YYYY-MM-DD`, without a year as `--MM-DD`, or "" if it is neither.

    >>> read_birthday("1990-04-15"), read_birthday("--02-29"), read_birthday("April")
    ('1990-04-15', '--02-29', '')
    """
    if found := YEARLESS.fullmatch(text.strip()):
        leap = day_text(2000, int(found["month"]), int(found["day"]))  # 29 February is a birthday
        return leap and f"-{leap[4:]}"
    return read_day(text)


def day_text(year: int, month: int, day: int) -> str:
    """Return the day as `YYYY-MM-DD`, or "" if the calendar or the book does not allow it."""
    try:
        return date(year, month, day).isoformat() if EARLIEST <= year <= LATEST else ""
    except ValueError:
        return ""
