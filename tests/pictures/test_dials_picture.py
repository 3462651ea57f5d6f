"""The three dials: what was set, and nothing where nothing was."""

from __future__ import annotations

from drawing import draw, labels, places


def test_the_last_reading_has_its_numbers_and_the_earlier_ones_are_ghosts() -> None:
    readings = [
        {"kind": "dials", "on": "2026-09-01", "dial_goal": 2, "dial_time": 9},
        {"kind": "dials", "on": "2026-11-01", "dial_goal": 5},
    ]
    picture = draw("dials", {"review": readings})
    assert places(picture, "last") == [(5, 0)]
    assert sorted(places(picture, "earlier")) == [(2, 0), (9, -2)]
    assert "5" in labels(picture) and "9" not in labels(picture)
    assert picture.rows[0][1:] == ("5", "–", "–")


def test_a_review_of_another_kind_sets_no_dial() -> None:
    assert draw("dials", {"review": [{"kind": "week", "on": "2026-11-01"}]}).data == ()
