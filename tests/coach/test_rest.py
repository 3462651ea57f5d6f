from datetime import date, datetime

import pytest

from enishi.coach.relations.history import history
from enishi.coach.today.rest import contacted_this_week, is_back, is_resting, monday_of, needs_rest
from enishi.coach.today.suggestions import explain_exclusions
from frames import Row, frame, frames

FRIDAY = date(2026, 11, 20)


def test_a_week_begins_on_monday() -> None:
    assert monday_of(FRIDAY) == monday_of(date(2026, 11, 22)) == date(2026, 11, 16)


@pytest.mark.parametrize(("on", "rests"), [("2026-11-16", True), ("2026-11-09", False)])
def test_a_week_of_rest_lasts_until_its_sunday(on: str, rests: bool) -> None:
    review = frame("review", {"on": on, "rest": True})

    assert is_resting(review, FRIDAY) is rests


def test_three_hard_meetings_in_two_weeks_make_rest_worth_offering() -> None:
    days = ["2026-11-07", "2026-11-12", "2026-11-19"]
    hard = [{"on": day, "hard": True} for day in days]

    assert needs_rest(frame("encounter", *hard), FRIDAY)
    assert not needs_rest(frame("encounter", *hard[1:]), FRIDAY)
    assert not needs_rest(frame("encounter", hard[1], hard[2], {"on": "2026-11-19"}), FRIDAY)
    assert not needs_rest(
        frame("encounter", hard[1], hard[2], {"on": "2026-11-06", "hard": True}), FRIDAY
    )


@pytest.mark.parametrize(
    ("last", "back"),
    [(None, False), (date(2026, 10, 31), False), (date(2026, 10, 30), True)],
)
def test_after_three_weeks_without_an_entry_one_is_welcomed_back(
    last: date | None, back: bool
) -> None:
    assert is_back(last, FRIDAY) is back


def test_a_week_counts_whom_one_turned_to_each_once_and_no_meetings() -> None:
    mine = {"started_by": "me", "kind": "message"}
    monday, sunday = {"on": "2026-11-16"} | mine, {"on": "2026-11-15"} | mine
    ann, bob = {"contact_id": "ann"}, {"contact_id": "bob"}

    people = [{"id": "ann", "name": "架空 花子"}, {"id": "bob", "name": "見本 太郎"}]

    def turned_to(*encounters: Row) -> int:
        book = frames(contact=people, encounter=list(encounters))
        return contacted_this_week(history(book, FRIDAY), FRIDAY)

    assert turned_to(monday | ann, monday | bob) == 2
    assert turned_to(monday | ann, monday | ann) == 1
    assert turned_to(monday | ann, sunday | bob) == 1
    assert turned_to(monday | ann, monday | bob | {"on": "2026-11-21"}) == 1
    assert turned_to(monday | ann, monday | bob | {"kind": "met"}) == 1


def test_the_list_is_empty_for_the_week_exactly_when_it_says_the_week_is_full() -> None:
    late = {"id": "late", "name": "例田 時計", "comfort": 4, "met_on": "2020-01-01"}
    people = [{"id": str(n), "name": f"見本 {n}"} for n in range(5)] + [late]
    then = [{"contact_id": "late", "on": f"2026-0{n}-01", "started_by": "them"} for n in (1, 2)]
    for turned_to in range(4, 6):
        mine = [
            {"contact_id": str(n), "on": "2026-11-17", "kind": "message", "started_by": "me"}
            for n in range(turned_to)
        ]
        f = frames(contact=people, encounter=then + mine)
        held = explain_exclusions(f, FRIDAY, datetime(2026, 11, 20, 3))

        assert contacted_this_week(history(f, FRIDAY), FRIDAY) == turned_to
        assert ("late" in held) is (turned_to == 5)
