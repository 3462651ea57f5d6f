from datetime import date

import pytest

from enishi.coach.network.inner_circle import nearest_people
from enishi.coach.relations.history import Frames
from enishi.coach.relations.warmth import decay_warmth, warmth
from frames import frames

TODAY = date(2026, 11, 20)


def test_half_the_warmth_is_left_after_ninety_days() -> None:
    assert decay_warmth([1, 1, 2], [0, 90, 180]).sum() == pytest.approx(2.0)


def book() -> Frames:
    return frames(
        contact=[{"id": "long"}, {"id": "lately"}, {"id": "pinged"}, {"id": "planned"}],
        encounter=[
            {"contact_id": "long", "on": "2026-05-24", "kind": "meal"},
            {"contact_id": "lately", "on": "2026-11-20", "kind": "call"},
            {"contact_id": "pinged", "on": "2026-11-20", "kind": "sns", "started_by": "me"},
            {"contact_id": "planned", "on": "2026-12-20", "kind": "meal"},
        ],
    )


def test_a_meal_half_a_year_ago_has_a_quarter_left_and_a_ping_warms_nobody() -> None:
    left = warmth(book(), TODAY)

    assert left.to_dict() == pytest.approx({"long": 0.5, "lately": 1, "pinged": 0, "planned": 0})


def test_among_equals_the_warmer_tie_is_nearer() -> None:
    f = dict(book())
    f["contact"] = f["contact"].assign(closeness="close")
    assert nearest_people(f, TODAY) == ["lately", "long", "pinged", "planned"]
