from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.network.measures import (
    blau,
    circles,
    closure,
    constraint,
    effective_size,
    ego_network,
    evenness,
)

Shape = tuple[int, set[tuple[int, int]]]
"""How many people an ego net has, and which of them are tied."""


def net(*ties: tuple[Any, ...]) -> dict[str, dict[str, float]]:
    """Build a symmetric net from (a, b) or (a, b, weight)."""
    weights: dict[str, dict[str, float]] = {}
    for a, b, *weight in ties:
        weights.setdefault(a, {})[b] = weights.setdefault(b, {})[a] = weight[0] if weight else 1.0
    return weights


STAR = [("E", other) for other in "ABCD"]
K5 = [(a, b) for i, a in enumerate("EABCD") for b in "EABCD"[i + 1 :]]


@pytest.mark.parametrize(
    ("ties", "tight", "size"),
    [
        (STAR, 0.25, 4),
        ([*STAR, ("A", "B")], 0.40625, 3.5),
        ([*STAR, ("A", "B"), ("C", "D")], 0.5625, 3.0),
        (K5, 0.765625, 1),
        ([("E", "A")], 1.0, 1),
        ([("E", "A"), ("E", "B")], 0.5, 2),
        ([("E", "A"), ("E", "B"), ("A", "B")], 1.125, 1),
        ([("E", "A", 3.0), ("E", "B", 1.0), ("A", "B", 2.0)], 1.1428, 1.0833),
    ],
)
def test_constraint_and_effective_size_of_the_worked_examples(
    ties: list[tuple[Any, ...]], tight: float, size: float
) -> None:
    assert constraint(net(*ties), "E") == pytest.approx(tight, abs=0.0001)
    assert effective_size(net(*ties), "E") == pytest.approx(size, abs=0.0001)


def test_somebody_without_ties_has_neither() -> None:
    assert constraint({"E": {}}, "E") is None
    assert effective_size({"E": {}}, "E") is None


def test_closure_lies_where_the_worked_examples_put_it() -> None:
    assert closure(0.40625, 4) == pytest.approx(0.3030, abs=0.0001)
    assert closure(0.5625, 4) == pytest.approx(0.6061, abs=0.0001)
    assert closure(0.25, 4) == 0
    assert closure(0.765625, 4) == pytest.approx(1)


alter_ties = st.integers(2, 7).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.sets(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1])
        ),
    )
)


def ego_net(shape: Shape) -> dict[str, dict[str, float]]:
    count, ties = shape
    return net(*(("E", f"p{i}") for i in range(count)), *((f"p{a}", f"p{b}") for a, b in ties))


@given(alter_ties)
def test_both_measures_agree_with_networkx_on_any_ego_net(shape: Shape) -> None:
    own = ego_net(shape)
    graph = nx.Graph([(a, b) for a in own for b in own[a]])

    assert constraint(own, "E") == pytest.approx(nx.constraint(graph, ["E"])["E"])
    assert effective_size(own, "E") == pytest.approx(nx.effective_size(graph, ["E"])["E"])


@given(alter_ties)
def test_closure_lies_between_open_and_all_tied(shape: Shape) -> None:
    tight = constraint(ego_net(shape), "E")

    assert tight is not None
    assert -1e-9 <= closure(tight, shape[0]) <= 1 + 1e-9


def test_ties_outside_the_ego_net_are_left_out_first() -> None:
    wide = net(("E", "A"), ("E", "B"), ("A", "B"), ("A", "x"), ("A", "y"), ("A", "z"))

    assert constraint(wide, "E") == pytest.approx(0.9225, abs=0.0001)
    assert constraint(ego_network(wide, "E"), "E") == pytest.approx(1.125)


def test_circles_are_what_falls_apart_without_me() -> None:
    own = net(*STAR, ("A", "B"))

    assert circles(own, "E") == [{"A", "B"}, {"C"}, {"D"}]


@pytest.mark.parametrize(
    ("counts", "expected"), [([5, 3, 2], 0.62), ([10], 0), ([5, 5], 0.5), ([12, 1, 1, 1], 0.3467)]
)
def test_variety_of_the_worked_examples(counts: list[int], expected: float) -> None:
    assert blau(counts) == pytest.approx(expected, abs=0.0001)


def test_variety_is_measured_against_the_kinds_there_could_be() -> None:
    assert evenness([5, 3, 2], 3) == pytest.approx(0.93)
    assert evenness([5, 3, 2], 5) == pytest.approx(0.775)
    assert evenness([5, 5], 2) == pytest.approx(1.0)


@given(st.permutations([7, 3, 2, 1, 0]))
def test_variety_does_not_depend_on_the_order(counts: list[int]) -> None:
    assert blau(counts) == pytest.approx(blau([7, 3, 2, 1, 0]))
