from __future__ import annotations

from datetime import date

from sheets import Open, ask

from enishi.coach.capture import captured
from widgets import Capture

pytest_plugins = ["sheet_fixtures"]

DAY = date(2026, 11, 20)


def test_a_name_is_enough(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    answer = ask(sheet, "keep", name="架空 花子")
    assert answer["ok"] and "架空 花子" in answer["text"]
    assert [row["name"] for row in sheet.state["recent"]] == ["架空 花子"]


def test_what_is_jotted_down_is_one_change(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    ask(
        sheet,
        "keep",
        name="架空 花子",
        reading="かくう はなこ",
        step="本の感想を送る",
        on="2026-12-03",
    )
    (row,) = sheet.page.rows("contact")
    assert (row["family_kana"], row["given_kana"]) == ("かくう", "はなこ")
    assert (row["next_step"], row["next_on"]) == ("本の感想を送る", "2026-12-03")
    assert row["acquired_on"] == sheet.page.today.isoformat()
    sheet.book.undo()
    assert sheet.page.rows("contact") == []


def test_the_day_is_read_from_the_words_of_the_step() -> None:
    assert captured("例", DAY, step="来週、写真を送る")["next_on"] == "2026-11-27"
    assert captured("例", DAY, step="Write by tomorrow")["next_on"] == "2026-11-21"
    assert captured("例", DAY, step="tomorrow", on="2026-12-01")["next_on"] == "2026-12-01"
    assert captured("例", DAY, step="写真を送る")["next_on"] == ""


def test_only_a_name_of_two_east_asian_parts_is_taken_apart() -> None:
    assert captured("架空 花子", DAY)["family"] == "架空"
    assert captured("Hanako Kakuu", DAY)["family"] == ""
    assert captured("花子", DAY)["given"] == ""
    assert captured("架空　見本　花子", DAY)["family"] == ""


def test_who_was_met_today_has_a_day_and_others_have_none() -> None:
    assert captured("例", DAY, met=True)["met_on"] == "2026-11-20"
    assert captured("例", DAY)["met_on"] == ""


def test_a_second_person_of_one_name_is_told(opened: Open) -> None:
    sheet = Capture(opened("04-contacts", "en"))
    assert "another" not in ask(sheet, "keep", name="Kakuu Hanako")["text"]
    assert "another" in ask(sheet, "keep", name="Kakuu  Hanako")["text"]
    assert len(sheet.page.rows("contact")) == 2


def test_a_name_is_kept_letter_by_letter(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    ask(sheet, "keep", name="<img src=x onerror=alert(1)> {name}")
    assert sheet.state["recent"][0]["name"] == "<img src=x onerror=alert(1)> {name}"


def test_nobody_is_noted_without_a_name(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    assert not ask(sheet, "keep", name="")["ok"]
    assert not ask(sheet, "keep", name="   ")["ok"]
    assert sheet.page.rows("contact") == []


def test_a_day_that_is_none_is_refused_and_nothing_is_kept(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    answer = ask(sheet, "keep", name="架空 花子", on="soon")
    assert not answer["ok"] and answer["text"]
    assert sheet.page.rows("contact") == []


def test_only_the_last_few_are_shown_and_none_that_was_imported(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    for number in range(7):
        ask(sheet, "keep", name=f"見本 {number}")
    sheet.book.add("contact", name="取り込み", source="linkedin")
    sheet.page.refresh()
    shown = [row["name"] for row in sheet.state["recent"]]
    assert shown == ["見本 6", "見本 5", "見本 4", "見本 3", "見本 2"]


def test_more_is_written_on_the_row_and_other_columns_are_refused(opened: Open) -> None:
    sheet = Capture(opened("04-contacts"))
    ask(sheet, "keep", name="架空 花子")
    (row,) = sheet.state["recent"]
    write = {"noun": "contact", "id": row["id"], "version": row["version"]}
    assert ask(sheet, "write", **write, values={"how_met": "勉強会（例）"})["ok"]
    assert not ask(sheet, "write", **write, values={"trashed_on": "2026-11-20"})["ok"]
    assert sheet.state["recent"][0]["how_met"] == "勉強会（例）"
    assert ask(sheet, "drop", noun="contact", id=row["id"])["ok"]
    assert sheet.state["recent"] == []
