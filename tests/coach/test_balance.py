import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.coach.relations.balance import balance, balance_direction


@pytest.mark.parametrize(
    ("given_", "received", "expected"),
    [(1, 4, -0.4286), (4, 1, 0.4286), (3, 3, 0), (6, 0, 0.75), (0, 1, -0.3333)],
)
def test_the_balance_of_the_worked_examples(given_: int, received: int, expected: float) -> None:
    assert float(balance(given_, received)) == pytest.approx(expected, abs=0.0001)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_balance_stays_within_one_and_turns_round_with_the_sides(out: int, into: int) -> None:
    assert -1 < float(balance(out, into)) < 1
    assert float(balance(out, into)) == -float(balance(into, out))


def test_the_balance_is_told_in_words() -> None:
    assert balance_direction(0, 0) == "quiet"
    assert balance_direction(1, 4) == "receiving"
    assert balance_direction(3, 3) == "even"
    assert balance_direction(6, 0) == "giving"


def test_a_few_gifts_are_not_too_many() -> None:
    assert balance_direction(4, 0) == "quiet"
