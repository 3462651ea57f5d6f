"""The sheets of the first workbook: the first ten minutes, and what matters."""

from __future__ import annotations

import pytest

from days import day_in, days
from enishi.coach.today.first_minutes import FIRST_GIFT, STEPS
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Sheet
from widgets.goal.wish import Wish
from widgets.start.first_minutes import FirstMinutes
from widgets.start.matters import Matters
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]


def write(sheet: Sheet, table: str, row: JsonRow | None, **values: object) -> None:
    assert row is not None
    change = {"table": table, "id": row["id"], "version": row["version"], "values": values}
    assert ask(sheet, "write", **change)["ok"]


def test_five_answers_end_in_one_thing_in_my_week(open_in: Open) -> None:
    sheet = FirstMinutes(open_in("01-start", "en"))
    assert list(sheet.state["written"]) == list(STEPS)
    assert not any(sheet.state["written"].values()) and sheet.state["held"] is None
    write(sheet, "goal", sheet.state["goal"], start="study")
    write(sheet, "goal", sheet.state["goal"], wish="a bookbinder people come back to")
    person = ask(sheet, "meet", name="Ines Sample")
    write(sheet, "give", sheet.state["gift"], contact_id=person["id"])
    assert sheet.state["names"][person["id"]] == "Ines Sample"
    write(sheet, "contact", sheet.state["person"], known_as="colleague")
    write(sheet, "give", sheet.state["gift"], what="three lines about her zine")
    assert sheet.state["held"] is None, "there is no day yet"
    write(sheet, "give", sheet.state["gift"], on=days(1))
    assert all(sheet.state["written"].values())
    held = sheet.state["held"]
    assert held and "for Ines Sample: three lines about her zine" in held["line"]

    week = MyWeek(open_in("05-week", "en"))
    (group,) = week.state["groups"]
    (row,) = group["rows"]
    assert (row["kind"], row["text"], row["who"]) == (
        "gift",
        "three lines about her zine",
        "Ines Sample",
    )
    assert group["title"] == week.workbook.short_date(day_in(1))
    assert week.state["first"] is None


def test_what_was_begun_in_the_ten_minutes_waits_on_the_home_page(open_in: Open) -> None:
    sheet, week = FirstMinutes(open_in("01-start", "en")), MyWeek(open_in("05-week", "en"))
    assert week.state["first"] is None, "nothing was begun"
    write(sheet, "goal", sheet.state["goal"], wish="a bookbinder people come back to")
    write(sheet, "setting", sheet.state["reason"], value="I moved here in spring")
    week.workbook.refresh()
    said = {"text": "First ten minutes: 2 of 5 written", "href": "01-start.ipynb#first"}
    assert week.state["first"] == said
    assert ask(week, "leave_first")["ok"]
    assert week.state["first"] is None


def test_a_book_that_was_begun_elsewhere_is_not_sent_back_to_the_start(open_in: Open) -> None:
    week = MyWeek(open_in("05-week"))
    book_of(week.workbook).add("goal", wish="店をひらく")
    book_of(week.workbook).add("contact", name="架空 花子")
    week.workbook.refresh()
    assert week.state["first"] is None


def test_the_first_gift_is_one_row_however_often_it_is_changed(open_in: Open) -> None:
    sheet = FirstMinutes(open_in("01-start"))
    write(sheet, "give", sheet.state["gift"], what="本の感想を三行")
    write(sheet, "give", sheet.state["gift"], what="本の感想を五行")
    assert [row["id"] for row in sheet.workbook.rows("give")] == [FIRST_GIFT]
    week = MyWeek(open_in("05-week"))
    assert ask(week, "settle", kind="gift", id=FIRST_GIFT)["ok"]
    sheet.workbook.refresh()
    assert sheet.state["held"] == {"line": "", "past": True}


def test_the_reason_is_one_answer_on_both_sheets(open_in: Open) -> None:
    first, matters = FirstMinutes(open_in("01-start")), Matters(open_in("01-start"))
    write(first, "setting", first.state["reason"], value="相談できる人がまだいない")
    matters.workbook.refresh()
    assert matters.state["why"]["value"] == "相談できる人がまだいない"
    write(matters, "setting", matters.state["why"], value="")
    first.workbook.refresh()
    assert not first.state["written"]["reason"]


def test_no_other_setting_is_written_as_a_text(open_in: Open) -> None:
    sheet = FirstMinutes(open_in("01-start"))
    for name in ("language", "word", "switched_off"):
        change = {"table": "setting", "id": name, "version": 0, "values": {"value": "xx"}}
        assert not ask(sheet, "write", **change)["ok"]
    assert sheet.workbook.rows("setting") == []


@pytest.mark.parametrize("start", ["work", "study", "introduced"])
def test_what_brought_the_person_here_chooses_the_examples_of_the_wish(
    open_in: Open, start: str
) -> None:
    sheet = FirstMinutes(open_in("01-start"))
    write(sheet, "goal", sheet.state["goal"], start=start)
    wish = Wish(open_in("02-goal"))
    assert wish.state["goal"]["start"] == start
    assert wish.words["examples"][start]["wish"]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_who_can_read_the_book_stands_before_the_first_question(
    open_in: Open, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    organiser = {"ja": "主催者", "en": "organiser"}[language]
    assert organiser not in FirstMinutes(open_in("01-start", language)).words["private"]
    monkeypatch.setenv("ENISHI_PERSON", "018f0000-0000-7000-8000-000000000001")
    assert organiser in FirstMinutes(open_in("01-start", language)).words["private"]


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_where_the_book_lies_is_said_as_it_is_on_a_server_for_many(
    open_in: Open, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Matters(open_in("01-start", language)).words["is"]
    monkeypatch.setenv("ENISHI_PERSON", "018f0000-0000-7000-8000-000000000001")

    hosted = Matters(open_in("01-start", language)).words["is"]

    organiser = {"ja": "主催者", "en": "organiser"}[language]
    assert organiser not in "".join(own)
    assert organiser in hosted[0] and organiser in hosted[1]
    assert hosted[2:] == own[1:]
