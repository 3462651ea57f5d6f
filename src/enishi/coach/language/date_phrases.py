"""The date a sentence names: 来週, 金曜, 12月3日, tomorrow, by Friday, in two weeks."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS_JA = "月火水木金土日"
WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "一": 1, "二": 2, "三": 3}

SOON = (
    (r"今日中|本日中|きょう中|\btoday\b|\btonight\b", 0),
    (r"明日|あした|あす|\btomorrow\b", 1),
    (r"明後日|あさって|\bday after tomorrow\b", 2),
)
"""Days counted from today; a later line wins."""


_RELATIVE = re.compile(
    r"(?:再来週|来週|今週|再来月|来月|今月|明後日|あさって|明日|あした|あす|今日|本日|きょう)"
    r"(?:の?[月火水木金土日]曜日?|の(?:頭|はじめ|初め|半ば|終わり|末))?"
    r"(?:中|ごろ|頃|のうち)?(?:まで)?(?:には|に|は|、)(?:、)?\s*"
    r"|(?:明後日|あさって|明日|あした|今日|本日|きょう)の"
    r"|\s*\b(?:(?:by|on|for) )?(?:today|tonight|tomorrow|the day after tomorrow"
    r"|(?:next|this) (?:week|month|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b,?",
    re.IGNORECASE,
)


def without_relative_dates(text: str) -> str:
    """Return `text` without words such as 明日 or "next week", which are wrong on another day.

    The text stays as it is where nothing else would be left.

    >>> without_relative_dates("明日、写真を送る"), without_relative_dates("Call Ann tomorrow")
    ('写真を送る', 'Call Ann')
    """
    return _RELATIVE.sub("", text).strip() or text


def find_date(text: str, today: date) -> date | None:
    """Return the date `text` names, the last day where it names a span; None if it names none.

    >>> find_date("来週までに送ります", date(2026, 11, 20))
    datetime.date(2026, 11, 27)
    """
    low = text.lower()
    for pattern, days in reversed(SOON):
        if re.search(pattern, low):
            return today + timedelta(days=days)
    for reader in (span, _written, weekday, week_or_month):
        day = reader(low, today)
        if day:
            return day
    return None


def span(text: str, today: date) -> date | None:
    """Return the date of "3日後", "2週間以内", "in two weeks"; a month counts as 30 days."""
    hit = re.search(r"(\d+|[一二三])(日|週間?|か月|ヶ月)(?:後|以内|のうち)", text) or re.search(
        r"\b(?:in|within) (\d+|a|an|one|two|three|four) (day|week|month)s?\b", text
    )
    if not hit:
        return None
    count = _NUMBERS.get(hit[1]) or int(hit[1])
    unit = 1 if hit[2] in ("日", "day") else 7 if hit[2] in ("週", "週間", "week") else 30
    return today + timedelta(days=count * unit)


def _written(text: str, today: date) -> date | None:
    """Return the next date of "12月3日", "12/3", "3 December", "December 3"; None if none."""
    if hit := re.search(r"(\d{1,2})(?:月|/)(\d{1,2})(?!\d|/)", text):
        month, day = int(hit[1]), int(hit[2])
    elif hit := re.search(rf"\b({'|'.join(_MONTHS_EN)})[a-z]* (\d{{1,2}})\b", text):
        month, day = _MONTHS_EN.index(hit[1]) + 1, int(hit[2])
    elif hit := re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(_MONTHS_EN)})", text):
        month, day = _MONTHS_EN.index(hit[2]) + 1, int(hit[1])
    else:
        return None
    for year in (today.year, today.year + 1):
        try:
            named = date(year, month, day)
        except ValueError:
            continue
        if named >= today:
            return named
    return None


def written_dates(text: str, today: date) -> tuple[date, ...]:
    """Return the next dates of all days that `text` names with their month, in its order.

    >>> written_dates("12月8日か12月10日", date(2026, 11, 20))
    (datetime.date(2026, 12, 8), datetime.date(2026, 12, 10))
    """
    each = r"\d{1,2}(?:月|/)\d{1,2}(?!\d|/)"
    months = "|".join(_MONTHS_EN)
    each += rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{months})|\b(?:{months})[a-z]* \d{{1,2}}\b"
    found = (_written(hit[0], today) for hit in re.finditer(each, text.lower()))
    return tuple(day for day in found if day)


def weekday(text: str, today: date) -> date | None:
    """Return the date of "金曜", "来週の金曜", "by Friday", "next Friday"; None if none."""
    if hit := re.search(rf"([{WEEKDAYS_JA}])曜", text):
        wanted = WEEKDAYS_JA.index(hit[1])
        later = "再来週" in text, "来週" in text
    elif hit := re.search(rf"\b(next )?({'|'.join(WEEKDAYS_EN)})[a-z]*day\b", text):
        wanted = WEEKDAYS_EN.index(hit[2])
        later = False, bool(hit[1]) or "next week" in text
    else:
        return None
    if any(later):
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=(14 if later[0] else 7) + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def week_or_month(text: str, today: date) -> date | None:
    """Return the Friday of "今週" or "来週", the last day of "月末" or "next month"; else None."""
    friday = today + timedelta(days=4 - today.weekday())
    for pattern, weeks in ((r"再来週", 2), (r"来週|\bnext week\b", 1), (r"今週|\bthis week\b", 0)):
        if re.search(pattern, text):
            return max(friday + timedelta(weeks=weeks), today)
    for pattern, months in (
        (r"来月|\bnext month\b", 1),
        (r"今月|月末|月内|\bthis month\b|\bend of the month\b", 0),
    ):
        if re.search(pattern, text):
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            return date(year, month + 1, monthrange(year, month + 1)[1])
    return None
