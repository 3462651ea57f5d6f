"""Improve the parties of one round by chains of people who each take the place of the next.

A chain begins with somebody who leaves their party and ends with somebody who takes the place that
became free. It is followed only as long as it gains something, as in the search of Lin and
Kernighan, S. Lin, B. W. Kernighan, Operations Research 21 (1973) 498.
"""

from __future__ import annotations

from collections.abc import Sequence

_BREADTH = (8, 6, 5, 4, 3, 2, 1)
"""How many companions are tried for each person of a chain, from the first on."""
_LEAST = 1e-9
"""The least gain that counts."""

Weights = Sequence[Sequence[float]]
"""What two people cost in one party, by number; symmetric, and 0 for one with themselves."""


def improve_round(parties: list[list[int]], weights: Weights) -> None:
    """Exchange people between `parties` while that makes the sum of the weights smaller."""
    order = range(len(weights))
    near = [
        sorted((other for other in order if other != each), key=weights[each].__getitem__)
        for each in order
    ]
    place = {each: number for number, party in enumerate(parties) for each in party}
    is_better = True
    while is_better:
        is_better = False
        for first in order:
            chain = _Chains(parties, weights, near, place, first).find()
            for each, number in chain:
                parties[place[each]].remove(each)
                parties[number].append(each)
            place.update(chain)
            is_better |= bool(chain)


class _Chains:
    """The chains that begin with one person; people and parties are numbers."""

    def __init__(
        self,
        parties: list[list[int]],
        weights: Weights,
        near: list[list[int]],
        place: dict[int, int],
        first: int,
    ) -> None:
        self.parties, self.weights, self.near, self.place = parties, weights, near, place
        self.first = first

    def find(self) -> list[tuple[int, int]]:
        """Return who moves to which party, in the first chain that gains; empty if none does."""
        hole = self.place[self.first]
        return self._go_on(self.first, -self._cost(self.first, hole, self.first), (hole,)) or []

    def _cost(self, each: int, number: int, without: int) -> float:
        """Return what somebody costs in a party without one of its people."""
        row = self.weights[each]
        return sum(row[other] for other in self.parties[number] if other != without)

    def _go_on(self, each: int, cost: float, used: tuple[int, ...]) -> list[tuple[int, int]] | None:
        """Return the rest of a chain from `each`, who has no place; `used[0]` has a free one.

        Each party changes once, so that the costs add up.
        """
        if cost + self._cost(each, used[0], self.first) < -_LEAST:
            return [(each, used[0])]
        if len(used) > len(_BREADTH):
            return None
        for companion in self.near[each][: _BREADTH[len(used) - 1]]:
            number = self.place[companion]
            if number in used:
                continue
            for other in self.parties[number]:
                if other == companion:
                    continue
                now = cost + self._cost(each, number, other)
                if now < -_LEAST:
                    less = self._cost(other, number, other)
                    rest = self._go_on(other, now - less, (*used, number))
                    if rest is not None:
                        return [(each, number), *rest]
        return None
