"""People of one name: whether a name that is typed stands in the book already."""

from __future__ import annotations

import pandas as pd

from enishi.i18n.folding import search_form

_COLUMNS = (
    *("name", "called", "alias", "romaji"),
    *("family", "given", "family_kana", "given_kana"),
)


def find_namesakes(people: pd.DataFrame, name: str, reading: str = "") -> tuple[str, ...]:
    """Return the ids of the contacts who have a name, in the order of the book.

    Variants of a character, both kana, any width and either order of two parts are one name; so are
    a name, its reading and whatever else somebody is called. Two names written otherwise are two,
    even if they are read alike.

    Args:
        people: a contact frame.
        name: the name as typed.
        reading: its reading as typed, or ''.
    """
    typed = _forms(name)
    read = _forms(reading)
    if not typed:
        return ()
    found = []
    cells = (people[column].tolist() for column in _COLUMNS)
    for id, *said, family, given, kana, given_kana in zip(people.index, *cells, strict=True):
        names = _both(family, given).union(*(_forms(text) for text in said if text))
        readings = _both(kana, given_kana)
        if typed & (names | readings) or read & names:
            found.append(str(id))
    return tuple(found)


def _both(family: str, given: str) -> frozenset[str]:
    """Return the forms of a name of two parts, none where one of them is missing."""
    return _forms(f"{family} {given}") if family and given else frozenset()


def _forms(text: str) -> frozenset[str]:
    """Return a name folded for comparison, its two parts in either order."""
    parts = [form for part in text.replace("・", " ").split() if (form := search_form(part))]
    if len(parts) == 2:
        return frozenset({"".join(parts), "".join(reversed(parts))})
    return frozenset({"".join(parts)} if parts else ())
