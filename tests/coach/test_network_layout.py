from collections.abc import Iterable
from datetime import date
from typing import Any

from enishi.coach.network.inner_circle import InnerCircle
from enishi.coach.network.network_layout import Picture, arrange, lay_out_network
from frames import frames

TODAY = date(2026, 11, 20)


def drawn(people: Iterable[str], *ties: Any) -> Picture:
    return arrange(InnerCircle(tuple(people), tuple(ties)))


def test_an_empty_book_is_an_empty_picture() -> None:
    assert lay_out_network(frames(), TODAY).marks == ()


def test_people_met_are_marked_even_while_little_is_known_of_their_ties() -> None:
    f = frames(
        contact=[{"id": who, "name": who, "known_as": "friend"} for who in "abc"],
        tie=[{"a_id": "a", "b_id": "b", "state": "close"}],
    )
    found = lay_out_network(f, TODAY)

    assert {mark.id for mark in found.marks} == {"a", "b", "c"}
    assert [(line.a, line.b, line.close) for line in found.lines] == [("a", "b", True)]


def test_nobody_is_nearer_to_the_middle_than_anybody_else() -> None:
    marks = drawn("abcdefg", ("a", "c", 0.8), ("b", "d", 0.5)).marks
    away = {round((mark.x - 0.5) ** 2 + (mark.y - 0.5) ** 2, 3) for mark in marks}

    assert away == {0.25}


def test_no_two_marks_share_a_place() -> None:
    marks = drawn([f"p{i}" for i in range(15)]).marks

    assert len({(mark.x, mark.y) for mark in marks}) == 15


def test_those_who_know_each_other_stand_side_by_side_in_one_circle() -> None:
    marks = drawn("abcd", ("a", "c", 0.5), ("b", "d", 0.8)).marks

    assert [mark.id for mark in marks] in (["a", "c", "b", "d"], ["b", "d", "a", "c"])
    circle = {mark.id: mark.circle for mark in marks}
    assert circle["a"] == circle["c"] != circle["b"] == circle["d"]


def test_a_close_tie_is_told_from_an_acquaintance() -> None:
    lines = drawn("abc", ("a", "b", 0.5), ("b", "c", 0.8)).lines

    assert [line.close for line in lines] == [False, True]
