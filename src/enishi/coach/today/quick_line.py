"""A line typed in a hurry: whether it is a step or a promise, with whom, and for which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from enishi.coach.giving.promises import detect_promises
from enishi.coach.language.quick_entry import find_act_date
from enishi.coach.rules.settings import Settings
from enishi.i18n.folding import search_form

_NAMES = ("name", "called", "family", "given")
"""The columns by which a line may name a contact."""
_READING = ("family_kana", "given_kana")
"""The columns of a reading; only a full one counts, because a short one stands in many words."""
SpokenKind = Literal["step", "promise", "theirs"]
"""What a line may be: a step, a promise of the user's, or one of theirs."""
_IS_PLAN = re.compile(r"(?:[うくつぬむるぐぶ]|(?<!ま)す)\s*$")
"""A line in the plain form is what people note for themselves: 来週、写真を送る."""
SHORTEST = 2
"""Fewest characters of a name that a line is searched for."""


@dataclass(frozen=True)
class Line:
    """What a line says.

    Attributes:
        kind: `step`, `promise` (the user's) or `theirs`.
        contact_id: the only contact it names; '' where it names none or several.
        on: the day of its act, or None.
        perhaps: the ids of the contacts it may name, where there are several.
    """

    kind: SpokenKind
    contact_id: str
    on: date | None
    perhaps: tuple[str, ...] = ()


def read_line(
    text: str, people: pd.DataFrame, today: date, settings: Settings | None = None
) -> Line:
    """Return what `text` says; whatever is unclear is a step, without a contact or a day.

    >>> nobody = pd.DataFrame(columns=[*_NAMES, *_READING], dtype="str")
    >>> read_line("金曜に写真を送ります", nobody, date(2026, 11, 30))
    Line(kind='promise', contact_id='', on=datetime.date(2026, 12, 4), perhaps=())
    """
    found = find_contacts(text, people)
    one = found[0] if len(found) == 1 else ""
    kind, on = line_kind(text, today, settings), find_act_date(text, today)
    return Line(kind, one, on, () if one else found)


def line_kind(text: str, today: date, settings: Settings | None = None) -> SpokenKind:
    """Return what a line seems to be; whatever is surely no promise, and a plan, is a step.

    >>> [line_kind(text, date(2026, 11, 30)) for text in ("金曜に送る", "送ってくれるって")]
    ['step', 'theirs']
    """
    heard = () if _IS_PLAN.search(text) else detect_promises(text, today, settings)
    return "step" if not heard else "promise" if heard[0].by == "me" else "theirs"


def find_contacts(text: str, people: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the contacts whose name stands in `text`, in the order of the book.

    The longest name wins: 架空 花子 before 花子. A full name counts in either order of its parts,
    in any form of its characters, and as it is read.
    """
    said = search_form(text)
    best = SHORTEST
    found: set[str] = set()
    cells = (people[column].tolist() for column in (*_NAMES, *_READING))
    for id, name, called, family, given, kana, given_kana in zip(people.index, *cells, strict=True):
        names = {name, called, family, given, *_swapped(name), family + given, given + family}
        if kana and given_kana:
            names |= {kana + given_kana, given_kana + kana}
        longest = max((len(form) for form in map(search_form, names) if form in said), default=0)
        if longest >= best:
            found = found | {str(id)} if longest == best else {str(id)}
            best = longest
    return tuple(str(id) for id in people.index if id in found)


def _swapped(name: str) -> tuple[str, ...]:
    """Return a name of two parts with the second one first; () for any other."""
    parts = name.split()
    return ("".join(reversed(parts)),) if len(parts) == 2 else ()
