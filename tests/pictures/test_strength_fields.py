"""The strengths in their fields, with energy, voices and the last person they went to."""

from __future__ import annotations

from typing import Any

from drawing import draw, labels, places

PHOTOS = {"id": "s", "name": "Photos", "good_at": 5, "like": 5, "energy": 1}


def test_each_strength_stands_in_its_field() -> None:
    rows: list[dict[str, Any]] = [
        PHOTOS,
        {"name": "Sums", "good_at": 5, "like": 1, "energy": -1},
        {"name": "Songs", "good_at": 1, "like": 5},
        {"name": "Not sorted"},
    ]
    picture = draw("strength_fields", {"strength": rows})
    ((right_up),) = places(picture, "energy 1")
    ((right_down),) = places(picture, "energy -1")
    ((left_up),) = places(picture, "energy 0")
    assert right_up[0] == right_down[0] > left_up[0]
    assert right_up[1] == left_up[1] > right_down[1]
    assert "Not sorted" not in labels(picture)
    assert ("Not sorted", "not sorted yet", "", "", "") in picture.rows


def test_a_ring_is_about_what_somebody_named() -> None:
    voice = {"who": "Aki", "picks": ["Photos"]}
    picture = draw("strength_fields", {"strength": [PHOTOS], "voice": [voice]})
    assert places(picture, "named") == places(picture, "energy 1")
    assert "named by Aki" in picture.marks[0].says
    assert places(draw("strength_fields", {"strength": [PHOTOS]}), "named") == []


def test_the_act_is_to_give_what_shines_and_went_to_nobody_yet() -> None:
    act = draw("strength_fields", {"strength": [PHOTOS]}).act
    assert act and "Photos" in act.words
    given: dict[str, list[dict[str, Any]]] = {
        "contact": [{"id": "a", "name": "Aki", "known_as": "known"}],
        "give": [{"contact_id": "a", "strength_id": "s", "what": "x", "state": "done"}],
    }
    picture = draw("strength_fields", {"strength": [PHOTOS], **given})
    assert picture.act is None
    assert "last given to Aki" in picture.marks[0].says
