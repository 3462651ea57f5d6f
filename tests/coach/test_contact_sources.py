from datetime import date
from typing import Any

from enishi.coach.review.contact_sources import sources
from frames import Row, frames

SINCE, UNTIL = date(2026, 9, 1), date(2026, 11, 20)


def met(id: str, on: str = "2026-10-01", **columns: Any) -> Row:
    return {"id": id, "name": id, "met_on": on, **columns}


def test_new_people_are_told_apart_by_where_they_came_from() -> None:
    f = frames(
        event=[{"id": "e"}],
        contact=[met("brought", through_id="old"), met("there"), met("chance"), {"id": "old"}],
        encounter=[{"contact_id": "there", "event_id": "e", "on": "2026-10-01"}],
    )
    found = sources(f, SINCE, UNTIL)

    assert found.introduced == ("brought",)
    assert found.events == ("there",)
    assert found.otherwise == ("chance",)


def test_an_introduction_on_the_desk_counts_and_comes_before_the_event() -> None:
    f = frames(
        event=[{"id": "e"}],
        contact=[met("a")],
        introduction=[{"target_id": "a", "state": "thanked"}],
        encounter=[{"contact_id": "a", "event_id": "e", "on": "2026-10-01"}],
    )
    found = sources(f, SINCE, UNTIL)

    assert (found.introduced, found.events, found.otherwise) == (("a",), (), ())


def test_people_met_before_or_later_or_in_the_bin_are_no_news() -> None:
    f = frames(
        contact=[
            met("before", "2026-08-31"),
            met("later", "2026-11-21"),
            met("gone", trashed_on="2026-11-01"),
        ]
    )
    found = sources(f, SINCE, UNTIL)

    assert (found.introduced, found.events, found.otherwise) == ((), (), ())


def test_somebody_first_noted_at_an_event_needs_no_other_date() -> None:
    f = frames(
        event=[{"id": "e"}],
        contact=[{"id": id, "name": id, "known_as": "just_met"} for id in "ab"],
        encounter=[
            {"contact_id": "a", "event_id": "e", "on": "2026-10-01"},
            {"contact_id": "b", "on": "2026-10-02"},
            {"contact_id": "b", "event_id": "e", "on": "2026-10-09"},
        ],
    )
    found = sources(f, SINCE, UNTIL)

    assert found.events == ("a",)
    assert found.otherwise == ("b",)
