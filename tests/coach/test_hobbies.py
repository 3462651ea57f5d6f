"""Hobbies of both: what one simply likes, and what somebody else loves as well."""

from __future__ import annotations

from typing import Any

import pytest

from enishi.coach.strengths.hobbies import shared_hobbies
from frames import Row, frames

LIKED: list[Row] = [
    {"id": "a", "name": "bouldering", "prompt": "like"},
    {"id": "b", "name": "mending chairs", "prompt": "easy"},
    {"id": "c", "name": "ボルダリング", "prompt": "like"},
]


def shared(contact: Row | None = None, *facts: Row, strength: list[Row] = LIKED) -> Any:
    person = {"id": "ann", "name": "Ann"} | (contact or {})
    rows = [{"contact_id": "ann", "kind": "loves", "source": "said"} | fact for fact in facts]
    return shared_hobbies(frames(contact=[person], fact=rows, strength=strength), "ann")


def test_a_hobby_of_both_is_said_in_the_words_of_both_rows() -> None:
    assert shared(None, {"words": "Bouldering on\nTuesdays"}) == (
        ("bouldering", "Bouldering on Tuesdays"),
        ("ボルダリング", "Bouldering on Tuesdays"),
    )
    only = LIKED[1:]
    assert shared({"topics": ["週末のボルダリング"]}, strength=only) == (
        ("ボルダリング", "週末のボルダリング"),
    )


@pytest.mark.parametrize(
    "fact",
    [
        {"words": "bouldering", "source": "guess"},
        {"words": "bouldering", "kind": "looking_for"},
        {"words": "bouldering", "contact_id": "ben"},
        {"words": "mending chairs"},  # a strength of mine, not a hobby
        {"words": "long walks"},
        {"words": "boulder"},
        {"words": " "},
    ],
    ids=[
        "guessed",
        "another kind",
        "of somebody else",
        "no hobby of mine",
        "another",
        "part of a word",
        "blank",
    ],
)
def test_nothing_is_shared_without_a_row_on_both_sides(fact: Row) -> None:
    assert shared(None, fact) == ()


def test_without_hobbies_of_ones_own_nothing_is_shared() -> None:
    assert shared({"topics": ["bouldering"]}, strength=LIKED[1:2]) == ()
