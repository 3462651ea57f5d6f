"""The ways to somebody on the bullseye: only what is written, by the coach's own rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drawing import wording
from enishi.coach.rules.settings import Settings
from enishi.i18n import texts
from enishi.pictures.ways import DrawnWay, find_ways
from frames import frames

AKI, BEN, CHO = (
    {"id": id, "name": name, "known_as": "known"}
    for id, name in (("a", "Aki"), ("b", "Ben"), ("c", "Cho"))
)
TALKS = [
    {"contact_id": "a", "on": f"2026-{month:02}-20", "kind": "met"} for month in (6, 8, 9, 10, 11)
]


def ways(choice: str, *off: str, **rows: list[dict[str, Any]]) -> list[DrawnWay]:
    """The ways to `choice` where the rules `off` are switched off."""
    words = wording("bullseye")
    words = replace(words, texts={**words.texts, "whys": texts("rules", "en")})
    return [*find_ways(frames(**rows), choice, words, Settings(switched_off=frozenset(off)))]


def test_who_introduced_whom_is_a_way_link_by_link() -> None:
    people = [AKI, BEN | {"through_id": "a"}, CHO | {"through_id": "b"}]
    found = ways("c", contact=people)
    assert [way.choices for way in found] == [("a", "b"), ("a", "b", "c")]
    assert found[-1].says == "Ben introduced you to Cho."
    assert ways("a", contact=people)[0].choices == ("a", "b")


def test_two_who_name_each_other_as_introducing_end_the_chain() -> None:
    people = [AKI | {"through_id": "b"}, BEN | {"through_id": "a"}]
    assert ("b", "a") in [way.choices for way in ways("a", contact=people)]


def test_who_knows_whom_is_a_way_in_the_words_of_the_coach() -> None:
    tie = {"a_id": "a", "b_id": "b", "state": "close"}
    (way,) = ways("b", contact=[AKI, BEN], tie=[tie], encounter=TALKS)
    assert way == DrawnWay("acquainted", ("a", "b"), "Aki knows Ben.")
    assert ways("b", contact=[AKI, BEN], tie=[tie | {"state": "strangers"}], encounter=TALKS) == []
    assert ways("b", "path_direct", contact=[AKI, BEN], tie=[tie], encounter=TALKS) == []


def test_an_empty_seat_has_a_way_over_those_who_may_know_somebody() -> None:
    book: dict[str, list[dict[str, Any]]] = {
        "goal": [{"id": "g", "wish": "x"}],
        "role": [{"id": "r", "goal_id": "g", "does": "People who run a bakery"}],
        "contact": [AKI | {"circles": ["bakery"], "closeness": "companion"}, BEN],
        "encounter": TALKS,
        "give": [
            {"contact_id": "a", "direction": way, "state": "done", "what": "x", "on": talk["on"]}
            for way in ("in", "out")
            for talk in TALKS
        ],
    }
    (way,) = ways("r", **book)
    assert way.kind == "likely" and way.choices == ("a", "r")
    assert "People who run a bakery" in way.says and "Aki" in way.says
    assert way in ways("a", **book)
    assert ways("b", **book) == []


def test_nobody_is_named_whom_a_suggestion_may_not_name() -> None:
    tie = {"a_id": "a", "b_id": "b", "state": "close"}
    wary = AKI | {"signs": ["pay_first"]}
    assert ways("b", contact=[wary, BEN | {"through_id": "a"}], tie=[tie], encounter=TALKS) == []
    with pytest.raises(KeyError):
        ways("a", contact=[wary, BEN])
