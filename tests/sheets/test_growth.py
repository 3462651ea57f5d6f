from __future__ import annotations

import pytest

from enishi.coach.strengths.growth import candidates
from frames import frames
from sheets import Open, ask
from widgets.strengths.growth import Growth

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def growth(open_in: Open) -> Growth:
    return Growth(open_in("03-strengths"))


def test_what_is_strong_and_liked_is_proposed_before_what_grows_and_never_a_gap() -> None:
    found = candidates(
        frames(
            strength=[
                {"id": "leave", "name": "電話", "good_at": 1, "like": 1},
                {"id": "grow", "name": "料理", "good_at": 1, "like": 5},
                {"id": "spare", "name": "経理", "good_at": 5, "like": 1},
                {"id": "shine", "name": "聴く", "good_at": 5, "like": 5},
                {"id": "other", "name": "未定"},
                {"id": "blank", "name": " "},
            ]
        )
    )
    assert [one.id for one in found] == ["shine", "grow", "other", "spare", "leave"]
    assert [one.id for one in found if one.proposed] == ["shine", "grow"]
    assert all(one.why == one.id for one in found)


def test_what_others_see_more_in_than_oneself_comes_first() -> None:
    voices = [{"strength_id": "seen", "level": level} for level in (3, 4)]
    found = candidates(
        frames(
            strength=[
                {"id": "shine", "name": "書く", "good_at": 5, "like": 5, "level": 3},
                {"id": "seen", "name": "聴く", "level": 1},
            ],
            voice=voices,
        )
    )
    assert [(one.id, one.why, one.proposed) for one in found] == [
        ("seen", "seen", True),
        ("shine", "shine", True),
    ]


def test_there_is_one_strength_to_grow_and_undo_brings_the_other_back(growth: Growth) -> None:
    first = growth.book.add("strength", name="聴く")
    second = growth.book.add("strength", name="書く")
    assert ask(growth, "choose", id=first)["ok"]
    assert ask(growth, "choose", id=second)["ok"]
    assert growth.state["grown"]["id"] == second
    assert growth.book.frame("strength")["grow"].tolist() == [False, True]

    growth.book.undo()
    growth.refresh()
    assert growth.state["grown"]["id"] == first


def test_how_much_when_and_what_are_kept_with_the_strength(growth: Growth) -> None:
    id = growth.book.add("strength", name="写真", grow=True)
    values = {"grow_minutes": 30, "grow_when": "日曜の朝", "grow_how": "十枚撮る"}

    assert ask(growth, "write", table="strength", id=id, version=1, values=values)["ok"]
    assert values.items() <= growth.state["grown"].items()
    assert not ask(growth, "write", table="strength", id=id, version=2, values={"grow": False})[
        "ok"
    ]


def test_every_reason_and_every_number_of_minutes_can_be_said(open_in: Open) -> None:
    for language in ("ja", "en"):
        growth = Growth(open_in("03-strengths", language))
        assert set(growth.words["why"]) == {"seen", "shine", "grow", "other", "spare", "leave"}
        least = growth.book.add("strength", name="写真")
        for minutes in growth.state["minutes"]:
            growth.book.update("strength", least, grow_minutes=minutes)


def test_a_strength_that_is_gone_cannot_be_chosen(growth: Growth) -> None:
    answer = ask(growth, "choose", id="gone")
    assert not answer["ok"] and answer["text"]
