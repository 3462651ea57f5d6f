import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enishi.coach.relations.cadence import due, health, rhythm, weekly_load
from enishi.coach.rules.settings import Settings


@pytest.mark.parametrize(
    ("T", "days", "expected"),
    [
        (30, 0, 1),
        (30, 30, 1),
        (30, 45, 0.7071),
        (30, 60, 0.5),
        (30, 90, 0.25),
        (30, 120, 0.125),
        (90, 100, 0.9259),
        (90, 135, 0.7071),
        (90, 180, 0.5),
        (90, 270, 0.25),
    ],
)
def test_one_rhythm_late_halves_the_health(T: int, days: int, expected: float) -> None:
    assert float(health(days, T)) == pytest.approx(expected, abs=0.00005)


@given(st.integers(0, 2000), st.integers(1, 400))
@example(1075, 1)
def test_health_never_rises_with_the_days_and_is_whole_within_the_rhythm(days: int, T: int) -> None:
    now, later = health([days, days + 1], T)

    assert 0 <= later <= now <= 1
    assert later > 0 or days > 1000 * T  # half as little is nothing to a float
    assert days > T or now == 1


def test_a_contact_becomes_due_from_four_fifths_of_the_rhythm_on() -> None:
    assert due([24, 30, 45, 60], 30) == pytest.approx([0, 0.1667, 0.5833, 1], abs=0.0001)


def test_a_tie_without_a_rhythm_is_never_due() -> None:
    assert due([500], [np.nan]) == [0]


def test_the_week_of_the_worked_example_asks_for_nearly_nine_contacts() -> None:
    assert weekly_load({14: 5, 30: 10, 90: 20, 180: 60}) == pytest.approx(8.72, abs=0.005)


def test_the_rhythm_follows_the_stage_and_whether_the_tie_is_to_grow() -> None:
    keep = rhythm([1, 2, 3, 4], [False] * 4)
    grow = rhythm([1, 2, 3, 4], [True] * 4)

    assert np.isnan(keep[0])
    assert list(keep[1:]) == [180, 90, 30]
    assert list(grow) == [14, 30, 21, 14]


def test_a_person_may_choose_their_own_rhythm() -> None:
    assert rhythm([4], [False], Settings(keep_s4_days=7))[0] == 7
