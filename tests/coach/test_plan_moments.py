"""The moments of the if-then plans: which day, and when to ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from enishi.coach.goal.plan_moments import (
    day_after_answer,
    is_weekly,
    plan_moments,
    read_moment_day,
)
from enishi.coach.rules.settings import Settings
from frames import Row, frames

FRIDAY = date(2026, 11, 20)
PLAN = {"id": "p", "cue": "席に着いたら", "act": "名前を言う"}
QUIET = {"id": "q", "name": "もくもく会", "rhythm": "weekly", "next_on": "2026-11-26"}


def moment(plan: Row, today: date = FRIDAY, **rows: list[Row]) -> tuple[date | None, bool] | None:
    """Return day and question of the one plan; None where it is left out."""
    found = plan_moments(frames(plan=[PLAN | plan], **rows), today)
    return (found[0].day, found[0].ask) if found else None


def test_the_day_of_a_plan_is_its_own_and_is_asked_about_once_it_has_passed() -> None:
    on = {"on": "2026-11-26"}
    assert moment(on) == (date(2026, 11, 26), False)
    assert moment(on, date(2026, 11, 26)) == (date(2026, 11, 26), False)
    assert moment(on, date(2026, 11, 27)) == (date(2026, 11, 26), True)
    assert moment(on | {"place_id": "q"}, place=[QUIET | {"next_on": "2026-12-03"}]) == (
        date(2026, 11, 26),
        False,
    )


def test_a_plan_without_a_day_has_the_dates_of_its_place() -> None:
    at = {"place_id": "q"}
    assert moment(at, place=[QUIET]) == (date(2026, 11, 26), False)
    assert moment(at, date(2026, 11, 28), place=[QUIET]) == (date(2026, 11, 26), True)
    answered = at | {"asked_on": "2026-11-28"}
    assert moment(answered, date(2026, 11, 28), place=[QUIET]) == (date(2026, 12, 3), False)
    assert moment(answered, date(2026, 12, 4), place=[QUIET]) == (date(2026, 12, 3), True)


def test_answered_on_the_very_day_the_place_s_next_date_is_awaited() -> None:
    answered = {"place_id": "q", "asked_on": "2026-11-26"}
    assert moment(answered, date(2026, 11, 26), place=[QUIET]) == (date(2026, 12, 3), False)
    assert moment(answered, date(2026, 11, 27), place=[QUIET]) == (date(2026, 12, 3), False)


def test_a_place_that_was_once_is_asked_about_and_then_gives_no_day() -> None:
    once = [QUIET | {"rhythm": "once", "next_on": "2026-11-19"}]
    assert moment({"place_id": "q"}, place=once) == (date(2026, 11, 19), True)
    assert moment({"place_id": "q", "asked_on": "2026-11-20"}, place=once) is None


def test_a_plan_without_any_day_rests_for_a_week_after_it_was_asked_about() -> None:
    assert moment({}) == (None, True)
    asked = {"asked_on": "2026-11-20"}
    assert moment(asked) is None
    assert moment(asked, FRIDAY + timedelta(days=6)) is None
    assert moment(asked, FRIDAY + timedelta(days=7)) == (None, True)
    book = frames(plan=[PLAN | asked])
    assert plan_moments(book, FRIDAY + timedelta(days=3), Settings(plan_ask_days=3))


@pytest.mark.parametrize("half", [{"cue": ""}, {"act": " "}])
def test_half_a_plan_has_no_moment(half: Row) -> None:
    assert moment({"on": "2026-11-26"} | half) is None


def test_plans_of_a_closed_goal_are_left_out_and_those_of_none_are_not() -> None:
    goals: list[Row] = [
        {"id": "old", "wish": "前の願い", "closed": True},
        {"id": "g", "wish": "いまの願い"},
    ]
    assert moment({"goal_id": "old"}, goal=goals) is None
    assert moment({"goal_id": "g"}, goal=goals) is not None
    assert moment({}, goal=goals) is not None


def test_moments_come_by_day_and_undated_ones_last_in_the_person_s_words() -> None:
    book = frames(
        plan=[
            PLAN | {"id": "some"},
            PLAN | {"id": "late", "on": "2026-12-03"},
            PLAN | {"id": "soon", "on": "2026-11-26", "cue": "受付で", "act": "名のる"},
        ]
    )
    found = plan_moments(book, FRIDAY)
    assert [each.plan_id for each in found] == ["soon", "late", "some"]
    assert (found[0].cue, found[0].act) == ("受付で", "名のる")


WEEKLY = [
    "木曜のもくもく会で席に着いたら",
    "毎週木曜の夜",
    "木曜日のヨガのあと",
    "every Thursday",
    "on Thursdays, after work",
    "When I sit down at Thursday’s quiet-work evening",
]


@pytest.mark.parametrize("cue", WEEKLY)
def test_a_weekly_cue_gives_the_next_such_day_again_and_again(cue: str) -> None:
    assert is_weekly(cue)
    assert read_moment_day(cue, FRIDAY) == date(2026, 11, 26)
    plan = {"cue": cue, "on": "2026-11-26"}
    assert day_after_answer(plan, None, date(2026, 11, 27)) == date(2026, 12, 3)
    assert day_after_answer(plan, None, date(2026, 11, 24)) == date(2026, 12, 3)
    assert day_after_answer(plan, None, date(2027, 1, 1)) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("cue", "day"),
    [
        ("次の木曜の会で", date(2026, 11, 26)),
        ("来週の木曜の会で", date(2026, 11, 26)),
        ("木曜に会ったら", date(2026, 11, 26)),
        ("12月3日の木曜の集まりで", date(2026, 12, 3)),
        ("when we meet next Thursday", date(2026, 11, 26)),
        ("if I see her on Thursday", date(2026, 11, 26)),
        ("at the talk on 3 December", date(2026, 12, 3)),
        ("話しかけるのがこわくなったら", None),
        ("if I feel shy at the door", None),
        ("第2木曜の会で", None),
        ("隔週木曜の会で", None),
        ("on the second Thursday", None),
    ],
)
def test_what_is_not_every_week_is_expected_once_or_on_no_day_said(
    cue: str, day: date | None
) -> None:
    assert not is_weekly(cue)
    assert read_moment_day(cue, FRIDAY) == day
    assert day_after_answer({"cue": cue, "on": day}, None, FRIDAY) is None


def test_where_a_place_returns_its_own_dates_decide() -> None:
    plan: dict[str, Any] = {"cue": "木曜のもくもく会で", "on": ""}
    assert day_after_answer(plan, {"rhythm": "weekly", "next_on": "2026-11-26"}, FRIDAY) is None
    assert day_after_answer(plan, {"rhythm": "", "next_on": ""}, FRIDAY) == date(2026, 11, 26)
