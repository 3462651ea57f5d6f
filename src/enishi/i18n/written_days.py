"""Days as a person writes them, with a year or without: birthdays, anniversaries."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from enishi.i18n.dates import format_month_day

LEAP_YEAR = 2000
"""A year that has 29 February, for days without a year."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?",
        r"(?:--?)?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})日?",
        rf"{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s(?P<year>\d{{4}}))?",
        rf"{_MONTH}\s{_DAY}(?:,?\s(?P<year>\d{{4}}))?",
    )
)
_STORED = re.compile(r"(?:(?P<year>\d{4})|-)-(?P<month>\d{2})-(?P<day>\d{2})")


def read_written_day(text: str) -> str:
    """Return a day as `YYYY-MM-DD`, without a year as `--MM-DD`; '' where it is no day.

    In digits alone the month comes first, as in Japanese.

    >>> [read_written_day(text) for text in ("1980年4月1日", "4/1", "1 April", "May 3rd, 1990")]
    ['1980-04-01', '--04-01', '--04-01', '1990-05-03']
    >>> read_written_day("2月30日"), read_written_day("--02-29")
    ('', '--02-29')
    """
    written = unicodedata.normalize("NFKC", text).strip().lower()
    for form in _FORMS:
        if found := form.fullmatch(written):
            facts = found.groupdict()
            word = facts["month"]
            month = int(word) if word.isdecimal() else 1 + _MONTHS.index(word)
            year = facts.get("year")
            try:
                day = date(int(year or LEAP_YEAR), month, int(facts["day"]))
            except ValueError:
                return ""
            return day.isoformat() if year else f"-{day.isoformat()[4:]}"
    return ""


def format_written_day(stored: str, language: str) -> str:
    """Return a stored day as text; what is no day stays as it is.

    >>> format_written_day("--04-01", "ja"), format_written_day("1980-04-01", "en")
    ('4月1日', '1 Apr 1980')
    >>> format_written_day("spring", "en")
    'spring'
    """
    found = _STORED.fullmatch(stored)
    if not found:
        return stored
    try:
        day = date(int(found["year"] or LEAP_YEAR), int(found["month"]), int(found["day"]))
    except ValueError:
        return stored
    said, year = format_month_day(day, language), found["year"]
    if not year:
        return said
    return f"{year}年{said}" if language == "ja" else f"{said} {year}"
