"""Imported contacts wait in the list until the user has said something about them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from enishi.coach.network.checkup import check_up
from enishi.coach.network.inner_circle import nearest_people
from enishi.coach.relations.suggestible import suggestible_contacts
from enishi.coach.review.contact_sources import sources
from enishi.coach.today.suggestions import suggest_contacts
from frames import frames

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
IMPORTED = [
    {
        "id": f"c{number}",
        "name": f"架空 {number}郎",
        "source": "linkedin",
        "organisation": "見本社",
        "birthday": "1980-11-30",
        "met_on": "2026-11-20",
        "how_met": "LinkedIn",
        "note": "Position: designer",
    }
    for number in range(300)
]
SAYINGS = [
    {"known_as": "known"},
    {"topics": ["活版印刷"]},
    {"focus": True},
    {"comfort": 4},
]
LINKS = [
    ("encounter", "contact_id"),
    ("give", "contact_id"),
    ("promise", "contact_id"),
    ("step", "contact_id"),
    ("fact", "contact_id"),
    ("introduction", "target_id"),
    ("tie", "b_id"),
    ("event", "host_id"),
    ("place", "entrance_id"),
]


def test_three_hundred_imported_people_are_in_no_count_picture_suggestion_or_letter() -> None:
    book = frames(contact=IMPORTED)
    assert suggestible_contacts(book).empty
    assert suggest_contacts(book, TODAY, NOW) == ()
    assert nearest_people(book, TODAY) == []
    assert check_up(book, TODAY) == ()
    found = sources(book, date(2026, 10, 1), TODAY)
    assert (found.introduced, found.events, found.otherwise) == ((), (), ())


@pytest.mark.parametrize("said", SAYINGS)
def test_one_thing_said_about_one_of_them_brings_in_that_one_alone(said: dict[str, object]) -> None:
    book = frames(contact=[IMPORTED[0] | said, *IMPORTED[1:]])
    assert list(suggestible_contacts(book).index) == ["c0"]


def test_a_birthday_is_an_occasion_once_something_was_said() -> None:
    book = frames(contact=[IMPORTED[0] | {"known_as": "known"}, *IMPORTED[1:]])
    assert [row.contact_id for row in suggest_contacts(book, TODAY, NOW)] == ["c0"]


@pytest.mark.parametrize(("table", "link"), LINKS)
def test_an_entry_about_one_of_them_brings_in_that_one_alone(table: str, link: str) -> None:
    book = frames(contact=IMPORTED, **{table: [{link: "c7"}]})
    assert list(suggestible_contacts(book).index) == ["c7"]


def test_people_typed_in_are_there_at_once() -> None:
    book = frames(contact=[{"id": "a", "name": "架空 花子", "source": "typed"}, *IMPORTED])
    assert list(suggestible_contacts(book).index) == ["a"]
