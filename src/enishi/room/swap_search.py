"""A search for the parties of several rounds at once: people change places while it cools down.

People are numbers; a round is a list of parties, a party a list of people. First the rules and the
repeats decide, then, among what is left, offers that fit needs.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from enishi.room.exchange_chains import improve_round

Matrix = list[list[float]]

_SWAPS, _FINE_SWAPS = 60_000, 30_000
"""Most swaps tried: for rules and repeats, then for the fit."""
_EACH = 1_000
"""Swaps tried for each person in each round; of a small group no more are needed."""
_LARGE = 8
"""The size of a party from which on fewer swaps are tried, as each takes longer."""
_HOT, _COLD = 1.2, 0.05
"""The temperature at the beginning and at the end, in repeats."""
_FINE_HOT, _FINE_COLD = 0.25, 0.01
"""The same for the fit, in the best fit of a pair."""
_FIT = 0.01
"""The best fit of a pair, in repeats: so small that no sum of fits outweighs a repeat."""
_BLOCK_EVERY = 8
"""Every so many swaps a block changes places as a whole."""
_DEALS, _TRIES = 10, 3_000
"""How often it is tried to deal parties that follow the rules, and how many places are tried."""


@dataclass(frozen=True)
class Prices:
    """What the search goes by; all matrices are symmetric, one row and one column a person.

    Attributes:
        rules: what it costs, in repeats, that two are in one party; below 0 for two who are to be.
        met: how often two were in one party before.
        repeat: what it costs that two meet again: 1, or 0 for two who are to be together.
        fit: how well two fit, 0 to 1; empty where nothing is known of it.
        blocks: people who are to be together, two or more each; nobody is in two.
    """

    rules: Matrix
    met: Matrix
    repeat: Matrix
    fit: Matrix
    blocks: Sequence[Sequence[int]] = ()


class _Deal:
    """Deals people to the parties of one round, and goes back wherever a rule would be broken."""

    def __init__(self, prices: Prices, sizes: Sequence[int], chance: random.Random) -> None:
        self.rules, self.sizes, self.chance = prices.rules, sizes, chance
        self.parties: list[list[int]] = [[] for _ in sizes]
        self.tries = _TRIES
        in_blocks = {each for block in prices.blocks for each in block}
        singles = [[each] for each in range(len(prices.rules)) if each not in in_blocks]
        self.blocks = [*prices.blocks, *singles]
        chance.shuffle(self.blocks)
        self.blocks.sort(key=self._ease)

    def find(self) -> list[list[int]] | None:
        """Return the parties; None if there are none or they are not found soon."""
        return self.parties if self._place(0) else None

    def _ease(self, block: Sequence[int]) -> tuple[int, int]:
        """Return how easily people find a place: large blocks and many to be apart from first."""
        apart = sum(cell > 0 for each in block for cell in self.rules[each])
        return (-len(block), -apart)

    def _place(self, at: int) -> bool:
        """Place the blocks from number `at` on."""
        if at == len(self.blocks):
            return True
        block, seen = self.blocks[at], set[int]()
        for number in self.chance.sample(range(len(self.sizes)), len(self.sizes)):
            party, size = self.parties[number], self.sizes[number]
            if len(party) + len(block) > size or (not party and size in seen):
                continue
            if not party:
                seen.add(size)  # one empty party is like another
            if any(self.rules[each][other] > 0 for each in block for other in party):
                continue
            self.tries -= 1
            party.extend(block)
            if self._place(at + 1):
                return True
            del party[-len(block) :]
            if self.tries < 0:
                return False
        return False


def fewest_repeats(sizes: Sequence[int], rounds: int) -> int:
    """Return a number of repeats below which no parties of these sizes can be arranged.

    There are only so many pairs; and the people of a party come from the parties of the round
    before, so that two come from one where there are fewer of these than people.

    >>> [fewest_repeats([4] * parties, 2) for parties in (2, 3, 4)], fewest_repeats([3, 2, 2], 5)
    ([4, 3, 0], 4)
    """
    people, parties = sum(sizes), len(sizes)
    meetings = rounds * sum(math.comb(size, 2) for size in sizes)
    each_round = 0
    for size in sizes:
        from_each, more = divmod(size, parties)
        from_most = more * math.comb(from_each + 1, 2)
        each_round += from_most + (parties - more) * math.comb(from_each, 2)
    return max(0, meetings - math.comb(people, 2), (rounds - 1) * each_round)


class SwapSearch:
    """One search, which begins with parties dealt by chance.

    Attributes:
        rounds: the parties, after `run` the best that were found.
        cost: what they cost, in repeats.
        follows_rules: whether parties were found that follow the rules.
    """

    def __init__(
        self, prices: Prices, sizes: Sequence[int], rounds: int, chance: random.Random
    ) -> None:
        self.prices, self.sizes, self.chance = prices, sizes, chance
        self.count = len(prices.rules)
        self.price = [[*row] for row in prices.rules]
        self.block_of = {each: tuple(block) for block in prices.blocks for each in block}
        dealt = [self._deal() for _ in range(rounds)]
        self.follows_rules = all(dealt)
        self.rounds = [parties or self._deal_anyhow() for parties in dealt]
        wanted = sum(min(0.0, cell) for row in prices.rules for cell in row) / 2
        self.least = wanted * rounds
        """What parties cost at least that follow all rules."""
        if not prices.blocks:
            self.least += fewest_repeats(sizes, rounds)
        self._recount()

    @property
    def is_best(self) -> bool:
        """Whether no other parties could cost less."""
        return not self.prices.fit and self.cost <= self.least + 1e-9

    def run(self) -> None:
        """Look for the best parties."""
        if len(self.sizes) < 2:
            return
        self._cool_down(_HOT, _COLD, _SWAPS, self.least)
        if self.prices.fit:
            for row, fits in zip(self.price, self.prices.fit, strict=True):
                row[:] = [cell - _FIT * fit for cell, fit in zip(row, fits, strict=True)]
            self._recount()
            self._cool_down(_FINE_HOT * _FIT, _FINE_COLD * _FIT, _FINE_SWAPS, -math.inf)
            self._exchange()

    def _deal(self) -> list[list[int]]:
        """Return parties that follow the rules, by chance; none if they are not found."""
        for _ in range(_DEALS):
            parties = _Deal(self.prices, self.sizes, self.chance).find()
            if parties is not None:
                return parties
        return []

    def _deal_anyhow(self) -> list[list[int]]:
        """Return parties by chance that may break rules."""
        order = self.chance.sample(range(self.count), self.count)
        return [[order.pop() for _ in range(size)] for size in self.sizes]

    def _recount(self) -> None:
        """Count anew who met whom how often, and what the parties cost."""
        self.met = [[*row] for row in self.prices.met]
        self.cost = 0.0
        for parties in self.rounds:
            for party in parties:
                for a, b in combinations(party, 2):
                    self._meet(a, b)

    def _meet(self, a: int, b: int) -> None:
        self.cost += self.price[a][b]
        if self.met[a][b]:
            self.cost += self.prices.repeat[a][b]
        self.met[a][b] += 1
        self.met[b][a] += 1

    def _part(self, a: int, b: int) -> None:
        self.met[a][b] -= 1
        self.met[b][a] -= 1
        self.cost -= self.price[a][b]
        if self.met[a][b]:
            self.cost -= self.prices.repeat[a][b]

    def _cool_down(self, hot: float, cold: float, swaps: int, enough: float) -> None:
        """Swap people between parties while the temperature falls, and keep the best."""
        chance, met, price, repeat = self.chance, self.met, self.price, self.prices.repeat
        parties, blocks = len(self.sizes), self.prices.blocks
        swaps = min(swaps, _EACH * self.count * len(self.rounds))
        swaps = swaps * _LARGE // max(_LARGE, *self.sizes)
        cooling = math.log(cold / hot) / swaps
        best, kept = self.cost, [[[*party] for party in each] for each in self.rounds]
        for swap in range(swaps):
            if not swap % 256:
                temperature = hot * math.exp(cooling * swap)
                if best <= enough + 1e-9:
                    break
            here = self.rounds[chance.randrange(len(self.rounds))]
            one = chance.randrange(parties)
            other = chance.randrange(parties - 1)
            other += other >= one
            left, right = here[one], here[other]
            if blocks and not swap % _BLOCK_EVERY:
                self._swap_block(left, right, temperature)
            else:
                at, to = chance.randrange(len(left)), chance.randrange(len(right))
                a, b = left[at], right[to]
                met_a, met_b, cost_a, cost_b = met[a], met[b], price[a], price[b]
                delta = 0.0
                for c in left:
                    if c != a:
                        delta += cost_b[c] - cost_a[c]
                        if met_a[c] > 1:
                            delta -= repeat[a][c]
                        if met_b[c]:
                            delta += repeat[b][c]
                for c in right:
                    if c != b:
                        delta += cost_a[c] - cost_b[c]
                        if met_b[c] > 1:
                            delta -= repeat[b][c]
                        if met_a[c]:
                            delta += repeat[a][c]
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
            if self.cost < best - 1e-9:
                best, kept = self.cost, [[[*party] for party in each] for each in self.rounds]
        self.rounds = kept
        self._recount()

    def _swap_block(self, left: list[int], right: list[int], temperature: float) -> None:
        """Swap a block of a party with as many people of another, who may be blocks as well."""
        found = [block for block in map(self.block_of.get, left) if block and {*block} <= {*left}]
        if not found:
            return
        block = self.chance.choice(found)
        theirs: list[int] = []
        for each in self.chance.sample(right, len(right)):
            whole = self.block_of.get(each, (each,))
            if each not in theirs and len(theirs) + len(whole) <= len(block):
                theirs += whole
        if len(theirs) < len(block) or not {*theirs} <= {*right}:
            return
        before = self.cost
        self._trade(left, right, block, theirs)
        delta = self.cost - before
        if delta > 0 and self.chance.random() >= math.exp(-delta / temperature):
            self._trade(left, right, theirs, block)
            self.cost = before

    def _trade(
        self, left: list[int], right: list[int], some: Sequence[int], others: Sequence[int]
    ) -> None:
        """Let `some` of one party and as many `others` of another change places."""
        for party, leaving, coming in ((left, some, others), (right, others, some)):
            for a, b in combinations(party, 2):
                self._part(a, b)
            party[:] = [each for each in party if each not in leaving] + [*coming]
            for a, b in combinations(party, 2):
                self._meet(a, b)

    def _exchange(self) -> None:
        """Improve each round by longer exchanges than two people's; the other rounds stay."""
        order, repeat = range(self.count), self.prices.repeat
        for parties in self.rounds:
            for a, b in (pair for party in parties for pair in combinations(party, 2)):
                self._part(a, b)
            weights = [
                [self.price[a][b] + (repeat[a][b] if self.met[a][b] else 0.0) for b in order]
                for a in order
            ]
            improve_round(parties, weights)
            for a, b in (pair for party in parties for pair in combinations(party, 2)):
                self._meet(a, b)
