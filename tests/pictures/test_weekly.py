"""The picture of the week: chosen for what is written, each in its turn, with a true reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import TODAY, wording
from enishi.i18n import LANGUAGES
from enishi.pictures.catalogue import PICTURES
from enishi.pictures.weekly import Occasion, choose_occasion, find_occasions, say_why
from examples import max_examples
from frames import frames
from random_books import rows_of_books

WEEK = timedelta(days=7)
HANAKO = {"id": "p", "name": "架空 花子", "known_as": "known", "focus": True}
PROMISE = {"contact_id": "p", "by": "me", "words": "the photos", "said_on": "2026-05-04"}
GOAL: dict[str, list[dict[str, Any]]] = {
    "goal": [{"id": "g", "wish": "a shop"}],
    "role": [{"id": "r", "goal_id": "g", "does": "keeps a shop"}],
}
SPEAKING: dict[str, tuple[dict[str, list[dict[str, Any]]], str]] = {
    "time_lanes": (
        {"contact": [HANAKO], "promise": [PROMISE]},
        "Because your promise of May to 架空 花子, “the photos”, is still open.",
    ),
    "whole_thread": (GOAL, "Because nobody is written yet for “keeps a shop”."),
    "giving": (
        {
            "contact": [HANAKO],
            "give": [
                {"contact_id": "p", "direction": "in", "state": "done", "what": "tea"}
                | {"on": "2026-11-20"}
            ],
        },
        "Because 架空 花子 gave you “tea” (Fri 20 Nov).",
    ),
    "strength_fields": (
        {
            "strength": [{"name": "photos", "good_at": 5, "like": 5}],
            "voice": [{"who": "Ren", "picks": ["photos"], "answered_on": "2026-11-20"}],
        },
        "Because Ren named “photos” (Fri 20 Nov).",
    ),
    "dials": (
        {
            "review": [
                {"kind": "dials", "on": "2026-10-20", "dial_time": 3},
                {"kind": "dials", "on": "2026-11-20", "dial_time": 5},
            ]
        },
        "Because “I give it time” went from 3 to 5 (Fri 20 Nov).",
    ),
    "beginnings": (
        {
            "contact": [HANAKO],
            "event": [{"id": "e", "name": "a walk", "kind": "hobby"}],
            "encounter": [
                {"contact_id": "p", "kind": "event", "event_id": "e", "on": "2026-10-01"},
                {"contact_id": "p", "kind": "met", "on": "2026-11-20"},
            ],
        },
        "Because you and 架空 花子 talked again (Fri 20 Nov).",
    ),
    "bullseye": (
        {
            "contact": [
                HANAKO,
                *({"id": f"q{n}", "name": "Q", "closeness": "close"} for n in range(2)),
            ]
        },
        "Because you have not said yet where 架空 花子 stands.",
    ),
}


def chosen(rows: dict[str, list[dict[str, Any]]], today: date = TODAY) -> Occasion | None:
    return choose_occasion(find_occasions(frames(**rows), today), today)


@pytest.mark.parametrize("key", PICTURES)
def test_each_picture_comes_for_a_row_that_is_written_and_says_which(key: str) -> None:
    rows, why = SPEAKING[key]
    found = chosen(rows)
    assert found is not None and found.key == key
    assert say_why(found, wording(key)) == why


def test_a_book_with_nothing_to_show_has_no_picture() -> None:
    assert chosen({}) is None
    assert chosen({"goal": GOAL["goal"], "contact": [HANAKO]}) is None
    kept = PROMISE | {"state": "kept", "closed_on": "2026-06-01"}
    assert chosen({"contact": [HANAKO], "promise": [kept]}) is None


@pytest.mark.parametrize(
    "flag",
    [{"signs": ["pay_first"]}, {"trashed_on": "2026-11-01"}, {"closed": True}, {"focus": False}],
    ids=str,
)
def test_nobody_is_named_who_is_not_drawn(flag: dict[str, Any]) -> None:
    assert chosen({"contact": [HANAKO | flag], "promise": [PROMISE]}) is None


def test_what_is_written_this_week_changes_the_picture_next_week() -> None:
    rows, _ = SPEAKING["giving"]
    monday = TODAY - timedelta(days=TODAY.weekday())
    rows = rows | {"give": [rows["give"][0] | {"on": str(monday)}]}
    assert [chosen(rows, monday + timedelta(days=day)) for day in range(7)] == [None] * 7
    assert chosen(rows, monday + WEEK) is not None


def test_all_that_speak_take_turns() -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for each, _ in SPEAKING.values():
        rows = each | rows
    keys = [found.key for week in range(4) if (found := chosen(rows, TODAY + week * WEEK))]
    assert len({*keys}) == 4


reasons = st.builds(
    Occasion,
    st.sampled_from([*PICTURES]),
    st.just({}),
    st.none() | st.dates(date(2025, 12, 1), date(2026, 6, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 9, 1)),
)


@given(found=st.lists(reasons, max_size=8), day=st.dates(date(2026, 1, 12), date(2026, 9, 1)))
@settings(max_examples=max_examples(), deadline=None)
def test_no_picture_comes_twice_in_a_row_if_another_speaks(
    found: list[Occasion], day: date
) -> None:
    this, last = choose_occasion(found, day), choose_occasion(found, day - WEEK)
    monday = day - timedelta(days=day.weekday())
    assert this == choose_occasion(found, monday)  # the same all week
    speaking = {
        each.key
        for each in found
        if (each.since is None or each.since < monday)
        and (each.until is None or each.until >= monday)
    }
    assert (this is None) == (not speaking)
    if this and last and len(speaking) > 1:
        assert this.key in speaking and this.key != last.key


@given(rows=rows_of_books(), week=st.integers(-60, 60))
@settings(max_examples=max(5, max_examples() // 4), deadline=None)
def test_in_any_book_a_chosen_picture_shows_something_and_says_why(rows: Any, week: int) -> None:
    by_table: dict[str, list[dict[str, Any]]] = {}
    for (table, id), row in rows.items():
        by_table.setdefault(table, []).append({"id": id, **row})
    book = frames(**by_table)
    for each in find_occasions(book, TODAY):
        if choose_occasion([each], TODAY + week * WEEK) is None:
            continue
        for language in LANGUAGES:
            assert say_why(each, wording(each.key, language)).strip()
        if not week:
            assert PICTURES[each.key](book, wording(each.key)).data
