"""Circles as labels of contacts: which there are, their colours, renaming and merging.

The names of the circles stand with each contact; only the colours have rows of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from enishi.coach.relations.history import Frames, active_contacts
from enishi.i18n.folding import search_form
from enishi.i18n.kana import kana_key


@dataclass(frozen=True)
class CircleLabel:
    """A circle as it is shown.

    Attributes:
        name: as it is written with the contacts.
        colour: one of `enishi.choices.COLOURS`, or ''.
        count: the number of active contacts in it.
    """

    name: str
    colour: str
    count: int


def list_circles(frames: Frames) -> list[CircleLabel]:
    """Return the circles of the active contacts, in the order of a telephone book."""
    counts: Counter[str] = Counter()
    for cell in active_contacts(frames)["circles"]:
        counts.update({name for name in map(str.strip, cell) if name})
    colours = circle_colours(frames)
    return [
        CircleLabel(name, colours.get(name, ""), counts[name])
        for name in sorted(counts, key=kana_key)
    ]


def circle_colours(frames: Frames) -> dict[str, str]:
    """Return the colour of each circle that has one, by its name."""
    rows = frames["circle_colour"]
    pairs = zip(rows["name"].tolist(), rows["colour"].tolist(), strict=True)
    return {name: colour for name, colour in pairs if colour}


def find_circle(frames: Frames, name: str) -> str:
    """Return the circle of this name as it is written already, however it is typed; else `name`.

    Width, case, kana and variants of a character make no second circle.
    """
    form = search_form(name)
    written = [each.name for each in list_circles(frames)]
    return name if name in written else next((w for w in written if search_form(w) == form), name)


def with_circle(circles: Iterable[str], name: str) -> list[str]:
    """Return the circles of a contact with one more.

    >>> with_circle(["book club"], "choir"), with_circle(["choir"], "choir")
    (['book club', 'choir'], ['choir'])
    """
    return [*dict.fromkeys([*circles, name])]


def without_circle(circles: Iterable[str], name: str) -> list[str]:
    """Return the circles of a contact without one.

    >>> without_circle(["book club", "choir"], "choir")
    ['book club']
    """
    return [each for each in circles if each.strip() != name]


def rename_circle(circles: Iterable[str], name: str, to: str) -> list[str]:
    """Return the circles of a contact with one renamed; where both are there, they become one.

    >>> rename_circle(["choir", "book club"], "choir", "singers")
    ['singers', 'book club']
    >>> rename_circle(["choir", "singers"], "choir", "singers")
    ['singers']
    """
    return [*dict.fromkeys(to if each.strip() == name else each for each in circles)]


def changed_circles(people: pd.DataFrame, name: str, to: str) -> dict[str, list[str]]:
    """Return the new circles of each contact that is in the circle `name`, by id."""
    cells = zip(people.index.tolist(), people["circles"].tolist(), strict=True)
    return {id: rename_circle(cell, name, to) for id, cell in cells if name in map(str.strip, cell)}
