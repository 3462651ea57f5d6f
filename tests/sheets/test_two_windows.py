"""One person at two windows that both show an empty book: nothing that is written vanishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from book_states import count
from enishi.book import Book
from sheets import Open, ask, book_of
from widgets.base.sheet import Sheet
from widgets.goal.kinds import Kinds
from widgets.goal.wish import Wish
from widgets.settings.rules import Rules
from widgets.settings.word import Word
from widgets.start.first_minutes import FirstMinutes
from widgets.start.matters import Matters
from widgets.strengths.introduce import Introduce
from widgets.week.gathering import Gathering
from widgets.week.my_week import MyWeek
from widgets.week.review import Review

pytest_plugins = ["sheet_fixtures"]

Look = Callable[[Sheet], dict[str, Any]]


def first_text(sheet: Sheet) -> dict[str, Any]:
    row: dict[str, Any] = sheet.state["texts"][0]
    return row


def of(*path: str) -> Look:
    """What a sheet's state holds there."""

    def look(sheet: Sheet) -> dict[str, Any]:
        found: Any = sheet.state
        for name in path:
            found = found[name]
        row: dict[str, Any] = found
        return row

    return look


ONCE = [
    (Wish, "02-goal", "goal", "wish", of("goal"), "一", "二"),
    (FirstMinutes, "01-start", "goal", "start", of("goal"), "work", "study"),
    (FirstMinutes, "01-start", "give", "what", of("gift"), "一", "二"),
    (Matters, "01-start", "setting", "value", of("why"), "一", "二"),
    (Review, "05-week", "review", "went_well", of("review"), "一", "二"),
    (Review, "05-week", "review", "changed", of("month", "review"), "一", "二"),
    (Review, "05-week", "review", "dial_goal", of("dials", "row"), 3, 7),
    (Introduce, "03-strengths", "introduction_text", "text", first_text, "一", "二"),
]


def write(sheet: Sheet, table: str, row: dict[str, Any], **values: Any) -> dict[str, Any]:
    return ask(sheet, "write", table=table, id=row["id"], version=row["version"], values=values)


@pytest.mark.parametrize(("kind", "page", "table", "column", "look", "mine", "theirs"), ONCE)
def test_a_row_that_exists_once_is_one_row_and_the_second_window_is_asked(
    open_in: Open,
    kind: type[Sheet],
    page: str,
    table: str,
    column: str,
    look: Look,
    mine: object,
    theirs: object,
) -> None:
    here, there = kind(open_in(page)), kind(open_in(page))
    unmade = look(there)
    assert unmade["version"] == 0
    assert write(here, table, look(here), **{column: mine})["ok"]
    refused = write(there, table, unmade, **{column: theirs})
    assert not refused["ok"]
    assert refused["theirs"] == {column: mine}
    assert count(here.book, table) == 1

    kept = ask(  # what the page sends where the person keeps their own
        there,
        "write",
        table=table,
        id=unmade["id"],
        version=refused["version"],
        values={column: theirs},
    )
    assert kept["ok"]
    assert look(there)[column] == theirs
    there.book.undo()
    here.workbook.refresh()
    assert look(here)[column] == mine, "what gave way is one undo away"


def test_two_windows_that_write_different_fields_make_one_goal_of_both(open_in: Open) -> None:
    here, there = Wish(open_in("02-goal")), Wish(open_in("02-goal"))
    unmade = there.state["goal"]
    assert write(here, "goal", here.state["goal"], wish="編集者になる")["ok"]
    assert write(there, "goal", unmade, proof="三冊できる")["ok"]
    goal = there.state["goal"]
    assert (goal["wish"], goal["proof"]) == ("編集者になる", "三冊できる")
    assert count(here.book, "goal") == 1


def test_the_same_words_in_both_windows_are_no_conflict(open_in: Open) -> None:
    here, there = Wish(open_in("02-goal")), Wish(open_in("02-goal"))
    unmade = there.state["goal"]
    assert write(here, "goal", here.state["goal"], wish="編集者になる")["ok"]
    assert write(there, "goal", unmade, wish="編集者になる")["ok"]


def test_a_week_of_rest_overwrites_nothing_of_another_windows_review(open_in: Open) -> None:
    review, today = Review(open_in("05-week")), MyWeek(open_in("05-week"))
    assert write(review, "review", review.state["review"], went_well="一")["ok"]
    assert ask(today, "rest", rest=True)["ok"]
    review.workbook.refresh()
    row = review.state["review"]
    assert (row["went_well"], row["rest"]) == ("一", True)
    assert count(review.book, "review") == 1


def test_an_event_that_its_place_has_not_had_yet_is_one_in_two_windows(open_in: Open) -> None:
    workbook = open_in("05-week")
    soon = str(date.today() + timedelta(days=3))
    assert workbook.book is not None
    book_of(workbook).add("place", name="朝の会（見本）", next_on=soon)
    here, there = Gathering(open_in("05-week")), Gathering(open_in("05-week"))
    unmade = there.state["event"]
    assert write(here, "event", here.state["event"], bring="名札")["ok"]
    refused = write(there, "event", unmade, bring="手帳")
    assert refused["theirs"] == {"bring": "名札"}
    assert write(there, "event", unmade, guess="learn")["ok"]
    assert count(workbook.book, "event") == 1


def test_a_setting_that_another_window_chose_is_shown_before_it_is_changed(open_in: Open) -> None:
    here, there = Rules(open_in("07-settings", "en")), Rules(open_in("07-settings", "en"))
    assert ask(here, "measure", name="gifts_shown", value=2)["ok"]
    refused = ask(there, "measure", name="gifts_shown", value=5)
    assert not refused["ok"]
    assert "another window" in refused["text"]
    assert there.workbook.settings.gifts_shown == 2
    assert ask(there, "measure", name="gifts_shown", value=5)["ok"]
    assert ask(there, "measure", name="gifts_shown", value=4)["ok"], "one's own is no other's"


def test_a_word_that_another_window_chose_stands_until_it_is_chosen_anew(open_in: Open) -> None:
    here, there = Word(open_in("07-settings")), Word(open_in("07-settings"))
    assert ask(here, "call", word="goen")["ok"]
    assert not ask(there, "call", word="nakama")["ok"]
    assert there.state["chosen"]["word"] == "goen"
    assert ask(there, "call", word="nakama")["ok"]


# -- books that hold two already -------------------------------------------------------------------


@pytest.fixture
def two_goals(open_in: Open) -> Book:
    """A book as two windows left it before."""
    book = book_of(open_in("02-goal"))
    assert book is not None
    hidden = book.add("goal", wish="装丁家になる", proof="三冊できる")
    book.add("role", name="印刷所の人", goal_id=hidden)
    shown = book.add("goal", wish="編集者になる")
    book.add("role", name="編集者", goal_id=shown)
    return book


def test_of_two_goals_neither_is_hidden_nor_what_belongs_to_it(
    open_in: Open, two_goals: Book
) -> None:
    workbook = open_in("02-goal")
    wish, kinds = Wish(workbook), Kinds(workbook)
    assert wish.state["goal"]["wish"] == "編集者になる"
    assert [(row["wish"], row["proof"]) for row in wish.state["others"]] == [
        ("装丁家になる", "三冊できる")
    ]
    assert {row["name"] for row in kinds.state["roles"]} == {"印刷所の人", "編集者"}


@pytest.mark.parametrize("which", ["装丁家になる", "編集者になる"])
def test_the_person_chooses_which_of_two_goals_it_is_and_can_take_that_back(
    open_in: Open, two_goals: Book, which: str
) -> None:
    workbook = open_in("02-goal")
    wish, kinds = Wish(workbook), Kinds(workbook)
    goals = [wish.state["goal"], *wish.state["others"]]
    chosen = next(row for row in goals if row["wish"] == which)
    assert ask(wish, "keep", id=chosen["id"])["ok"]
    assert (wish.state["goal"]["wish"], wish.state["others"]) == (which, [])
    assert {row["name"] for row in kinds.state["roles"]} == {"印刷所の人", "編集者"}
    two_goals.undo()
    workbook.refresh()
    assert len(wish.state["others"]) == 1
    assert not ask(wish, "keep", id="nobody")["ok"]


def test_of_two_reviews_of_a_week_the_other_one_can_be_read(open_in: Open) -> None:
    workbook = open_in("05-week")
    monday = str(date.today() - timedelta(days=date.today().weekday()))
    assert workbook.book is not None
    book_of(workbook).add("review", kind="week", on=monday, went_well="隠れていた")
    book_of(workbook).add("review", kind="week", on=monday, went_well="見えていた")
    review = Review(workbook)
    assert review.state["review"]["went_well"] == "見えていた"
    assert [row["went_well"] for row in review.state["earlier"]] == ["隠れていた"]
