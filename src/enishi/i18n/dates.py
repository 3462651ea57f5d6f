"""Days as text in Japanese and English: 2026年11月20日(金), 11月20日(金), あした, 3日後."""

from __future__ import annotations

from datetime import date

from enishi.i18n.texts import format_text, texts

WEEKDAYS = {
    "ja": ("月", "火", "水", "木", "金", "土", "日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED = {
    0: "today",
    1: "tomorrow",
    2: "day_after_tomorrow",
    -1: "yesterday",
    -2: "day_before_yesterday",
}
"""Keys in `data/words/formats.yaml` of days with a name, by their distance in days."""
NEAR = 6
"""Maximum distance in days at which a day is given as a count instead of a date."""


def format_date(day: date, language: str) -> str:
    """Return a day with year and weekday.

    >>> format_date(date(2026, 11, 20), "ja"), format_date(date(2026, 11, 20), "en")
    ('2026年11月20日(金)', 'Fri 20 Nov 2026')
    """
    weekday = WEEKDAYS[language][day.weekday()]
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日({weekday})"
    return f"{weekday} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def format_short_date(day: date, today: date, language: str) -> str:
    """Return a day with weekday, and with its year only if that is not the current one.

    >>> format_short_date(date(2026, 12, 3), date(2026, 11, 20), "ja")
    '12月3日(木)'
    """
    full = format_date(day, language)
    if day.year != today.year:
        return full
    return full.partition("年")[2] if language == "ja" else full.removesuffix(f" {day.year}")


def format_month_day(day: date, language: str) -> str:
    """Return a day for a letter, without its weekday and its year.

    >>> format_month_day(date(2026, 11, 20), "ja"), format_month_day(date(2026, 11, 20), "en")
    ('11月20日', '20 Nov')
    """
    if language == "ja":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]}"


def format_relative(day: date, today: date, language: str) -> str:
    """Return a day by its distance if it is near: きょう, あした, 3日後, 3 days ago.

    Beyond `NEAR` days it is the short date.

    >>> format_relative(date(2026, 11, 23), date(2026, 11, 20), "en")
    'in 3 days'
    """
    away = (day - today).days
    if abs(away) > NEAR:
        return format_short_date(day, today, language)
    key = NAMED.get(away) or ("ahead" if away > 0 else "ago")
    return format_text(texts("formats", language)["days"][key], {"days": abs(away)})


def format_range(first: date, last: date, language: str) -> str:
    """Return a span of days with the year given once.

    >>> format_range(date(2026, 11, 20), date(2026, 11, 26), "ja")
    '2026年11月20日(金)〜11月26日(木)'
    """
    if language == "ja":
        return f"{format_date(first, language)}〜{format_short_date(last, first, language)}"
    return f"{format_short_date(first, last, language)} – {format_date(last, language)}"


YEARS_FROM = 2
"""From how many years on a time is said in years, not in months."""


def months_between(first: date, last: date) -> int:
    """Return how many whole months lie between two days."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole - (last.day < first.day)


def format_span(first: date, last: date, language: str) -> str:
    """Return the time between two days, in days below a month, and in years from two on.

    >>> days = (date(2026, 11, 19), date(2026, 10, 20), date(2017, 3, 1))
    >>> [format_span(day, date(2026, 11, 20), "en") for day in days]
    ['1 day', '1 month', '9 years']
    """
    words = texts("formats", language)["spans"]
    months = months_between(first, last)
    if months >= 12 * YEARS_FROM:
        return format_text(words["years"], {"n": months // 12})
    if months:
        return format_text(words["months"], {"n": months})
    return format_text(words["days"], {"n": (last - first).days})
