from datetime import date

import pytest

from enishi.coach.rules.settings import Settings
from enishi.coach.today.weekly_load import load
from frames import frames

TODAY = date(2026, 11, 20)


def book(count, **columns):
    return frames(
        contact=[{"id": f"p{i}", **columns} for i in range(count)],
        encounter=[
            {"contact_id": f"p{i}", "on": on, "kind": "meal"}
            for i in range(count)
            for on in ("2026-10-01", "2026-10-09")
        ],
    )


def test_six_acquaintances_to_keep_ask_for_little():
    found = load(book(6), TODAY)

    assert found.per_week == pytest.approx(6 * 7 / 180)
    assert found.reason is None


def test_more_than_feels_right_is_said_with_both_numbers():
    found = load(book(6, focus=True), TODAY, Settings(capacity_per_week=1))

    assert found.per_week == pytest.approx(6 * 7 / 30)
    assert found.reason.facts == {"count": 1, "capacity": 1}


def test_ties_at_rest_ask_for_nothing():
    assert load(book(6, closed=True), TODAY).per_week == 0
