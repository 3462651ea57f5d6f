"""Giving and receiving: a line a person, in the order of the book, and no sums."""

from __future__ import annotations

from typing import Any

from drawing import draw, labels, places

PEOPLE = [
    {"id": "a", "name": "Aki", "known_as": "known"},
    {"id": "b", "name": "Ben", "known_as": "known"},
]


def give(who: str, direction: str, what: str, on: str = "", state: str = "done") -> dict[str, Any]:
    return {"contact_id": who, "direction": direction, "what": what, "on": on, "state": state}


def test_what_was_given_stands_right_and_what_came_left_the_oldest_inside() -> None:
    gives = [give("a", "out", "new", "2026-11-01"), give("a", "out", "old", "2026-01-01")]
    picture = draw("giving", {"contact": PEOPLE, "give": [*gives, give("a", "in", "tea")]})
    assert places(picture, "given") == [(1, 0), (2, 0)]
    assert places(picture, "come") == [(-1, 0)]
    old, new = [mark for mark in picture.marks if mark.x in (1, 2)]
    assert "old" in old.says and "new" in new.says


def test_the_arrow_keys_go_along_one_line_before_the_next() -> None:
    gives = [give("b", "in", "tea"), give("a", "out", "book"), give("a", "in", "word")]
    picture = draw("giving", {"contact": PEOPLE, "give": gives})
    assert [(mark.y, mark.x) for mark in picture.marks] == [(0, -1), (0, 1), (-1, -1)]


def test_only_what_was_done_and_written_is_drawn() -> None:
    gives = [give("a", "out", "planned", state="planned"), give("a", "out", " ")]
    assert draw("giving", {"contact": PEOPLE, "give": gives}).data == ()


def test_the_order_is_that_of_the_book_whoever_gave_more() -> None:
    gives = [give("b", "out", f"gift {n}") for n in range(5)] + [give("a", "in", "tea")]
    picture = draw("giving", {"contact": PEOPLE, "give": gives})
    assert [name for name in labels(picture) if name in ("Aki", "Ben")] == ["Aki", "Ben"]
    assert [row[0] for row in picture.rows] == ["Aki", *["Ben"] * 5]


def test_no_number_of_gifts_is_said() -> None:
    gives = [give("a", "out", "word") for _ in range(17)]
    picture = draw("giving", {"contact": PEOPLE, "give": gives})
    assert "17" not in picture.sentence + "".join(labels(picture))


def test_a_gift_without_a_day_is_given_none() -> None:
    picture = draw("giving", {"contact": PEOPLE, "give": [give("a", "out", "tea")]})
    assert picture.rows[0][3] == "no day noted"


def test_the_act_is_to_thank_for_what_came_last() -> None:
    gives = [give("a", "in", "first", "2026-01-01"), give("b", "in", "last", "2026-10-01")]
    act = draw("giving", {"contact": PEOPLE, "give": gives}).act
    assert act and act.words == "Thank Ben for “last”" and act.opens.row == "b"
    only_given = draw("giving", {"contact": PEOPLE, "give": [give("a", "out", "tea")]})
    assert only_given.act is None
