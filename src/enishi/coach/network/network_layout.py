"""The picture of the nearest contacts: the position of each mark and the lines between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin

from enishi.coach.network.inner_circle import InnerCircle, circle
from enishi.coach.network.measures import circles
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings


@dataclass(frozen=True)
class Mark:
    """The position of a contact: `x`, `y` from 0 to 1, `y` downwards, and the circle's number."""

    id: str
    x: float
    y: float
    circle: int


@dataclass(frozen=True)
class TieLine:
    """A tie between two marks, `close` or only acquainted."""

    a: str
    b: str
    close: bool


@dataclass(frozen=True)
class Picture:
    """The net to draw; all marks have the same distance from the middle.

    Attributes:
        marks: one per contact, circle by circle around the middle.
        lines: the known ties among them.
    """

    marks: tuple[Mark, ...]
    lines: tuple[TieLine, ...]


def lay_out_network(frames: Frames, today: date, settings: Settings | None = None) -> Picture:
    """Return the nearest contacts on a ring around the user, tied contacts side by side.

    The picture shows only answered ties and measures nothing.
    """
    settings = settings or Settings()
    return arrange(circle(frames, today, settings), settings.tie_close)


def arrange(found: InnerCircle, close: float = Settings.tie_close) -> Picture:
    """Return the contacts of `found` on the ring; a tie of at least the weight `close` is close."""
    net: dict[str, dict[str, float]] = {person: {} for person in found.people}
    for a, b, weight in found.ties:
        net[a][b] = net[b][a] = weight
    order = {person: place for place, person in enumerate(found.people)}
    groups = circles(found.people, [(a, b) for a, b, _ in found.ties])
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
    """Return a circle in an order that puts tied contacts side by side where possible.

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
