import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.network.measures import blau, circles, evenness

PEOPLE = "abcdefg"


def test_circles_are_what_falls_apart_without_me() -> None:
    assert circles("ABCD", [("A", "B")]) == [{"A", "B"}, {"C"}, {"D"}]


@given(st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))))
def test_circles_agree_with_networkx(ties: set[tuple[str, str]]) -> None:
    graph = nx.Graph(ties)
    graph.add_nodes_from(PEOPLE)

    assert set(circles(PEOPLE, ties)) == set(map(frozenset, nx.connected_components(graph)))


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
