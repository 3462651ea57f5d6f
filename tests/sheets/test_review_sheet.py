"""The sheet of the weekly review, as the page talks to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from days import day_in, days
from enishi.coach.today.rest import monday_of
from languages import FIRST_JAPANESE
from sheets import Open, ask
from widgets.week.review import WEEK_LINES, Review

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def review(open_in: Open) -> Review:
    return Review(open_in("05-week"))


def write(sheet: Review, **values: object) -> bool:
    row = sheet.state["review"]
    answer = ask(
        sheet, "write", table="review", id=row["id"], version=row["version"], values=values
    )
    return bool(answer["ok"])


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_week_without_anything_is_calm_and_may_be_written(open_in: Open, language: str) -> None:
    sheet = Review(open_in("05-week", language))

    assert (sheet.state["met"], sheet.state["gave"]) == ("", "")
    assert "weeks" not in sheet.state and "weeks" not in sheet.words  # nobody is counted
    assert write(sheet, thank_whom="架空さん")


def test_the_lines_of_a_week_are_one_review_of_its_monday(review: Review) -> None:
    for line in WEEK_LINES:
        assert write(review, **{line: f"{line}（例）"})

    (row,) = review.workbook.rows("review")
    assert (row["kind"], row["on"]) == ("week", monday_of(day_in(0)).isoformat())
    assert [row[line] for line in WEEK_LINES] == [f"{line}（例）" for line in WEEK_LINES]


def test_what_is_of_another_review_cannot_be_written_here(review: Review) -> None:
    assert not write(review, tried="読書会をのぞく")
    assert not write(review, kind="month")
    assert review.workbook.rows("review") == []


def test_the_week_names_whom_one_met_and_who_gave(review: Review) -> None:
    ann = review.book.add("contact", name="架空 花子", called="花ちゃん")
    bob = review.book.add("contact", name="見本 太郎")
    review.book.add("encounter", contact_id=ann, on=days(0), kind="meal")
    review.book.add("give", contact_id=bob, direction="in", state="done", on=days(0), what="本")
    review.workbook.refresh()

    assert review.state["met"] == "花ちゃん"
    assert review.state["gave"] == "見本 太郎"


def test_earlier_weeks_can_be_read_again_and_this_one_is_not_among_them(review: Review) -> None:
    before = (monday_of(day_in(0)) - timedelta(days=7)).isoformat()
    review.book.add("review", kind="week", on=before, went_well="話せた")
    review.book.add("review", kind="month", on=days(-40), went_well="別のもの")
    assert write(review, went_well="今週のこと")

    week, month = review.state["earlier"]
    assert (week["went_well"], month["went_well"]) == ("話せた", "別のもの")
    assert week["span"] and week["span"] != month["span"]


def test_many_new_names_without_a_word_afterwards_are_kindly_noticed(review: Review) -> None:
    assert review.state["pace"] == []
    met = days(-10)
    for number in range(5):
        known = {"known_as": "just_met", "met_on": met}
        review.book.add("contact", name=f"見本 {number}", **known)
    review.workbook.refresh()

    (pace,) = review.state["pace"]
    assert pace["rule"] == "guard_collecting"
    assert pace["act"] == "いちばん話したい人をひとり選んで、お礼を送る。"
    ask(review, "silence", rule="guard_collecting")
    assert review.state["pace"] == []
