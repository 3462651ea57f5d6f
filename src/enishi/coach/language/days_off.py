"""The user's own days off, parsed from text such as 12/29-1/3 or 2026-08-10."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from enishi.coach.language.date_phrases import find_days
from enishi.errors import EnishiError

DAY = r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?"
SPAN = re.compile(rf"{DAY}(?:\s*[-–—~〜]\s*{DAY})?(?:\s+(.*))?")


class DaysOffSyntaxError(EnishiError):
    """The line cannot be parsed as days off."""

    sentence = "“{line}” cannot be read as days."
    way_out = "Write them like 12/29-1/3, with a name after a space if you like."


@dataclass(frozen=True)
class Span:
    """A span of days off, every year or once.

    Attributes:
        first, last: `(month, day)` for every year, `(year, month, day)` for once.
        name: the user's name for them, may be ''.
        line: the line as the user wrote it.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    name: str
    line: str

    def __contains__(self, day: date) -> bool:
        """Return whether `day` is in the span; a span may run over New Year."""
        at = (day.year, day.month, day.day)[-len(self.first) :]
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


def read_span(line: str) -> Span:
    """Return the span in one line.

    Args:
        line: such as `8/13-8/16 お盆`, `12月29日〜1月3日` or `Christmas Eve`; a year limits it to
            that year.

    Raises:
        DaysOffSyntaxError: the line has no days, a date the calendar does not have, or a dated
            span that ends before it begins.

    >>> span = read_span("12/29-1/3 年末年始")
    >>> date(2027, 1, 2) in span, date(2027, 1, 4) in span, span.name
    (True, False, '年末年始')
    """
    found = SPAN.fullmatch(normalize("NFKC", line).strip())
    if found is None:
        return _read_words(line)
    year, month, day, last_year, last_month, last_day, name = found.groups()
    first = _read_day(year, month, day, line)
    last = _read_day(last_year or year, last_month, last_day, line) if last_month else first
    if len(first) != len(last) or (year and last < first):
        raise DaysOffSyntaxError(line=line.strip())
    return Span(first, last, (name or "").strip(), line.strip())


_READ_ON = (date(2000, 6, 15), date(2012, 9, 15))
"""Two days: only words that name the same days on both can mean them in every year."""


def _read_words(line: str) -> Span:
    """Return the span in a line that writes its days in words: "29 December to 3 January".

    Raises:
        DaysOffSyntaxError: it names no days, or other ones when it is read on another day.
    """
    one, other = (find_days(line, day, is_yearly=True) for day in _READ_ON)
    if one is None or other is None:
        raise DaysOffSyntaxError(line=line.strip())
    has_year = (one.first, one.last) == (other.first, other.last)
    first, last = (_written(day, has_year) for day in (one.first, one.last))
    if (first, last) != (_written(other.first, has_year), _written(other.last, has_year)):
        raise DaysOffSyntaxError(line=line.strip())
    name = (line[: one.start] + line[one.start + len(one.quote) :]).strip(" 　,、:：")
    return Span(first, last, name, line.strip())


def _written(day: date, has_year: bool) -> tuple[int, ...]:
    """Return a day as `(month, day)`, or with its year."""
    return (day.year, day.month, day.day) if has_year else (day.month, day.day)


def _read_day(year: str | None, month: str, day: str, line: str) -> tuple[int, ...]:
    """Return a day as `(month, day)` or `(year, month, day)`; 2/29 is valid without a year.

    Raises:
        DaysOffSyntaxError: the calendar has no such day.
    """
    try:
        date(int(year or 2000), int(month), int(day))
    except ValueError as error:
        raise DaysOffSyntaxError(line=line.strip()) from error
    return tuple(int(part) for part in (year, month, day) if part)


def read_spans(lines: Iterable[str]) -> tuple[Span, ...]:
    """Return the spans of all lines that are not blank.

    Raises:
        DaysOffSyntaxError: one of the lines cannot be parsed.
    """
    return tuple(read_span(line) for line in lines if line.strip())
