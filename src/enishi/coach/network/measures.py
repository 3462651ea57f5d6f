"""The circles of a small net of people, and how evenly people belong to kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def circles(people: Iterable[str], ties: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Return the groups of people whom `ties` connect, the largest first.

    >>> [len(circle) for circle in circles("ABC", [("A", "B")])]
    [2, 1]
    """
    tied: dict[str, set[str]] = {person: set() for person in people}
    for a, b in ties:
        tied[a].add(b)
        tied[b].add(a)
    left = set(tied)
    found = []
    while left:
        circle, edge = set[str](), [min(left)]
        while edge:
            person = edge.pop()
            if person in left:
                left.discard(person)
                circle.add(person)
                edge.extend(tied[person])
        found.append(frozenset(circle))
    return sorted(found, key=lambda circle: (-len(circle), min(circle)))


def blau(counts: Iterable[int]) -> float:
    """Return Blau's index 1 − Σp²; 0 when all are of one kind.

    >>> round(blau([5, 3, 2]), 2)
    0.62
    """
    sizes = list(counts)
    total = sum(sizes)
    return 1 - sum((size / total) ** 2 for size in sizes) if total else 0.0


def evenness(counts: Sequence[int], kinds: int) -> float:
    """Return Blau's index divided by its maximum for `kinds` kinds, 0 to 1 (IQV).

    >>> round(evenness([5, 3, 2], 3), 2), round(evenness([5, 3, 2], 5), 3)
    (0.93, 0.775)
    """
    return blau(counts) * kinds / (kinds - 1) if kinds > 1 else 0.0
