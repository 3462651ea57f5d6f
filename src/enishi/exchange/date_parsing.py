"""Parser for days as contacts programs write them; month names are English in every locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?")
COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)")
WORDS = re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9})\.?[ -](?P<year>\d{4}|\d{2})")
MONTH_FIRST = re.compile(r"(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
GERMAN = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})")
SLASHED = re.compile(r"(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>\d{4}|\d{2})")
"""Month and day in either order; see `day_order`."""
ERA = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[MTSHRmtshr])\.?(?P<year>元|\d{1,2})[年./-]"
    r"(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?"
)
"""A day in a Japanese era, 昭和55年4月15日 or S55.4.15."""
ERAS = {"m": 1867, "明": 1867, "t": 1911, "大": 1911, "s": 1925, "昭": 1925}
ERAS |= {"h": 1988, "平": 1988, "r": 2018, "令": 2018}
"""The year before the first of each era, by the first letter of its name."""
TIME = re.compile(
    r"(?:,? +|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: ?UTC|Z)?$", re.IGNORECASE
)
WEEKDAY = re.compile(r" ?\([月火水木金土日A-Za-z]{1,3}\)$")
AMERICAN_TIME = re.compile(r" [AP]M$", re.IGNORECASE)
NO_DAY = re.compile(r"[0/.: -]+")
"""What Outlook writes where no day was entered: 00/0/0, 0/0/00."""
YEARLESS = re.compile(r"--(?P<month>\d{2})-?(?P<day>\d{2})")
YEARLESS_WORDS = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
UNREAD_DAY = "The day “{text}” could not be read; it is kept as it is written."
UNSETTLED_DAYS = (
    "Days such as {text} can be day/month or month/day; they are kept as they are written until you"
    " choose ({count})."
)
_LONGEST = 40
"""Maximum length of a day with its time in characters."""
EARLIEST, LATEST = 1900, 2200
"""The years the book accepts."""
PIVOT = 30
"""Two-digit birth years from here on are of the last century; Excel's own rule since 1998."""


@lru_cache(maxsize=2048)
def read_day(text: str, order: str = "ask", pivot: int = 100) -> str:
    """Return the day in `text` as `YYYY-MM-DD`, or "" if it is not a day.

    Args:
        text: a day, perhaps with its time.
        order: "dmy" or "mdy" for days such as 3/4/2024; with "ask" these give "".
        pivot: two-digit years from here on are in the last century. Usually none: LinkedIn opened
            in 2003.

    >>> [read_day(day) for day in ("12 Mar 2024", "7-Feb-22", "1/22/18, 9:51 PM", "2024/3/12")]
    ['2024-03-12', '2022-02-07', '2018-01-22', '2024-03-12']
    >>> read_day("3/4/2024"), read_day("3/4/2024", "dmy"), read_day("昭和55年4月15日")
    ('', '2024-04-03', '1980-04-15')
    """
    bare = _without_time(text)
    for form in (ISO, COMPACT, WORDS, MONTH_FIRST, GERMAN):
        if found := form.fullmatch(bare):
            month = month_number(found["month"])
            return day_text(_year(found["year"], pivot), month, int(found["day"]))
    if found := SLASHED.fullmatch(bare):
        first, second = int(found["first"]), int(found["second"])
        if first <= 12 and second <= 12 and first != second and order not in ("dmy", "mdy"):
            return ""
        month, day = (second, first) if first > 12 or order == "dmy" else (first, second)
        month, day = (day, month) if month > 12 else (month, day)
        return day_text(_year(found["year"], pivot), month, day)
    if found := ERA.fullmatch(bare):
        year = 1 if found["year"] == "元" else int(found["year"])
        before = ERAS[found["era"][0].lower()]
        return day_text(before + year, int(found["month"]), int(found["day"]))
    return ""


def day_order(texts: Iterable[str]) -> tuple[str, str]:
    """Return the order of day and month in a column of days, and one of the days that fit both.

    One day beyond the twelfth settles it for all; so does an American time ("9:51 PM").

    Returns:
        "dmy", "mdy", "ask" where both fit or the days contradict each other, or "" where no day can
        be read in two ways; then a day that fits both, "" without one.

    >>> day_order(["03/04/2024", "25/04/2024"])
    ('dmy', '03/04/2024')
    >>> day_order(["03/04/2024", "05/05/2024"])
    ('ask', '03/04/2024')
    """
    orders: set[str] = set()
    open_day = ""
    for text in texts:
        found = SLASHED.fullmatch(_without_time(text))
        if not found:
            continue
        first, second = int(found["first"]), int(found["second"])
        if AMERICAN_TIME.search(text) or second > 12 >= first:
            orders.add("mdy")
        elif first > 12 >= second:
            orders.add("dmy")
        if first <= 12 and second <= 12 and first != second:
            open_day = open_day or text
    if not open_day:
        return "", ""
    return (orders.pop() if len(orders) == 1 else "ask"), open_day


def is_open_day(text: str) -> bool:
    """Return whether `text` is a day that fits both orders."""
    return day_order((text,))[1] != ""


def _without_time(text: str) -> str:
    """Return a day in one width without its time and weekday, "" if it is too long for one."""
    bare = text.strip()
    if len(bare) > _LONGEST:
        return ""
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", bare)
    if ":" in bare:
        bare = TIME.sub("", bare)
    return WEEKDAY.sub("", bare) if bare.endswith(")") else bare


def _year(written: str, pivot: int) -> int:
    """Return a year of two or four digits as a number."""
    year = int(written)
    if year >= 100:
        return year
    return year + (1900 if year >= pivot else 2000)


def month_number(month: str) -> int:
    """Return the number of a month in digits or as an English word, else 0."""
    if month.isdecimal():
        return int(month)
    word = month[:3].casefold()
    return MONTHS.index(word) + 1 if word in MONTHS else 0


@lru_cache(maxsize=2048)
def read_birthday(text: str, order: str = "ask") -> str:
    """Return a birthday as `YYYY-MM-DD`, without a year as `--MM-DD`, or "" if it is neither.

    >>> read_birthday("1990-04-15"), read_birthday("--02-29"), read_birthday("April")
    ('1990-04-15', '--02-29', '')
    >>> read_birthday("4月15日"), read_birthday("15.4.85")
    ('--04-15', '1985-04-15')
    """
    written = unicodedata.normalize("NFKC", text.strip())
    if found := YEARLESS.fullmatch(written) or YEARLESS_WORDS.fullmatch(written):
        leap = day_text(2000, int(found["month"]), int(found["day"]))  # 29 February is a birthday
        return leap and f"-{leap[4:]}"
    return read_day(written, order, PIVOT)


def is_empty_day(text: str) -> bool:
    """Return whether `text` says that no day was entered.

    >>> is_empty_day("00/0/0"), is_empty_day("2024-03-12")
    (True, False)
    """
    return NO_DAY.fullmatch(text) is not None


def day_text(year: int, month: int, day: int) -> str:
    """Return the day as `YYYY-MM-DD`, or "" if the calendar or the book does not allow it."""
    try:
        return date(year, month, day).isoformat() if EARLIEST <= year <= LATEST else ""
    except ValueError:
        return ""
