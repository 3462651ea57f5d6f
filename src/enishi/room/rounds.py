"""Who talks with whom: parties for all remaining rounds at once, by one seeded swap search.

In this order: never two who are to be apart, or of whom one declined; those who are to be together
in one party; nobody twice with the same person; and, of what is left, offers that fit needs.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from enishi.room.errors import ContradictionError, NobodyToPairError

SeatPair = frozenset[str]
Party = tuple[str, ...]
Round = tuple[Party, ...]

_SWAPS = 60_000
"""Swaps tried in one search."""
_SEARCHES = 3
"""Searches with other beginnings, until one leaves no repeat; with offers and needs, one longer."""
_HOT, _COLD = 1.2, 0.05
"""The temperature at the beginning and at the end of a search, in repeats."""
_FIT_HOT, _FIT_COLD = 0.4, 0.002
"""The same where offers and needs are compared as well, which are finer."""
_APART, _TOGETHER, _FIT = 1000.0, 100.0, 0.2
"""Weights in repeats: two who are to be apart, two who are to be together, the best fit."""


@dataclass(frozen=True)
class Wishes:
    """What the parties are to respect; pairs of people who are not there do not matter.

    Attributes:
        apart: pairs never in one party.
        together: pairs always in one party.
        met: how often pairs were in one party in earlier rounds.
        fit: how well the offers of a pair fit their needs, 0 to 1.
    """

    apart: Collection[SeatPair] = ()
    together: Collection[SeatPair] = ()
    met: Mapping[SeatPair, int] = field(default_factory=dict)
    fit: Mapping[SeatPair, float] = field(default_factory=dict)


def arrange_rounds(
    people: Sequence[str], size: int, rounds: int, wishes: Wishes | None = None, seed: int = 0
) -> tuple[Round, ...]:
    """Return the parties of `rounds` rounds, everybody in exactly one party of each.

    The same people, wishes and seed give the same parties. Parties have `size` people or, where
    that does not come out even, one more: an odd number of people in pairs has one trio.

    Args:
        people: who takes part; without repetition.
        size: people in a party, 2 or more.
        rounds: how many rounds, 1 or more.
        wishes: what is to be respected.
        seed: chooses among equally good arrangements.

    Raises:
        NobodyToPairError: there are fewer than two people.
        ContradictionError: two rules contradict each other, or cannot hold with so few parties.
    """
    if len(people) < 2:
        raise NobodyToPairError()
    wishes = wishes or Wishes()
    check_rules(people, size, wishes)
    best: _Search | None = None
    for turn in range(_SEARCHES):
        search = _Search(people, size, rounds, wishes, random.Random(seed * _SEARCHES + turn))
        search.run()
        if best is None or search.cost < best.cost:
            best = search
        if search.has_fit or not best.can_be_better():
            break
    assert best is not None
    broken = best.broken_rule(wishes)
    if broken:
        raise ContradictionError(one=", ".join(sorted(broken[0])), other=", ".join(broken[1]))
    return best.named()


def check_rules(people: Collection[str], size: int, wishes: Wishes) -> None:
    """Check that nobody is to be apart from someone they are to be together with.

    Raises:
        ContradictionError: two rules contradict each other; `one` and `other` name the people.
    """
    there = set(people)
    groups: dict[str, set[str]] = {each: {each} for each in people}
    for pair in wishes.together:
        if pair <= there:
            a, b = pair
            merged = groups[a] | groups[b]
            groups |= dict.fromkeys(merged, merged)
    for pair in wishes.apart:
        a, b = sorted(pair)
        if pair <= there and b in groups[a]:
            together = next(
                each for each in wishes.together if a in each and each <= groups[a] & there
            )
            raise ContradictionError(one=f"{a} ≠ {b}", other=" = ".join(sorted(together)))
    if people and max(map(len, groups.values())) > max(_sizes(len(there), size)):
        largest = max(groups.values(), key=len)
        raise ContradictionError(one=" = ".join(sorted(largest)), other=str(size))


def count_repeats(rounds: Iterable[Round], wishes: Wishes | None = None) -> int:
    """Return how many meetings of pairs were not their first; wished ones do not count.

    >>> count_repeats([(("a", "b"),), (("a", "b"),)])
    1
    """
    wishes = wishes or Wishes()
    met = Counter(dict(wishes.met))
    repeats = 0
    for party in (party for each in rounds for party in each):
        for pair in map(frozenset, combinations(party, 2)):
            if pair not in wishes.together:
                repeats += met[pair] > 0
                met[pair] += 1
    return repeats


def join_late(person: str, parties: Round, wishes: Wishes | None = None) -> Round:
    """Return the parties with somebody who came late, in the one that repeats least.

    Nobody else moves. A party with somebody they are to be apart from is taken only where there is
    no other; of equals the smallest, then the first.
    """
    wishes = wishes or Wishes()

    def price(party: Party) -> tuple[int, int, int, int]:
        pairs = [frozenset((person, other)) for other in party]
        return (
            sum(pair in wishes.apart for pair in pairs),
            -sum(pair in wishes.together for pair in pairs),
            sum(wishes.met.get(pair, 0) for pair in pairs),
            len(party),
        )

    if not parties:
        return ((person,),)
    at = min(range(len(parties)), key=lambda place: price(parties[place]))
    return tuple((*party, person) if place == at else party for place, party in enumerate(parties))


def _sizes(people: int, size: int) -> list[int]:
    """Return the sizes of the parties.

    >>> _sizes(7, 2), _sizes(13, 4), _sizes(3, 4)
    ([3, 2, 2], [5, 4, 4], [3])
    """
    parties = max(1, people // size)
    least, more = divmod(people, parties)
    return [least + (place < more) for place in range(parties)]


class _Search:
    """One search: people are numbers, a round is a list of parties, a party a list of people."""

    def __init__(
        self, people: Sequence[str], size: int, rounds: int, wishes: Wishes, chance: random.Random
    ) -> None:
        self.people, self.chance = people, chance
        count = len(people)
        self.sizes = _sizes(count, size)
        place = {each: at for at, each in enumerate(people)}
        self.met = [[0] * count for _ in people]
        self.price = [[0.0] * count for _ in people]
        self.repeat = [[1.0] * count for _ in people]
        best_fit = max(wishes.fit.values(), default=0) or 1

        def pairs(found: Iterable[SeatPair]) -> Iterable[tuple[int, int, SeatPair]]:
            for pair in found:
                if len(pair) == 2 and pair <= place.keys():
                    a, b = (place[each] for each in pair)
                    yield a, b, pair
                    yield b, a, pair

        for a, b, pair in pairs(wishes.met):
            self.met[a][b] = wishes.met[pair]
        for a, b, pair in pairs(wishes.fit):
            self.price[a][b] -= _FIT * wishes.fit[pair] / best_fit
        for a, b, _ in pairs(wishes.together):
            self.price[a][b] -= _TOGETHER
            self.repeat[a][b] = 0.0
        for a, b, _ in pairs(wishes.apart):
            self.price[a][b] += _APART
        self.has_fit = bool(wishes.fit)
        self.rounds = [self._deal(count) for _ in range(rounds)]
        self.cost = 0.0
        self.repeats = 0.0
        for parties in self.rounds:
            for party in parties:
                for a, b in combinations(party, 2):
                    self._meet(a, b)

    def _deal(self, count: int) -> list[list[int]]:
        order = list(range(count))
        self.chance.shuffle(order)
        ends = [sum(self.sizes[: at + 1]) for at in range(len(self.sizes))]
        return [order[end - size : end] for end, size in zip(ends, self.sizes, strict=True)]

    def _meet(self, a: int, b: int) -> None:
        met = self.met
        if met[a][b]:
            self.repeats += self.repeat[a][b]
            self.cost += self.repeat[a][b]
        self.cost += self.price[a][b]
        met[a][b] += 1
        met[b][a] += 1

    def run(self) -> None:
        """Swap people between parties while the temperature falls, and keep the best."""
        parties = len(self.sizes)
        if parties < 2:
            return
        chance, met, price, repeat = self.chance, self.met, self.price, self.repeat
        hot, cold = (_FIT_HOT, _FIT_COLD) if self.has_fit else (_HOT, _COLD)
        swaps = _SWAPS * (_SEARCHES if self.has_fit else 1)
        cooling = math.log(cold / hot) / swaps
        best, kept = self.cost, [[[*party] for party in each] for each in self.rounds]
        for swap in range(swaps):
            if not swap % 256:
                temperature = hot * math.exp(cooling * swap)
                if not self.can_be_better():
                    break
            here = self.rounds[chance.randrange(len(self.rounds))]
            one = chance.randrange(parties)
            other = chance.randrange(parties - 1)
            other += other >= one
            left, right = here[one], here[other]
            at, to = chance.randrange(len(left)), chance.randrange(len(right))
            a, b = left[at], right[to]
            met_a, met_b, cost_a, cost_b = met[a], met[b], price[a], price[b]
            delta = repeats = 0.0
            for c in left:
                if c != a:
                    delta += cost_b[c] - cost_a[c]
                    if met_a[c] > 1:
                        repeats -= repeat[a][c]
                    if met_b[c]:
                        repeats += repeat[b][c]
            for c in right:
                if c != b:
                    delta += cost_a[c] - cost_b[c]
                    if met_b[c] > 1:
                        repeats -= repeat[b][c]
                    if met_a[c]:
                        repeats += repeat[a][c]
            delta += repeats
            if delta > 0 and chance.random() >= math.exp(-delta / temperature):
                continue
            for c in left:
                if c != a:
                    met_a[c] -= 1
                    met[c][a] -= 1
                    met_b[c] += 1
                    met[c][b] += 1
            for c in right:
                if c != b:
                    met_b[c] -= 1
                    met[c][b] -= 1
                    met_a[c] += 1
                    met[c][a] += 1
            left[at], right[to] = b, a
            self.cost += delta
            self.repeats += repeats
            if self.cost < best - 1e-9:
                best, kept = self.cost, [[[*party] for party in each] for each in self.rounds]
        self.rounds, self.cost = kept, best

    def can_be_better(self) -> bool:
        """Return whether something could be gained: without wishes, while anybody meets again."""
        return self.has_fit or self.cost > 1e-9 or any(min(row) < -1 for row in self.price)

    def broken_rule(self, wishes: Wishes) -> tuple[SeatPair, list[str]] | None:
        """Return the first pair that is together against a rule, with its party."""
        for party in (party for each in self.named() for party in each):
            for pair in map(frozenset, combinations(party, 2)):
                if pair in wishes.apart:
                    return pair, sorted(party)
        return None

    def named(self) -> tuple[Round, ...]:
        """Return the parties with the people's names, in the order in which people were given."""
        return tuple(
            tuple(tuple(self.people[each] for each in sorted(party)) for party in parties)
            for parties in self.rounds
        )
