from __future__ import annotations

from datetime import date

import pytest

from enishi.coach.review.self_ratings import lowest, read_dials
from frames import Row, frame

TODAY = date(2026, 11, 20)


def at(day: str, goal: int | None = 5, benefit: int | None = 5, time: int | None = 5) -> Row:
    dials = {"dial_goal": goal, "dial_benefit": benefit, "dial_time": time}
    return {"kind": "dials", "on": day} | dials


def test_before_the_first_reading_the_dials_are_due() -> None:
    dials = read_dials(frame("review"), TODAY)
    assert (dials.readings, dials.due, dials.begin) == ((), True, "")


@pytest.mark.parametrize(("day", "due"), [("2026-10-23", True), ("2026-10-24", False)])
def test_the_dials_are_asked_again_after_a_month(day: str, due: bool) -> None:
    assert read_dials(frame("review", at(day)), TODAY).due is due


def test_readings_come_in_the_order_of_their_days() -> None:
    reviews = frame("review", at("2026-10-01", 4), at("2026-08-01", 2), at("2026-09-01", 3))
    dials = read_dials(reviews, TODAY)
    assert [reading.values["dial_goal"] for reading in dials.readings] == [2, 3, 4]


def test_of_two_readings_of_a_day_the_later_one_counts() -> None:
    dials = read_dials(frame("review", at("2026-10-01", 4), at("2026-10-01", 6)), TODAY)
    assert [reading.values["dial_goal"] for reading in dials.readings] == [6]


def test_other_reviews_and_days_to_come_and_untouched_dials_are_left_out() -> None:
    week = {"kind": "week", "on": "2026-11-01", "dial_goal": 1}
    untouched = at("2026-11-02", None, None, None)
    reviews = frame("review", week, untouched, at("2026-12-01"))
    assert read_dials(reviews, TODAY).readings == ()


def test_a_dial_that_was_not_touched_says_nothing() -> None:
    (reading,) = read_dials(frame("review", at("2026-11-01", None, 3, 4)), TODAY).readings
    assert reading.values == {"dial_benefit": 3, "dial_time": 4}


@pytest.mark.parametrize(
    ("values", "begin"),
    [
        ((2, 5, 5), "dial_goal"),
        ((5, 2, 2), "dial_benefit"),
        ((5, 5, 5), ""),
        ((5, 6, 0), "dial_time"),
    ],
)
def test_one_may_begin_where_the_dial_stands_lowest(values: tuple[int, ...], begin: str) -> None:
    names = ("dial_goal", "dial_benefit", "dial_time")
    assert lowest(dict(zip(names, values, strict=True))) == begin


def test_a_single_dial_is_not_compared_with_anything() -> None:
    assert lowest({"dial_time": 3}) == ""
