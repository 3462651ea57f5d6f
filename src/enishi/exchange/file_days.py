"""The days of one file, whose order of day and month is found out from all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from enishi.exchange.csv_record import Problem, Record
from enishi.exchange.date_parsing import (
    UNREAD_DAY,
    UNSETTLED_DAYS,
    day_order,
    is_empty_day,
    is_open_day,
    is_yearless,
    read_birthday,
    read_day,
)
from enishi.i18n.names import is_east_asian

DAY_FIRST = re.compile(
    "geburts|jahrestag|naissance|anniversaire|connexion|cumplea|nacimiento|aniversari|nascimento"
    "|nascita|compleanno|geboorte|fødsels|födelse|urodz|narozen",
    re.IGNORECASE,
)
"""Headings of days in German, French, Spanish, Portuguese, Italian, Dutch and others."""


@dataclass
class FileDays:
    """How the days of a file are read.

    Attributes:
        order: "dmy", "mdy", "ask" or ""; see `enishi.exchange.FileReading`.
        example: one of the days that fit both orders.
        waiting: the number of days that were kept as they are written, for they fit both orders.
    """

    order: str
    example: str = ""
    waiting: int = 0

    def read(self, record: Record, label: str, written: str, is_birthday: bool = False) -> str:
        """Return a day of `record`, or "" after keeping what cannot be read as a field.

        Args:
            record: the line, to which the field and perhaps a problem is added.
            label: what the file calls the day.
            written: the day as the file writes it.
            is_birthday: True if the year may be missing.
        """
        if not written or is_empty_day(written):
            return ""
        order = "mdy" if is_month_first(label, written) else self.order
        day = (read_birthday if is_birthday else read_day)(written, order)
        if not day:
            record.add_detail("field", label, written)
            if is_open_day(written) and (is_birthday or not is_yearless(written)):
                self.waiting += 1
            else:
                record.add_problem(UNREAD_DAY, text=written)
        return day

    def problems(self, line: int) -> list[Problem]:
        """Return the question that the days leave open, as a problem of the line of headings."""
        facts = {"text": self.example, "count": self.waiting}
        return [Problem(line, UNSETTLED_DAYS, facts)] if self.waiting else []


def is_month_first(label: str, written: str) -> bool:
    """Return whether a day without a year has its month first, as in Japanese and Korean."""
    return is_east_asian(label) and is_yearless(written)


def implied_order(labels: Iterable[str]) -> str:
    """Return "dmy" if the headings of days are in a language that never writes the month first.

    >>> implied_order(["Geburtsdatum"]), implied_order(["Birthday"])
    ('dmy', '')
    """
    return "dmy" if any(map(DAY_FIRST.search, labels)) else ""


def find_file_days(texts: Iterable[str], chosen: str) -> FileDays:
    """Return how the days of a file are read.

    Args:
        texts: its days.
        chosen: the order that the person chose for days that fit both.
    """
    order, example = day_order(texts)
    if order == "ask" and chosen in ("dmy", "mdy"):
        order = chosen
    return FileDays(order, example)
