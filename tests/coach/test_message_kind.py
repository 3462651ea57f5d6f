from datetime import date, datetime, timedelta
from typing import Any

import pytest

from enishi.choices import LETTERS as KINDS
from enishi.coach.messages.message_kind import (
    LETTER_KINDS,
    MessageSuggestion,
    default_kind,
    suggest_kinds,
)
from enishi.coach.rules.settings import Settings
from frames import Row, frames

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12)


def fits(
    settings: Settings | None = None, contact: Row | None = None, **rows: Any
) -> tuple[MessageSuggestion, ...]:
    person = {"id": "c", "name": "見本", **(contact or {})}
    return suggest_kinds(frames(contact=[person], **rows), "c", TODAY, NOON, settings)


def kinds(**rows: Any) -> list[str]:
    return [fit.kind for fit in fits(**rows)]


def met(days_ago: int) -> Row:
    return {"known_as": "just_met", "met_on": str(TODAY - timedelta(days=days_ago))}


def wrote(days_ago: int) -> Row:
    on = str(TODAY - timedelta(days=days_ago))
    return {"contact_id": "c", "on": on, "kind": "message", "started_by": "me"}


@pytest.mark.parametrize(("days", "kind"), [(1, "thanks"), (12, "thanks"), (45, "news")])
def test_a_first_message_is_thanks_and_after_a_month_it_is_news(days: int, kind: str) -> None:
    first, *_ = fits(contact=met(days))

    assert first.kind == kind
    assert first.reason.facts["on"] == str(TODAY - timedelta(days=days))


@pytest.mark.parametrize(("days", "expected"), [(3, []), (9, ["second"])])
def test_after_the_thanks_a_second_word_comes_from_the_seventh_day_on(
    days: int, expected: list[str]
) -> None:
    assert kinds(contact=met(days), encounter=[wrote(days - 1)]) == expected


def test_a_promise_comes_first_and_is_named() -> None:
    first, *_ = fits(
        contact=met(1), promise=[{"id": "p", "contact_id": "c", "words": "写真を送ります"}]
    )

    assert (first.kind, first.promise_id) == ("promise", "p")
    assert first.reason.facts["words"] == "写真を送ります"


def test_a_promise_of_theirs_is_not_mine_to_keep() -> None:
    assert kinds(promise=[{"contact_id": "c", "words": "送ります", "by": "them"}]) == []


@pytest.mark.parametrize(
    ("state", "bridge", "kind"),
    [
        ("planned", True, "ask_introduction"),
        ("introduced", True, "grateful"),
        ("thanked", True, "report"),
        ("target_agreed", False, "introduced"),
    ],
)
def test_an_introduction_says_what_is_written_now_and_to_whom(
    state: str, bridge: bool, kind: str
) -> None:
    sides = ("c", "") if bridge else ("", "c")
    rows = [{"id": "i", "bridge_id": sides[0], "target_id": sides[1], "state": state}]
    fit, *_ = fits(introduction=rows)

    assert (fit.kind, fit.introduction_id, fit.reason.rule) == (kind, "i", f"desk_{state}")


def test_where_nothing_asks_for_a_message_none_is_proposed() -> None:
    assert kinds() == []
    assert set(LETTER_KINDS.values()) <= set(KINDS)


@pytest.mark.parametrize(
    ("known", "kind"),
    [({}, "impression"), ({"known_as": "known"}, "news"), (met(3), "news")],
)
def test_to_somebody_not_met_one_writes_of_their_work_and_to_others_news(
    known: Row, kind: str
) -> None:
    person = {"id": "c", "name": "見本", **known}
    awaited = [{"target_id": "c", "state": "asked"}]

    assert default_kind(frames(contact=[person], introduction=awaited), "c", TODAY) == kind
    assert default_kind(frames(contact=[person]), "c", TODAY) == "news"


def test_a_rule_that_is_switched_off_proposes_nothing() -> None:
    silent = Settings(switched_off=frozenset({"first_thanks"}))

    assert "thanks" not in [fit.kind for fit in fits(settings=silent, contact=met(1))]
