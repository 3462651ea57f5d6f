"""Goals over time: closed with a sentence of one's own, read again, opened again."""

from __future__ import annotations

from typing import Any

import pytest

from days import days
from sheets import Open, ask, book_of
from widgets.base.workbook import Workbook
from widgets.contacts.add import Add
from widgets.goal.kinds import Kinds
from widgets.goal.places import Places
from widgets.goal.wish import Wish
from widgets.week.gathering import Gathering

pytest_plugins = ["sheet_fixtures"]

SHOP = "活版印刷の店をひらく"


def write(sheet: Wish, **values: Any) -> None:
    goal = sheet.state["goal"]
    answer = ask(
        sheet, "write", table="goal", id=goal["id"], version=goal["version"], values=values
    )
    assert answer["ok"]


@pytest.fixture
def workbook(open_in: Open) -> Workbook:
    return open_in("02-goal", "en")


@pytest.fixture
def wish(workbook: Workbook) -> Wish:
    """The sheet, with a goal, a kind of person, a place and a plan."""
    sheet, kinds, places = Wish(workbook), Kinds(workbook), Places(workbook)
    write(sheet, wish=SHOP, proof="Three shops ask again")
    ask(kinds, "add", table="role", values={"does": "Prints by hand"})
    ask(places, "add", table="place", values={"name": "Printers’ fair", "next_on": days(4)})
    goal = sheet.state["goal"]["id"]
    book_of(workbook).add("plan", goal_id=goal, cue="At the door", act="I say my name")
    book_of(workbook).add("way", goal_id=goal, words="Print at night", chosen=True)
    workbook.refresh()
    return sheet


def test_a_goal_is_closed_with_the_person_s_own_sentence_and_another_begins(wish: Wish) -> None:
    old = wish.state["goal"]["id"]
    write(wish, closing="I have my press. <b>{name}</b>")
    assert ask(wish, "close_open_goal")["ok"]
    row = wish.book.row("goal", old)
    assert (row["closed"], row["closed_on"], row["closing"]) == (
        True,
        days(0),
        "I have my press. <b>{name}</b>",
    )
    assert (wish.state["goal"]["wish"], wish.state["goal"]["version"]) == ("", 0)
    write(wish, wish="Teach what I learned")
    assert wish.state["goal"]["id"] != old
    assert wish.workbook.goal()["wish"] == "Teach what I learned"
    assert wish.workbook.goal_link() == {"goal_id": wish.state["goal"]["id"]}
    assert wish.state["others"] == []


def test_an_earlier_goal_can_be_read_with_all_that_belongs_to_it(wish: Wish) -> None:
    write(wish, closing="I have my press.")
    ask(wish, "close_open_goal")
    (earlier,) = wish.state["earlier"]
    assert (earlier["wish"], earlier["closing"]) == (SHOP, "I have my press.")
    assert earlier["on"] == wish.workbook.short_date(wish.workbook.today)
    assert earlier["parts"] == [
        ["proof", "Three shops ask again"],
        ["way", "Print at night"],
        ["role", "Prints by hand"],
        ["place", "Printers’ fair"],
        ["plan", "If: At the door. Then: I say my name."],
    ]
    assert {name for name, _ in earlier["parts"]} <= set(wish.words["earlier_parts"])


def test_one_undo_opens_the_goal_again(wish: Wish) -> None:
    write(wish, closing="Enough for now.")
    ask(wish, "close_open_goal")
    wish.book.undo()
    wish.workbook.refresh()
    assert (wish.state["goal"]["wish"], wish.state["earlier"]) == (SHOP, [])
    assert wish.state["goal"]["closing"] == "Enough for now."


def test_what_belongs_to_an_earlier_goal_is_suggested_no_more(open_in: Open, wish: Wish) -> None:
    workbook = wish.workbook
    kinds, places = Kinds(workbook), Places(workbook)
    capture, event = Add(open_in("04-contacts")), Gathering(open_in("05-week"))
    assert len(capture.state["roles"]) == len(event.state["ahead"]) == 1
    ask(wish, "close_open_goal")
    for sheet in (capture, event):
        sheet.workbook.refresh()
    assert kinds.state["roles"] == places.state["places"] == []
    assert capture.state["roles"] == event.state["ahead"] == []
    assert len(workbook.rows("role")) == len(workbook.rows("place")) == 1


def test_an_earlier_goal_can_be_opened_again_in_place_of_the_present_one(wish: Wish) -> None:
    first = wish.state["goal"]["id"]
    write(wish, closing="Enough for now.")
    ask(wish, "close_open_goal")
    write(wish, wish="Teach what I learned")
    second = wish.state["goal"]["id"]
    assert ask(wish, "reopen", id=first)["ok"]
    assert (wish.state["goal"]["id"], wish.state["goal"]["closing"]) == (first, "Enough for now.")
    assert [earlier["id"] for earlier in wish.state["earlier"]] == [second]
    assert wish.state["others"] == []
    assert [role["does"] for role in wish.workbook.of_goal("role")] == ["Prints by hand"]
    wish.book.undo()
    wish.workbook.refresh()
    assert wish.state["goal"]["id"] == second
    assert [earlier["id"] for earlier in wish.state["earlier"]] == [first]


def test_with_no_goal_open_an_earlier_one_comes_back_as_it_was(wish: Wish) -> None:
    before = wish.state["goal"]
    ask(wish, "close_open_goal")
    assert ask(wish, "reopen", id=before["id"])["ok"]
    assert wish.state["goal"] | {"version": 0} == before | {"version": 0}
    assert wish.state["earlier"] == []


def test_what_is_not_written_or_not_closed_can_be_neither_closed_nor_reopened(
    workbook: Workbook,
) -> None:
    wish = Wish(workbook)
    assert not ask(wish, "close_open_goal")["ok"]
    write(wish, wish=SHOP)
    assert not ask(wish, "reopen", id=wish.state["goal"]["id"])["ok"]
    assert not ask(wish, "reopen", id="nobody")["ok"]


def test_a_closed_goal_in_which_nothing_is_written_is_not_listed(workbook: Workbook) -> None:
    book_of(workbook).add("goal", closed=True)
    assert Wish(workbook).state["earlier"] == []
