"""Measures of a small net of people: closure, circles and diversity.

No value is better than another: a closed net carries trust, an open one brings news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Net = Mapping[str, Mapping[str, float]]
"""Symmetric weights, `{person: {other: weight > 0}}`; the measures expect the `ego_network` net."""


def ego_network(net: Net, ego: str) -> dict[str, dict[str, float]]:
    """Return the net of the ego, those tied to the ego, and the ties among them."""
    inside = {ego, *net.get(ego, {})}
    return {
        person: {
            other: weight
            for other, weight in net.get(person, {}).items()
            if other in inside and other != person and weight > 0
        }
        for person in inside
    }


def constraint(net: Net, ego: str) -> float | None:
    """Return Burt's constraint of `ego`; None without ties.

    >>> star = {"E": {n: 1.0 for n in "ABCD"}, **{n: {"E": 1.0} for n in "ABCD"}}
    >>> constraint(star, "E")
    0.25
    """
    total = {person: sum(others.values()) for person, others in net.items()}
    if not total.get(ego):
        return None

    def share(a: str, b: str) -> float:
        return net[a].get(b, 0.0) / total[a]

    return sum(
        (share(ego, j) + sum(share(ego, q) * share(q, j) for q in net[ego] if q != j)) ** 2
        for j in net[ego]
    )


def effective_size(net: Net, ego: str) -> float | None:
    """Return the effective size of the net of `ego` (number of ties less redundancy).

    None without ties.
    """
    if not net.get(ego):
        return None
    total = sum(net[ego].values())
    return sum(
        1
        - sum(
            net[ego][q] / total * net[j].get(q, 0.0) / max(net[j].values())
            for q in net[ego]
            if q != j
        )
        for j in net[ego]
    )


def closure(value: float, alters: int) -> float:
    """Return the constraint `value` of an unweighted net, scaled from open (0) to all tied (1).

    `alters` is the number of people tied to the ego, at least 1.

    >>> round(closure(0.40625, 4), 4)
    0.303
    """
    least, most = 1 / alters, (2 * alters - 1) ** 2 / alters**3
    return 0.0 if most == least else (value - least) / (most - least)


def closure_name(closed: float) -> str:
    """Return the name of a `closure` value: `open`, `mixed` or `close`; none is better.

    >>> closure_name(0.1), closure_name(0.5), closure_name(0.9)
    ('open', 'mixed', 'close')
    """
    return "open" if closed < 1 / 3 else "mixed" if closed < 2 / 3 else "close"


def circles(net: Net, ego: str) -> list[frozenset[str]]:
    """Return the connected groups that remain without `ego`, the largest first."""
    left = set(net) - {ego}
    found = []
    while left:
        circle, edge = set[str](), [min(left)]
        while edge:
            person = edge.pop()
            if person in left:
                left.discard(person)
                circle.add(person)
                edge.extend(net[person])
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
