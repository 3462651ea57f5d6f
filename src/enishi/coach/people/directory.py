"""A list of people: in the order of a telephone book or by the last meeting, letter by letter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.people.search import search_people
from enishi.i18n.kana import LATIN, OTHERS, ROWS, KanaKey, index_letter, kana_key

_LETTERS = (*ROWS, LATIN, OTHERS)
"""The headings of the list, in order."""


@dataclass(frozen=True)
class Listing:
    """Some of the people, in order.

    Attributes:
        ids: those to be shown.
        total: how many there are under the chosen letter.
        letters: how many stand under each heading, those that have anybody.
    """

    ids: tuple[str, ...]
    total: int
    letters: dict[str, int]


def listing(
    people: pd.DataFrame,
    text: str = "",
    letter: str = "",
    last: NDArray[np.int64] | None = None,
    most: int = 50,
) -> Listing:
    """List the people of a contact frame.

    Args:
        people: a contact frame.
        text: only those whom this finds; see `enishi.coach.people.search.search_people`.
        letter: only those under this heading.
        last: a number a person, in the order of `people`; the greatest comes first. Without it
            the reading decides, or the name where there is none.
        most: how many are shown.
    """
    places = np.arange(len(people))
    if text.strip():
        found = search_people(people, text, most=len(people))
        places = np.flatnonzero(people.index.isin(found.ids))
    stands = dict(zip(places.tolist(), readings(people, places), strict=True))
    counted = Counter(heading for _, heading in stands.values())
    if letter:
        stands = {place: stand for place, stand in stands.items() if stand[1] == letter}
    order: Any = stands.__getitem__
    if last is not None:
        order = lambda place: (-last[place], stands[place])  # noqa: E731 - one of two orders
    shown = sorted(stands, key=order)[:most]
    letters = {heading: counted[heading] for heading in _LETTERS if counted[heading]}
    return Listing(tuple(people.index[shown]), len(stands), letters)


def readings(people: pd.DataFrame, places: NDArray[Any]) -> list[tuple[KanaKey, str]]:
    """Return the sort key and the heading of the people at `places`."""
    columns = [people[name].to_numpy(object)[places] for name in ("family_kana", "given_kana")]
    names = people["name"].to_numpy(object)[places]
    return [
        standing(f"{family} {given}".strip() or name)
        for family, given, name in zip(*columns, names, strict=True)
    ]


@lru_cache(maxsize=65536)
def standing(reading: str) -> tuple[KanaKey, str]:
    """Return the sort key and the heading of one reading; kept, for every keystroke asks."""
    return kana_key(reading), index_letter(reading)
