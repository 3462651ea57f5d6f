"""What is said about an imported contact from memory, and who is asked about first."""

from __future__ import annotations

from datetime import date

import pytest

from enishi.coach.people.remembering import next_contact, remembered_contact
from enishi.coach.relations.history import NEVER, days_met
from enishi.coach.relations.suggestible import unreviewed_contacts
from frames import frames

TODAY = date(2026, 11, 20)


def test_who_was_connected_last_comes_first_and_the_others_as_they_stand_in_the_book() -> None:
    book = frames(
        contact=[
            {"id": "old", "source": "linkedin", "met_on": "2019-02-14"},
            {"id": "undated", "source": "google"},
            {"id": "new", "source": "linkedin", "met_on": "2025-11-03"},
            {"id": "same", "source": "linkedin", "met_on": "2025-11-03"},
            {"id": "later", "source": "google"},
        ]
    )
    people = unreviewed_contacts(book)
    assert list(people.index) == ["new", "same", "old", "undated", "later"]
    assert next_contact(people, ["new", "old"]) == "same"
    assert next_contact(people, list(people.index)) is None


@pytest.mark.parametrize(
    "said",
    [
        {"signs": ["pay_first"]},
        {"closed": True},
        {"do_not_contact": True},
        {"quiet_until": "2027-01-01"},
        {"trashed_on": "2026-11-01"},
        {"source": "typed"},
        {"where_met": "at the harbour"},
    ],
)
def test_nobody_is_asked_about_who_is_flagged_resting_removed_typed_in_or_looked_at(
    said: dict[str, object],
) -> None:
    assert unreviewed_contacts(frames(contact=[{"source": "linkedin"} | said])).empty


def test_what_was_not_said_is_not_written() -> None:
    assert remembered_contact(TODAY).is_empty
    assert remembered_contact(TODAY, where_met=" ", promise=" ").is_empty
    said = remembered_contact(TODAY, known_as="friend")
    assert (said.contact, said.facts, said.promises) == ({"known_as": "friend"}, (), ())


def test_a_promise_has_the_day_its_words_name_and_none_on_which_it_was_made() -> None:
    (dated,) = remembered_contact(TODAY, promise="来週、写真を送る").promises
    assert dated == {"by": "me", "words": "来週、写真を送る", "due": "2026-11-27"}
    (undated,) = remembered_contact(TODAY, promise="lend her the atlas").promises
    assert undated["due"] == ""


def test_a_year_is_kept_of_who_was_known_before_and_a_day_of_who_was_just_met() -> None:
    both = {"known_since": 2009, "met_on": "2026-11-19"}
    known = remembered_contact(TODAY, known_as="known", **both)  # type: ignore[arg-type]
    assert known.contact == {"known_as": "known", "known_since": 2009}
    new = remembered_contact(TODAY, known_as="just_met", **both)  # type: ignore[arg-type]
    assert new.contact == {"known_as": "just_met", "met_on": "2026-11-19"}
    undated = remembered_contact(TODAY, known_as="just_met")
    assert undated.contact == {"known_as": "just_met", "met_on": ""}


@pytest.mark.parametrize("known_as", ["", "known", "friend", "family", "colleague"])
def test_the_day_of_a_connection_in_a_file_is_no_day_of_meeting(known_as: str) -> None:
    person = {"source": "linkedin", "met_on": "2019-02-14", "known_as": known_as}
    assert days_met(frames(contact=[person])["contact"]).tolist() == [NEVER]
    typed = person | {"source": "typed"}
    assert days_met(frames(contact=[typed])["contact"]).tolist() != [NEVER]
    met = person | {"source": "google"}
    assert (days_met(frames(contact=[met])["contact"]).tolist() != [NEVER]) == bool(known_as)
