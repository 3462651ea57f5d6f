from __future__ import annotations

from sheets import Open, ask
from widgets import Introductions

pytest_plugins = ["sheet_fixtures"]


def three(sheet: Introductions) -> list[str]:
    ids = [sheet.book.add("contact", name=f"見本 {n}", focus=True) for n in range(3)]
    sheet.workbook.refresh()
    return ids


def test_an_empty_book_asks_nothing(open_in: Open) -> None:
    state = Introductions(open_in("04-contacts")).state["ties"]
    assert state["people"] == [] and state["pair"] is None and state["ties"] == []


def test_pair_after_pair_is_asked_until_all_are_answered(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    three(sheet)
    for state in ("close", "strangers", ""):
        a, b = sheet.state["ties"]["pair"]
        assert ask(sheet, "tell", a=a, b=b, state=state)["ok"]
    assert sheet.state["ties"]["pair"] is None
    assert sorted(tie["state"] for tie in sheet.state["ties"]["ties"]) == ["close", "strangers"]


def test_a_pair_has_one_answer_whichever_comes_first(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    a, b, _ = three(sheet)
    ask(sheet, "tell", a=a, b=b, state="acquainted")
    ask(sheet, "tell", a=b, b=a, state="close")
    assert [tie["state"] for tie in sheet.workbook.rows("tie")] == ["close"]


def test_an_answer_can_be_taken_out_and_is_asked_again(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    a, b, _ = three(sheet)
    ask(sheet, "tell", a=a, b=b, state="close")
    ask(sheet, "untell", a=b, b=a)
    assert sheet.state["ties"]["ties"] == [] and {*sheet.state["ties"]["pair"]} == {a, b}


def test_nobody_knows_themselves(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    a, *_ = three(sheet)
    assert not ask(sheet, "tell", a=a, b=a, state="close")["ok"]
    assert sheet.workbook.rows("tie") == []


def test_others_are_thought_of_as_well_and_at_most_fifteen(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    three(sheet)
    for n in range(20):
        ask(sheet, "think_of", id=sheet.book.add("contact", name=f"例 {n}"))
    assert len(sheet.state["ties"]["people"]) == 15 and not sheet.state["ties"]["room"]
    assert len(sheet.state["ties"]["names"]) == 15


def test_those_of_whom_something_was_said_are_remembered(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    a = sheet.book.add("contact", name="架空 花子")
    b = sheet.book.add("contact", name="見本 太郎")
    for id in (a, b):
        ask(sheet, "think_of", id=id)
    ask(sheet, "tell", a=a, b=b, state="close")
    again = Introductions(open_in("04-contacts"))
    assert set(again.state["ties"]["people"]) == {a, b}


def test_who_went_into_the_bin_is_not_asked_about(open_in: Open) -> None:
    sheet = Introductions(open_in("04-contacts"))
    a, b, c = three(sheet)
    ask(sheet, "tell", a=a, b=b, state="close")
    sheet.book.delete("contact", b)
    sheet.workbook.refresh()
    assert set(sheet.state["ties"]["people"]) == {a, c} and sheet.state["ties"]["ties"] == []
