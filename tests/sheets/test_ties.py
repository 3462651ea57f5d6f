from __future__ import annotations

from sheets import Open, ask
from widgets import Ties

pytest_plugins = ["sheet_fixtures"]


def three(sheet: Ties) -> list[str]:
    ids = [sheet.book.add("contact", name=f"見本 {n}", focus=True) for n in range(3)]
    sheet.workbook.refresh()
    return ids


def test_an_empty_book_asks_nothing(open_in: Open) -> None:
    state = Ties(open_in("04-contacts")).state
    assert state["people"] == [] and state["pair"] is None and state["ties"] == []


def test_pair_after_pair_is_asked_until_all_are_answered(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    three(sheet)
    for done, state in enumerate(("close", "strangers", "")):
        assert sheet.state["done"] == done
        a, b = sheet.state["pair"]
        assert ask(sheet, "tell", a=a, b=b, state=state)["ok"]
    assert sheet.state["pair"] is None and sheet.state["pairs"] == 3
    assert sorted(tie["state"] for tie in sheet.state["ties"]) == ["close", "strangers"]


def test_a_pair_has_one_answer_whichever_comes_first(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    a, b, _ = three(sheet)
    ask(sheet, "tell", a=a, b=b, state="acquainted")
    ask(sheet, "tell", a=b, b=a, state="close")
    assert [tie["state"] for tie in sheet.workbook.rows("tie")] == ["close"]


def test_an_answer_can_be_taken_out_and_is_asked_again(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    a, b, _ = three(sheet)
    ask(sheet, "tell", a=a, b=b, state="close")
    ask(sheet, "untell", a=b, b=a)
    assert sheet.state["ties"] == [] and sheet.state["done"] == 0


def test_nobody_knows_themselves(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    a, *_ = three(sheet)
    assert not ask(sheet, "tell", a=a, b=a, state="close")["ok"]
    assert sheet.workbook.rows("tie") == []


def test_others_are_thought_of_as_well_and_at_most_fifteen(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    three(sheet)
    for n in range(20):
        ask(sheet, "think_of", id=sheet.book.add("contact", name=f"例 {n}"))
    assert len(sheet.state["people"]) == 15 and sheet.state["pairs"] == 105
    assert len(sheet.state["names"]) == 15


def test_those_of_whom_something_was_said_are_remembered(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    a = sheet.book.add("contact", name="架空 花子")
    b = sheet.book.add("contact", name="見本 太郎")
    for id in (a, b):
        ask(sheet, "think_of", id=id)
    ask(sheet, "tell", a=a, b=b, state="close")
    again = Ties(open_in("04-contacts"))
    assert set(again.state["people"]) == {a, b}


def test_who_went_into_the_bin_is_not_asked_about(open_in: Open) -> None:
    sheet = Ties(open_in("04-contacts"))
    a, b, c = three(sheet)
    ask(sheet, "tell", a=a, b=b, state="close")
    sheet.book.delete("contact", b)
    sheet.workbook.refresh()
    assert set(sheet.state["people"]) == {a, c} and sheet.state["ties"] == []
