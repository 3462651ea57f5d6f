"""Filters of the list of contacts."""

from __future__ import annotations

import json
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.coach.people.filters import (
    ConditionKind,
    FilterCondition,
    PeopleFilter,
    filter_text,
    matching,
    read_filter,
)
from frames import frames

TODAY = date(2026, 3, 31)
FRAMES = frames(
    role=[{"id": "r", "name": "editor"}],
    contact=[
        {"id": "a", "name": "A", "circles": ["読書会"], "role_id": "r", "focus": True},
        {"id": "b", "name": "B", "circles": ["合唱", "読書会"], "where_met": "図書館のﾎｰﾙ"},
        {
            "id": "c",
            "name": "C",
            "how_met": "勉強会（例）",
            "through_id": "a",
            "known_as": "friend",
        },
        {"id": "d", "name": "D", "source": "linkedin", "met_on": "2024-01-01"},
        {"id": "e", "name": "E", "trashed_on": "2026-01-01", "circles": ["読書会"]},
        {"id": "f", "name": "F", "last_talk": "year"},
    ],
    encounter=[
        {"contact_id": "a", "on": "2025-09-30", "kind": "met"},
        {"contact_id": "a", "on": "2026-03-01", "kind": "message"},
        {"contact_id": "b", "on": "2026-02-28", "kind": "meal"},
        {"contact_id": "b", "on": "2027-01-01", "kind": "meal"},
        {"contact_id": "c", "on": "2026-03-02", "kind": "letter"},
    ],
    step=[
        {"contact_id": "a", "words": "写真を送る"},
        {"contact_id": "b", "words": "電話", "state": "done"},
    ],
    relation=[
        {"a_id": "a", "b_id": "b", "kind": "teacher"},
        {"a_id": "c", "b_id": "b", "kind": "friend"},
    ],
)
VALUES = {
    "circle": ["読書会", "合唱", "nowhere"],
    "role": ["r", ""],
    "known_as": ["friend", "?"],
    "where": ["ホール", ""],
    "how": ["勉強会", "(例)"],
    "through": ["a", ""],
    "relation": ["teacher", "student", "friend", "?"],
    "unmet": ["1", "6", "x", "99999999999999999999"],
    "met": ["1", "6"],
}
CONDITIONS = st.sampled_from(get_args(ConditionKind)).flatmap(
    lambda kind: st.builds(
        FilterCondition, st.just(kind), st.sampled_from(VALUES.get(kind, [""])), st.booleans()
    )
)
ACTIVE = {"a", "b", "c", "d", "f"}


def found(*conditions: FilterCondition, is_any: bool = False) -> set[str]:
    return set(matching(FRAMES, PeopleFilter(conditions, is_any), TODAY))


@pytest.mark.parametrize(
    ("kind", "value", "ids"),
    [
        ("circle", "読書会", "ab"),
        ("role", "r", "a"),
        ("role", "", "bcdf"),
        ("known_as", "friend", "c"),
        ("where", "としょかん", ""),
        ("where", "図書館のホール", "b"),
        ("how", "勉強会(例)", "c"),
        ("through", "a", "c"),
        ("relation", "teacher", "a"),
        ("relation", "student", "b"),
        ("relation", "friend", "bc"),
        ("focus", "", "a"),
        ("unmet", "6", "a"),
        ("unmet", "7", ""),
        ("unmet", "1", "ab"),
        ("met", "2", "b"),
        ("met", "7", "ab"),
        ("unnoted", "", "d"),
        ("no_step", "", "bcdf"),
        ("unread", "", "d"),
        ("archived", "", "e"),
    ],
)
def test_each_condition_finds_whom_it_asks_for(kind: ConditionKind, value: str, ids: str) -> None:
    assert found(FilterCondition(kind, value)) == set(ids)


def test_who_is_not_known_to_have_been_met_is_in_neither_condition() -> None:
    lately, long_ago = FilterCondition("met", "6"), FilterCondition("unmet", "6")
    assert found(lately, long_ago) == set()
    assert found(lately, long_ago, is_any=True) == {"a", "b"}


def test_no_condition_chooses_everybody_but_the_trash() -> None:
    assert found() == found(is_any=True) == ACTIVE


@given(st.lists(CONDITIONS, min_size=1, max_size=5))
@settings(max_examples=300)
def test_all_any_and_not_are_those_of_sets(conditions: list[FilterCondition]) -> None:
    trash = any(each.kind == "archived" for each in conditions)
    everybody = ACTIVE | {"e"} if trash else ACTIVE
    sets = [
        found(each) if each.kind == "archived" or not trash else _with_trash(each)
        for each in conditions
    ]
    opposite = [FilterCondition(each.kind, each.value, not each.is_not) for each in conditions]

    together, one_is_enough = found(*conditions), found(*conditions, is_any=True)

    assert together == set.intersection(*sets)
    assert one_is_enough == set.union(*sets)
    assert found(*opposite, is_any=True) == everybody - together
    assert found(*opposite) == everybody - one_is_enough


def _with_trash(condition: FilterCondition) -> set[str]:
    """Return whom a condition finds among all, by a second condition that is always met."""
    both = (FilterCondition("archived"), FilterCondition("archived", is_not=True))
    return found(condition, both[0]) | found(condition, both[1])


@given(st.lists(CONDITIONS, max_size=5).map(tuple), st.booleans())
def test_a_filter_is_the_same_after_it_was_stored(
    conditions: tuple[FilterCondition, ...], is_any: bool
) -> None:
    kept = PeopleFilter(conditions, is_any)
    assert read_filter(filter_text(kept)) == kept


@pytest.mark.parametrize(
    "text",
    ["", "[]", "nothing", '{"conditions": 1}', '{"conditions": [{"kind": "?"}]}', '{"more": 1}'],
)
def test_a_text_that_is_no_filter_is_told_and_raises_nothing(text: str) -> None:
    assert read_filter(text) is None


def test_a_filter_has_no_more_conditions_than_can_be_shown() -> None:
    assert read_filter(json.dumps({"conditions": [{"kind": "focus"}] * 21})) is None


def test_months_are_counted_in_the_calendar() -> None:
    met = frames(contact=[{"id": "a"}], encounter=[{"contact_id": "a", "on": "2026-02-28"}])
    one = PeopleFilter((FilterCondition("unmet", "1"),))
    assert matching(met, one, date(2026, 3, 31)) == ("a",)
    assert matching(met, one, date(2026, 3, 27)) == ()
