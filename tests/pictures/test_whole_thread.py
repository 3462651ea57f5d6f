"""The whole thread: joined by ids, and hollow where it breaks."""

from __future__ import annotations

from typing import Any

from drawing import draw, places

GOAL = {"id": "g", "wish": "My own shop"}
ROLE = {"id": "r", "goal_id": "g", "does": "Shop owners"}
AKI = {"id": "a", "name": "Aki", "known_as": "known", "role_id": "r"}


def words(**rows: list[dict[str, Any]]) -> list[str]:
    return [row[1] for row in draw("whole_thread", rows).rows]


def test_the_thread_goes_from_the_wish_to_what_is_next_with_each() -> None:
    promise = {"contact_id": "a", "words": "photos", "said_on": "2026-11-01"}
    assert words(goal=[GOAL], role=[ROLE], contact=[AKI], promise=[promise]) == [
        "Wish: My own shop",
        "Who to meet: Shop owners",
        "Person: Aki",
        "Promise: photos",
    ]


def test_where_it_breaks_the_act_leads_to_what_mends_it() -> None:
    cases: list[tuple[dict[str, list[dict[str, Any]]], str]] = [
        ({"goal": [GOAL]}, "kinds"),
        ({"goal": [GOAL], "role": [ROLE]}, "add"),
        ({"goal": [GOAL], "role": [ROLE], "contact": [AKI]}, "people"),
        ({"role": [ROLE]}, "wish"),
    ]
    for rows, screen in cases:
        picture = draw("whole_thread", rows)
        assert picture.act and picture.act.opens.screen == screen
        assert places(picture, "missing")


def test_words_in_common_join_nobody() -> None:
    other = AKI | {"role_id": "", "needs": ["Shop owners"]}
    assert "Person: Aki" not in words(goal=[GOAL], role=[ROLE], contact=[other])


def test_a_closed_goal_is_not_drawn() -> None:
    assert words(goal=[GOAL | {"closed": True}], role=[ROLE]) == []
