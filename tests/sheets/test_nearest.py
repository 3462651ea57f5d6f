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
    later = {"contact_id": "a", "words": "お茶に誘う", "on": "2026-12-03"}
    sooner = {"contact_id": "b", "words": "写真を送る", "on": "2026-11-21"}
    assert found(contact=[ANN, BEN], step=[later, sooner]) == Nearest(
        "step", "見本 太郎", "写真を送る"
    )


def test_a_step_without_a_day_comes_after_those_with_one() -> None:
    some_time = {"contact_id": "a", "words": "お茶に誘う"}
    on = {"contact_id": "b", "words": "写真を送る", "on": "2027-01-01"}
    both = found(contact=[ANN, BEN], step=[some_time, on])
    assert both == Nearest("step", "見本 太郎", "写真を送る")
    assert found(contact=[ANN], step=[some_time]) == Nearest("step", "花ちゃん", "お茶に誘う")


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


def test_what_one_wrote_about_somebody_at_rest_stays_and_goes_with_them_into_the_trash() -> None:
    step = {"contact_id": "a", "words": "お茶に誘う"}
    for rest in ({"closed": True}, {"do_not_contact": True}, {"quiet_until": "2026-12-01"}):
        assert found(contact=[ANN | rest], step=[step]) is not None
    assert found(contact=[ANN | {"trashed_on": "2026-11-01"}], step=[step]) is None


def test_the_end_of_the_workbook_names_it(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    closing = Closing(workbook)
    assert closing.state["nearest"] is None
    kakuu = book_of(workbook).add("contact", name="Kakuu")
    book_of(workbook).add("step", contact_id=kakuu, words="send {name} the photos <b>")
    workbook.refresh()
    assert closing.state["nearest"] == "Kakuu: send {name} the photos <b>"
