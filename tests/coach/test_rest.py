from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from enishi.coach.rules.settings import Settings
from enishi.coach.today.rest import is_back, is_resting, is_week_full, monday_of, needs_rest
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


def test_the_week_is_full_once_as_many_people_were_turned_to_as_meant() -> None:
    two = Settings(reach_outs_per_week=2)
    mine = {"started_by": "me", "kind": "message"}
    monday, sunday = {"on": "2026-11-16"} | mine, {"on": "2026-11-15"} | mine
    ann, bob = {"contact_id": "ann"}, {"contact_id": "bob"}

    people = [{"id": "ann", "name": "架空 花子"}, {"id": "bob", "name": "見本 太郎"}]

    def is_full(*encounters: Row, **more: Any) -> bool:
        rule = replace(two, **more)
        return is_week_full(frames(contact=people, encounter=list(encounters)), FRIDAY, rule)

    assert is_full(monday | ann, monday | bob)
    assert not is_full(monday | ann, monday | ann)
    assert not is_full(monday | ann, sunday | bob)
    assert not is_full(monday | ann, monday | bob | {"on": "2026-11-21"})
    assert not is_full(monday | ann, monday | bob | {"kind": "met"})
    assert not is_full(monday | ann, monday | bob, switched_off=frozenset({"gate_week_full"}))


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

        assert is_week_full(f, FRIDAY) is (turned_to == 5)
        assert ("late" in held) is (turned_to == 5)
