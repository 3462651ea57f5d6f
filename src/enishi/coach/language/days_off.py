"""Days off of one's own: read as a person writes them, such as 12/29-1/3 or 2026-08-10."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from enishi.errors import EnishiError

DAY = r"(?:(\d{4})[-/年])?(\d{1,2})[-/月](\d{1,2})日?"
SPAN = re.compile(rf"{DAY}(?:\s*[-–—~〜]\s*{DAY})?(?:\s+(.*))?")


class DaysOffSyntaxError(EnishiError):
    """A line that was to tell days off tells none."""

    sentence = "“{line}” cannot be read as days."
    way_out = "Write them like 12/29-1/3, with a name after a space if you like."


@dataclass(frozen=True)
class Span:
    """Days off in a row, every year or once.

    Attributes:
        first, last: `(month, day)`, or `(year, month, day)` for once.
        name: as the person calls them, perhaps ''.
        line: as the person wrote it.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    name: str
    line: str

    def __contains__(self, day: date) -> bool:
        """Return whether `day` is one of them; a span may run over New Year."""
        at = (day.year, day.month, day.day)[-len(self.first) :]
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


def read_span(line: str) -> Span:
    """Read one line.

    Args:
        line: such as `8/13-8/16 お盆` or `12月29日〜1月3日`; a year means that year alone.

    Raises:
        DaysOffSyntaxError: there are no days in it, or none that a calendar has.

    >>> span = read_span("12/29-1/3 年末年始")
    >>> date(2027, 1, 2) in span, date(2027, 1, 4) in span, span.name
    (True, False, '年末年始')
    """
    found = SPAN.fullmatch(normalize("NFKC", line).strip())
    if found is None:
        raise DaysOffSyntaxError(line=line.strip())
    year, month, day, last_year, last_month, last_day, name = found.groups()
    first = _read_day(year, month, day, line)
    last = _read_day(last_year or year, last_month, last_day, line) if last_month else first
    if len(first) != len(last) or (year and last < first):
        raise DaysOffSyntaxError(line=line.strip())
    return Span(first, last, (name or "").strip(), line.strip())


def _read_day(year: str | None, month: str, day: str, line: str) -> tuple[int, ...]:
    """Return a day as numbers; a leap day is a day of every year."""
    try:
        date(int(year or 2000), int(month), int(day))
    except ValueError as error:
        raise DaysOffSyntaxError(line=line.strip()) from error
    return tuple(int(part) for part in (year, month, day) if part)


def read_spans(lines: Iterable[str]) -> tuple[Span, ...]:
    """Read every line that says something.

    Raises:
        DaysOffSyntaxError: one of them tells no days.
    """
    return tuple(read_span(line) for line in lines if line.strip())
