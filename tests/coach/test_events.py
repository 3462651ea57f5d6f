from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from enishi.coach.relations.history import Frames
from enishi.coach.review.events import (
    CARDS,
    EventPlan,
    funnel,
    plan_event,
    prepare_event,
    review_event,
)
from enishi.i18n import read_texts
from frames import Row, frames

TODAY = date(2026, 11, 20)


def plan(
    place: Row | None = None, events: Iterable[Row] = (), contact: Iterable[Row] = (), **event: Any
) -> EventPlan:
    rows = [{"id": "e", "name": "例の会", "on": "2026-11-25", **event}, *events]
    f = frames(event=rows, place=[{"id": "p", **place}] if place else [], contact=list(contact))
    return prepare_event(f, "e", TODAY)


@pytest.mark.parametrize(("pressure", "talks"), [(9, 1), (7, 1), (5, 2), (1, 3), (None, 2)])
def test_the_higher_the_pressure_the_smaller_the_evening(pressure: int | None, talks: int) -> None:
    assert plan(pressure=pressure).talks == talks


def test_under_high_pressure_one_may_leave_early() -> None:
    assert "leave_early" in plan(pressure=8).ritual
    assert "smile" in plan(pressure=8).ritual


def test_every_card_comes_once_and_an_evening_keeps_its_order() -> None:
    cards = plan().cards

    assert sorted(cards) == list(range(1, CARDS + 1))
    assert cards == plan().cards


def test_there_is_a_card_for_every_number_with_a_question_to_go_on_and_none_asks_about_jobs() -> (
    None
):
    cards = read_texts("cards")["cards"]

    assert len(cards) == CARDS
    for card in cards:
        for text in (card["ask"], card["more"]):
            assert not any(word in text["ja"] for word in ("仕事", "会社", "職業", "年収"))
            assert not any(word in text["en"].lower() for word in (" job", "work", "company"))


def test_what_speaks_for_an_evening_and_against_it_is_told_without_a_score() -> None:
    found = plan(
        place={"name": "例もくもく会", "rhythm": "weekly", "role_id": "r", "entrance_id": "c"},
        contact=[{"id": "c", "name": "見本"}],
        place_id="p",
        bring="差し入れ",
    )

    assert [reason.rule for reason in found.why] == [
        "event_fits",
        "event_returns",
        "event_somebody",
        "event_bring",
    ]
    assert found.why_not == ()


def test_signs_of_soliciting_and_a_third_mixer_speak_against_it() -> None:
    done = [{"id": f"d{i}", "kind": "mixer", "on": f"2026-11-0{i}", "done": True} for i in (1, 8)]
    found = plan(
        place={"name": "例の会", "signs": ["pay_first"]}, events=done, place_id="p", kind="mixer"
    )

    assert [reason.rule for reason in found.why_not] == [
        "signs_stop",
        "event_bring_nothing",
        "guard_mixers",
    ]


def test_afterwards_each_one_met_waits_for_one_next_step() -> None:
    people = [{"id": who, "name": "見本"} for who in "abc"]
    f = frames(
        event=[{"id": "e", "on": "2026-11-19"}],
        contact=people,
        step=[{"contact_id": "b", "words": "展示に誘う"}],
        encounter=[
            *({"contact_id": who, "event_id": "e", "on": "2026-11-19"} for who in "abc"),
            {"contact_id": "c", "on": "2026-11-20", "kind": "message", "started_by": "me"},
        ],
    )
    found = review_event(f, "e")

    assert found.met == ("a", "b", "c")
    assert found.waiting == ("a",)
    assert found.room == 0


def test_an_evening_without_names_yet_has_room_for_three() -> None:
    assert review_event(frames(event=[{"id": "e"}]), "e").room == 3


def mixers(*wrote_after: int) -> Frames:
    """Three mixers with one met at each, and messages so many days after."""
    rows = [
        {"id": f"m{i}", "kind": "mixer", "on": f"2026-0{i}-01", "done": True} for i in (7, 8, 9)
    ]
    met = [{"contact_id": f"c{i}", "event_id": f"m{i}", "on": f"2026-0{i}-01"} for i in (7, 8, 9)]
    wrote = [
        {
            "contact_id": f"c{i}",
            "on": f"2026-0{i}-0{1 + days}",
            "kind": "message",
            "started_by": "me",
        }
        for i, days in zip((7, 8, 9), wrote_after, strict=False)
    ]
    people = [{"id": f"c{i}", "name": "見本"} for i in (7, 8, 9)]
    return frames(
        event=[{"id": "e", "kind": "mixer", "bring": "菓子"}, *rows],
        contact=people,
        encounter=met + wrote,
    )


def test_before_another_mixer_one_hears_that_hardly_anybody_of_the_last_three_was_written_to() -> (
    None
):
    assert [reason.rule for reason in prepare_event(mixers(), "e", TODAY).why_not] == [
        "guard_mixer_follow_up"
    ]
    assert prepare_event(mixers(2), "e", TODAY).why_not == ()


def test_an_evening_that_is_not_in_the_book_yet_can_be_planned() -> None:
    row = {"pressure": None, "place_id": "", "kind": "study", "bring": ""}
    found = plan_event("new", row, frames(), TODAY)

    assert found.talks == 2
    assert [reason.rule for reason in found.why_not] == ["event_bring_nothing"]


def test_it_is_told_who_was_met_who_answered_and_whom_one_saw_again() -> None:
    there = [
        {"contact_id": who, "event_id": "e", "on": "2026-11-01", "kind": "event"} for who in "abc"
    ]
    later = [
        {"contact_id": "a", "on": "2026-11-02", "kind": "message", "started_by": "me"},
        {"contact_id": "b", "on": "2026-11-03", "kind": "message", "started_by": "them"},
        {"contact_id": "c", "on": "2026-11-09", "kind": "meal", "started_by": "me"},
    ]
    f = frames(
        event=[{"id": "e", "on": "2026-11-01"}],
        contact=[{"id": who, "name": who} for who in "abc"],
        encounter=there + later,
    )
    found = funnel(f, "e")

    assert found.met == ("a", "b", "c")
    assert found.answered == ("b", "c")
    assert found.again == ("c",)


def test_an_event_where_nobody_was_noted_has_nobody_to_tell_of() -> None:
    found = funnel(frames(event=[{"id": "e"}]), "e")

    assert (found.met, found.answered, found.again) == ((), (), ())
