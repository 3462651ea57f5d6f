from datetime import date

from enishi.coach.review.weekly_history import Week, weeks
from frames import frames

FRIDAY = date(2026, 11, 20)


def test_a_week_holds_each_person_once_and_the_gives_of_both_sides() -> None:
    found = weeks(
        frames(
            encounter=[
                {"contact_id": "ann", "on": "2026-11-16"},
                {"contact_id": "ann", "on": "2026-11-18"},
                {"contact_id": "bob", "on": "2026-11-17"},
                {"contact_id": "cam", "on": "2026-11-15"},
            ],
            give=[
                {"contact_id": "ann", "on": "2026-11-18", "state": "done"},
                {"contact_id": "ann", "on": "2026-11-18", "state": "done", "direction": "in"},
                {"contact_id": "ann", "on": "2026-11-18", "state": "planned"},
            ],
        ),
        FRIDAY,
        2,
    )

    assert found == (
        Week(date(2026, 11, 9), ("cam",), 0, 0),
        Week(date(2026, 11, 16), ("ann", "bob"), 1, 1),
    )


def test_what_lies_ahead_or_further_back_does_not_count() -> None:
    found = weeks(
        frames(
            encounter=[
                {"contact_id": "ann", "on": "2026-11-21"},
                {"contact_id": "ann", "on": "2026-11-01"},
            ]
        ),
        FRIDAY,
        2,
    )

    assert [week.met for week in found] == [(), ()]


def test_an_empty_book_has_quiet_weeks() -> None:
    assert [week.met for week in weeks(frames(), FRIDAY)] == [()] * 8
