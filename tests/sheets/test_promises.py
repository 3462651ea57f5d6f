from __future__ import annotations

from sheets import Open, ask
from widgets import Promises

pytest_plugins = ["sheet_fixtures"]


def test_no_promise_is_a_calm_state(open_in: Open) -> None:
    state = Promises(open_in("04-contacts")).state
    assert state["mine"] == state["theirs"] == state["past"] == []


def test_promises_are_heard_and_none_is_entered_unasked(open_in: Open) -> None:
    sheet = Promises(open_in("04-contacts"))
    heard = ask(sheet, "hear", text="楽しかった。来週、写真を送ります。また食事でも。")["heard"]
    assert [promise["words"] for promise in heard] == ["来週、写真を送ります。", "また食事でも。"]
    assert all(promise["why"] for promise in heard)
    assert [bool(promise["day"]) for promise in heard] == [True, False]  # only the first names one
    assert sheet.workbook.rows("promise") == []


def test_where_nothing_was_promised_it_is_said(open_in: Open) -> None:
    answer = ask(
        Promises(open_in("04-contacts", "en")), "hear", text="We talked about the weather."
    )
    assert answer["heard"] == [] and answer["text"].strip()


def test_a_promise_is_kept_in_the_words_it_was_said(open_in: Open) -> None:
    sheet = Promises(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    down = {"contact_id": id, "words": "「写真、送りますね」", "by": "me", "due": "2026-12-03"}
    assert ask(sheet, "take_down", **down)["ok"]
    (promise,) = sheet.state["mine"]
    assert promise["words"] == "「写真、送りますね」" and promise["name"] == "架空 花子"
    assert sheet.workbook.rows("promise")[0]["said_on"] == sheet.workbook.today.isoformat()


def test_a_promise_is_kept_let_go_and_opened_again(open_in: Open) -> None:
    sheet = Promises(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "take_down", contact_id=id, words="紹介してくれる", by="them")
    (promise,) = sheet.state["theirs"]
    version = ask(sheet, "settle", id=promise["id"], version=1, state="kept")["version"]
    assert sheet.state["theirs"] == []
    assert sheet.state["past"][0]["closed_on"] == sheet.workbook.today.isoformat()
    ask(sheet, "settle", id=promise["id"], version=version, state="open")
    assert sheet.state["theirs"][0]["closed_on"] == "" and sheet.state["past"] == []
    assert not ask(sheet, "settle", id=promise["id"], version=3, state="lost")["ok"]


def test_a_promise_without_a_day_is_told_without_one(open_in: Open) -> None:
    sheet = Promises(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "take_down", contact_id=id, words="写真を送る", by="me")
    (promise,) = sheet.state["mine"]
    assert promise["due"] == promise["day"] == ""
    (heard,) = ask(sheet, "hear", text="写真を送ります。")["heard"]
    assert heard["due"] == heard["day"] == ""


def test_nobody_is_promised_to_somebody_unknown(open_in: Open) -> None:
    sheet = Promises(open_in("04-contacts"))
    assert not ask(sheet, "take_down", contact_id="nobody", words="写真を送る", by="me")["ok"]
    assert sheet.workbook.rows("promise") == []


def test_the_words_can_be_mended_and_whose_they_are_cannot(open_in: Open) -> None:
    sheet = Promises(open_in("04-contacts"))
    id = sheet.book.add("contact", name="架空 花子")
    ask(sheet, "take_down", contact_id=id, words="写真を送る", by="me")
    write = {"table": "promise", "id": sheet.state["mine"][0]["id"], "version": 1}
    assert ask(sheet, "write", **write, values={"words": "写真を三枚送る"})["ok"]
    assert not ask(sheet, "write", **write, values={"contact_id": id})["ok"]
