"""Readers of Japanese dates: 12月3日, 来月の第二土曜, 5日までに, 三日後, 来週の金曜."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from enishi.coach.language.calendar_days import (
    add_days,
    add_months,
    count_on,
    make_day,
    monday_after,
    next_weekday,
    shift_months,
    weekday_of_month,
)
from enishi.coach.language.date_readers import (
    LAST_WEEK,
    SATURDAY,
    SUNDAY,
    THIS_CENTURY,
    WEEKDAYS_JA,
    WHOLE_MONTH,
    WHOLE_WEEK,
    Reading,
    bare_day,
    day_of_month,
    from_today,
    in_doubt,
    is_marked,
    month_span,
    one_day,
    read_weekday_beside,
)
from enishi.coach.language.date_words import DateLine, date_marks

_LETTERS = re.compile("[月火水木金土日](?:[かと・、/]?[月火水木金土日])+")


def read_japanese_month(line: DateLine, at: int, today: date) -> Reading | None:
    """Read what begins with a month: 12月3日, 来月の頭, 来年三月, 令和8年12月3日, 1月."""
    at, year, is_past = _read_year(line, at, today)
    is_loose = year is None
    number = line.at(at).get("number")
    if year is None and line.at(at - 1).text == "年" and line.at(at - 2).get("number") is not None:
        return None  # of a year that is over
    if number is not None and line.at(at + 1).text == "月" and 1 <= number <= 12:
        month, at, said = number, at + 2, True
    elif (months := line.at(at).get("month_from_now")) is not None and year is None:
        if not "ぁ" <= line.at(at).text[0] <= "龥":
            return None
        year, month = add_months(today.year, today.month, months)
        at, said, is_loose = at + 1, False, months == 0
    else:
        return None
    if is_past:
        return None
    behind = at + (line.at(at).text in ("の", "、", "は", "ですが"))
    if line.at(behind).get("day") == 0 and line.at(behind).text in ("今日", "きょう"):
        return day_of_month(behind + 1, year, month, today.day, today, is_loose=False)
    found = _inside_month(line, behind, year, month, today, is_loose)
    if found is None and behind > at:
        found = _inside_month(line, at, year, month, today, is_loose)
    if found:
        return found
    if said and line.at(at).get("number") is not None and line.at(at + 1).text == "日":
        return None  # 2月30日 is no day
    whole = month_span(at, year, month, WHOLE_MONTH, today, is_loose=is_loose)
    is_sure = not said or year is not None or is_marked("month_follows", line.after(at))
    return whole if is_sure else in_doubt(whole)


def _read_year(line: DateLine, at: int, today: date) -> tuple[int, int | None, bool]:
    """Return where a year before a month ends, the year or None, and whether it is over."""
    token = line.at(at)
    year: int | None = None
    end = at
    if (era := token.get("era")) is not None:
        number = 1 if line.at(at + 1).text == "元" else line.at(at + 1).get("number")
        if number is not None and line.at(at + 2).text == "年":
            year, end = era + number, at + 3
    elif token.get("number") is not None and line.at(at + 1).text == "年":
        year, end = token.get("number"), at + 2
        year = year if year > 99 else THIS_CENTURY + year
    elif (years := token.get("year_from_now")) is not None and "ぁ" <= token.text[0] <= "龥":
        year, end = today.year + years, at + 1
    if year is None:
        return at, None, False
    end += line.at(end).text in ("の", "、")
    return end, year, year < today.year


def _inside_month(
    line: DateLine, at: int, year: int | None, month: int, today: date, is_loose: bool
) -> Reading | None:
    """Read the day, the nth weekday or the part of a month at a place."""
    token = line.at(at)
    day = token.get("number")
    if day is not None and (several := _several_days(line, at, is_in_month=True)):
        end, last = several
        ends = day_of_month(end, year, month, last, today, is_loose=is_loose)
        begun = ends and make_day(ends.first.year, month, day)
        if ends and begun:
            return from_today(Reading(end, begun, ends.last, "span", is_loose), today)
    if day is not None and line.at(at + 1).text == "日":
        end, weekday = read_weekday_beside(line, at + 2)
        return day_of_month(
            end if weekday is not None else at + 2, year, month, day, today, is_loose=is_loose
        )
    if day is not None and (beside := read_weekday_beside(line, at + 1))[1] is not None:
        return day_of_month(beside[0], year, month, day, today, is_loose=is_loose)
    if nth := _nth_weekday(line, at):
        end, count, weekday, more = nth
        for each in (year,) if year else (today.year, today.year + 1):
            found = weekday_of_month(each, month, count, weekday)
            until = add_days(found, more) if found else None
            if found and until and until >= today:
                sort = "span" if more else "day"
                return from_today(Reading(end, found, until, sort, is_loose), today)
        return None
    if line.text.startswith("最終週", token.start):
        return month_span(at + 3, year, month, LAST_WEEK, today)
    if line.at(at).text == "第" and line.at(at + 2).text == "週":
        week = line.at(at + 1).get("number")
        if week in range(1, 5):
            return month_span(at + 3, year, month, (7 * week - 6, 7 * week), today)
    if (part := token.get("part") or token.get("month_end")) is not None:
        return month_span(at + 1, year, month, part, today, is_loose=is_loose)
    return None


def _several_days(line: DateLine, at: int, *, is_in_month: bool = False) -> tuple[int, int] | None:
    """Return end and last day of 3〜5日 or 15・16日, which must follow one another.

    Behind a month also of 13、14 without 日.
    """
    first, joint, second = (line.at(at + index) for index in range(3))
    if joint.text == "日" and (last := second.get("number")) is not None:  # 25日26日
        follows = line.at(at + 3).text == "日" and last == first.get("number") + 1
        return (at + 4, last) if follows else None
    last = second.get("number")
    is_both = line.text.startswith("の両日", line.at(at + 3).start)
    if last is None or not joint.text:
        return None
    days = last - first.get("number")
    is_bare = is_in_month and joint.text in "・、," and days == 1
    if is_bare and date_marks("letter_follows").match(line.after(at + 3)):
        return at + 3, last
    if not (line.at(at + 3).text == "日" or is_both):
        return None
    if (joint.text in "〜~–—-" and days > 0) or (joint.text in "・、,か" and days == 1):
        return at + 4, last
    return None


def _nth_weekday(line: DateLine, at: int) -> tuple[int, int, int, int] | None:
    """Return end, count and weekday of 第二土曜 or 最終金曜, and the days after it: of 土日 one."""
    if line.at(at).text == "第":
        count, at = line.at(at + 1).get("number"), at + 2
    elif line.at(at).text == "最" and line.at(at + 1).text == "終":
        count, at = -1, at + 2
    elif line.at(at).text == "最" and line.at(at + 1).text == "後":
        count, at = -1, at + 2
        at += line.at(at).text == "の"
    elif line.at(at).text == "最" and line.at(at + 1).text == "初":
        count, at = 1, at + 2
    else:
        return None
    if count is None or not (count == -1 or 1 <= count <= 5):
        return None
    if line.at(at).text == "週":
        at += 1
        at += line.at(at).text == "の"
    elif line.at(at).text == "の":
        at += 1
    weekday = line.at(at).get("weekday")
    if line.at(at).get("weekend") == 0:
        return at + 1, count, SATURDAY, 1
    if weekday is None:
        text = line.at(at).text
        if not text or text not in WEEKDAYS_JA:
            return None
        weekday = WEEKDAYS_JA.index(text)
    return at + 1, count, weekday, 0


def read_japanese_day(line: DateLine, at: int, today: date) -> Reading | None:
    """Read a day of the month alone: 5日まで, 24日(火), 24(火)."""
    token = line.at(at)
    day = token.get("number")
    if day is None or date_marks("day_counts").search(line.before(at)):
        return None
    if line.at(at + 2).get("number") is not None and (day == 1 or line.at(at + 3).text == "晩"):
        return None  # 1日一万歩, 3日3晩
    before = line.before(at)[-1:]
    if before and (before in ".,/:-¥$#" or (before.isascii() and before.isalnum())):
        return None
    if several := _several_days(line, at):
        first = bare_day(at, day, today, None)
        last = first and make_day(first.first.year, first.first.month, several[1])
        if first and last:
            is_sure = is_marked("day_follows", line.after(several[0]))
            return Reading(several[0], first.first, last, "span", is_sure=is_sure)
    if line.at(at + 1).text != "日":
        end, weekday = read_weekday_beside(line, at + 1)
        if weekday is None or line.at(at + 1).text not in "(" or "weekday" in line.at(at + 2).means:
            return None
        return bare_day(end, day, today, weekday)
    end, weekday = read_weekday_beside(line, at + 2)
    if weekday is not None:
        return bare_day(end, day, today, weekday)
    ahead = line.after(at + 2)
    before_weekday = line.at(at - 1).get("weekday") is not None or (
        line.at(at - 1).text == "の" and line.at(at - 2).get("weekday") is not None
    )
    # 「明日5日」「あさっての17日」: the day word shows that it is a day
    beside = any(line.at(at - back).get("day") is not None for back in (1, 2))
    alone = not ahead.strip() and not line.before(at).strip()
    follows = is_marked("day_follows", ahead) or (
        (token.get("digits") is not None or day > len("一二三四五六七八九十"))
        and is_marked("digit_day_follows", ahead)
    )
    found = bare_day(at + 2, day, today, None)
    return found if follows or before_weekday or beside or alone else in_doubt(found)


def read_era_figures(line: DateLine, at: int, today: date) -> Reading | None:
    """Read R9.2.15, 令和9/2/15."""
    era = line.at(at).get("era")
    year, one, month, two, day = (line.at(at + place) for place in range(1, 6))
    numbers = [each.get("number") for each in (year, month, day)]
    is_figures = one.text in (".", "/") and one.text == two.text
    if era is None or None in numbers or not is_figures or not re.search("[ぁ-龥]", line.text):
        return None
    found = make_day(era + numbers[0], numbers[1], numbers[2])
    return from_today(one_day(at + 6, found, is_loose=False), today)


def read_named_day(line: DateLine, at: int, today: date) -> Reading | None:
    """Read a day of the month that has a name of its own: ついたち, はつか."""
    day = line.at(at).get("day_name")
    if day is None:
        return None
    found = bare_day(at + 1, day, today, None)
    return found if is_marked("day_follows", line.after(at + 1)) else in_doubt(found)


def read_japanese_week(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 来週の金曜, 来週の火, 来週の頭, 来週末, 来週の今日, 二週間後の金曜."""
    weeks = line.at(at).get("week")
    end = at + 1
    if weeks is None:
        number, unit = line.at(at).get("number"), line.at(at + 1)
        if number is None or unit.get("unit") != 7 or line.at(at + 2).text != "後":
            return None
        weeks, end = number, at + 3
        if weeks > 520:
            return None
        if not (line.at(end).text == "の" and line.at(end + 1).get("weekday") is not None):
            return None
    inner = end + (line.at(end).text in ("の", "、", "は"))
    monday = monday_after(today, weeks)
    token = line.at(inner)
    weekday = token.get("weekday")
    is_letter = len(token.text) == 1 and token.text in WEEKDAYS_JA
    if is_letter and date_marks("letter_follows").match(line.after(inner + 1)):
        weekday = WEEKDAYS_JA.index(token.text)
    if several := _letters(line, inner):
        first = monday + timedelta(several[0])
        last = first + timedelta(several[1] - 1)
        return from_today(Reading(several[2], first, last, "span", weeks == 0), today)
    until = line.at(inner + 2).text or " "
    if is_letter and line.at(inner + 1).text in ("〜", "~", "-", "–") and until in WEEKDAYS_JA:
        first, last = (monday + timedelta(WEEKDAYS_JA.index(each)) for each in (token.text, until))
        return from_today(Reading(inner + 3, first, last, "span", False), today)
    if weekday is not None:
        day = monday + timedelta(weekday)
        second, reach = line.at(inner + 1), inner + 1
        if (
            second.text in ("か", "・")
            and second.text
            and line.at(inner + 2).get("weekday") is not None
        ):
            other = monday + timedelta(line.at(inner + 2).get("weekday"))
            if other > day:
                return from_today(Reading(inner + 3, day, other, "span", False), today)
        return from_today(one_day(reach, day, is_loose=weeks == 0), today)
    if token.get("day") == 0 and inner > end:
        return one_day(inner + 1, add_days(today, 7 * weeks), is_loose=False)
    if token.get("weekend") == 0:
        days = Reading(inner + 1, monday + timedelta(SATURDAY), monday + timedelta(SUNDAY), "span")
        return from_today(days, today)
    if (part := token.get("week_part")) is not None:
        if part == WHOLE_WEEK:
            return from_today(
                Reading(inner + 1, monday, monday + timedelta(SUNDAY), "week", False), today
            )
        first, last = (monday + timedelta(each) for each in part)
        sort = "day" if first == last else "span"
        return from_today(Reading(inner + 1, first, last, sort, False), today)
    return None


def _letters(line: DateLine, at: int) -> tuple[int, int, int] | None:
    """Return of 水木, 木か金 or 金・土・日 the first weekday, the number of days and the end."""
    hit = _LETTERS.match(line.text, line.at(at).start) if line.at(at).text else None
    if not hit or not date_marks("letter_follows").match(line.text, hit.end()):
        return None
    days = [WEEKDAYS_JA.index(each) for each in hit[0] if each in WEEKDAYS_JA]
    if any((day + 1) % 7 != following for day, following in pairwise(days)):
        return None
    end = at
    while line.at(end).text and line.at(end).start < hit.end():
        end += 1
    return days[0], len(days), end


def read_weekday_letters(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 今度の水木, 次の木金, and three or more alone: 金土日."""
    is_next = line.text.startswith(("今度", "次の"), line.at(at).start)
    while line.at(at).text and line.at(at).text in "今度次の":
        at += 1
    if "一" <= line.before(at)[-1:] <= "龥" and not is_next:
        return None
    several = _letters(line, at)
    if several is None or not (is_next or 3 <= several[1] <= 5):
        return None
    first = next_weekday(several[0], today)
    return Reading(
        several[2], first, first + timedelta(several[1] - 1), "span", not is_next, "", "weekday"
    )


def read_japanese_weekday(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 金曜, 次の金曜, 今度の土日."""
    weekday = line.at(at).get("weekday")
    if weekday is None or line.at(at).text.isascii():
        return None
    is_sure = not is_marked("no_weekday_after", line.after(at + 1))
    if date_marks("nth_before").search(line.before(at)):
        return None  # 第二土曜 of no month comes again every month
    behind = line.at(at + 1)
    if behind.get("weekday") == (weekday + 1) % 7 and not behind.text.isascii():  # 土曜日曜
        first = next_weekday(weekday, today)
        return Reading(at + 2, first, first + timedelta(1), "span", True, "", "weekday")
    # 月曜5日, 火曜の24日
    inner = at + 1 + (behind.text == "の")
    number = line.at(inner)
    if number.get("number") is not None and line.at(inner + 1).text == "日":
        return bare_day(inner + 2, number.get("number"), today, weekday)
    found = one_day(at + 1, next_weekday(weekday, today), narrow="weekday")
    return found if is_sure else in_doubt(found)


def read_japanese_count(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 三日後, 2週間以内, 一か月後, 2、3日中に, 24時間以内."""
    if line.text.startswith("半年", line.at(at).start) and line.at(at + 2).text == "後":
        return one_day(at + 3, shift_months(today, 6))
    number = line.at(at).get("number")
    if number is None or number > 3000:
        return None
    fewest, reach = number, at + 1
    if line.at(reach).text in "、,~〜-・か" and line.at(reach).text:
        second = line.at(reach + 1).get("number")
        if second is not None and number < second <= number + 2:
            number, reach = second, reach + 2
    elif (
        number in (23, 34, 12, 45)
        and line.at(at).get("kanji")
        and line.at(at).text in ("二三", "三四", "一二", "四五")
    ):
        fewest, number = divmod(number, 10)
    unit = line.at(reach)
    days = unit.get("unit")
    if days is None or unit.text.isascii():
        return None
    ahead = line.after(reach + 1)
    before = line.before(at)
    if before.endswith(("の", "その", "発売", "毎")) and not before.endswith(("今日の", "本日の")):
        return None
    later = date_marks("later").match(ahead)
    within = date_marks("within").match(ahead)
    if not (later or within):
        return None
    if days == 0:
        if not within or number % 24:
            return None
        days, number, fewest = 1, number // 24, fewest // 24
    end = reach + 1
    size = (later or within).end()  # type: ignore[union-attr]
    stop = line.at(reach).end + size
    while line.at(end).text and line.at(end).end <= stop:
        end += 1
    last = count_on(today, number, days)
    first = today if within else count_on(today, fewest, days)
    if first is None or last is None:
        return None
    return Reading(end, first, last, "day" if first == last else "span", True)


def read_one_or_two_days(line: DateLine, at: int, today: date) -> Reading | None:
    """Read 一両日中 and 今日明日中."""
    if line.text.startswith(("一両日", "今明日"), line.at(at).start):
        last = add_days(today, 1)
        stop = line.at(at).start + 3
        end = at
        while line.at(end).text and line.at(end).start < stop:
            end += 1
        return Reading(end, today, last, "span", False) if last else None
    return None


JAPANESE = (
    read_era_figures,
    read_japanese_month,
    read_japanese_week,
    read_weekday_letters,
    read_japanese_weekday,
    read_japanese_day,
    read_named_day,
    read_japanese_count,
    read_one_or_two_days,
)
