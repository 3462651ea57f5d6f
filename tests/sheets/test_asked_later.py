"""Questions that wait for their day: one a day, two a week, and never again once put aside twice.

Each test begins with an empty book, notes hard meetings, lets time pass and reads my week.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from days import days, pass_days
from enishi.coach.relations.answers import answer_about
from languages import FIRST_JAPANESE
from sheets import Open, ask
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]

pytestmark = pytest.mark.usefixtures("present_day")


def enter_hard_meetings(open_in: Open, *steps: int) -> list[str]:
    """Enter a person and a hard meeting with them for each day; return the ids of the meetings."""
    book = open_in("05-week", "en").book
    assert book
    found = []
    for step in steps:
        id = book.add("contact", name=f"Invented {step}", known_as="known")
        hard = {"contact_id": id, "on": days(step), "kind": "met", "hard": True}
        found.append(book.add("encounter", **hard))
    return found


def asked(open_in: Open, ahead: int, language: str = "en") -> tuple[MyWeek, dict[str, Any]]:
    """Return my week as it is opened so many days later, and the question on it, {} for none."""
    pass_days(ahead)
    week = MyWeek(open_in("05-week", language))
    return week, week.state["asked"] or {}


def answer(week: MyWeek, **values: str) -> dict[str, Any]:
    question = {name: week.state["asked"][name] for name in ("code", "about")}
    return ask(week, "answer_question", **question, **values)


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_question_comes_on_its_day_and_its_answer_is_kept_in_my_words(
    open_in: Open, language: str
) -> None:
    (meeting,) = enter_hard_meetings(open_in, 0)
    assert not asked(open_in, 0, language)[1], "not on the day itself"
    week, question = asked(open_in, 8, language)
    assert question["about"] == meeting
    assert "Invented 0" in question["ask"]
    assert not answer(week, words=" ")["ok"], "an answer says something"
    assert answer(week, words="Leave after an hour")["ok"]
    assert week.state["asked"] is None
    row = answer_about(week.workbook.frames(), "otherwise", meeting)
    assert row is not None
    assert row["words"] == "Leave after an hour"
    assert not asked(open_in, 20, language)[1]
    week.book.undo()
    assert asked(open_in, 20, language)[1]["about"] == meeting


def test_one_is_asked_a_day_and_two_a_week_the_oldest_first(open_in: Open) -> None:
    meetings = enter_hard_meetings(open_in, -30, -29, -28)
    monday = 7 - date.fromisoformat(days(0)).weekday()
    for step, about in ((0, meetings[0]), (1, meetings[1])):
        week, question = asked(open_in, monday + step)
        assert question["about"] == about
        assert answer(week, words="Otherwise")["ok"]
        assert week.state["asked"] is None, "one a day"
    assert not asked(open_in, monday + 2)[1], "two a week"
    assert asked(open_in, monday + 7)[1]["about"] == meetings[2]


def test_put_aside_it_returns_in_a_week_and_the_second_time_never(open_in: Open) -> None:
    enter_hard_meetings(open_in, 0)
    for ahead in (8, 16):
        week, question = asked(open_in, ahead)
        aside = {name: question[name] for name in ("code", "about")}
        assert ask(week, "put_question_aside", **aside)["ok"]
        assert not asked(open_in, ahead + 3)[1]
        week.book.undo()
        assert asked(open_in, ahead + 3)[1], "an undo brings it back"
        week.book.redo()
    assert not asked(open_in, 24)[1]


def test_nothing_is_asked_once_its_day_is_long_past_or_about_who_is_left_in_peace(
    open_in: Open,
) -> None:
    enter_hard_meetings(open_in, 0)
    assert not asked(open_in, 70)[1]
    week, question = asked(open_in, 8)
    (id,) = week.workbook.frames()["contact"].index
    for kept_off in ({"closed": True}, {"do_not_contact": True}, {"signs": ["pay_first"]}):
        week.book.update("contact", id, **kept_off)
        assert not asked(open_in, 8)[1], kept_off
        message = {name: question[name] for name in ("code", "about")}
        assert not ask(week, "answer_question", **message, words="x")["ok"]
        week.book.undo()
    assert asked(open_in, 8)[1]


def test_who_is_not_known_yet_is_asked_about_on_another_visit(open_in: Open) -> None:
    enter_hard_meetings(open_in, 0)
    book = open_in("05-week", "en").book
    assert book
    book.add("contact", name="Invented Newcomer")
    week, _ = asked(open_in, 8)
    assert week.state["question"] is None, "one question a visit"
    assert answer(week, words="Leave after an hour")["ok"]
    about: dict[str, Any] = week.state["question"] or {}
    assert about["name"] == "Invented Newcomer"


def test_the_questions_can_be_switched_off_and_a_pause_holds_them(open_in: Open) -> None:
    enter_hard_meetings(open_in, 0)
    week, question = asked(open_in, 8)
    assert question["why"]["why"]
    assert ask(week, "silence", rule="asked_later")["ok"]
    assert week.state["asked"] is None
    week.book.set_setting("switched_off", json.dumps([]))
    week.book.set_setting("paused_until", days(30))
    assert not asked(open_in, 9)[1]


def test_only_an_open_question_with_a_choice_of_its_own_is_answered(open_in: Open) -> None:
    (meeting,) = enter_hard_meetings(open_in, 0)
    week, _ = asked(open_in, 8)
    for code, about in (("otherwise", "x" * 26), ("nothing", meeting)):
        refused = ask(week, "answer_question", code=code, about=about, words="Kept?")
        assert not refused["ok"]
    assert not answer(week, chosen="yes")["ok"], "it has no choices"
    assert week.workbook.frames()["answer"].empty
