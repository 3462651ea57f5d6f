from datetime import date

from enishi.coach.goal.phase import phase
from enishi.coach.relations.history import Frames
from enishi.coach.rules.settings import Settings
from frames import frames

TODAY = date(2026, 11, 20)


def book(chosen: str, known: int = 3) -> Frames:
    return frames(
        goal=[{"wish": "制作者", "phase": chosen}],
        contact=[{"id": f"p{i}", "comfort": 4} for i in range(known)],
        encounter=[
            {"contact_id": f"p{i}", "on": on, "kind": "meal"}
            for i in range(known)
            for on in ("2026-10-01", "2026-10-09")
        ],
    )


def test_with_three_people_one_knows_and_likes_the_moment_to_deepen_has_come() -> None:
    found = phase(book("explore"), TODAY)

    assert (found.now, found.proposed) == ("explore", "deepen")
    assert found.reason is not None
    assert found.reason.facts == {"count": 3}


def test_those_one_is_little_at_ease_with_do_not_count() -> None:
    f = dict(book("explore"))
    f["contact"].loc["p0", "comfort"] = 2
    assert phase(f, TODAY).proposed == ""
    f["contact"] = f["contact"].assign(comfort=float("nan"))
    assert phase(f, TODAY).proposed == "deepen"


def test_with_two_it_has_not() -> None:
    assert phase(book("explore", known=2), TODAY).proposed == ""


def test_to_be_introduced_needs_trust_and_not_only_acquaintance() -> None:
    assert phase(book("deepen"), TODAY).proposed == ""


def test_without_a_goal_one_explores() -> None:
    assert phase(frames(), TODAY).now == "explore"


def test_the_proposal_can_be_switched_off() -> None:
    silent = Settings(switched_off=frozenset({"phase_deepen"}))

    assert phase(book("explore"), TODAY, silent).proposed == ""
