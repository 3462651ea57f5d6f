"""Readers of English dates: 3rd of December, the 9th, Friday week, in two weeks, mid-January."""

from __future__ import annotations

from datetime import date, timedelta

from enishi.coach.language.calendar_days import (
    add_days,
    add_months,
    count_on,
    make_day,
    monday_after,
    next_weekday,
    weekday_of_month,
)
from enishi.coach.language.date_readers import (
    LAST_WEEK,
    SATURDAY,
    SUNDAY,
    WHOLE_MONTH,
    WHOLE_WEEK,
    Reading,
    bare_day,
    day_of_month,
    from_today,
    in_doubt,
    month_span,
    one_day,
    read_figures,
    read_holiday,
    read_weekday_beside,
)
from enishi.coach.language.date_words import DateLine, date_marks

_NAMES = ("april", "june", "may", "jan", "august", "march", "mar")
"""Months that are also names or verbs."""
_BEFORE_MONTH = (
    "in",
    "on",
    "until",
    "till",
    "til",
    "during",
    "this",
    "next",
    "coming",
    "throughout",
    "come",
)
_BEFORE_SURE_MONTH = (
    "by",
    "before",
    "after",
    "from",
    "for",
    "around",
    "through",
    "to",
    "of",
    "about",
    "since",
)
_TO_NTH = ("-", "–", "to", "until", "till", "through", "and", "or", "/")
_BEFORE_NTH = ("on", "by", "until", "till", "from", "-", "–", "to", "of")
_BESIDE = ("day", "week", "weekend")
_DETERMINERS = ("the", "my", "your", "his", "her", "our", "their", "a")
_TO = ("-", "–", "—", "~", "〜", "to", "until", "till", "through", "thru", "and", "or", "/", "&")


def read_english_date(line: DateLine, at: int, today: date) -> Reading | None:
    """Read a day with its month: "3rd of December", "Dec 3, 2026", "3-5 December"."""
    return _day_month(line, at, today) or _month_day(line, at, today)


def _count(line: DateLine, at: int) -> int | None:
    """Return the day of the month that a token can be."""
    token = line.at(at)
    found = token.get("ordinal")
    if found is None and token.get("digits") is not None and token.get("digits") <= 2:
        found = token.get("number")
    return found if found is not None and 1 <= found <= 31 else None


def _year(line: DateLine, at: int, today: date) -> tuple[int, int | None]:
    """Return where a year behind a month ends, and the year: ", 2027", "next year"."""
    comma = line.at(at).text == ","
    token = line.at(at + comma)
    if token.get("digits") == 4 and 1900 <= token.get("number") <= 2199:
        return at + comma + 1, token.get("number")
    back = at + comma + (token.text == "of")
    years = line.at(back).get("year_from_now")
    if years is not None and line.at(back).text.isascii():
        return back + 1, today.year + years
    return at, None


def _month(line: DateLine, at: int) -> tuple[int, int] | None:
    """Return the month at a place, and where it ends, its point included."""
    month = line.at(at).get("month")
    if month is None:
        return None
    point = line.at(at + 1).text == "." and len(line.at(at).text) <= 4
    return (at + 1 + point if point and line.at(at + 2).text else at + 1), month


def _day_month(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "3 December", "the 3rd and 4th of May", "3-5 December 2026"."""
    start = at + (line.at(at).text == "the")
    first = _count(line, start)
    if first is None:
        return None
    reach, last = start + 1, first
    if line.at(reach).text in _TO:
        other = reach + 1 + (line.at(reach + 1).text == "the")
        second = _count(line, other)
        if second is not None and second > first:
            reach, last = other + 1, second
    reach += line.at(reach).text in ("day",)
    reach += line.at(reach).text == "of"
    found = _month(line, reach)
    if found:
        end, month = found
        end, year = _year(line, end, today)
    else:
        months = line.at(reach).get("month_from_now")
        if months is None or not line.at(reach).text.isascii():
            return None
        (year, month), end = add_months(today.year, today.month, months), reach + 1
    return _days_of_month(end, year, month, (first, last), today)


def _days_of_month(
    end: int, year: int | None, month: int, days: tuple[int, int], today: date
) -> Reading | None:
    """Return the first to the last of `days` in a month, the next such month without a year.

    None where the year is over or the calendar has no such day.
    """
    if year is not None and year < today.year:
        return None
    first, last = days
    until = day_of_month(end, year, month, last, today)
    if until is None or first == last:
        return until
    begun = make_day(until.first.year, month, first)
    return from_today(Reading(end, begun, until.last, "span"), today) if begun else None


def _month_day(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "December 3", "May the 4th", "July 6–8", "Dec. 3rd, 2026"."""
    found = _month(line, at)
    if not found:
        return None
    reach, month = found
    reach += line.at(reach).text == "the"
    first = _count(line, reach)
    if first is None:
        return None
    token = line.at(at)
    lower = line.cased[token.start] == token.text[0]
    if token.text in ("may", "march") and lower and line.at(reach).get("ordinal") is None:
        return None
    is_pair = line.at(reach + 1).text == "/" and _count(line, reach + 2) == first + 1  # Dec 5/6
    if not is_pair and date_marks("measure_follows").match(line.after(reach + 1)):
        return None
    end, last = reach + 1, first
    if line.at(end).text in _TO:
        other = end + 1 + (line.at(end + 1).text == "the")
        second = _count(line, other)
        is_later = second is not None and second > first and not _month(line, other + 1)
        if is_later and not date_marks("measure_follows").match(line.after(other + 1)):
            end, last = other + 1, second or first
    end, year = _year(line, end, today)
    return _days_of_month(end, year, month, (first, last), today)


def read_english_month(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "in January", "early next month", "the end of March", "the first week of May"."""
    part, reach = _part_of(line, at)
    if line.at(at + 1).text == "week" and line.at(at + 2).text in ("of", "in"):
        week = line.at(at).get("ordinal")
        if week in range(1, 5):
            part, reach = (7 * week - 6, 7 * week), at + 3
        elif line.at(at).text == "last":
            part, reach = LAST_WEEK, at + 3
    elif line.at(at).text == "last week" and line.at(at + 1).text in ("of", "in"):
        part, reach = LAST_WEEK, at + 2
    whole = part is None
    before = line.at(reach - 1).text
    if line.at(reach).text in ("this", "next", "coming") and not whole:
        reach += 1
    months = line.at(reach).get("month_from_now")
    if months is not None and line.at(reach).text.isascii():
        year, month = add_months(today.year, today.month, months)
        return month_span(reach + 1, year, month, part or WHOLE_MONTH, today, is_loose=months == 0)
    found = _month(line, reach)
    if not found:
        return None
    end, month = found
    end, said = _year(line, end, today)
    if said is not None and said < today.year:
        return None
    name = line.at(reach)
    is_sure = True
    if whole and said is None:
        sure = name.text not in _NAMES and before in _BEFORE_SURE_MONTH
        heads = reach == 0 and line.at(end).text == ":"  # "October: help with the olives"
        is_sure = before in _BEFORE_MONTH or sure or heads
        if name.text in _NAMES and line.after(reach + 1).startswith("'s"):
            return None
        if not is_sure and line.cased[name.start].islower():
            return None
    days = (part[0], part[1]) if part else WHOLE_MONTH
    if line.at(at - 1).text == "next" and said is None and month == today.month and whole:
        said = today.year + 1
    found_span = month_span(end, said, month, days, today, is_loose=said is None)
    return found_span if is_sure else in_doubt(found_span)


def _part_of(line: DateLine, at: int) -> tuple[tuple[int, ...] | None, int]:
    """Return the part that is said before a month, and where its words end."""
    start = at + (line.at(at).text == "the")
    part = line.at(at).get("part_of") or line.at(start).get("part_of")
    if part is None:
        return None, at
    reach = (at if line.at(at).get("part_of") else start) + 1
    while line.at(reach).text in ("-", "to", "or", "mid", "late", "of", "in"):
        part = line.at(reach).get("part_of") or part  # some time in mid-March
        reach += 1
    return part, reach


def read_english_week(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "early next week", "the end of this week", "the week(end) of 7 December"."""
    start = at + (line.at(at).text == "the")
    part = line.at(at).get("week_part_of") or line.at(start).get("week_part_of")
    if part:
        reach = (at if line.at(at).get("week_part_of") else start) + 1
        weeks = line.at(reach).get("week")
        if weeks is not None and line.at(reach).text.isascii():
            monday = monday_after(today, weeks)
            first, last = (monday + timedelta(each) for each in part)
            whole = part == WHOLE_WEEK
            sort = "week" if whole else "day" if first == last else "span"
            wide = "week" if whole else ""
            return from_today(Reading(reach + 1, first, last, sort, False, wide), today)
    begins = date_marks("week_begins_en").match(line.text, line.at(start).start)
    if begins:
        while line.at(start).text and line.at(start).start < begins.end():
            start += 1
        begin = read_english_date(line, start, today) or read_the_nth(line, start, today)
        if begin:
            monday = monday_after(begin.first)
            sunday = monday + timedelta(SUNDAY)
            if begins["weekend"]:
                weekend = Reading(begin.end, sunday - timedelta(1), sunday, "span", False)
                return from_today(weekend, today)
            week = Reading(begin.end, monday, sunday, "week", False)
            return from_today(week, today)
    return None


def read_the_nth(line: DateLine, at: int, today: date) -> Reading | None:
    """Read a day of the month alone: "the 9th", "on the 21st", "on 5th"."""
    start = at + (line.at(at).text == "the")
    token = line.at(start)
    day = token.get("ordinal")
    if day is None or day < 1:
        return None
    is_sure = start > at or line.at(at - 1).text in _BEFORE_NTH
    word = token.text.isalpha()
    if word and day > 3 and start == 0 and line.at(1).text == ",":
        return in_doubt(bare_day(1, day, today, None))  # "Fifteenth, 5 pm, she wants it"
    if word and (
        not is_sure or line.at(start - 2).text not in ("on", "by", "until", "till", "from")
    ):
        return None
    ahead = line.after(start + 1)
    other = start + 1
    is_left = date_marks("not_this_en").search(line.before(at))  # "moved from the 18th to the 20th"
    if not is_left and line.at(other).text in _TO_NTH:
        second = other + 1 + (line.at(other + 1).text == "the")
        until = line.at(second).get("ordinal")
        if until and until > day and date_marks("nth_follows").match(line.after(second + 1)):
            first = bare_day(second + 1, day, today, None)
            last = first and make_day(first.first.year, first.first.month, until)
            if first and last:
                return Reading(second + 1, first.first, last, "span", is_sure=is_sure)
    is_limit = line.at(at - 1).text in ("until", "till", "by") and ahead.startswith(" to ")
    is_sure = is_sure and bool(is_limit or date_marks("nth_follows").match(ahead))
    if not is_sure and word:
        return None
    end, weekday = read_weekday_beside(line, start + 1)
    found = bare_day(end if weekday is not None else start + 1, day, today, weekday)
    return found if is_sure or weekday is not None else in_doubt(found)


def read_english_weekday(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "Friday", "next Tuesday", "Friday week", "Friday of next week", "Friday the 13th"."""
    start, weeks = at, None
    for words, value in (
        (("this", "coming"), 0),
        (("this",), 0),
        (("next",), 1),
        (("nxt",), 1),
        (("coming",), None),
    ):
        if tuple(line.at(at + index).text for index in range(len(words))) == words:
            start, weeks = at + len(words), value
            break
    token = line.at(start)
    weekday = token.get("weekday")
    if weekday is None or not token.text.isascii() or not _is_weekday(line, start):
        return None
    end = start + 1
    end += line.at(end).text == "." and len(token.text) <= 4 and bool(line.at(end + 1).text)
    day = next_weekday(weekday, today)
    if weeks == 1:
        day = monday_after(today, 1) + timedelta(weekday)
    elif weeks == 0 and start == at + 1:
        this = monday_after(today) + timedelta(weekday)
        day = this if this >= today else day
    plain = one_day(end, day, is_loose=weeks is None, narrow="weekday" if weeks is None else "")
    return (
        _with_date(line, end, weekday, today)
        or _counted_on(line, end, weekday, day, today)
        or plain
    )


def _is_weekday(line: DateLine, at: int) -> bool:
    """Return whether a word such as Sat, Sun, Wed, or Monday in front of a noun, is the day."""
    token = line.at(at)
    before, ahead = line.at(at - 1).text, line.after(at + 1)
    if date_marks("nth_weekday_before_en").search(line.before(at)) and ahead.startswith(
        (" of the month", " in the month")
    ):
        return False  # one that is over this month
    if date_marks("no_weekday_after_en").match(ahead):
        return False
    if before in _DETERMINERS and not date_marks("the_weekday_follows").match(ahead):
        return False
    if token.text not in ("sat", "sun", "wed", "mon", "thu", "fri", "tue"):
        return True
    if before in (
        "on",
        "by",
        "this",
        "next",
        "until",
        "till",
        "from",
        "to",
        "-",
        "–",
        "(",
        "for",
        ",",
        "or",
        "coming",
        "and",
        "nxt",
        "/",
        "&",
    ):
        return before not in ("for", "to", "and", ",") or line.cased[token.start].isupper()
    if date_marks("short_weekday_follows").match(ahead):
        return True
    if not line.cased[token.start].isupper() or before == "the":
        return False
    return not date_marks("not_short_weekday").match(ahead)


def _with_date(line: DateLine, end: int, weekday: int, today: date) -> Reading | None:
    """Read the date behind a weekday: "Friday the 13th", "Sat, 5 Dec", "Monday 9 Nov 2026"."""
    reach = end + (line.at(end).text == ",")
    reach += line.at(reach).text == "the"
    found = read_english_date(line, reach, today) or read_figures(line, reach, today, weekday)
    if found:
        return found
    token = line.at(reach)
    day = token.get("ordinal") if line.at(reach + 1).text != "thing" else None
    if (
        day is None
        and reach == end
        and token.get("digits")
        and (token.get("number") > 24 or not date_marks("clock").match(line.text[token.start :]))
    ):
        day = token.get("number")
    if day is None or not 1 <= day <= 31:
        return None
    return bare_day(reach + 1, day, today, weekday)


def _counted_on(line: DateLine, end: int, weekday: int, day: date, today: date) -> Reading | None:
    """Read what moves a weekday on: "Friday week", "Friday fortnight", "Friday of next week"."""
    token = line.at(end)
    bare = next_weekday(weekday, today)
    if token.text in ("week", "fortnight") and not date_marks("noun_follows").match(
        line.after(end + 1)
    ):
        return one_day(end + 1, bare + timedelta(token.get("unit")), is_loose=False)
    if token.text == "after" and line.at(end + 1).text == "next":
        return one_day(end + 2, bare + timedelta(7), is_loose=False)
    if token.text == "coming" or (token.text == "next" and not line.at(end + 1).text.isalpha()):
        return one_day(end + 1, bare, is_loose=False)
    reach = end
    while line.at(reach).text in ("of", "in", "on", "the", ",", "-") and reach < end + 2:
        reach += 1
    weeks = line.at(reach).get("week")
    if weeks is None and line.at(reach).text == "of" and line.at(reach + 1).get("week") is not None:
        reach += 1
        weeks = line.at(reach).get("week")
    if weeks is not None and line.at(reach).text.isascii():
        return from_today(
            one_day(reach + 1, monday_after(today, weeks) + timedelta(weekday), is_loose=False),
            today,
        )
    return None


def read_nth_weekday(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "second Tuesday next month", "the last Friday in January"."""
    start = at + (line.at(at).text == "the")
    token = line.at(start)
    is_last = token.text in ("last", "final", "last weekend")
    inner = start + (token.text != "last weekend")  # one word of its own
    count = -1 if is_last else token.get("ordinal")
    is_weekend = line.at(inner).text in ("weekend", "last weekend")
    weekday = SATURDAY if is_weekend else line.at(inner).get("weekday")
    if count is None or weekday is None or count > 5:
        return None
    reach = inner + 1
    while line.at(reach).text in ("of", "in", ",", "the"):
        reach += 1
    months = line.at(reach).get("month_from_now")
    found = _month(line, reach)
    if months is None and line.at(reach).text == "month" and line.at(reach - 1).text == "the":
        months = 0
    if months is not None:
        year, month = add_months(today.year, today.month, months)
        years: tuple[int, ...] = (year,)
        end = reach + 1
    elif found:
        end, month = found
        end, said = _year(line, end, today)
        years = (said,) if said else (today.year, today.year + 1)
    else:
        return None
    days = (weekday_of_month(year, month, count, weekday) for year in years)
    day = next((day for day in days if day and day >= today), None)
    if is_weekend and day:
        return Reading(end, day, day + timedelta(1), "span", False)
    return one_day(end, day, is_loose=False)


def read_beside_a_day(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "the day after Christmas", "the Saturday before the 9th", "week after Halloween"."""
    start = at + (line.at(at).text == "the")
    token, side = line.at(start), line.at(start + 1).text
    weekday = token.get("weekday")
    if side not in ("before", "after") or not (weekday is not None or token.text in _BESIDE):
        return None
    reach, is_after = start + 2, side == "after"
    base = _base(line, reach, today) or read_the_nth(line, reach, today)
    if base is None or line.text.startswith("'s", line.at(base.end - 1).end):
        return None
    if weekday is not None:
        ahead = next_weekday(weekday, base.last)
        back = base.first - timedelta((base.first.weekday() - weekday - 1) % 7 + 1)
        return from_today(one_day(base.end, ahead if is_after else back, is_loose=False), today)
    if token.text == "day":
        day = base.last + timedelta(1) if is_after else base.first - timedelta(1)
        return from_today(one_day(base.end, day, is_loose=base.is_loose), today)
    monday = monday_after(base.first, 1 if is_after else -1)
    if token.text == "weekend":
        monday = monday_after(base.first - timedelta(0 if is_after else 6))
        first = monday + timedelta(SATURDAY)
        return from_today(Reading(base.end, first, first + timedelta(1), "span"), today)
    week = Reading(base.end, monday, monday + timedelta(SUNDAY), "week", False, "week")
    return from_today(week, today)


def read_english_count(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "in two weeks", "within three days", "five days from now", "a week on Friday"."""
    lead = line.at(at).text
    within = lead in ("within", "inside")
    reach = at + 1 if lead in ("in", "within", "after", "inside", "another") else at
    reach += line.at(reach).text in (
        "of",
        "the",
        "about",
        "around",
        "exactly",
        "just",
        "roughly",
        "next",
    )
    from_now = tuple(line.at(at + back).text for back in (-2, -1)) == ("from", "now")
    number = line.at(reach).get("number")
    if number is None:
        if line.at(reach).get("unit") is None or line.at(reach - 1).text != "next":
            return None
        number = 1
        reach -= 1
    is_for = line.at(reach - 1).text == "for"
    fewest = number
    if line.at(reach + 1).text in ("or", "to", "-", "–"):
        second = line.at(reach + 2).get("number")
        if second is not None and number < second <= number + 3:
            number, reach = second, reach + 2
    unit = line.at(reach + 1)
    days = unit.get("unit")
    if days is None or not unit.text.isascii() or number > 3000:
        return None
    end = reach + 2
    if line.at(end).text == "or" and line.at(end + 1).get("number") == number + 1:
        number, end = number + 1, end + 2  # a week or two
    end += line.at(end).text == "time"
    token = line.at(end)
    if (
        token.text in ("from", "on", "after")
        or token.get("day") is not None
        or (token.get("weekday") is not None)
    ):
        base = _base(line, end, today)
        if base and is_for and days in (1, 7):  # for three days from 4 October
            return Reading(
                base.end, base.first, base.first + timedelta(number * days - 1), "span", False
            )
        if base and lead not in ("within",):
            return base and one_day(base.end, count_on(base.first, number, days), is_loose=False)
    if token.text in ("ago", "before", "after", "earlier") or (days == 0 and not within):
        return None
    if days == 0:
        if number % 24:
            return None
        days, number, fewest = 1, number // 24, fewest // 24
    if (
        from_now
        or lead in ("in", "within", "inside")
        or (lead == "after" and date_marks("later_en").search(line.after(end)))
    ):
        if lead == "in" and line.at(at + 1).text in ("the", "next"):
            return None
        last = count_on(today, number, days)
        first = today if within or lead == "inside" else count_on(today, fewest, days)
    elif token.text in ("later", "hence"):
        if token.text == "later" and not date_marks("later_en").search(line.after(end + 1)):
            return None
        end += 1
        first, last = count_on(today, fewest, days), count_on(today, number, days)
    else:
        return None
    if first is None or last is None:
        return None
    return Reading(end, first, last, "day" if first == last else "span", True)


def _base(line: DateLine, at: int, today: date) -> Reading | None:
    """Read the day from which a count goes on: "from now", "from Monday", "on Friday", "today"."""
    reach = at + (line.at(at).text in ("from", "on", "after"))
    token = line.at(reach)
    if token.text == "now" and reach > at:
        return one_day(reach + 1, today)
    if token.get("day") is not None:
        return one_day(reach + 1, add_days(today, token.get("day")))
    return (
        read_english_weekday(line, reach, today)
        or read_english_date(line, reach, today)
        or read_holiday(line, reach, today)
    )


def read_time_next_week(line: DateLine, at: int, today: date) -> Reading | None:
    """Read "this time next week", "same day next week", "today week", "tomorrow fortnight"."""
    words = line.at(at).text, line.at(at + 1).text
    weeks = line.at(at + 2).get("week")
    if words in (("this", "time"), ("same", "time"), ("same", "day")) and weeks is not None:
        return one_day(at + 3, add_days(today, 7 * weeks), is_loose=False)
    days, unit = line.at(at).get("day"), line.at(at + 1)
    if days is not None and unit.text in ("week", "fortnight"):
        return one_day(at + 2, add_days(today, days + unit.get("unit")), is_loose=False)
    return None


ENGLISH = (
    read_english_date,
    read_english_month,
    read_english_week,
    read_the_nth,
    read_english_weekday,
    read_nth_weekday,
    read_beside_a_day,
    read_english_count,
    read_time_next_week,
)
