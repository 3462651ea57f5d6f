import math

from enishi.coach.goal.ladder import gap_kind, portfolio


def test_one_step_ahead_is_the_shortcut_and_three_steps_need_a_bridge():
    assert [gap_kind(1, theirs) for theirs in range(5)] == [
        "behind",
        "peer",
        "ahead",
        "stretch",
        "bridge",
    ]


def test_a_rung_not_said_is_no_gap():
    assert gap_kind(math.nan, 2) == ""
    assert gap_kind(2, math.nan) == ""


def test_fifteen_ties_are_compared_with_five_peers_five_ahead_two_stretch_and_three_behind():
    table = portfolio(1, [1] * 5 + [2] * 5 + [3] * 2 + [0] * 3)

    assert table["have"].to_dict() == {"peer": 5, "ahead": 5, "stretch": 2, "behind": 3}
    assert table["target"].to_dict() == table["have"].to_dict()
    assert table["room"].sum() == 0


def test_with_fewer_people_the_target_is_smaller():
    assert portfolio(1, [2, 2, 2])["target"].sum() <= 3
