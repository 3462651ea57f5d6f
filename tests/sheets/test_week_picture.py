"""The picture of the week on the home page: there for a reason, and only while it is wanted."""

from __future__ import annotations

from typing import Any

import pytest

from days import days
from sheets import Open, ask, book_of
from widgets.base.workbook import Workbook
from widgets.pictures.gallery import Gallery
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def told(open_in: Open) -> Workbook:
    """A workbook whose book has a reason for one picture."""
    workbook = open_in("05-week", "en")
    book = book_of(workbook)
    ann = book.add("contact", name="Ann Sample", known_as="known")
    gift = {"direction": "in", "state": "done", "what": "a jar of plums", "on": days(-9)}
    book.add("give", contact_id=ann, **gift)
    return workbook


def chosen(week: MyWeek) -> dict[str, Any] | None:
    """Return what the page is told once the place of the picture is seen."""
    found: dict[str, Any] | None = ask(week, "choose_picture")["weekly"]
    return found


def test_the_home_page_says_why_it_shows_a_picture_and_draws_it_when_asked(told: Workbook) -> None:
    week = MyWeek(told)
    weekly = chosen(week)
    assert weekly and weekly["key"] == "giving" and "“a jar of plums”" in weekly["why"]
    drawn = ask(week, "draw_picture", key="giving")["picture"]
    assert [row[2] for row in drawn["rows"]] == ["a jar of plums"]


def test_a_book_without_a_reason_and_a_week_of_rest_have_no_picture(told: Workbook) -> None:
    week = MyWeek(told)
    assert ask(week, "rest", rest=True)["ok"] and week.state["pictures"] is None
    assert ask(week, "rest", rest=False)["ok"] and week.state["pictures"]
    before = week.state["pictures"]["as_of"]
    book_of(told).delete("give", book_of(told).frame("give").index[0])
    told.refresh()
    assert week.state["pictures"]["as_of"] != before, "the page asks again"
    assert chosen(week) is None


def test_it_stays_away_until_it_is_wanted_again(told: Workbook) -> None:
    week = MyWeek(told)
    assert "Pictures" in ask(week, "hide_picture")["text"]
    assert week.state["pictures"] is None and MyWeek(told).state["pictures"] is None
    gallery = Gallery(told)
    assert gallery.state["weekly"] is False
    assert ask(gallery, "show_weekly", on=True)["ok"]
    assert week.state["pictures"]
