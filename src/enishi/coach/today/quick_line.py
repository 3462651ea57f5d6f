"""A line typed in a hurry: whether it is a step or a promise, with whom, and for which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from enishi.coach.giving.promises import detect_promises
from enishi.coach.language.date_phrases import find_date
from enishi.coach.rules.settings import Settings

_NAMES = ("name", "called", "family", "given")
"""The columns by which a line may name a contact."""
SHORTEST = 2
"""Fewest characters of a name that a line is searched for."""


@dataclass(frozen=True)
class Line:
    """What a line says.

    Attributes:
        kind: `step`, `promise` (the user's) or `theirs`.
        contact_id: the only contact it names; '' where it names none or several.
        on: the day it names, or None.
    """

    kind: str
    contact_id: str
    on: date | None


def read_line(
    text: str, people: pd.DataFrame, today: date, settings: Settings | None = None
) -> Line:
    """Return what `text` says; whatever is unclear is a step, without a contact or a day.

    >>> nobody = pd.DataFrame(columns=[*_NAMES], dtype="str")
    >>> read_line("金曜に写真を送ります", nobody, date(2026, 11, 30))
    Line(kind='promise', contact_id='', on=datetime.date(2026, 12, 4))
    """
    heard = detect_promises(text, today, settings)
    kind = "step" if not heard else "promise" if heard[0].by == "me" else "theirs"
    return Line(kind, find_contact(text, people), find_date(text, today))


def find_contact(text: str, people: pd.DataFrame) -> str:
    """Return the id of the only contact whose name stands in `text`; '' for none or several.

    The longest name wins: 架空 花子 before 花子.
    """
    low = "".join(text.lower().split())
    best = 0
    found: set[str] = set()
    for column in _NAMES:
        for id, name in zip(people.index, people[column].tolist(), strict=True):
            plain = "".join(name.lower().split())
            if best <= len(plain) >= SHORTEST and plain in low:
                found = found | {str(id)} if len(plain) == best else {str(id)}
                best = len(plain)
    return found.pop() if len(found) == 1 else ""
