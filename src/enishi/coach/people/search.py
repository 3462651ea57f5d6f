"""Search for contacts by text, in either kana, in romaji, any width and any form of a character."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from enishi.i18n.folding import search_form
from enishi.i18n.romaji import romaji_form

_FIELDS = ("name", "called", "organisation", "department", "circles")
"""The fields that the search covers, besides the reading."""
ROW, CELL = "\x00", "\x01"
"""The separators between two contacts and between two fields; no text of the book has them."""


@dataclass(frozen=True)
class Found:
    """The result of a search.

    Attributes:
        ids: ids of the contacts, the best matches first.
        total: the number of matches, returned or not.
    """

    ids: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class SearchIndex:
    """What is searched, folded once for many searches.

    Attributes:
        ids: the ids of what is found, in the order in which it is found.
        lines: for each, all its texts folded, each behind a `CELL`.
        readings: for each, its readings in Latin letters in the same way.
    """

    ids: tuple[str, ...]
    lines: tuple[str, ...]
    readings: tuple[str, ...]


def search_people(people: pd.DataFrame, text: str, most: int = 20) -> Found:
    """Return the contacts of a contact frame in which every word of `text` occurs.

    Contacts with a field that begins with the text or its first word come first. A blank text
    finds no contact.

    Args:
        people: a contact frame.
        text: the search text: name, reading (also in Latin letters), organisation, circle.
        most: the most ids to return.
    """
    if not search_form(text):
        return Found((), 0)
    return search_index(index_people(people), text, most)


def search_index(index: SearchIndex, text: str, most: int) -> Found:
    """Return what of `index` has every word of `text`, as `search_people` does."""
    words = [word for word in text.split() if search_form(word)]
    if not words:
        return Found((), 0)
    forms = [search_form(word) for word in words]
    sought = [(form, romaji_form(form) if form.isascii() else "") for form in forms]
    places = list(range(len(index.ids)))
    for form, latin in sought:
        places = [
            place
            for place in places
            if form in index.lines[place] or (latin and latin in index.readings[place])
        ]
    beginnings = [CELL + form for form in (forms[0], search_form(text))]
    spoken = [CELL + form for form in (sought[0][1], romaji_form(text)) if sought[0][1]]
    begun: list[str] = []
    others: list[str] = []
    for place in places:
        starts = any(mark in index.lines[place] for mark in beginnings)
        starts = starts or any(mark in index.readings[place] for mark in spoken)
        (begun if starts else others).append(index.ids[place])
    return Found(tuple((begun + others)[:most]), len(places))


def index_people(people: pd.DataFrame) -> SearchIndex:
    """Return the index of a contact frame, in its order."""
    columns = (people[name].tolist() for name in ("family_kana", "given_kana"))
    readings = [f"{family}{given}{CELL}{given}" for family, given in zip(*columns, strict=True)]
    cells = [
        [CELL.join(cell) if isinstance(cell, list) else cell for cell in people[field].tolist()]
        for field in _FIELDS
    ]
    rows = [CELL.join(row) for row in zip(*cells, readings, strict=True)]
    return SearchIndex(tuple(people.index), _fold(rows, search_form), _fold(readings, romaji_form))


def index_texts(texts: Mapping[str, Iterable[str]]) -> SearchIndex:
    """Return the index of things that have several texts each, by id."""
    rows = [CELL.join(each) for each in texts.values()]
    return SearchIndex(tuple(texts), _fold(rows, search_form), ("",) * len(rows))


def _fold(rows: list[str], fold: Callable[[str], str]) -> tuple[str, ...]:
    """Return the rows folded, each behind a `CELL`.

    All are folded at once: one pass over one long text is many times faster.
    """
    return tuple(fold(ROW.join(CELL + row for row in rows)).split(ROW)) if rows else ()
