"""Which strength to grow: what one is good at and fond of, not what is missing."""

from __future__ import annotations

from enishi.coach.strengths.growth import candidates
from frames import Row, frames


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


def test_what_two_others_named_and_one_does_not_call_good_yet_comes_first() -> None:
    strength: list[Row] = [
        {"id": "shine", "name": "書く", "good_at": 5, "like": 5},
        {"id": "seen", "name": "聴く"},
        {"id": "tiring", "name": "経理", "good_at": 5, "like": 1},
    ]
    voice = [{"who": who, "picks": ["聴く", "経理", "書く"]} for who in ("見本 一", "見本 二")]

    found = candidates(frames(strength=strength, voice=voice))
    assert [(one.id, one.why, one.proposed) for one in found] == [
        ("seen", "seen", True),
        ("shine", "shine", True),
        ("tiring", "spare", False),
    ]
    found = candidates(frames(strength=strength, voice=voice[:1]))
    assert [one.why for one in found] == ["shine", "other", "spare"]


def test_of_what_is_alike_what_leaves_one_livelier_comes_first() -> None:
    alike = {"good_at": 4, "like": 4}
    strength: list[Row] = [
        {"id": "tires", "name": "電話", "energy": -1, **alike},
        {"id": "unsaid", "name": "計画", **alike},
        {"id": "lifts", "name": "写真", "energy": 1, **alike},
    ]
    assert [one.id for one in candidates(frames(strength=strength))] == ["lifts", "unsaid", "tires"]
