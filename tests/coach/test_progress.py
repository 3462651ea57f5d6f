from datetime import date

from enishi.coach.goal.progress import goal_progress
from frames import frames

TODAY = date(2026, 11, 20)


def test_in_an_empty_book_every_link_is_still_open() -> None:
    links = goal_progress(frames(), TODAY)

    assert [link.name for link in links] == [
        "goal",
        "role",
        "place",
        "gift",
        "step",
        "promise",
        "introduction",
    ]
    assert not any(link.whole for link in links)


def test_each_entry_makes_its_link_whole() -> None:
    f = frames(
        goal=[{"id": "g", "wish": "制作者になる"}],
        role=[{"goal_id": "g", "does": "Web制作者"}],
        place=[{"goal_id": "g", "name": "例もくもく会", "next_on": "2026-12-03"}],
        contact=[{"id": "c", "name": "見本", "own_idea": "感想を送る"}],
        step=[{"contact_id": "c", "words": "お礼"}],
        promise=[{"contact_id": "c", "words": "また食事でも"}],
        introduction=[{"bridge_id": "c"}],
    )
    links = goal_progress(f, TODAY)

    assert all(link.whole for link in links)


def test_a_closed_goal_and_a_place_gone_by_break_the_thread() -> None:
    f = frames(
        goal=[{"wish": "制作者になる", "closed": True}],
        place=[{"name": "例もくもく会", "next_on": "2026-11-03"}],
    )
    links = {link.name: link.whole for link in goal_progress(f, TODAY)}

    assert not links["goal"]
    assert not links["place"]
