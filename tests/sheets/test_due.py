from __future__ import annotations

import pytest

from days import days
from sheets import Open, ask
from widgets.week.due import SHOWN, Due

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def due(open_in: Open) -> Due:
    return Due(open_in("05-week"))


@pytest.fixture
def ann(due: Due) -> str:
    return due.book.add("contact", name="架空 花子", called="花さん")


def promise(sheet: Due, contact_id: str, /, **values: str) -> str:
    id = sheet.book.add("promise", contact_id=contact_id, **({"words": "本を送る"} | values))
    sheet.workbook.refresh()
    return id


def test_an_empty_book_holds_no_promises(due: Due) -> None:
    assert (due.state["mine"], due.state["theirs"]) == ([], [])


def test_mine_and_theirs_stand_apart_the_soonest_first(due: Due, ann: str) -> None:
    later = promise(due, ann, due=days(5))
    soon = promise(due, ann, due=days(-1))
    theirs = promise(due, ann, by="them", due=days(2))

    assert [row["id"] for row in due.state["mine"]] == [soon, later]
    assert [row["id"] for row in due.state["theirs"]] == [theirs]
    assert [row["late"] for row in due.state["mine"]] == [True, False]
    assert [row["day"] for row in due.state["mine"]] == ["きのう", "5日後"]
    assert due.state["mine"][0]["name"] == "花さん"


def test_a_promise_without_a_day_gets_one_by_rule_of_thumb(due: Due, ann: str) -> None:
    promise(due, ann, said_on=days(-2))

    (row,) = due.state["mine"]
    assert (row["due"], row["day"]) == ("", "5日後")


@pytest.mark.parametrize("state", ["kept", "let_go"])
@pytest.mark.parametrize("by", ["me", "them"])
def test_a_promise_is_kept_or_let_go(due: Due, ann: str, state: str, by: str) -> None:
    id = promise(due, ann, by=by)

    answer = ask(due, "settle", id=id, state=state)

    assert answer["ok"] and answer["text"]
    row = due.book.row("promise", id)
    assert (row["state"], row["closed_on"]) == (state, days(0))
    assert due.state["mine"] == due.state["theirs"] == []


@pytest.mark.parametrize(("was", "now"), [(3, 10), (-30, 7), (None, 7)])
def test_a_week_later_counts_from_today_once_the_day_has_passed(
    due: Due, ann: str, was: int | None, now: int
) -> None:
    id = promise(due, ann, due="" if was is None else days(was))

    assert ask(due, "later", id=id)["ok"]

    assert due.book.row("promise", id)["due"] == days(now)


def test_the_day_is_moved_and_nothing_else(due: Due, ann: str) -> None:
    id = promise(due, ann)
    moved = {"table": "promise", "id": id, "version": 1}

    assert ask(due, "write", **moved, values={"due": days(9)})["ok"]
    assert not ask(due, "write", **moved, values={"words": "x"})["ok"]
    assert not ask(due, "settle", id=id, state="broken")["ok"]
    assert due.book.row("promise", id)["words"] == "本を送る"


def test_what_is_beyond_the_page_is_counted_and_not_hidden(due: Due, ann: str) -> None:
    rows = [{"contact_id": ann, "words": f"約束{number}"} for number in range(SHOWN + 2)]
    with due.book.batch("import") as batch:
        batch.add_many("promise", rows)
    due.workbook.refresh()

    assert len(due.state["mine"]) == SHOWN
    assert due.state["more"] == {"mine": 2, "theirs": 0}
