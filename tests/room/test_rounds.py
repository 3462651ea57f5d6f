"""Rounds: who is in which party, by rules, by repeats, and by offers that fit needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.room.errors import (
    ContradictionError,
    NobodyToPairError,
    TooFewPartiesError,
    UnmetWishesError,
)
from enishi.room.rounds import (
    Party,
    Round,
    SeatPair,
    Wishes,
    arrange_rounds,
    check_rules,
    count_repeats,
    join_late,
    party_sizes,
)
from examples import max_examples

few = settings(max_examples=max(1, max_examples() // 3))
"""Fewer examples for what takes a tenth of a second each."""


def named(count: int) -> list[str]:
    return [f"p{number:02}" for number in range(count)]


def pairs_of(people: Sequence[str]) -> list[SeatPair]:
    return [frozenset(pair) for pair in combinations(people, 2)]


def pair(a: str, b: str) -> SeatPair:
    return frozenset((a, b))


def party_of(parties: Round) -> dict[str, Party]:
    return {each: party for party in parties for each in party}


@st.composite
def ruled(draw: st.DrawFn) -> tuple[list[str], int, Wishes]:
    """A few people, the size of a party, and rules, of which many cannot hold."""
    people = named(draw(st.integers(2, 8)))
    rules = draw(
        st.dictionaries(st.sampled_from(pairs_of(people)), st.sampled_from("≠≠="), max_size=9)
    )
    apart, together = ({each for each, rule in rules.items() if rule == sign} for sign in "≠=")
    return people, draw(st.integers(2, 4)), Wishes(apart, together)


def partitions(people: Sequence[str], sizes: Sequence[int]) -> Iterator[Round]:
    """Yield all parties of these sizes."""
    if not people:
        yield ()
    for size in sorted({*sizes}) if people else ():
        left = [*sizes]
        left.remove(size)
        for others in combinations(people[1:], size - 1):
            party = (people[0], *others)
            rest = [each for each in people if each not in party]
            for more in partitions(rest, left):
                yield (party, *more)


def follows(parties: Round, wishes: Wishes) -> bool:
    where = party_of(parties)
    return not any(where[a] == where[b] for a, b in wishes.apart) and all(
        where[a] == where[b] for a, b in wishes.together
    )


@few
@given(st.integers(2, 30), st.integers(2, 8), st.integers(1, 5), st.integers(0, 5))
def test_everybody_is_in_exactly_one_party_of_each_round(
    count: int, size: int, rounds: int, seed: int
) -> None:
    arranged = arrange_rounds(named(count), size, rounds, seed=seed)

    assert len(arranged) == rounds
    for parties in arranged:
        assert sorted(each for party in parties for each in party) == named(count)
        assert sorted(map(len, parties)) == sorted(party_sizes(count, size))


@given(st.integers(2, 200), st.integers(2, 12))
def test_no_party_is_far_from_the_size_that_was_asked_for(count: int, size: int) -> None:
    sizes = party_sizes(count, size)

    assert sum(sizes) == count
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 2
    assert max(sizes) < 1.5 * size or sizes in ([count], [3, *[2] * (len(sizes) - 1)])


@given(ruled(), st.integers(1, 2), st.integers(0, 3))
def test_rules_hold_wherever_there_are_parties_that_follow_them(
    asked: tuple[list[str], int, Wishes], rounds: int, seed: int
) -> None:
    people, size, wishes = asked
    all_parties = partitions(people, party_sizes(len(people), size))
    is_possible = any(follows(parties, wishes) for parties in all_parties)
    try:
        arranged = arrange_rounds(people, size, rounds, wishes, seed)
    except ContradictionError as error:
        assert not is_possible
        assert {each for each in people if each in str(error)}
    else:
        assert all(follows(parties, wishes) for parties in arranged)


def test_rules_of_sixty_people_hold_in_every_round() -> None:
    people = named(60)
    apart = {pair(*people[at : at + 2]) for at in range(0, 20, 2)} | {*pairs_of(people[20:32])}
    together = {pair(people[at], people[at + 10]) for at in range(40, 50)}
    wishes = Wishes(apart, together)

    arranged = arrange_rounds(people, 4, 5, wishes)

    assert all(follows(parties, wishes) for parties in arranged)
    assert count_repeats(arranged, wishes) == 0


@pytest.mark.parametrize("seed", range(3))
def test_people_to_be_together_change_places_as_one(seed: int) -> None:
    people = named(16)
    wishes = Wishes(together=[pair(*people[at : at + 2]) for at in range(0, 12, 2)])

    assert count_repeats(arrange_rounds(people, 4, 3, wishes, seed), wishes) == 0


HARD = {
    (9, 4): ("0≠6 6≠8", "2=6 0=1 3=7 4=5"),
    (7, 4): ("4≠6 4≠5 0≠2 1≠6 1≠5 3≠6", "0=4"),
    (7, 3): ("2≠4 2≠3 1≠6", "2=6 1=5 0=2 3=4"),
}
"""Rules that hardly any parties follow, by the number of people and the size of a party."""


@pytest.mark.parametrize(("count", "size"), HARD)
def test_the_few_parties_that_follow_many_rules_are_found(count: int, size: int) -> None:
    apart, together = (
        [pair(f"p0{x[0]}", f"p0{x[2]}") for x in y.split()] for y in HARD[count, size]
    )
    wishes = Wishes(apart, together)

    for seed in range(10):
        assert follows(arrange_rounds(named(count), size, 1, wishes, seed)[0], wishes)


def test_whoever_is_with_one_is_with_all_of_them() -> None:
    wishes = Wishes(together=[pair("p00", "p01"), pair("p01", "p02")])

    for parties in arrange_rounds(named(12), 3, 3, wishes):
        assert party_of(parties)["p00"] == ("p00", "p01", "p02")


@pytest.mark.parametrize(
    ("wishes", "one", "other"),
    [
        (Wishes([pair("a", "b")], [pair("a", "b")]), "a ≠ b", "a = b"),
        (Wishes([pair("a", "b")], [pair("b", "c"), pair("c", "a")]), "a ≠ b", "a = c = b"),
    ],
)
def test_apart_and_together_that_contradict_are_both_named(
    wishes: Wishes, one: str, other: str
) -> None:
    for check in (check_rules, lambda *given: arrange_rounds(given[0], given[1], 1, given[2])):
        with pytest.raises(ContradictionError) as raised:
            check("abcdef", 3, wishes)
        assert raised.value.facts == {"one": one, "other": other}


@pytest.mark.parametrize(
    ("wishes", "rule"),
    [
        (Wishes(together=[pair("a", "b"), pair("b", "c")]), "a = b = c"),
        (Wishes(apart=pairs_of("abc")), "a ≠ "),
        (Wishes(apart=[pair("a", each) for each in "bcd"]), "a ≠ "),
    ],
)
def test_a_rule_that_no_party_has_room_for_is_named(wishes: Wishes, rule: str) -> None:
    with pytest.raises(TooFewPartiesError) as raised:
        arrange_rounds("abcd", 2, 1, wishes)
    assert str(raised.value.facts["one"]).startswith(rule)


def test_rules_on_people_who_are_not_there_or_on_one_alone_do_not_matter() -> None:
    strange = [pair("a", "gone"), pair("gone", "left"), frozenset("b")]
    wishes = Wishes(strange, strange[::-1], dict.fromkeys(strange, 3), dict.fromkeys(strange, 1.0))

    assert arrange_rounds("abcd", 2, 3, wishes) == arrange_rounds("abcd", 2, 3)


@pytest.mark.parametrize("people", ["", "a"])
def test_fewer_than_two_have_nobody_to_talk_with(people: str) -> None:
    with pytest.raises(NobodyToPairError):
        arrange_rounds(people, 2, 1)


@pytest.mark.parametrize(
    ("count", "size", "rounds", "repeats"),
    [
        *((9, 3, 4, 0), (12, 3, 4, 0), (16, 4, 5, 0), (24, 4, 5, 0), (60, 4, 5, 0), (60, 2, 9, 0)),
        *((8, 4, 2, 4), (12, 4, 2, 3), (13, 4, 3, 8), (7, 2, 5, 4), (5, 2, 3, 2)),
    ],
)
def test_nobody_meets_twice_where_that_is_possible(
    count: int, size: int, rounds: int, repeats: int
) -> None:
    for seed in range(3):
        assert count_repeats(arrange_rounds(named(count), size, rounds, seed=seed)) == repeats


def test_who_met_before_meets_again_last() -> None:
    people, first = named(16), arrange_rounds(named(16), 4, 2)
    met = {each: 1 for parties in first for party in parties for each in pairs_of(party)}

    wishes = Wishes(met=met)
    assert count_repeats(arrange_rounds(people, 4, 2, wishes), wishes) == 0
    assert count_repeats(first, wishes) == 2 * 4 * 6


DRAWN: dict[str, Callable[[st.DrawFn], float]] = {
    "any": lambda draw: draw(st.floats(0, 1)),
    "yes or no": lambda draw: float(draw(st.booleans())),
    "few": lambda draw: draw(st.sampled_from((0.0, 0.0, 0.0, 0.5, 1.0))),
}


@st.composite
def fitting(draw: st.DrawFn) -> tuple[list[str], dict[SeatPair, float]]:
    people = named(2 * draw(st.integers(1, 12)))
    kind = DRAWN[draw(st.sampled_from(sorted(DRAWN)))]
    chance = draw(st.randoms(use_true_random=False))
    levels = [kind(draw) for _ in range(12)]
    return people, {each: chance.choice(levels) for each in pairs_of(people)}


@few
@given(fitting())
def test_pairs_fit_as_well_as_any_could(asked: tuple[list[str], dict[SeatPair, float]]) -> None:
    people, fit = asked
    assert fit_of(people, fit) >= 0.98 * best_fit(fit)


@pytest.mark.parametrize("power", [1, 4])
@pytest.mark.parametrize("count", [30, 60])
def test_pairs_of_many_people_fit_as_well_as_any_could(count: int, power: int) -> None:
    people = named(count)
    fit = {each: (hash_of(each) / 1000) ** power for each in pairs_of(people)}

    assert fit_of(people, fit) >= 0.98 * best_fit(fit)


def hash_of(pair: SeatPair) -> int:
    """Return a number from 0 to 999 that is the same on every machine."""
    a, b = sorted(int(each[1:]) for each in pair)
    return (a * 7919 + b * 104729 + a * b * 1299709) % 1000


def fit_of(people: list[str], fit: dict[SeatPair, float]) -> float:
    (parties,) = arrange_rounds(people, 2, 1, Wishes(fit=fit))
    return sum(fit[frozenset(party)] for party in parties)


def best_fit(fit: dict[SeatPair, float]) -> float:
    graph = nx.Graph()
    for each, weight in fit.items():
        graph.add_edge(*sorted(each), weight=weight)
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    return float(sum(fit[frozenset(each)] for each in matching))


@pytest.mark.parametrize(
    ("count", "size", "rounds", "repeats"),
    [(9, 3, 4, 0), (12, 4, 2, 3), (24, 4, 5, 0), (10, 2, 9, 0)],
)
def test_no_fit_is_worth_a_repeat(count: int, size: int, rounds: int, repeats: int) -> None:
    fit = {each: hash_of(each) / 1000 for each in pairs_of(named(count))}

    assert count_repeats(arrange_rounds(named(count), size, rounds, Wishes(fit=fit))) == repeats


def test_of_equal_rounds_those_that_fit_are_taken() -> None:
    fit = {pair("p00", "p07"): 1.0, pair("p01", "p06"): 0.5}
    (parties,) = arrange_rounds(named(8), 2, 1, Wishes(fit=fit))

    assert {("p00", "p07"), ("p01", "p06")} <= {*parties}


def test_the_same_seed_gives_the_same_rounds_in_whatever_order_rules_come() -> None:
    people = named(14)
    apart, together = pairs_of(people)[5:9], pairs_of(people)[40:42]
    fit = {each: hash_of(each) / 1000 for each in pairs_of(people)}
    one = arrange_rounds(people, 3, 3, Wishes(apart, together, fit=fit), seed=7)
    backwards = dict(reversed(fit.items()))

    assert arrange_rounds(people, 3, 3, Wishes(apart, together, fit=fit), seed=7) == one
    assert (
        arrange_rounds(people, 3, 3, Wishes(apart[::-1], together[::-1], fit=backwards), seed=7)
        == one
    )
    assert arrange_rounds(people, 3, 3, Wishes(apart, together, fit=fit), seed=8) != one


@few
@given(ruled(), st.integers(0, 3))
def test_people_of_whom_one_declined_the_other_are_never_in_one_party_and_never_named(
    asked: tuple[list[str], int, Wishes], seed: int
) -> None:
    people, size, rules = asked
    wishes = Wishes(together=rules.together, declined=rules.apart)
    is_possible = any(
        follows(parties, rules) for parties in partitions(people, party_sizes(len(people), size))
    )
    try:
        arranged = arrange_rounds(people, size, 1, wishes, seed)
    except UnmetWishesError as error:
        assert not is_possible and error.facts == {}
    except ContradictionError as error:  # a rule of the host's that has no room for itself
        assert not is_possible and "≠" not in str(error)
    else:
        assert all(follows(parties, rules) for parties in arranged)


@given(st.integers(0, 14), st.integers(2, 4), st.data())
def test_who_comes_late_moves_nobody_and_repeats_least(
    count: int, size: int, data: st.DataObject
) -> None:
    people = named(count)
    parties = arrange_rounds(people, size, 1)[0] if count > 1 else ()
    others = [pair("late", each) for each in people]
    met = {each: data.draw(st.integers(0, 2)) for each in others}
    apart = {each for each in others if data.draw(st.booleans())}
    declined = {each for each in apart if data.draw(st.booleans())}

    after = join_late("late", parties, Wishes(apart - declined, met=met, declined=declined))

    joined = party_of(after)["late"]
    assert [tuple(x for x in party if x != "late") for party in after[: len(parties)]] == [*parties]
    assert sum("late" in party for party in after) == 1
    assert not {pair("late", each) for each in joined} & apart
    open_to = [party for party in parties if not {pair("late", x) for x in party} & apart]
    if open_to:
        assert repeats_of(joined, met) == min(repeats_of(party, met) for party in open_to)
    else:
        assert after == (*parties, ("late",))


def repeats_of(party: Party, met: dict[SeatPair, int]) -> int:
    return sum(met[pair("late", each)] for each in party if each != "late")


def test_who_comes_late_joins_whom_they_are_to_be_with_and_else_the_smallest_party() -> None:
    parties: Round = (("a", "b", "c"), ("d", "e"), ("f", "g"))

    assert join_late("x", parties) == (("a", "b", "c"), ("d", "e", "x"), ("f", "g"))
    wishes = Wishes(together=[pair("x", "b")], met={pair("x", "b"): 1})
    assert join_late("x", parties, wishes)[0] == ("a", "b", "c", "x")
