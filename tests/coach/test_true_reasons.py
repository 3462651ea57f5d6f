"""For generated books: a reason uses written facts only, and names no excluded contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.choices import CLOSENESS, FACTS, KNOWN_AS, LAST_TALKS
from enishi.coach.giving.gift_ideas import read_ideas, suggest_gifts
from enishi.coach.network.checkup import check_up, suggest_dormant
from enishi.coach.network.inner_circle import nearest_people
from enishi.coach.network.introductions import find_likely_contacts, paths_to, suggest_pairs
from enishi.coach.relations.history import Frames
from enishi.coach.review.contact_sources import sources
from enishi.coach.review.summary import build_letter
from enishi.coach.rules.reason import Reason
from enishi.coach.today.focus import focus
from enishi.coach.today.suggestions import suggest_contacts
from enishi.i18n import read_texts
from examples import max_examples
from frames import Row, frames

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 3, tzinfo=UTC)
WELCOME = ["a", "b", "c", "d"]
LEFT_OUT: dict[str, Row] = {
    "flagged": {"signs": ["pay_first"]},
    "removed": {"trashed_on": "2026-11-01"},
    "imported": {"source": "linkedin", "met_on": "2026-11-20", "birthday": "1980-11-30"},
}
"""Contacts that no reason, letter, picture or count contains."""
NAMES_LEFT_OUT = {f"見本 {id}" for id in LEFT_OUT}
RESTING: dict[str, Row] = {"resting": {"closed": True}, "silent": {"do_not_contact": True}}
"""Contacts that no suggestion of today or introduction contains."""
DAYS = st.sampled_from(["", "2021-03-01", "2026-03-01", "2026-11-01", "2026-11-25", "2026-12-05"])
WORDS = st.sampled_from(["", "写真を送る", "活版印刷", "本を貸す", "新刊の感想"])
LISTS = st.lists(st.sampled_from(["活版印刷", "写真", "山"]), max_size=2, unique=True)
PERSON = st.fixed_dictionaries(
    {
        "known_as": st.sampled_from(["", *KNOWN_AS]),
        "last_talk": st.sampled_from(["", *LAST_TALKS]),
        "last_talk_said_on": DAYS,
        "closeness": st.sampled_from(["", *CLOSENESS]),
        "met_on": DAYS,
        "respect_for": WORDS,
        "focus": st.booleans(),
        "afternoon": st.sampled_from(["", "gladly", "rather_not"]),
        "comfort": st.sampled_from([None, 2, 5]),
        "topics": LISTS,
        "needs": LISTS,
        "birthday": st.sampled_from(["", "1980-11-30"]),
        "role_id": st.sampled_from(["", "r"]),
        "cadence_days": st.sampled_from([None, 14]),
    }
)


def rows_about(who: st.SearchStrategy[str], **columns: st.SearchStrategy[Any]) -> Any:
    return st.lists(st.fixed_dictionaries({"contact_id": who, **columns}), max_size=5)


@st.composite
def books(draw: st.DrawFn) -> Frames:
    """A book with welcome contacts, and some of every kind the coach leaves out."""
    said = st.sampled_from([*WELCOME, "flagged", "removed", *RESTING])
    contact = [{"id": id, "name": f"見本 {id}", **draw(PERSON)} for id in WELCOME]
    contact += [
        {"id": id, "name": f"見本 {id}", **more} for id, more in (LEFT_OUT | RESTING).items()
    ]
    others = st.sampled_from([*WELCOME, "flagged"])
    introduction = st.fixed_dictionaries(
        {
            "bridge_id": others,
            "target_id": others,
            "on": DAYS,
            "state": st.sampled_from(["planned", "asked", "introduced"]),
        }
    )
    tie = st.fixed_dictionaries(
        {"a_id": others, "b_id": others, "state": st.sampled_from(["close", "strangers"])}
    )
    return frames(
        goal=[{"id": "g", "wish": "工房をひらく"}],
        role=[{"id": "r", "goal_id": "g", "does": "活版印刷"}],
        contact=contact,
        encounter=draw(
            rows_about(
                said,
                on=DAYS,
                kind=st.sampled_from(["met", "meal", "message"]),
                started_by=st.sampled_from(["me", "them"]),
            )
        ),
        give=draw(
            rows_about(
                said,
                what=WORDS,
                on=DAYS,
                state=st.sampled_from(["planned", "done"]),
                direction=st.sampled_from(["in", "out"]),
            )
        ),
        promise=draw(
            rows_about(
                said,
                words=st.sampled_from(["写真を送る", "本を貸す"]),
                due=st.just("") | DAYS,
                said_on=DAYS,
                by=st.sampled_from(["me", "me", "them"]),
                state=st.sampled_from(["open", "open", "kept"]),
            )
        ),
        step=draw(
            rows_about(
                said,
                words=WORDS,
                on=DAYS,
                state=st.sampled_from(["open", "open", "done", "let_go"]),
            )
        ),
        fact=draw(
            rows_about(
                said,
                kind=st.sampled_from(["", *FACTS]),
                words=WORDS,
                source=st.sampled_from(["", "said", "seen", "guess"]),
                on=DAYS,
            )
        ),
        introduction=draw(st.lists(introduction, max_size=3)),
        tie=draw(st.lists(tie, max_size=4)),
    )


def reasons(book: Frames) -> Iterator[Reason]:
    """Every reason the coach gives about people of its own accord."""
    for row in suggest_contacts(book, TODAY, NOW):
        yield row.reason
    for note in check_up(book, TODAY):
        yield note.reason
    dormant = suggest_dormant(book, TODAY)
    if dormant:
        yield dormant.reason
    yield from (pair.reason for pair in suggest_pairs(book, TODAY))
    for target in WELCOME[:2]:
        yield from (path.reason for path in paths_to(book, target, TODAY))
    yield from (path.reason for path in find_likely_contacts(book, "活版印刷", TODAY))
    yield from (reason for _, reason in focus(book, TODAY).proposed)
    ideas = read_ideas(read_texts("gives"))
    for contact in WELCOME:
        yield from (gift.reason for gift in suggest_gifts(contact, book, ideas))


def cells(book: Frames) -> set[str]:
    """Every text, list entry and day that stands in the book."""
    found: set[str] = set()
    for frame in book.values():
        for _, column in frame.items():
            for value in column.tolist():
                if isinstance(value, list):
                    found |= set(value)
                elif isinstance(value, pd.Timestamp):
                    found.add(value.date().isoformat())
                else:
                    found.add(str(value))
    return found


def facts_of(reason: Reason) -> Iterator[str]:
    for value in reason.facts.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from map(str, value)


@pytest.mark.hypothesis
@settings(max_examples=min(400, max_examples() // 3))
@given(books())
def test_every_fact_of_a_reason_stands_in_the_book_and_names_nobody_left_out(book: Frames) -> None:
    written = (cells(book) | {""}) - NAMES_LEFT_OUT
    for reason in reasons(book):
        for fact in facts_of(reason):
            assert fact in written, (reason.rule, fact)


@pytest.mark.hypothesis
@settings(max_examples=min(400, max_examples() // 3))
@given(books())
def test_nobody_whom_the_coach_leaves_out_is_counted_or_shown(book: Frames) -> None:
    assert not {*LEFT_OUT} & {*nearest_people(book, TODAY)}
    letter = build_letter(book, "quarter", TODAY)
    named = [row[0] for row in (*letter.gave, *letter.received, *letter.kept, *letter.open)]
    named += [name for pair in letter.introduced for name in pair]
    assert not NAMES_LEFT_OUT & {*named, *letter.met, *letter.thank, *letter.next}
    new = sources(book, date(2026, 9, 1), TODAY)
    assert not {*LEFT_OUT} & {*new.introduced, *new.events, *new.otherwise}


@pytest.mark.hypothesis
@settings(max_examples=min(400, max_examples() // 3))
@given(books())
def test_nobody_at_rest_is_suggested_today_or_for_an_introduction(book: Frames) -> None:
    resting = {f"見本 {id}" for id in RESTING}
    for row in suggest_contacts(book, TODAY, NOW):
        assert row.contact_id not in RESTING
    for pair in suggest_pairs(book, TODAY):
        assert not resting & set(facts_of(pair.reason))
