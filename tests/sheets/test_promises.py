"""Promises of both sides on the card of a person: open ones, and those that have been."""

from __future__ import annotations

from typing import Any

from days import days
from sheets import Open, ask
from widgets import People

pytest_plugins = ["sheet_fixtures"]


def open_card(open_in: Open, language: str = "ja") -> tuple[People, str]:
    sheet = People(open_in("04-contacts", language))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "choose", id=id)
    return sheet, id


def promises(sheet: People) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sheet.state["card"]["now"]["promises"]
    return found


def test_no_promise_is_a_calm_state(open_in: Open) -> None:
    sheet, _ = open_card(open_in)
    assert promises(sheet) == sheet.state["card"]["past"] == []


def test_a_line_is_heard_and_nothing_is_entered_unasked(open_in: Open) -> None:
    sheet, _ = open_card(open_in)
    heard = ask(sheet, "hear_line", text="来週、写真を送ります。")
    assert (heard["kind"], bool(heard["on"])) == ("promise", True)
    heard = ask(sheet, "hear_line", text="写真を送ります。")
    assert (heard["kind"], heard["on"]) == ("promise", "")
    assert ask(sheet, "hear_line", text="橋の話をした。")["kind"] == "step"
    assert sheet.workbook.rows("promise") == sheet.workbook.rows("step") == []


def test_a_promise_is_kept_in_the_words_it_was_said(open_in: Open) -> None:
    sheet, id = open_card(open_in)
    down = {"contact_id": id, "words": "「写真、送りますね」", "kind": "promise", "on": days(3)}
    assert ask(sheet, "add_line", **down)["ok"]
    (promise,) = promises(sheet)
    assert (promise["words"], promise["by"]) == ("「写真、送りますね」", "me")
    assert promise["due"] == days(3) and promise["day"]
    assert sheet.workbook.rows("promise")[0]["said_on"] == sheet.workbook.today.isoformat()


def test_a_promise_of_either_side_is_kept_and_opened_again(open_in: Open) -> None:
    sheet, id = open_card(open_in)
    ask(sheet, "add_line", contact_id=id, words="紹介してくれる", kind="theirs")
    (promise,) = promises(sheet)
    assert promise["by"] == "them" and promise["due"] == promise["day"] == ""
    assert ask(sheet, "settle", id=promise["id"], state="kept")["ok"]
    assert promises(sheet) == []
    (past,) = sheet.state["card"]["past"]
    assert "紹介してくれる" in past["said"] and past["promise"] == promise["id"]
    assert sheet.workbook.rows("promise")[0]["closed_on"] == sheet.workbook.today.isoformat()
    assert ask(sheet, "settle", id=promise["id"], state="open")["ok"]
    assert [row["id"] for row in promises(sheet)] == [promise["id"]]
    assert sheet.state["card"]["past"] == []
    assert not ask(sheet, "settle", id=promise["id"], state="lost")["ok"]


def test_a_promise_that_was_not_kept_or_let_go_is_still_read_on_the_card(open_in: Open) -> None:
    sheet, id = open_card(open_in, "en")
    for words, state in (("send the photos", "broken"), ("have lunch again", "let_go")):
        promise = sheet.book.add("promise", contact_id=id, words=words)
        assert ask(sheet, "settle", id=promise, state=state)["ok"]
    said = " ".join(entry["said"] for entry in sheet.state["card"]["past"])
    assert "send the photos" in said and "have lunch again" in said


def test_a_promise_whose_day_has_passed_can_be_mended_from_the_card(open_in: Open) -> None:
    sheet, id = open_card(open_in)
    late = sheet.book.add("promise", contact_id=id, words="写真を送ります", due=days(-2))
    sheet.workbook.refresh()
    assert promises(sheet)[0]["late"]
    assert ask(sheet, "write_promise", id=late)["ok"]
    (message,) = sheet.workbook.rows("message", "kind", "promise_id")
    assert (message["kind"], message["promise_id"]) == ("promise_late", late)


def test_nobody_is_promised_to_somebody_unknown(open_in: Open) -> None:
    sheet, _ = open_card(open_in)
    assert not ask(sheet, "add_line", contact_id="nobody", words="写真を送る")["ok"]
    assert sheet.workbook.rows("promise") == sheet.workbook.rows("step") == []


def test_the_words_can_be_mended_and_whose_they_are_cannot(open_in: Open) -> None:
    sheet, id = open_card(open_in)
    ask(sheet, "add_line", contact_id=id, words="写真を送る", kind="promise")
    write = {"table": "promise", "id": promises(sheet)[0]["id"], "version": 1}
    assert ask(sheet, "write", **write, values={"words": "写真を三枚送る"})["ok"]
    assert not ask(sheet, "write", **write, values={"contact_id": id})["ok"]
