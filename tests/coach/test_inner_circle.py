from collections.abc import Iterable
from datetime import date
from itertools import combinations

from enishi.coach.network.inner_circle import circle, nearest_people
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from frames import frames

TODAY = date(2026, 11, 20)


def book(
    count: int = 4, known: Iterable[tuple[str, str]] = (), strangers: Iterable[tuple[str, str]] = ()
) -> Frames:
    people = [{"id": f"p{i}", "name": f"見本{i}", "known_as": "friend"} for i in range(count)]
    ties = [{"a_id": a, "b_id": b, "state": "close"} for a, b in known]
    ties += [{"a_id": a, "b_id": b, "state": "strangers"} for a, b in strangers]
    return frames(contact=people, tie=ties)


def all_but(known: Iterable[tuple[str, str]], count: int = 4) -> list[tuple[str, str]]:
    names = [f"p{i}" for i in range(count)]
    return [pair for pair in combinations(names, 2) if pair not in known]


def test_no_circle_is_told_while_a_pair_between_two_is_unanswered() -> None:
    known = [("p0", "p1")]
    found = circle(book(known=known, strangers=all_but(known)[:-1]), TODAY)

    assert found.asked == ("p2", "p3")
    assert found.circles == () and found.reason is None


def test_once_every_pair_between_them_is_answered_the_circles_are_told() -> None:
    known = [("p0", "p1")]
    found = circle(book(known=known, strangers=all_but(known)), TODAY)

    assert found.circles == tuple(map(frozenset, ({"p0", "p1"}, {"p2"}, {"p3"})))
    assert found.reason is not None and found.asked == ()
    assert (found.reason.rule, found.reason.facts) == ("net_circles", {"count": 3})


def test_one_circle_is_known_as_soon_as_known_ties_connect_everybody() -> None:
    found = circle(book(known=[("p0", "p1"), ("p1", "p2"), ("p2", "p3")]), TODAY)

    assert found.reason is not None
    assert (found.reason.rule, found.reason.facts) == ("net_one_circle", {})


def test_only_the_nearest_fifteen_are_asked_about() -> None:
    assert len(nearest_people(book(count=20), TODAY)) == 15


def test_near_is_only_who_was_called_so_or_noted_again_and_again_and_nobody_at_rest() -> None:
    noted = [{"contact_id": "talks", "on": f"2026-0{n}-01", "kind": "meal"} for n in range(1, 8)]
    f = frames(
        contact=[
            {"id": "unsaid"},
            {"id": "met", "known_as": "just_met", "met_on": "2026-11-20"},
            {"id": "years", "known_as": "known", "known_since": 2016, "met_on": "2016-01-01"},
            {"id": "beginning", "closeness": "beginning"},
            {"id": "rest", "known_as": "friend", "closed": True},
            {"id": "friend", "known_as": "friend"},
            {"id": "close", "closeness": "close"},
            {"id": "focus", "focus": True},
            {"id": "talks"},
        ],
        encounter=noted,
    )

    assert set(nearest_people(f, TODAY)) == {"friend", "close", "focus", "talks"}


def test_a_rule_switched_off_leaves_the_picture_without_its_sentence() -> None:
    known = [("p0", "p1")]
    f = book(known=known, strangers=all_but(known))

    assert circle(f, TODAY, Settings(switched_off=frozenset({"net_circles"}))).reason is None
