"""Readers of dates that both languages share, and what a reader returns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from enishi.coach.language.calendar_days import (
    add_days,
    make_day,
    monday_after,
    movable_day,
    next_monthly,
    next_yearly,
    part_of_month,
    shift_months,
)
from enishi.coach.language.date_words import DateLine, date_marks

WEEKDAYS_JA = "月火水木金土日"
THIS_CENTURY = 2000
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
WHOLE_WEEK = (0, 6)
WHOLE_MONTH = (1, 31)
LAST_WEEK = (25, 31)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader reads at a place of a line.

    Attributes:
        end: the index of the token behind it.
        first, last: the days.
        sort: `day`, `week` (Monday to Sunday) or `span`.
        is_loose: whether the words can name a past day or one that comes again.
        wide: `week` or `month` where a weekday or a day of the month may follow that is inside.
        narrow: `weekday` or `day` where it can be inside of what stands before.
        is_sure: whether the words beside it are those that stand beside a day.
    """

    end: int
    first: date
    last: date
    sort: str = "day"
    is_loose: bool = True
    wide: str = ""
    narrow: str = ""
    is_sure: bool = True


def one_day(
    end: int, day: date | None, *, is_loose: bool = True, narrow: str = ""
) -> Reading | None:
    """Return the reading of a single day; None if there is none."""
    return None if day is None else Reading(end, day, day, "day", is_loose, "", narrow)


def from_today(reading: Reading | None, today: date) -> Reading | None:
    """Return a reading without the days before `today`; None where none is left."""
    if reading is None or reading.last < today:
        return None
    return replace(reading, first=max(reading.first, today))


def read_weekday_beside(line: DateLine, at: int) -> tuple[int, int | None]:
    """Return where a weekday beside a date ends, and which it is: (火), 火曜, "(Tue)", ", Tue".

    Also a second remark in the same parentheses is passed: (火・祝).
    """
    start = at
    if line.at(at).text == "の":
        at += 1
    if line.at(at).text in "、," and line.at(at).text:
        at += 1
    if line.at(at).text in "([" and line.at(at).text:
        token = line.at(at + 1)
        weekday = token.get("weekday")
        if weekday is None and token.text and token.text in WEEKDAYS_JA:
            weekday = WEEKDAYS_JA.index(token.text)
        if weekday is None and token.get("unit") and token.text == "日":
            weekday = SUNDAY
        if weekday is None:
            return start, None
        for close in range(at + 2, at + 6):
            if line.at(close).text and line.at(close).text in ")]":
                return close + 1, weekday
        return start, None
    weekday = line.at(at).get("weekday")
    return (start, None) if weekday is None else (at + 1, weekday)


def read_figures(
    line: DateLine, at: int, today: date, weekday_before: int | None = None
) -> Reading | None:
    """Read 12/3, 2026-12-03, 2026.12.3, 12.3(木), "19.12."; a year ends up in front or behind."""
    parts, end = _figures(line, at)
    if len(parts) < 2:
        return None
    separator = line.at(at + 1).text
    behind, weekday = read_weekday_beside(line, end)
    if len(parts) == 3:
        return _with_year(line, at, parts, end, weekday, behind, today)
    one, two = parts
    if separator == "-" or (separator == "." and not _is_dotted_date(line, at, end, weekday)):
        return None
    month_first = next_yearly(one, two, today)
    day_first = next_yearly(two, one, today)
    if separator == "." and weekday is None and not _has_kana(line, at):
        month_first, day_first = (None, day_first) if day_first else (month_first, None)
        end += line.at(end).text == "."
    said = weekday_before if weekday is None else weekday
    if month_first and day_first and said is not None:
        fits = month_first.weekday() == said, day_first.weekday() == said
        nearer = day_first if fits[0] and day_first < month_first else month_first
        month_first = day_first if fits == (False, True) else nearer
    return one_day(behind if weekday is not None else end, month_first or day_first)


def _has_kana(line: DateLine, at: int) -> bool:
    """Return whether there is Japanese near a token."""
    return any("ぁ" <= character <= "ヶ" for character in line.before(at) + line.after(at))


def _figures(line: DateLine, at: int) -> tuple[list[int], int]:
    """Return the numbers that stand at a place with one separator between, and where they end."""
    token = line.at(at)
    if token.get("digits") is None or _glued_before(line, at):
        return [], at
    separator, parts, end = line.at(at + 1).text, [token.get("number")], at + 1
    if separator not in ("/", "-", ".") or line.at(at - 1).text == separator == "-":
        return [], at
    while len(parts) < 4 and line.at(end).text == separator:
        number = line.at(end + 1)
        if number.get("digits") is None or number.start != line.at(end).end:
            break
        if line.at(end).start != line.at(end - 1).end:
            break
        parts.append(number.get("number"))
        end += 2
    following = line.text[line.at(end - 1).end : line.at(end - 1).end + 2]
    is_time = following[:1] == ":" and (len(parts) < 3 or following[1:].isdigit())
    if len(parts) > 3 or (
        is_time
        or following[:1] in ("/", "%")
        or (following[:1].isascii() and following[:1].isalpha())
    ):
        return [], at
    return parts, end


def _glued_before(line: DateLine, at: int) -> bool:
    """Return whether a number is the end of something longer: v2.14, $3/4, 10:3/4."""
    start = line.at(at).start
    before = line.text[max(0, start - 1) : start]
    if before == ":":  # 締切:12/8 is no time of the day
        return line.text[max(0, start - 2) : start - 1].isdigit()
    return bool(before) and (before in "$€£¥#./vx" or (before.isascii() and before.isalpha()))


def _with_year(
    line: DateLine,
    at: int,
    parts: list[int],
    end: int,
    weekday: int | None,
    behind: int,
    today: date,
) -> Reading | None:
    one, two, three = parts
    digits = line.at(at).get("digits")
    if digits == 4:
        day = make_day(one, two, three)
    elif line.at(end - 1).get("digits") in (2, 4) and digits <= 2:
        year = three if three > 99 else THIS_CENTURY + three
        orders = (
            ((two, one), (one, two)) if line.at(at + 1).text == "." else ((one, two), (two, one))
        )
        found = [day for month, each in orders if (day := make_day(year, month, each))]
        if not found and line.at(at + 1).text != "-":  # 26/12/3
            found = [day for day in (make_day(THIS_CENTURY + one, two, three),) if day]
        day = next((each for each in found if each >= today), None)
    else:
        day = None
    return one_day(behind if weekday is not None else end, day, is_loose=False)


def _is_dotted_date(line: DateLine, at: int, end: int, weekday: int | None) -> bool:
    """Return whether 12.3 is a date: with a weekday, or "19.12." with words around it."""
    if weekday is not None:
        return True
    if at == 0 and _has_kana(line, at) and line.text[line.at(end - 1).end :].startswith(" "):
        return True  # 10.9 14:00〜 at the head of a note
    if line.at(end).text != "." or line.at(end).start != line.at(end - 1).end:
        return False
    before = line.before(at).rstrip().rpartition(" ")[2]
    follows = line.cased[line.at(end).end :].lstrip()[:1]
    named = before in ("on", "by", "until", "till", "from", "am", "at", "arrive", "since", "for")
    return (
        (named and before != "at")
        or (before == "to" and follows == ",")
        or follows.islower()
        or "ぁ" <= follows <= "龥"
        or (_has_kana(line, at) and line.after(end + 1).strip() == "")
    )


def read_day_word(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 明日, 今夜, "tomorrow"; also "a week tomorrow" is read from its end."""
    days = line.at(at).get("day")
    if days is None:
        return None
    if not line.at(at).text.isascii() and line.at(at + 1).get("day") == days + 1:  # 今日明日
        last = add_days(today, days + 1)
        return Reading(at + 2, add_days(today, days) or today, last, "span") if last else None
    return one_day(at + 1, add_days(today, days), is_loose=days == 0)


def read_week(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 来週, "this week" as Monday to Sunday."""
    weeks = line.at(at).get("week")
    if weeks is None:
        return None
    monday = monday_after(today, weeks)
    days = Reading(at + 1, monday, monday + timedelta(6), "week", weeks == 0, "week")
    return from_today(days, today)


def read_weekend(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 週末, 来週末, "this weekend" as Saturday and Sunday."""
    weeks = line.at(at).get("weekend")
    if weeks is None:
        return None
    if date_marks("nth_before").search(line.before(at)):
        return None
    saturday = monday_after(today, weeks) + timedelta(SATURDAY)
    is_sure = weeks > 0 or not is_marked("no_weekday_after", line.after(at + 1))
    end = saturday + timedelta(1)
    return from_today(Reading(at + 1, saturday, end, "span", weeks == 0, is_sure=is_sure), today)


def read_holiday(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 大晦日, 年明け, 海の日, "Christmas": the next time, also while it lasts."""
    token = line.at(at)
    if movable := token.get("movable_holiday"):
        days = (movable_day(year, *movable) for year in (today.year, today.year + 1))
        coming = next((day for day in days if day and day >= today), None)
        return Reading(at + 1, coming, coming) if coming else None
    span = token.get("holiday")
    if span is None:
        return None
    month, day, last_month, last_day = span
    inner = at + 1 + (line.at(at + 1).text == "の")
    number = line.at(inner).get("number")
    if number is not None and line.at(inner + 1).text == "日":  # 正月三日, 年末の30日
        begin = make_day(today.year, month, day)
        named = make_day(today.year, month if number >= day else last_month, number)
        if begin and named and abs((named - begin).days) % 358 <= 7:
            return day_of_month(inner + 2, None, named.month, number, today)
    last = next_yearly(last_month, last_day, today)
    if last is None:
        return None
    first = make_day(last.year - (month > last_month), month, day)
    if first is None:
        return None
    sort = "day" if first == last else "span"
    return from_today(Reading(at + 1, first, last, sort, True), today)


def read_until(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 年内, 月内, 月末, 週明け, "the end of the year"."""
    token = line.at(at)
    kind = token.get("until")
    if kind == "week":
        return Reading(at + 1, today, monday_after(today) + timedelta(SUNDAY), "span", False)
    if kind:
        month = {"year": 12, "fiscal": 3, "month": today.month}[kind]
        year = today.year + (month < today.month)
        end = part_of_month(year, month, 31, 31)
        return Reading(at + 1, today, end[0], "span", False) if end else None
    if (part := token.get("month_end")) is not None:
        span = part_of_month(today.year, today.month, *part)
        if span and span[1] < today:
            later = shift_months(today, 1)
            span = part_of_month(later.year, later.month, *part) if later else None
        if span:
            sort = "day" if span[0] == span[1] else "span"
            return from_today(Reading(at + 1, *span, sort, False), today)
    if token.get("week_start") is not None:
        return one_day(at + 1, monday_after(today, 1), is_loose=False)
    if token.get("week_end") is not None:
        monday = monday_after(today)
        friday = Reading(
            at + 1, monday + timedelta(FRIDAY), monday + timedelta(SUNDAY), "span", False
        )
        return from_today(friday, today)
    return None


def month_span(
    end: int,
    year: int | None,
    month: int,
    part: tuple[int, ...],
    today: date,
    *,
    is_loose: bool = True,
) -> Reading | None:
    """Return the reading of a part of a month, in the next year if the year is not said."""
    for each in (year,) if year else (today.year, today.year + 1):
        span = part_of_month(each, month, part[0], part[1])
        if span and span[1] >= today:
            sort = "day" if span[0] == span[1] else "span"
            wide = "month" if part == WHOLE_MONTH else ""
            return from_today(Reading(end, *span, sort, is_loose, wide), today)
    return None


def day_of_month(
    end: int,
    year: int | None,
    month: int,
    day: int,
    today: date,
    *,
    weekday: int | None = None,
    is_loose: bool = True,
) -> Reading | None:
    """Return the reading of a day with its month, in the next such year if the year is not said."""
    found = make_day(year, month, day) if year else next_yearly(month, day, today)
    if found is None or (year and found < today):
        return None
    return one_day(end, found, is_loose=is_loose and not year)


def bare_day(end: int, day: int, today: date, weekday: int | None) -> Reading | None:
    """Return the reading of a day of the month whose month is not said."""
    if not 1 <= day <= 31:
        return None
    return one_day(end, next_monthly(day, today, weekday), narrow="day")


def in_doubt(reading: Reading | None) -> Reading | None:
    """Return a reading beside which there is no word that shows that it is a day."""
    return reading and replace(reading, is_sure=False)


def is_marked(name: str, text: str) -> bool:
    """Return whether a text begins with one of the marks of a name."""
    return bool(date_marks(name).match(text))
