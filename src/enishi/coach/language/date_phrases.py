"""The days a text names: 来週, 金曜までに, 12月3日〜5日, tomorrow, by Friday, in two weeks.

A text becomes a line of tokens (`date_words`), readers look at each place of it (`date_readers`,
`japanese_dates`, `english_dates`), and the sentence around decides whether what they read is a day
to come, or one that is past, returns every week, or was only mentioned: by rules (`date_contexts`)
and by the weights of its words (`date_weights`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from unicodedata import normalize

from enishi.coach.language.calendar_days import (
    add_days,
    make_day,
    monday_after,
    next_weekday,
    next_yearly,
)
from enishi.coach.language.date_contexts import SURELY_NONE, find_doubt, is_moved, is_over
from enishi.coach.language.date_readers import (
    FRIDAY,
    Reading,
    bare_day,
    from_today,
    read_day_word,
    read_figures,
    read_holiday,
    read_until,
    read_week,
    read_weekday_beside,
    read_weekend,
)
from enishi.coach.language.date_weights import is_likely
from enishi.coach.language.date_words import DateLine, date_marks, read_line_of_dates
from enishi.coach.language.english_dates import ENGLISH
from enishi.coach.language.japanese_dates import JAPANESE
from enishi.coach.language.phrase_rules import read_phrase_rules

_SHARED = (read_figures, read_day_word, read_week, read_weekend, read_holiday, read_until)
_READERS = (*_SHARED, *JAPANESE, *ENGLISH)
_STARTS = frozenset(
    ("第", "最", "今", "next", "this", "coming", "the", "in", "within", "after", "inside", "last")
) | {"final", "same", "another", "week", "nxt", "w", "wc", "weekend", "半", *"月火水木金"}
"""Words of no meaning of their own with which a date can begin."""


@dataclass(frozen=True)
class NamedDays:
    """The days that a text names.

    Attributes:
        first, last: the days, the same for a single one.
        quote: the words that name them.
        start: where the words stand in the text.
        sort: `day`, `week` (from Monday or today to Sunday) or `span`.
        is_deadline: whether it is a time limit: までに, by.
    """

    first: date
    last: date
    quote: str
    start: int
    sort: str = "day"
    is_deadline: bool = False


@dataclass(frozen=True)
class DayMention:
    """A reading with its place.

    Attributes:
        at: the index of its first token.
        reading: what is read there.
        is_deadline: whether it is a time limit.
    """

    at: int
    reading: Reading
    is_deadline: bool


def find_days(
    text: str, today: date, *, is_yearly: bool = False, is_asked: bool = False
) -> NamedDays | None:
    """Return the days to come that `text` names; None if it names none.

    `is_yearly` tells that days of every year are asked for, so that none of them is over;
    `is_asked` that the text answers the question when, so that only the rules can refuse a day.

    Weeks run from Monday to Sunday, and days that are over are left out of a span. A day without
    its month or year is the next such day. Of several, a time limit comes before other days, a
    single day before a span, and what corrects comes before what it corrects.

    >>> days = find_days("本は12月3日〜5日に貸します", date(2026, 11, 20))
    >>> days.first, days.last, days.quote, days.start
    (datetime.date(2026, 12, 3), datetime.date(2026, 12, 5), '12月3日〜5日', 2)
    >>> find_days("日曜大工が好き", date(2026, 11, 20))
    """
    line = read_line_of_dates(text)
    mentions = list(_mentions_to_come(line, today, is_yearly=is_yearly, is_asked=is_asked))
    if not mentions:
        return None
    return _named(text, line, choose_mention(line, mentions))


def find_date(text: str, today: date, *, is_asked: bool = False) -> date | None:
    """Return one day for what `text` names, as `find_days` reads it; None if it names none.

    >>> find_date("来週までに送ります", date(2026, 11, 20))
    datetime.date(2026, 11, 27)
    """
    days = find_days(text, today, is_asked=is_asked)
    return day_to_act(days) if days else None


def day_to_act(days: NamedDays) -> date:
    """Return one of `days`: of a week the Friday, or the first if that is later; else the last."""
    if days.sort == "week":
        return max(monday_after(days.last) + timedelta(FRIDAY), days.first)
    return days.last


_WRITTEN_DAY = re.compile(
    r"(?<![\d./-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\d./-])"
    r"|(?:((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})日"
)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH_DAY = re.compile(
    rf"\b(?:({_MONTHS})[a-z]*\.? (?:the )?(29|30|31)(?:st|th)?"
    rf"|(29|30|31)(?:st|th)? (?:of )?({_MONTHS})[a-z]*)\b(?! ?[\d:])",
    re.IGNORECASE,
)


def find_unreal_day(text: str, today: date) -> str:
    """Return the first day written in `text` that no calendar has; '' if it names another day.

    >>> [find_unreal_day(text, date(2026, 11, 20)) for text in ("2月30日に会う", "on 29 Feb")]
    ['2月30日', '']
    """
    unreal = next(_unreal_days(normalize("NFKC", text), today), "")
    named = find_days(text, today) if unreal else None
    return "" if named and named.quote not in unreal else unreal


def _unreal_days(text: str, today: date) -> Iterator[str]:
    for hit in _WRITTEN_DAY.finditer(text):
        year, month, day = hit[1] or hit[5], int(hit[3] or hit[6]), int(hit[4] or hit[7])
        if not (make_day(int(year), month, day) if year else next_yearly(month, day, today)):
            yield hit[0]
    for hit in _ENGLISH_DAY.finditer(text):
        month = _MONTHS.split("|").index((hit[1] or hit[4]).lower()) + 1
        if not next_yearly(month, int(hit[2] or hit[3]), today):
            yield hit[0]


def written_dates(text: str, today: date) -> tuple[date, ...]:
    """Return the days to come that `text` names one by one, in its order; of other spans none.

    >>> written_dates("12月8日か12月9日", date(2026, 11, 20))
    (datetime.date(2026, 12, 8), datetime.date(2026, 12, 9))
    """
    line = read_line_of_dates(text)
    found = (each.reading for each in _mentions_to_come(line, today))
    named = [
        days
        for days in found
        if days.first == days.last
        or (days.narrow == "range" and days.last - days.first == timedelta(1))  # two in a row
    ]
    return tuple(dict.fromkeys(day for days in named for day in (days.first, days.last)))


def without_relative_dates(text: str) -> str:
    """Return `text` without words such as 明日 or "next week", which are wrong on another day.

    The text stays as it is where nothing else would be left.

    >>> without_relative_dates("明日、写真を送る"), without_relative_dates("Call Ann tomorrow")
    ('写真を送る', 'Call Ann')
    """
    line = read_line_of_dates(text)
    today = date(2026, 1, 1)
    kept, last = [], 0
    for mention in find_day_mentions(line, today):
        if not _is_relative(line, mention) or find_doubt(
            line, mention.at, mention.reading, mention.is_deadline
        ):
            continue
        start, end = _with_particles(line, mention)
        kept.append(text[last : line.origin[start]])
        last = line.origin[end]
    kept.append(text[last:])
    return re.sub(r"[ ]{2,}", " ", "".join(kept)).strip(" 、,") or text


def _is_relative(line: DateLine, mention: DayMention) -> bool:
    """Return whether words name a day only from the day on which they are said."""
    kinds = {"day", "week", "month_from_now", "weekend", "week_start"}
    tokens = line.tokens[mention.at : mention.reading.end]
    if any(token.means.keys() & kinds for token in tokens):
        return True
    if any(token.get("unit") is not None for token in tokens):
        return bool(date_marks("count_from_today").search(_words(line, mention)))
    return any(token.text in ("next", "this", "coming") for token in tokens)


def _with_particles(line: DateLine, mention: DayMention) -> tuple[int, int]:
    """Return where the words of a day begin and end, with the particles that go with them."""
    start = line.at(mention.at).start
    end = line.at(mention.reading.end - 1).end
    if hit := date_marks("particles_after").match(line.text, end):
        end = hit.end()
    if hit := date_marks("particles_before").search(line.text[:start]):
        start = hit.start()
    return start, end


def _words(line: DateLine, mention: DayMention) -> str:
    return line.text[line.at(mention.at).start : line.at(mention.reading.end - 1).end]


def _named(text: str, line: DateLine, mention: DayMention) -> NamedDays:
    """Return a mention with its words in the original text."""
    start = line.origin[line.at(mention.at).start]
    end = line.origin[line.at(mention.reading.end - 1).end]
    found = mention.reading
    return NamedDays(
        found.first,
        found.last,
        text[start:end],
        start,
        found.sort,
        mention.is_deadline,
    )


def _mentions_to_come(
    line: DateLine, today: date, *, is_yearly: bool = False, is_asked: bool = False
) -> Iterator[DayMention]:
    """Yield the mentions of days to come; of days that are over too if they are yearly."""
    for each in find_day_mentions(line, today):
        doubt = doubt_about(line, each, today, is_yearly=is_yearly)
        if doubt == SURELY_NONE:
            continue
        if ((is_asked or is_yearly) and not doubt) or is_likely(
            line, each.at, each.reading, today, is_deadline=each.is_deadline, doubt=doubt
        ):
            yield each


def doubt_about(
    line: DateLine, mention: DayMention, today: date, *, is_yearly: bool = False
) -> str:
    """Return what speaks against a day to come, as `find_doubt` does; also that it is over."""
    doubt = find_doubt(line, mention.at, mention.reading, mention.is_deadline)
    if doubt or is_yearly:
        return doubt
    over = is_over(line, mention.at, mention.reading, today, mention.is_deadline)
    return "past" if over else ""


def find_day_mentions(
    line: DateLine, today: date, *, within_phrases: bool = False
) -> Iterator[DayMention]:
    """Yield what the readers read, from left to right and without overlaps.

    Args:
        line: the text.
        today: the day on which it is read.
        within_phrases: whether to read also in phrases that name no day for all their words.
    """
    masked = bytearray(len(line.text) + 1) if within_phrases else None
    at, before = 0, None
    while at < len(line.tokens):
        token = line.tokens[at]
        starts = bool(token.means) or token.text in _STARTS
        reading = _read(line, at, today) if starts else None
        if reading and masked is None:
            masked = _masked(line)
        if not reading or not masked:
            at += 1
            continue
        if masked[token.start] or masked[line.at(reading.end - 1).end - 1]:
            at += 1
            continue
        reading = _inside(line, before, at, reading, today)
        reading = _range(line, at, _beside(line, reading, today), today)
        before = DayMention(at, reading, _is_deadline(line, at, reading.end))
        yield before
        at = reading.end


def _read(line: DateLine, at: int, today: date) -> Reading | None:
    """Return the longest reading at a place; None if no reader finds a day there."""
    read = (from_today(reader(line, at, today), today) for reader in _READERS)
    found = [reading for reading in read if reading]
    return max(found, key=lambda reading: reading.end, default=None)


def _masked(line: DateLine) -> bytearray:
    """Return for each character whether it is in a phrase that names no day for all its words."""
    masked = bytearray(len(line.text) + 1)
    for hit in _no_dates().finditer(line.text):
        masked[hit.start() : hit.end()] = b"\1" * (hit.end() - hit.start())
    return masked


@cache
def _no_dates() -> re.Pattern[str]:
    rules = (f"(?:{rule.pattern.pattern})" for rule in read_phrase_rules("no_dates"))
    return re.compile("|".join(rules), re.IGNORECASE)


def _inside(
    line: DateLine, before: DayMention | None, at: int, reading: Reading, today: date
) -> Reading:
    """Return a weekday or day of the month inside the week or month that was said before it."""
    if before is None or not before.reading.wide or not reading.narrow:
        return reading
    between = line.text[line.at(before.reading.end - 1).end : line.at(at).start]
    if len(between) > 25 or re.search(r"[。!?\n]|\. ", between):
        return reading
    outer = before.reading
    if reading.narrow == "weekday" and outer.wide == "week":
        day = monday_after(outer.last) + timedelta(reading.first.weekday())
        if outer.first <= day <= outer.last:
            return replace(reading, first=day, last=day, is_loose=False, narrow="")
    elif reading.narrow == "day" and outer.wide == "month" and not re.search(r"\band ", between):
        found = bare_day(reading.end, reading.first.day, outer.first - timedelta(1), None)
        if found and outer.first <= found.first <= outer.last:
            return replace(found, is_loose=False, narrow="")
    return reading


def _beside(line: DateLine, reading: Reading, today: date) -> Reading:
    """Return a reading moved by what follows it: クリスマスの翌日, 5日の前日, 連休前の土曜."""
    hit = date_marks("beside_day").match(line.text, line.at(reading.end - 1).end)
    if not hit or reading.first != reading.last:
        return reading
    day = add_days(reading.first, 1 if hit["after"] or hit["later"] else -1)
    end = reading.end
    while line.at(end).text and line.at(end).start < hit.end():
        end += 1
    weekday = line.at(end).get("weekday")
    if day is None or not (hit["after"] or hit["before"] or weekday is not None):
        return reading
    if weekday is not None and hit["later"]:
        day, end = next_weekday(weekday, reading.first), end + 1
    elif weekday is not None and hit["earlier"]:
        day, end = day - timedelta((day.weekday() - weekday) % 7), end + 1
    return replace(reading, first=day, last=day, end=end) if day >= today else reading


def _range(line: DateLine, mention_at: int, reading: Reading, today: date) -> Reading:
    """Return a reading with the end of its range, where one follows: 〜5日, to Wednesday."""
    end = reading.end
    joint = date_marks("range_joint").match(line.text, line.at(end - 1).end)
    before = line.before(mention_at)
    moved = (
        date_marks("moved_from").match(line.after(end))
        or is_moved(before, line.after(end))
        or date_marks("not_this_en").search(before)
    )
    if not joint or moved or reading.first != reading.last:
        return _lasting(line, reading)
    at = end
    while line.at(at).text and line.at(at).start < joint.end():
        at += 1
    if line.at(at).start < joint.end():
        return reading
    is_relative = line.at(at).means.keys() & {"day", "week", "weekend"}
    until = _read_end(line, at, today if is_relative else reading.first)
    if until and any("week" in token.means for token in line.tokens[at + 1 : until.end]):
        until = _read_end(line, at, today)  # Monday to Wednesday next week
        first = until and monday_after(until.first) + timedelta(reading.first.weekday())
        if until and first and reading.narrow == "weekday" and first < until.last:
            reading = replace(reading, first=first, last=first)
    if until is None or until.last <= reading.first:
        return _lasting(line, reading)
    if (until.last - reading.first).days > 120:
        return reading
    soft = joint["soft"] is not None and not line.before(mention_at).endswith("between ")
    if soft and (until.last - reading.first).days != 1:
        return reading
    loose = reading.is_loose and until.is_loose
    return Reading(until.end, reading.first, until.last, "span", loose, "", "range")


def _read_end(line: DateLine, at: int, first: date) -> Reading | None:
    """Return the end of a range that begins on `first`: also a bare day of the month, or (火)."""
    number = line.at(at).get("number")
    is_short = line.at(at - 3).text == "/" and line.at(at).get("digits") in (1, 2)  # 12/5-7
    if is_short and not date_marks("no_day_follows").match(line.after(at + 1)):
        return bare_day(at + 1, number, first, None)
    if number is not None and line.at(at + 1).text == "日":
        end, weekday = read_weekday_beside(line, at + 2)
        return bare_day(end if weekday is not None else at + 2, number, first, None)
    ordinal = line.at(at + (line.at(at).text == "the"))
    is_bare = line.at(at + 1).text != "of" and not line.at(at + 1).get("month")
    if (day := ordinal.get("ordinal")) is not None and is_bare and line.at(at).text != "the":
        return bare_day(at + 1, day, first, None)
    return _read(line, at, first)


def _lasting(line: DateLine, reading: Reading) -> Reading:
    """Return a reading with the days that follow it: 明日から三日間."""
    hit = date_marks("lasting").match(line.after(reading.end))
    if not hit or reading.first != reading.last:
        return reading
    at = reading.end
    while line.at(at).get("number") is None and at < reading.end + 4:
        at += 1
    count, unit = line.at(at).get("number"), line.at(at + 1).get("unit")
    if not count or unit not in (1, 7) or count > 60:
        return reading
    last = add_days(reading.first, count * unit - 1)
    return replace(reading, last=last, end=at + 2, sort="span") if last else reading


def _is_deadline(line: DateLine, at: int, end: int) -> bool:
    """Return whether the words beside a day make it a time limit."""
    return bool(
        date_marks("deadline_after").match(line.after(end))
        or date_marks("deadline_before").search(line.before(at))
    )


def choose_mention(line: DateLine, mentions: list[DayMention]) -> DayMention:
    """Return the mention that a text is about."""
    for mention in mentions[1:]:
        gap = line.text[line.at(mentions[0].reading.end - 1).end : line.at(mention.at).start]
        if date_marks("reset").search(gap):
            return mention
        if date_marks("changed_to_after").match(line.after(mention.reading.end)):
            return mention
    return min(
        mentions,
        key=lambda each: (not each.is_deadline, each.reading.first != each.reading.last),
    )
