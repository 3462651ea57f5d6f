from datetime import date

from enishi.coach.today.focus import focus
from frames import frames

TODAY = date(2026, 11, 20)


def test_with_five_in_focus_it_is_enough() -> None:
    f = frames(contact=[{"id": f"p{i}", "focus": True} for i in range(5)])
    found = focus(f, TODAY)

    assert found.room == 0
    assert found.full is not None
    assert found.full.facts == {"count": 5}
    assert found.proposed == ()


def test_proposed_are_only_people_one_has_met_and_likes_to_be_with() -> None:
    f = frames(
        contact=[
            {"id": "liked", "name": "見本A", "met_on": "2026-10-01", "afternoon": "gladly"},
            {"id": "unmet", "name": "見本B", "afternoon": "gladly"},
            {"id": "hard", "met_on": "2026-10-01", "afternoon": "gladly", "comfort": 2},
            {"id": "resting", "met_on": "2026-10-01", "afternoon": "gladly", "closed": True},
            {"id": "goal", "name": "見本C", "met_on": "2026-10-01", "role_id": "r", "comfort": 4},
        ],
        role=[{"id": "r", "does": "Web制作者"}],
    )
    found = focus(f, TODAY)

    assert [(who, why.rule) for who, why in found.proposed] == [
        ("goal", "focus_goal"),
        ("liked", "focus_fit"),
    ]


def test_an_empty_book_has_room_for_five() -> None:
    assert focus(frames(), TODAY).room == 5
