from datetime import date
from typing import Any

from enishi.coach.network.checkup import check_up, suggest_dormant
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from frames import Row, frames

TODAY = date(2026, 11, 20)


def rules(f: Frames, rule: Settings | None = None) -> set[str]:
    return {note.reason.rule for note in check_up(f, TODAY, rule)}


def people(count: int, **columns: Any) -> list[Row]:
    return [
        {"id": f"p{i}", "name": f"見本{i}", "how_met": "例の会", **columns} for i in range(count)
    ]


def test_who_brought_two_people_is_to_be_thanked() -> None:
    f = frames(contact=[*people(3), *({"id": k, "name": k, "through_id": "p0"} for k in "ab")])
    (note,) = [note for note in check_up(f, TODAY) if note.reason.rule == "net_broker"]

    assert note.people == ("p0",)
    assert note.reason.facts == {"name": "見本0", "count": 2}


def test_before_anything_is_known_of_who_knows_whom_it_only_asks() -> None:
    """No number, and no share, of people or of answers is told."""
    near = [one | {"known_as": "friend"} for one in people(5)]
    (note,) = check_up(frames(contact=near), TODAY)

    assert note.reason.rule == "net_unknown"
    assert note.reason.facts == {"a": "見本0", "b": "見本1"}
    assert check_up(frames(contact=people(6)), TODAY) == ()


def test_a_kind_of_person_the_goal_asks_for_and_nobody_is_yet() -> None:
    f = frames(
        goal=[{"id": "g", "wish": "制作者"}],
        role=[{"id": "r", "goal_id": "g", "does": "Web制作者"}],
        contact=people(1),
    )

    assert "net_role_missing" in rules(f)
    f["contact"].loc["p0", "role_id"] = "r"
    assert "net_role_missing" not in rules(f)


def test_eight_people_of_one_circle_are_alike_and_a_mixed_book_is_not() -> None:
    assert "net_alike" in rules(frames(contact=people(8, circles=["例の会社"])))
    mixed = [p | {"circles": [f"輪{i % 4}"]} for i, p in enumerate(people(8))]
    assert "net_alike" not in rules(frames(contact=mixed))


def sleeping_book(**more: Any) -> Frames:
    easy = {
        "id": "easy",
        "name": "見本A",
        "afternoon": "gladly",
        "respect_for": "やわらかい物腰",
        "met_on": "2021-01-01",
    }
    ahead = {"id": "ahead", "name": "見本B", "comfort": 3, "respect_for": "本づくりの目"}
    return frames(
        contact=[
            easy,
            ahead | {"met_on": "2020-01-01"} | more,
            {"id": "new", "met_on": "2026-01-01"},
        ],
        encounter=[
            {"contact_id": "easy", "on": "2021-02-01", "minutes": 1200},
            {"contact_id": "ahead", "on": "2020-01-01"},
        ],
    )


def test_the_sleeping_tie_worth_waking_argues_with_the_favourite() -> None:
    found = suggest_dormant(sleeping_book(), TODAY)

    assert found is not None
    assert (found.favourite, found.pick) == ("easy", "ahead")
    assert found.reason.facts == {
        "name": "見本B",
        "favourite": "見本A",
        "words": "本づくりの目",
    }


def test_whatever_the_favourite_is_somebody_else_is_put_beside_it() -> None:
    found = suggest_dormant(sleeping_book(), TODAY, favourite="ahead")
    assert found is not None and found.pick == "easy"
    other = suggest_dormant(sleeping_book(closeness="close"), TODAY)
    assert other is not None and other.favourite == "ahead"


def test_nobody_is_said_to_be_respected_or_at_ease_with_where_nothing_says_so() -> None:
    assert suggest_dormant(sleeping_book(respect_for="", respect=5, rung=4), TODAY) is None
    unsaid = sleeping_book()
    unsaid["contact"]["afternoon"] = ""
    assert suggest_dormant(unsaid, TODAY) is None


def test_one_sleeping_tie_alone_is_no_choice() -> None:
    assert suggest_dormant(sleeping_book(closed=True), TODAY) is None


def test_a_finding_can_be_switched_off() -> None:
    silent = Settings(switched_off=frozenset({"net_alike"}))
    alike = frames(contact=people(8, circles=["例の会社"]))

    assert "net_alike" in rules(alike) and "net_alike" not in rules(alike, silent)


def test_an_empty_book_has_nothing_to_notice() -> None:
    assert check_up(frames(), TODAY) == ()


def test_of_each_circle_one_is_named_and_nobody_one_feels_uneasy_with() -> None:
    easy = [{"id": who, "name": who, "known_as": "friend"} for who in "abc"]
    uneasy = {"id": "z", "name": "z", "known_as": "friend", "comfort": 2}
    pairs = [("a", "b", "close"), *((x, y, "strangers") for x, y in ("ac", "az", "bc", "bz", "cz"))]
    f = frames(
        contact=[*easy, uneasy],
        tie=[{"a_id": x, "b_id": y, "state": state} for x, y, state in pairs],
    )
    (note,) = [note for note in check_up(f, TODAY) if note.reason.rule == "net_circles"]

    assert note.reason.facts == {"count": 3}
    assert note.people == ("a", "c")
