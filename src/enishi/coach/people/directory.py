"""The list of contacts: in the order of a telephone book or by the last meeting."""

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
    """A part of the contacts, in order.

    Attributes:
        ids: ids of the contacts to show.
        total: the number of contacts under the chosen letter, shown or not.
        letters: the number of contacts under each heading; empty headings are left out.
    """

    ids: tuple[str, ...]
    total: int
    letters: dict[str, int]


def list_people(
    people: pd.DataFrame,
    text: str = "",
    letter: str = "",
    last: NDArray[np.int64] | None = None,
    most: int = 50,
) -> Listing:
    """Return a list of the contacts of a contact frame.

    Args:
        people: a contact frame.
        text: the search text, '' for all; see `enishi.coach.people.search.search_people`.
        letter: the heading to keep, '' for all.
        last: one number per contact, in the order of `people`; the greatest comes first. Without
            it the reading decides, or the name where there is no reading.
        most: the most ids to return.
    """
    places = np.arange(len(people))
    if text.strip():
        found = search_people(people, text, most=len(people))
        places = np.flatnonzero(people.index.isin(found.ids))
    stands = dict(zip(places.tolist(), reading_keys(people, places), strict=True))
    counted = Counter(heading for _, heading in stands.values())
    if letter:
        stands = {place: stand for place, stand in stands.items() if stand[1] == letter}
    order: Any = stands.__getitem__
    if last is not None:
        order = lambda place: (-last[place], stands[place])  # noqa: E731 - one of two orders
    shown = sorted(stands, key=order)[:most]
    letters = {heading: counted[heading] for heading in _LETTERS if counted[heading]}
    return Listing(tuple(people.index[shown]), len(stands), letters)


def sort_by_reading(people: pd.DataFrame) -> pd.DataFrame:
    """Return a contact frame in the order of a telephone book."""
    keys = reading_keys(people, np.arange(len(people)))
    return people.iloc[sorted(range(len(people)), key=keys.__getitem__)]


def reading_keys(people: pd.DataFrame, places: NDArray[Any]) -> list[tuple[KanaKey, str]]:
    """Return the sort key and the heading of the contacts at the positions `places`."""
    columns = [people[name].to_numpy(object)[places] for name in ("family_kana", "given_kana")]
    names = people["name"].to_numpy(object)[places]
    return [
        index_heading(f"{family} {given}".strip() or name)
        for family, given, name in zip(*columns, names, strict=True)
    ]


@lru_cache(maxsize=65536)
def index_heading(reading: str) -> tuple[KanaKey, str]:
    """Return the sort key and the heading of one reading; cached, as every keystroke needs it."""
    return kana_key(reading), index_letter(reading)
