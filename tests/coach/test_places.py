from datetime import date

import pytest

from enishi.coach.goal.places import place_score, places
from enishi.coach.relations.solicitation import HARD_STOP, SIGNS, read_signs
from frames import frames


def score(
    fit: int, rhythm: str, goes: bool = False, unknown: bool = False, solicits: bool = False
) -> float:
    return place_score(
        fit, rhythm, somebody_goes=goes, unknown_organiser=unknown, solicits=solicits
    )


def test_a_weekly_place_that_fits_with_a_friend_there_weighs_three_and_a_half() -> None:
    assert score(3, "weekly", goes=True) == 3.5


def test_a_monthly_place_weighs_one_point_two() -> None:
    assert score(2, "monthly") == pytest.approx(1.2)


def test_one_evening_of_an_unknown_organiser_weighs_nothing() -> None:
    assert score(1, "once", unknown=True) == pytest.approx(0.0)


def test_paid_talk_of_recruiting_takes_a_whole_point() -> None:
    assert score(2, "weekly", solicits=True) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("ticked", "result"),
    [
        ([], "none"),
        (["probes_income"], "watch"),
        (["amazing_person"], "watch"),
        (["purpose_hidden"], "careful"),
        (["purpose_hidden", "amazing_person"], "stop"),
        (["pay_first"], "stop"),
    ],
)
def test_the_signs_of_soliciting_add_up_to_advice(ticked: list[str], result: str) -> None:
    assert read_signs(ticked).result == result


def test_money_first_stops_by_itself_though_it_weighs_only_four() -> None:
    assert SIGNS[HARD_STOP] == 4


def test_an_unknown_sign_is_left_out() -> None:
    assert read_signs(["<script>"]).result == "none"


def test_places_that_return_come_first_and_places_to_stop_at_come_last() -> None:
    f = frames(
        contact=[{"id": "mihon", "name": "見本"}],
        place=[
            {"id": "mixer", "name": "例の交流会", "rhythm": "once", "fit": 0},
            {"id": "stop", "name": "例の会", "rhythm": "weekly", "fit": 3, "signs": ["pay_first"]},
            {"id": "study", "name": "例の勉強会", "rhythm": "monthly", "fit": 2},
            {"id": "home", "rhythm": "weekly", "fit": 3, "entrance_id": "mihon"},
        ],
    )
    ordered = places(f, date(2026, 11, 20))

    assert list(ordered.index) == ["home", "study", "mixer", "stop"]
    assert list(ordered["returns"]) == [True, True, False, True]


def test_no_places_make_an_empty_list() -> None:
    assert places(frames(), date(2026, 11, 20)).empty
