from collections.abc import Iterable
from datetime import date

from enishi.coach.goal.clarity import GoalClarity, clarity, weigh
from frames import Row, frame, frames, row_of

TODAY = date(2026, 11, 20)


def weighed(
    goal: Row, roles: Iterable[Row] = (), places: Iterable[Row] = (), plans: Iterable[Row] = ()
) -> GoalClarity:
    f = frames(goal=[{"id": "g", **goal}], role=list(roles), place=list(places), plan=list(plans))
    return clarity(row_of(f["goal"], "g"), f["role"], f["place"], f["plan"], TODAY)


def test_the_five_parts_2_1_2_1_0_make_six_points() -> None:
    assert weigh((2, 1, 2, 1, 0)) == 6


def test_an_empty_goal_misses_all_five_pieces_in_order() -> None:
    found = weighed({})

    assert found.points == 0
    assert found.missing == ("wish", "proof", "role", "place", "plan")
    assert found.advice == "begin"


def test_a_goal_with_a_day_a_vague_proof_a_kind_by_what_they_do_and_one_place_has_six_points() -> (
    None
):
    found = weighed(
        {"wish": "小さな店の人に頼られる制作者", "by": "2027-03-31", "proof": "喜ばれる"},
        roles=[{"goal_id": "g", "does": "独立2年目のWeb制作者"}],
        places=[{"goal_id": "g", "name": "例もくもく会", "next_on": "2026-12-03"}],
    )

    assert found.points == 6
    assert found.missing == ("proof_seen", "place_second", "plan")
    assert found.advice == "one_more"


def test_a_whole_goal_has_ten_points_and_says_go_out() -> None:
    found = weighed(
        {"wish": "制作者", "by": "2027-03-31", "proof": "3つの店から「頼んでよかった」と言われる"},
        roles=[{"goal_id": "g", "does": "Web制作者"}],
        places=[
            {"goal_id": "g", "name": "例もくもく会", "next_on": "2026-12-03"},
            {"goal_id": "g", "name": "例の勉強会", "next_on": "2026-12-15"},
        ],
        plans=[{"goal_id": "g", "cue": "会場に着いたら", "act": "となりの人に名前を言う"}],
    )

    assert (found.points, found.missing) == (10, ())
    assert found.advice == "go_out"


def test_a_place_whose_day_is_past_is_not_a_place_to_go() -> None:
    places = [
        {"goal_id": "g", "name": "例もくもく会", "next_on": "2026-12-03"},
        {"goal_id": "g", "name": "例の勉強会", "next_on": "2026-11-19"},
    ]

    assert "place_date" in weighed({"wish": "制作者"}, places=places).missing


def test_a_plan_nobody_could_see_counts_half() -> None:
    plans = [{"goal_id": "g", "cue": "時間があれば", "act": "がんばる"}]
    found = weighed({}, plans=plans)

    assert found.points == 1
    assert "plan_form" in found.missing


def test_pieces_of_another_goal_do_not_count() -> None:
    f = frames(goal=[{"id": "g"}, {"id": "h"}], role=[{"goal_id": "h", "does": "Web制作者"}])
    found = clarity(row_of(f["goal"], "g"), f["role"], f["place"], f["plan"], TODAY)

    assert "role" in found.missing


def test_a_goal_that_is_not_yet_in_the_book_is_weighed_as_a_plain_mapping() -> None:
    row = {"id": "", "wish": "制作者になる", "by": "", "proof": ""}
    found = clarity(row, frame("role"), frame("place"), frame("plan"), TODAY)

    assert found.points == 1
    assert found.missing[0] == "wish_date"
