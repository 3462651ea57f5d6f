"""The threads over time: what has a day is drawn on it, and a gap is named for what it is."""

from __future__ import annotations

import pytest

from drawing import draw, labels, places

AKI = {"id": "a", "name": "Aki", "known_as": "known", "focus": True}


def test_given_stands_above_the_line_and_what_came_below() -> None:
    both = [
        {"contact_id": "a", "direction": direction, "state": "done", "what": "tea"}
        | {"on": "2026-11-20"}
        for direction in ("out", "in")
    ]
    picture = draw("time_lanes", {"contact": [AKI], "give": both})
    ((x, above),) = places(picture, "given")
    ((_, below),) = places(picture, "come")
    assert x == -10 and above > 0 > below


def test_a_kept_promise_is_an_arc_from_the_day_it_was_said() -> None:
    promise = {"contact_id": "a", "words": "photos", "state": "kept"}
    promise |= {"said_on": "2026-11-10", "closed_on": "2026-11-20"}
    picture = draw("time_lanes", {"contact": [AKI], "promise": [promise]})
    (arc,) = [each for each in picture.data if each["name"] == "promises"]
    assert (arc["x"][0], arc["x"][2]) == (-20, -10)
    assert places(picture, "kept") == [(-10, 0.0)]


def test_the_next_step_is_hollow_and_right_of_today() -> None:
    step = {"contact_id": "a", "words": "write", "on": "2026-12-05"}
    picture = draw("time_lanes", {"contact": [AKI], "step": [step]})
    assert places(picture, "next") == [(5, 0.0)]
    (trace,) = [each for each in picture.data if each["name"] == "next"]
    assert trace["marker"]["color"] == "rgba(0,0,0,0)"


def test_what_has_no_day_is_not_put_on_one() -> None:
    step = {"contact_id": "a", "words": "some day"}
    assert draw("time_lanes", {"contact": [AKI], "step": [step]}).marks == ()


@pytest.mark.parametrize(
    ("days", "says"),
    [(["2026-11-20"], True), ([], True), (["2026-03-01", "2026-06-01", "2026-09-01"], False)],
)
def test_a_long_time_without_a_line_says_that_nothing_is_noted(days: list[str], says: bool) -> None:
    met = [{"contact_id": "a", "on": on} for on in days]
    picture = draw("time_lanes", {"contact": [AKI], "encounter": met})
    assert ("nothing noted" in labels(picture)) is says


def test_the_act_is_a_next_step_with_somebody_who_has_none() -> None:
    ben = AKI | {"id": "b", "name": "Ben"}
    step = {"contact_id": "a", "words": "write"}
    act = draw("time_lanes", {"contact": [AKI, ben], "step": [step]}).act
    assert act and act.words == "Set a next step with Ben"
    both = [step, {"contact_id": "b", "words": "call"}]
    assert draw("time_lanes", {"contact": [AKI, ben], "step": both}).act is None
