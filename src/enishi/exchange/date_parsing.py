"""Parser for days as contacts programs and people write them, with months in nine languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

from enishi.i18n.names import is_east_asian

MONTH_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janner feber maerz",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
)
"""Without accents; any beginning of three letters that fits one month only is its short form."""
ISO = re.compile(r"(?P<year>\d{4})[-/.年] ?(?P<month>\d{1,2})[-/.月] ?(?P<day>\d{1,2})日?\.?")
COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)")
WORDS = re.compile(
    r"(?:le )?(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.º°])?(?:[ -]|(?<=\.))(?:of |de )?"
    r"(?P<month>[^\W\d_]{3,10})(?:\.?,?[ -](?:de )?(?P<year>\d{4}|\d{2}))?\.?"
)
MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d_]{3,10})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?"
)
GERMAN = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4}|\d{2})")
SLASHED = re.compile(r"(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>\d{4}|\d{2})")
"""Month and day in either order; see `day_order`."""
ERA = re.compile(
    r"(?P<era>明治?|大正?|昭和?|平成?|令和?|[MTSHRmtshr])\.?(?P<year>元|\d{1,2})[年./-]"
    r"(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?"
)
"""A day in a Japanese era, 昭和55年4月15日 or S55.4.15."""
ERAS = {"m": 1867, "明": 1867, "t": 1911, "大": 1911, "s": 1925, "昭": 1925}
ERAS |= {"h": 1988, "平": 1988, "r": 2018, "令": 2018}
"""The year before the first of each era, by the first letter of its name."""
TIME = re.compile(
    r"(?:,? +|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: ?UTC|Z)?$", re.IGNORECASE
)
KANJI_NUMBER = re.compile("[〇一二三四五六七八九十]+(?=[年月日])")
HANGUL_UNITS = str.maketrans("년월일", "年月日")
KANJI_DIGITS = "〇一二三四五六七八九"
BORN = re.compile("(?:生まれ|生)$")
SAME_YEAR = re.compile(r"[(（][^)）]*(?:\d{4}|[明大昭平令MTSHR][治正和成]?\d{1,2}|元)年?[)）]")
"""A year said once more in brackets, in the other calendar."""
SERIAL = re.compile(r"(?P<days>[1-5]\d{4})(?:\.0+)?")
"""The number of a day since 30 December 1899, which Excel writes for a day without its format."""
EXCEL_DAYS = date(1899, 12, 30).toordinal()
WEEKDAY = re.compile(r" ?\([月火水木金土日A-Za-z]{1,3}\)$")
AMERICAN_TIME = re.compile(r" [AP]M$", re.IGNORECASE)
NO_DAY = re.compile(r"[0/.: -]+")
"""What Outlook writes where no day was entered: 00/0/0, 0/0/00."""
YEARLESS = re.compile(r"--(?P<month>\d{2})-?(?P<day>\d{2})")
YEARLESS_WORDS = re.compile(r"(?P<month>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]")
YEARLESS_GERMAN = re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.")
YEARLESS_SIGNS = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})")
"""Month and day in either order, without a year."""
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
    >>> [read_day(day) for day in ("03. Mai 2023", "1 févr. 2020", "昭52.11.3", "29221")]
    ['2023-05-03', '2020-02-01', '1977-11-03', '1980-01-01']
    """
    bare = _without_time(text)
    if not bare.isascii():
        bare = plain_japanese(bare)
    if found := SERIAL.fullmatch(bare):
        return date.fromordinal(EXCEL_DAYS + int(found["days"])).isoformat()
    for form in (ISO, COMPACT, WORDS, MONTH_FIRST, GERMAN):
        if (found := form.fullmatch(bare)) and found["year"]:
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
        bare = _without_time(text)
        found = SLASHED.fullmatch(bare) or YEARLESS_SIGNS.fullmatch(bare)
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


def is_yearless(text: str) -> bool:
    """Return whether `text` is a month and a day in signs, whose order it does not say."""
    return YEARLESS_SIGNS.fullmatch(_without_time(text)) is not None


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


def plain_japanese(text: str) -> str:
    """Return a day in Japanese or Korean with digits, without spaces and a year in brackets.

    >>> plain_japanese("昭和四十年十月十日生"), plain_japanese("1958年(昭和33年)2月8日")
    ('昭和40年10月10日', '1958年2月8日')
    >>> plain_japanese("2022년 11월 15일")
    '2022年11月15日'
    """
    if not is_east_asian(text):
        return text
    bare = BORN.sub("", "".join(text.split()).translate(HANGUL_UNITS))
    bare = KANJI_NUMBER.sub(lambda found: str(kanji_number(found[0])), bare)
    return SAME_YEAR.sub("", bare)


def kanji_number(text: str) -> int:
    """Return a number in kanji up to 99, or one with a kanji for each digit.

    >>> kanji_number("四十"), kanji_number("十五"), kanji_number("一九六五")
    (40, 15, 1965)
    """
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(KANJI_DIGITS.index(one)) for one in text))
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (KANJI_DIGITS.index(tens) if tens else 1) + (KANJI_DIGITS.index(ones or "〇"))


@cache
def month_beginnings() -> dict[str, int]:
    """Return the number of a month by its names and what they begin with."""
    found: dict[str, set[int]] = {"mrt": {3}}
    for names in MONTH_NAMES:
        for number, name in enumerate(names.split(), start=1):
            for length in range(3, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


def month_number(month: str) -> int:
    """Return the number of a month in digits or as a word, else 0.

    >>> [month_number(month) for month in ("6", "Sept", "août", "März", "jui")]
    [6, 9, 8, 3, 0]
    """
    if month.isdecimal():
        return int(month)
    word = unicodedata.normalize("NFKD", month.casefold().rstrip("."))
    plain = "".join(letter for letter in word if not unicodedata.combining(letter))
    return month_beginnings().get(plain, 0)


@lru_cache(maxsize=2048)
def read_birthday(text: str, order: str = "ask") -> str:
    """Return a birthday as `YYYY-MM-DD`, without a year as `--MM-DD`, or "" if it is neither.

    >>> read_birthday("1990-04-15"), read_birthday("--02-29"), read_birthday("April")
    ('1990-04-15', '--02-29', '')
    >>> [read_birthday(day) for day in ("4月15日", "15.4.85", "24.12.", "March 14", "3/14")]
    ['--04-15', '1985-04-15', '--12-24', '--03-14', '--03-14']
    >>> read_birthday("3/4"), read_birthday("3/4", "mdy")
    ('', '--03-04')
    """
    written = unicodedata.normalize("NFKC", text.strip())
    bare = plain_japanese(written)
    for form in (YEARLESS, YEARLESS_WORDS, YEARLESS_GERMAN, WORDS, MONTH_FIRST):
        found = form.fullmatch(bare)
        if found and not found.groupdict().get("year"):
            return yearless_day(month_number(found["month"]), int(found["day"]))
    if found := YEARLESS_SIGNS.fullmatch(bare):
        first, second = int(found["first"]), int(found["second"])
        if first > 12 or (order == "dmy" and second <= 12):
            first, second = second, first
        is_open = first <= 12 and second <= 12 and first != second and order not in ("dmy", "mdy")
        return "" if is_open else yearless_day(first, second)
    return read_day(written, order, PIVOT)


def yearless_day(month: int, day: int) -> str:
    """Return a day without a year as `--MM-DD`, "" if there is none; 29 February is a birthday."""
    leap = day_text(2000, month, day)
    return leap and f"-{leap[4:]}"


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
