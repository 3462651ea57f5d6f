"""Finding people by what one types: kana of either kind, any width, any form of a character."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from enishi.i18n.folding import fold_key

_FIELDS = ("name", "called", "organisation", "department", "circles")
"""What people are found by, besides their reading."""
HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}
ROW, CELL = "\x00", "\x01"
"""What stands between two people and between two fields: no text of the book holds either."""


@dataclass(frozen=True)
class Found:
    """Who was found.

    Attributes:
        ids: the best matches first.
        total: how many there are, shown or not.
    """

    ids: tuple[str, ...]
    total: int


def search_people(people: pd.DataFrame, text: str, most: int = 20) -> Found:
    """Find the people of a contact frame in whom every word of `text` stands.

    Those whose name or reading begins with it come first. Nothing typed finds nobody.

    Args:
        people: a contact frame.
        text: what was typed: name, reading, organisation, circle.
        most: how many ids are returned.
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


def search_form(text: str) -> str:
    """Return `text` as it is searched: see `enishi.i18n.folding.fold_key`; kana as hiragana.

    >>> search_form("髙橋 ﾊﾅｺ") == search_form("高橋はなこ")
    True
    """
    return fold_key(text).translate(HIRAGANA)


def search_lines(people: pd.DataFrame) -> list[str]:
    """Return for each person one text that holds all they are found by.

    Everybody is folded at once: one pass over one long text is many times faster.
    """
    readings = zip(people["family_kana"].tolist(), people["given_kana"].tolist(), strict=True)
    cells = [
        [CELL.join(cell) if isinstance(cell, list) else cell for cell in people[field].tolist()]
        for field in _FIELDS
    ]
    cells.append([f"{family}{given}{CELL}{given}" for family, given in readings])
    rows = [CELL + CELL.join(row) for row in zip(*cells, strict=True)]
    return search_form(ROW.join(rows)).split(ROW) if rows else []
