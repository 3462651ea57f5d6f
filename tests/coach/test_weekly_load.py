from datetime import date
from typing import Any

from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from enishi.coach.today.weekly_load import load
from frames import frames

TODAY = date(2026, 11, 20)


def book(count: int, **columns: Any) -> Frames:
    return frames(
        contact=[{"id": f"p{i}", **columns} for i in range(count)],
        encounter=[
            {"contact_id": f"p{i}", "on": on, "kind": "meal"}
            for i in range(count)
            for on in ("2026-10-01", "2026-10-09")
        ],
    )


ONE = Settings(capacity_per_week=1)


def test_acquaintances_to_keep_ask_for_little() -> None:
    assert load(book(6), TODAY) is None
    assert load(book(25), TODAY, ONE) is None  # 25 × 7 / 180
    assert load(book(26), TODAY, ONE) is not None


def test_more_than_feels_right_is_said_with_both_numbers() -> None:
    found = load(book(6, focus=True), TODAY, ONE)  # 6 × 7 / 30

    assert found is not None
    assert found.facts == {"count": 1, "capacity": 1}
    found = load(book(30, focus=True), TODAY, ONE)
    assert found is not None
    assert found.facts == {"count": 7, "capacity": 1}


def test_what_is_just_enough_is_not_too_much() -> None:
    assert load(book(30, focus=True), TODAY, Settings(capacity_per_week=7)) is None


def test_ties_at_rest_ask_for_nothing() -> None:
    assert load(book(60, closed=True), TODAY, ONE) is None
    assert load(book(60), TODAY, ONE) is not None
