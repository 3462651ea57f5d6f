"""A picture of my nearest people: where each mark stands, and who is tied to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from enishi.coach.network.inner_circle import InnerCircle, circle
from enishi.coach.network.measures import circles
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings

_ME = ""
"""Myself, in the middle of the picture."""


@dataclass(frozen=True)
class Mark:
    """A person's place: `x` and `y` from 0 to 1, `y` downwards, and the number of their circle."""

    id: str
    x: float
    y: float
    circle: int


@dataclass(frozen=True)
class TieLine:
    """A tie between two marks; `close` or only acquainted."""

    a: str
    b: str
    close: bool


@dataclass(frozen=True)
class Picture:
    """The net to look at; nobody is nearer to the middle than anybody else.

    Attributes:
        marks: one a person, circle by circle around the middle.
        lines: the ties among them that are known.
    """

    marks: tuple[Mark, ...]
    lines: tuple[TieLine, ...]


def picture(frames: Frames, today: date, settings: Settings | None = None) -> Picture:
    """Draw my nearest people on a ring around me, those tied to each other side by side.

    Nothing is measured here, so that it needs no coverage: only what was said is drawn.
    """
    rule = settings or Settings()
    return arranged(circle(frames, today, rule), rule.tie_close)


def arranged(found: InnerCircle, close: float = Settings.tie_close) -> Picture:
    """Arrange the people of a circle on the ring; from the weight `close` on two are close."""
    net: dict[str, dict[str, float]] = {person: {} for person in (_ME, *found.people)}
    for a, b, weight in found.ties:
        net[a][b] = net[b][a] = weight
    order = {person: place for place, person in enumerate(found.people)}
    groups = circles(net, _ME)
    ring = [
        (person, number)
        for number, group in enumerate(groups)
        for person in neighbours(net, sorted(group, key=order.__getitem__))
    ]
    step = 2 * pi / len(ring) if ring else 0.0
    marks = tuple(
        Mark(
            person,
            round(0.5 + 0.5 * sin(place * step), 4),
            round(0.5 - 0.5 * cos(place * step), 4),
            number,
        )
        for place, (person, number) in enumerate(ring)
    )
    return Picture(marks, tuple(TieLine(a, b, weight >= close) for a, b, weight in found.ties))


def neighbours(net: dict[str, dict[str, float]], group: list[str]) -> list[str]:
    """Order a circle so that each one stands beside somebody they know, where that can be.

    >>> neighbours({"a": {"c": 1.0}, "b": {}, "c": {"a": 1.0}}, ["a", "b", "c"])
    ['a', 'c', 'b']
    """
    left, ordered = list(group), [group[0]]
    left.remove(group[0])
    while left:
        closest = max(left, key=lambda person: net[ordered[-1]].get(person, 0.0))
        ordered.append(closest)
        left.remove(closest)
    return ordered
