"""The list of contacts: in the order of a telephone book or by the last meeting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from enishi.coach.people.search import Found, SearchIndex, index_people, match_places
from enishi.i18n.kana import LATIN, OTHERS, ROWS, KanaKey, index_letter, kana_key

INDEX_LETTERS = (*ROWS, LATIN, OTHERS)
"""The headings of the list, in order."""
_NUMBERS = {letter: number for number, letter in enumerate(INDEX_LETTERS)}


@dataclass(frozen=True)
class PeopleDirectory:
    """All contacts of a contact frame, the trash included, in the order of a telephone book.

    Attributes:
        index: their texts, in that order.
        order: the position of each in the frame.
        headings: the number of the heading of each, in `INDEX_LETTERS`.
        readings: what the order was made from, for the next directory of the same people.
    """

    index: SearchIndex
    order: NDArray[np.intp]
    headings: NDArray[np.intp]
    readings: tuple[str, ...]


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


def make_directory(
    people: pd.DataFrame, detail: pd.DataFrame | None = None, earlier: PeopleDirectory | None = None
) -> PeopleDirectory:
    """Return the directory of a contact frame.

    Args:
        people: a contact frame.
        detail: the frame of the details.
        earlier: the directory of the same people at an earlier time: what it has is not made anew.
    """
    readings = tuple(_list_readings(people))
    if earlier and earlier.readings == readings:
        order, headings = earlier.order, earlier.headings
    else:
        keys = [index_heading(reading) for reading in readings]
        order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)
        numbers = [_NUMBERS[letter] for _, letter in keys]
        headings = np.array(numbers, dtype=np.intp)[order]
    index = index_people(people.iloc[order], detail, earlier.index if earlier else None)
    return PeopleDirectory(index, order, headings, readings)


def list_people(
    directory: PeopleDirectory,
    chosen: NDArray[np.bool_],
    text: str = "",
    letter: str = "",
    last: NDArray[np.int64] | None = None,
    first: int = 0,
    most: int = 50,
) -> Listing:
    """Return a part of the contacts of a directory.

    Args:
        directory: the contacts.
        chosen: whether each may be in the list, in the order of the frame.
        text: the search text, '' for all; those found by their name then come first. See
            `enishi.coach.people.search.search_people`.
        letter: the heading to keep, '' for all.
        last: one number per contact, in the order of the frame; the greatest comes first. Without
            it the reading decides, or the name where there is no reading.
        first: how many to leave out before the first.
        most: the most ids to return.
    """
    places = np.flatnonzero(chosen[directory.order])
    ranks = np.zeros(len(places), dtype=np.int64)
    if text.strip():
        found = match_places(directory.index, text, places.tolist())
        places = np.fromiter(found, np.intp, len(found))
        ranks = np.fromiter(found.values(), np.int64, len(found))
    headings = directory.headings[places]
    counts = np.bincount(headings, minlength=len(INDEX_LETTERS)).tolist()
    if letter:
        under = headings == _NUMBERS.get(letter, -1)
        places, ranks = places[under], ranks[under]
    order = ranks if last is None else -last[directory.order[places]]
    places = places[np.argsort(order, kind="stable")]
    ids = directory.index.ids
    return Listing(
        tuple(ids[place] for place in places[first : first + most].tolist()),
        len(places),
        {name: n for name, n in zip(INDEX_LETTERS, counts, strict=True) if n},
    )


def find_in_directory(
    directory: PeopleDirectory, chosen: NDArray[np.bool_], text: str, most: int
) -> Found:
    """Return the chosen contacts that match a search text, the best matches first.

    Args:
        directory: the contacts.
        chosen: whether each may be found, in the order of the frame.
        text: the search text; a blank one finds no contact.
        most: the most ids to return.
    """
    places = np.flatnonzero(chosen[directory.order]).tolist()
    found = match_places(directory.index, text, places)
    best = sorted(found, key=found.__getitem__)[:most]
    return Found(tuple(directory.index.ids[place] for place in best), len(found))


def _list_readings(people: pd.DataFrame) -> list[str]:
    """Return the reading of each contact of a frame, or the name where there is none."""
    columns = (people[name].tolist() for name in ("family_kana", "given_kana", "name"))
    return [
        f"{family} {given}".strip() or name for family, given, name in zip(*columns, strict=True)
    ]


@cache
def index_heading(reading: str) -> tuple[KanaKey, str]:
    """Return the sort key and the heading of one reading; cached, as every edit needs all."""
    return kana_key(reading), index_letter(reading)
