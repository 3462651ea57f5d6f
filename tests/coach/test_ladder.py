import math

from enishi.coach.goal.ladder import gap_kind


def test_one_step_ahead_is_the_shortcut_and_three_steps_need_a_bridge() -> None:
    assert [gap_kind(1, theirs) for theirs in range(5)] == [
        "behind",
        "peer",
        "ahead",
        "stretch",
        "bridge",
    ]


def test_a_rung_not_said_is_no_gap() -> None:
    assert gap_kind(math.nan, 2) == ""
    assert gap_kind(2, math.nan) == ""
