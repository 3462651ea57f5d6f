"""Search for contacts by text, in either kana, any width and any form of a character."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from enishi.i18n.folding import search_form

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


def search_people(people: pd.DataFrame, text: str, most: int = 20) -> Found:
    """Return the contacts of a contact frame in which every word of `text` occurs.

    Contacts with a field that begins with the text or its first word come first. A blank text
    finds no contact.

    Args:
        people: a contact frame.
        text: the search text: name, reading, organisation, circle.
        most: the most ids to return.
    """
    words = text.split()
    sought = [form for word in words if (form := search_form(word))]
    if not sought:
        return Found((), 0)
    beginnings = tuple(CELL + form for form in (sought[0], search_form(text)))
    begun: list[int] = []
    others: list[int] = []
    for place, line in enumerate(search_lines(people)):
        if all(form in line for form in sought):
            starts = line.startswith(beginnings) or any(mark in line for mark in beginnings)
            (begun if starts else others).append(place)
    shown = (begun + others)[:most]
    return Found(tuple(people.index[shown]), len(begun) + len(others))


def search_lines(people: pd.DataFrame) -> list[str]:
    """Return one text per contact with all the fields the search covers, in the order of `people`.

    The function folds all contacts at once: one pass over one long text is many times faster.
    """
    readings = zip(people["family_kana"].tolist(), people["given_kana"].tolist(), strict=True)
    cells = [
        [CELL.join(cell) if isinstance(cell, list) else cell for cell in people[field].tolist()]
        for field in _FIELDS
    ]
    cells.append([f"{family}{given}{CELL}{given}" for family, given in readings])
    rows = [CELL + CELL.join(row) for row in zip(*cells, strict=True)]
    return search_form(ROW.join(rows)).split(ROW) if rows else []
