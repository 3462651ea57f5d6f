"""Who talks with whom: parties for all remaining rounds at once, by one seeded search.

In this order: never two who are to be apart, or of whom one declined; those who are to be together
in one party; nobody twice with the same person; and, of what is left, offers that fit needs.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from enishi.room.errors import (
    ContradictionError,
    NobodyToPairError,
    TooFewPartiesError,
    UnmetWishesError,
)
from enishi.room.swap_search import Matrix, Prices, SwapSearch

SeatPair = frozenset[str]
Party = tuple[str, ...]
Round = tuple[Party, ...]

_SEARCHES = 3
"""Searches with other beginnings, until one is as good as any can be."""
_APART, _TOGETHER = 1000.0, 100.0
"""What a broken rule costs, in repeats."""


@dataclass(frozen=True)
class Wishes:
    """What the parties are to respect; pairs of people who are not there do not matter.

    Attributes:
        apart: pairs never in one party.
        together: pairs always in one party; with a and b, b and c, so are a and c.
        met: how often pairs were in one party in earlier rounds.
        fit: how well the offers of a pair fit their needs, 0 to 1.
        declined: pairs of whom one declined the other: as those apart, but no error names them.
    """

    apart: Collection[SeatPair] = ()
    together: Collection[SeatPair] = ()
    met: Mapping[SeatPair, int] = field(default_factory=dict)
    fit: Mapping[SeatPair, float] = field(default_factory=dict)
    declined: Collection[SeatPair] = ()

    @property
    def never(self) -> set[SeatPair]:
        """The pairs never in one party, by a rule or because one declined."""
        return {*self.apart, *self.declined}


def arrange_rounds(
    people: Sequence[str], size: int, rounds: int, wishes: Wishes | None = None, seed: int = 0
) -> tuple[Round, ...]:
    """Return the parties of `rounds` rounds, everybody in exactly one party of each.

    The same people, wishes and seed give the same parties; their sizes are those of `party_sizes`.

    Args:
        people: who takes part; without repetition.
        size: people in a party, 2 or more.
        rounds: how many rounds, 1 or more.
        wishes: what is to be respected.
        seed: chooses among equally good arrangements.

    Raises:
        NobodyToPairError: there are fewer than two people.
        ContradictionError: two rules contradict each other, or cannot hold with such parties.
        UnmetWishesError: the rules might hold, were it not for those who declined.
    """
    if len(people) < 2:
        raise NobodyToPairError()
    wishes = wishes or Wishes()
    check_rules(people, size, wishes)
    prices, sizes = _prices(people, wishes), party_sizes(len(people), size)
    best: SwapSearch | None = None
    for turn in range(_SEARCHES):
        search = SwapSearch(prices, sizes, rounds, random.Random(f"{seed} {turn}"))
        search.run()
        if best is None or search.cost < best.cost:
            best = search
        if best.is_best or not best.follows_rules:
            break
    assert best is not None
    found = _named(people, best)
    broken = _broken_rule(found, wishes)
    if broken and any(_pairs_there(wishes.declined, people)):
        raise UnmetWishesError()
    if broken:
        raise TooFewPartiesError(one=broken)
    return found


def party_sizes(people: int, size: int) -> list[int]:
    """Return the sizes of the parties, as near to `size` as the number of people allows.

    An odd number of people in pairs has one trio. Elsewhere one party is as often one smaller.

    >>> party_sizes(7, 2), party_sizes(13, 4), party_sizes(11, 4), party_sizes(3, 4)
    ([3, 2, 2], [5, 4, 4], [4, 4, 3], [3])
    """
    parties = max(1, people // 2 if size <= 2 else (2 * people + size) // (2 * size))
    least, more = divmod(people, parties)
    return [least + (place < more) for place in range(parties)]


def check_rules(people: Collection[str], size: int, wishes: Wishes) -> None:
    """Check that nobody is to be apart from someone they are to be together with.

    Raises:
        ContradictionError: two rules contradict each other; `one` and `other` name the people.
        TooFewPartiesError: more people are to be together than a party has.
    """
    group_of = _groups(people, wishes)
    for a, b in sorted(map(sorted, _pairs_there(wishes.apart, people))):
        if b in group_of[a]:
            raise ContradictionError(one=f"{a} ≠ {b}", other=_path(a, b, people, wishes))
    largest = max(group_of.values(), key=len, default=())
    if largest and len(largest) > max(party_sizes(len(people), size)):
        raise TooFewPartiesError(one=" = ".join(largest))


def count_repeats(rounds: Iterable[Round], wishes: Wishes | None = None) -> int:
    """Return how many meetings of pairs were not their first; wished ones do not count.

    >>> count_repeats([(("a", "b"),), (("a", "b"),)])
    1
    """
    wishes = wishes or Wishes()
    met = Counter(dict(wishes.met))
    repeats = 0
    for party in (party for each in rounds for party in each):
        group_of = _groups(party, wishes)
        for a, b in combinations(party, 2):
            if b not in group_of[a]:
                pair = frozenset((a, b))
                repeats += met[pair] > 0
                met[pair] += 1
    return repeats


def join_late(person: str, parties: Round, wishes: Wishes | None = None) -> Round:
    """Return the parties with somebody who came late, in the one that repeats least.

    Nobody else moves. They never join somebody they are to be apart from, or of whom one declined
    the other: where no other party is left they are one of their own, and the facilitator takes the
    chair beside them. Of equals it is the smallest party, then the first.
    """
    wishes = wishes or Wishes()
    best: tuple[tuple[int, int, int], int] | None = None
    for place, party in enumerate(parties):
        pairs = [frozenset((person, other)) for other in party]
        if not wishes.never.isdisjoint(pairs):
            continue
        wanted = sum(pair in wishes.together for pair in pairs)
        price = -wanted, sum(wishes.met.get(pair, 0) for pair in pairs), len(party)
        best = min(best or (price, place), (price, place))
    if best is None:
        return (*parties, (person,))
    return tuple(
        (*party, person) if place == best[1] else party for place, party in enumerate(parties)
    )


def _pairs_there(pairs: Iterable[SeatPair], people: Collection[str]) -> Iterator[SeatPair]:
    """Yield the pairs of two people who both take part."""
    there = set(people)
    return (pair for pair in pairs if len(pair) == 2 and pair <= there)


def _groups(people: Collection[str], wishes: Wishes) -> dict[str, tuple[str, ...]]:
    """Return for everybody the people they are to be together with, themselves included."""
    group_of: dict[str, tuple[str, ...]] = {each: (each,) for each in people}
    for pair in _pairs_there(wishes.together, people):
        a, b = pair
        merged = tuple(dict.fromkeys(sorted(group_of[a] + group_of[b])))
        group_of |= dict.fromkeys(merged, merged)
    return group_of


def _path(a: str, b: str, people: Collection[str], wishes: Wishes) -> str:
    """Return the shortest chain of rules by which two people are to be together."""
    paths: list[tuple[str, ...]] = [(a,)]
    pairs = sorted(map(sorted, _pairs_there(wishes.together, people)))
    for path in paths:  # it grows
        if path[-1] == b:
            return " = ".join(path)
        for pair in pairs:
            if path[-1] in pair:
                (other,) = {*pair} - {path[-1]}
                if all(other not in known for known in paths):
                    paths.append((*path, other))
    return ""


def _prices(people: Sequence[str], wishes: Wishes) -> Prices:
    """Return what the search goes by, with the people's places for numbers."""
    place = {each: at for at, each in enumerate(people)}

    def matrix(values: Mapping[SeatPair, float], other: float = 0.0) -> Matrix:
        rows = [[other] * len(people) for _ in people]
        for pair in _pairs_there(values, people):
            a, b = (place[each] for each in pair)
            rows[a][b] = rows[b][a] = values[pair]
        return rows

    blocks = sorted({group for group in _groups(people, wishes).values() if len(group) > 1})
    together = [frozenset(pair) for group in blocks for pair in combinations(group, 2)]
    rules = dict.fromkeys(together, -_TOGETHER) | dict.fromkeys(wishes.never, _APART)
    best = max((wishes.fit[pair] for pair in _pairs_there(wishes.fit, people)), default=0.0)
    return Prices(
        matrix(rules),
        matrix(wishes.met),
        matrix(dict.fromkeys(together, 0.0), 1.0),
        matrix({pair: fit / best for pair, fit in wishes.fit.items()}) if best > 0 else [],
        [[place[each] for each in group] for group in blocks],
    )


def _named(people: Sequence[str], search: SwapSearch) -> tuple[Round, ...]:
    """Return the parties with the people's names, in the order in which people were given."""
    return tuple(
        tuple(tuple(people[each] for each in sorted(party)) for party in parties)
        for parties in search.rounds
    )


def _broken_rule(rounds: Iterable[Round], wishes: Wishes) -> str:
    """Return the first rule that the parties break, as it is shown; '' if they break none."""
    for parties in rounds:
        people = [each for party in parties for each in party]
        party_of = {each: party for party in parties for each in party}
        for a, b in sorted(map(sorted, _pairs_there(wishes.never, people))):
            if party_of[a] == party_of[b]:
                return f"{a} ≠ {b}"
        for a, b in sorted(map(sorted, _pairs_there(wishes.together, people))):
            if party_of[a] != party_of[b]:
                return f"{a} = {b}"
    return ""
