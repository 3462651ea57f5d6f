from datetime import date

import pytest

from enishi.coach.goal.places import places
from enishi.coach.relations.solicitation import HARD_STOP, SIGNS, read_signs
from frames import frames


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
            {"id": "mixer", "name": "例の交流会", "rhythm": "once"},
            {"id": "stop", "name": "例の会", "rhythm": "weekly", "signs": ["pay_first"]},
            {"id": "unknown", "name": "例の集い", "rhythm": "weekly", "unknown_organiser": True},
            {"id": "study", "name": "例の勉強会", "rhythm": "monthly"},
            {"id": "home", "rhythm": "weekly", "entrance_id": "mihon"},
        ],
    )
    ordered = places(f, date(2026, 11, 20))

    assert list(ordered.index) == ["home", "study", "mixer", "unknown", "stop"]
    assert list(ordered["returns"]) == [True, True, False, True, True]


def test_no_places_make_an_empty_list() -> None:
    assert places(frames(), date(2026, 11, 20)).empty
