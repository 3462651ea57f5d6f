from __future__ import annotations

from datetime import date
from typing import Any

from enishi.coach.today.first_step import Nearest, nearest_step
from frames import frames
from sheets import Open, book_of
from widgets import Closing

pytest_plugins = ["sheet_fixtures"]

DAY = date(2026, 11, 20)
ANN = {"id": "a", "name": "架空 花子", "called": "花ちゃん"}
BEN = {"id": "b", "name": "見本 太郎"}


def found(**rows: list[dict[str, Any]]) -> Nearest | None:
    return nearest_step(frames(**rows), DAY)


def test_nothing_written_names_nothing() -> None:
    assert found() is None
    assert found(contact=[ANN]) is None


def test_the_step_that_is_due_first_is_named_in_its_own_words() -> None:
    later = ANN | {"next_step": "お茶に誘う", "next_on": "2026-12-03"}
    sooner = BEN | {"next_step": "写真を送る", "next_on": "2026-11-21"}
    assert found(contact=[later, sooner]) == Nearest("step", "見本 太郎", "写真を送る")


def test_a_step_without_a_day_comes_after_those_with_one() -> None:
    some_time = ANN | {"next_step": "お茶に誘う"}
    on = BEN | {"next_step": "写真を送る", "next_on": "2027-01-01"}
    assert found(contact=[some_time, on]) == Nearest("step", "見本 太郎", "写真を送る")
    assert found(contact=[some_time]) == Nearest("step", "花ちゃん", "お茶に誘う")


def test_without_a_step_a_promise_of_mine_is_named_and_none_of_theirs() -> None:
    theirs = {"contact_id": "a", "words": "貸してくれる", "by": "them", "due": "2026-11-20"}
    mine = {"contact_id": "b", "words": "写真を送る", "due": "2026-12-03"}
    assert found(contact=[ANN, BEN], promise=[theirs]) is None
    assert found(contact=[ANN, BEN], promise=[theirs, mine]) == Nearest(
        "promise", "見本 太郎", "写真を送る"
    )


def test_without_a_promise_a_planned_gift_is_named() -> None:
    gift = {"contact_id": "a", "what": "本を貸す", "on": "2026-12-03"}
    assert found(contact=[ANN], give=[gift]) == Nearest("gift", "花ちゃん", "本を貸す")
    assert found(contact=[ANN], give=[gift | {"state": "done"}]) is None


def test_who_rests_is_left_in_peace() -> None:
    step = ANN | {"next_step": "お茶に誘う"}
    for rest in ({"closed": True}, {"do_not_contact": True}, {"quiet_until": "2026-12-01"}):
        assert found(contact=[step | rest]) is None
    assert found(contact=[step | {"trashed_on": "2026-11-01"}]) is None
    assert found(contact=[step | {"quiet_until": "2026-11-19"}]) is not None


def test_the_end_of_the_workbook_names_it(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    closing = Closing(workbook)
    assert closing.state["nearest"] is None
    book_of(workbook).add("contact", name="Kakuu", next_step="send {name} the photos <b>")
    workbook.refresh()
    assert closing.state["nearest"] == "Kakuu: send {name} the photos <b>"
