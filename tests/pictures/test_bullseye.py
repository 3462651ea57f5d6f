"""The bullseye: the ring is the person's word, and what is not known is drawn as not known."""

from __future__ import annotations

from math import hypot
from typing import Any

import pytest

from drawing import draw, places
from enishi.choices import CLOSENESS
from enishi.pictures.bullseye import RINGS

AKI = {"id": "a", "name": "Aki", "known_as": "known"}


@pytest.mark.parametrize(("ring", "word"), [*enumerate(["", *CLOSENESS])])
def test_the_ring_is_what_the_person_said(ring: int, word: str) -> None:
    picture = draw("bullseye", {"contact": [AKI | {"closeness": word}]})
    ((x, y),) = places(picture, "unknown")
    assert hypot(x, y) == pytest.approx(RINGS[ring])


def test_the_fill_says_whether_a_talk_is_known() -> None:
    def traces_of(on: str) -> list[str]:
        met = [{"contact_id": "a", "on": on, "kind": "met"}] if on else []
        picture = draw("bullseye", {"contact": [AKI], "encounter": met})
        return [name for name in ("recent", "older", "unknown") if places(picture, name)]

    assert traces_of("2026-11-20") == ["recent"]
    assert traces_of("2026-01-20") == ["older"]
    assert traces_of("") == ["unknown"]


def test_people_of_one_circle_stand_side_by_side() -> None:
    people = [
        AKI | {"id": str(n), "name": f"P{n}", "circles": ["club" if n % 2 else "work"]}
        for n in range(6)
    ]
    picture = draw("bullseye", {"contact": people})
    assert [row[2] for row in picture.rows] == ["club"] * 3 + ["work"] * 3


def test_who_knows_whom_is_a_line_and_said() -> None:
    ben = AKI | {"id": "b", "name": "Ben"}
    tie = {"a_id": "a", "b_id": "b", "state": "close"}
    picture = draw("bullseye", {"contact": [AKI, ben], "tie": [tie]})
    assert len(places(picture, "close")) == 3  # both ends, and a gap
    assert "knows Ben" in picture.marks[0].says
    strangers = draw("bullseye", {"contact": [AKI, ben], "tie": [tie | {"state": "strangers"}]})
    assert places(strangers, "close") == places(strangers, "acquainted") == []


def test_a_kind_that_nobody_is_of_is_an_empty_seat() -> None:
    book = {
        "goal": [{"id": "g", "wish": "x"}],
        "role": [{"id": "r", "goal_id": "g", "does": "Shop owners"}],
        "contact": [AKI],
    }
    picture = draw("bullseye", book)
    assert len(places(picture, "seats")) == 1
    assert picture.marks[-1].label == "Shop owners"
    book["contact"] = [AKI | {"role_id": "r"}]
    assert places(draw("bullseye", book), "seats") == []


def test_up_to_fifteen_have_their_names_and_of_five_hundred_each_is_still_said() -> None:
    def people(count: int) -> list[dict[str, Any]]:
        return [AKI | {"id": f"{n:03}", "name": f"Person {n}"} for n in range(count)]

    assert all(mark.label for mark in draw("bullseye", {"contact": people(15)}).marks)
    many = draw("bullseye", {"contact": people(500)}).marks
    assert len(many) == 500 and not any(mark.label for mark in many)
    assert many[499].says.startswith("Person 499")


def test_in_a_large_picture_neighbours_stand_apart_but_nearest_to_their_own_ring() -> None:
    people = [
        AKI | {"id": f"{n:03}", "name": f"P{n}", "closeness": CLOSENESS[n % 4]} for n in range(500)
    ]
    book = {
        "goal": [{"id": "g", "wish": "x"}],
        "role": [{"id": id, "goal_id": "g", "does": f"Kind {id}"} for id in ("r", "s")],
        "contact": people,
    }
    picture = draw("bullseye", book)
    for number, mark in enumerate(picture.marks[:500]):
        away = [abs(hypot(float(mark.x), float(mark.y)) - ring) for ring in RINGS]
        assert away.index(min(away)) == number % 4 + 1
    (x, y), (other_x, other_y) = places(picture, "seats")
    assert hypot(x - other_x, y - other_y) > 0.2


def test_only_a_large_picture_is_searched_and_masked_it_is_searched_by_initials() -> None:
    many = [
        AKI | {"id": f"{n:02}", "name": "架空 花子", "family_kana": "カクウ"} for n in range(16)
    ]
    few = draw("bullseye", {"contact": many[:15]})
    assert not any(mark.sought or mark.called for mark in few.marks)
    plain = draw("bullseye", {"contact": many}, language="ja")
    assert {(mark.called, mark.sought) for mark in plain.marks} == {
        ("架空 花子", "架空花子 かくう")
    }
    masked = draw("bullseye", {"contact": many}, language="ja", is_masked=True)
    assert "花子" not in repr(masked.marks) and "かくう" not in repr(masked.marks)
