"""Merging two entries of one person on the card, as the page does it."""

from __future__ import annotations

from typing import Any

import pytest

from book_states import state
from days import days
from languages import FIRST_ENGLISH
from sheets import Open, ask
from widgets.contacts.people import People

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def sheet(open_in: Open) -> People:
    return People(open_in("04-contacts", "en"))


def add(sheet: People, **values: Any) -> str:
    id = sheet.book.add("contact", **values)
    sheet.workbook.refresh()
    return id


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_what_differs_is_shown_in_words_and_what_moves_is_counted(
    open_in: Open, language: str
) -> None:
    sheet = People(open_in("04-contacts", language))
    role = sheet.book.add("role", does="designs seats")
    ben = add(sheet, name="Ben")
    ann = add(sheet, name="Ann", closeness="close", email="a@example.com", through_id=ben)
    twin = add(sheet, name="Ann", closeness="friendly", role_id=role)
    sheet.book.add("encounter", contact_id=twin)
    sheet.book.add("encounter", contact_id=twin)
    answer = ask(sheet, "compare", id=ann, other=twin)
    assert answer["other"] == {"id": twin, "name": "Ann"}
    assert answer["moves"] == {"ja": "記録 2", "en": "Notes of meetings 2"}[language]
    found = {each["column"]: each for each in answer["fields"]}
    assert set(found) == {"closeness", "email", "through_id", "role_id"}
    closeness = {"ja": ("親しい", "顔なじみ"), "en": ("close", "friendly")}[language]
    assert (found["closeness"]["stays"], found["closeness"]["goes"]) == closeness
    assert found["through_id"]["stays"] == "Ben"
    assert found["role_id"]["goes"] == "designs seats"
    assert [name for name, each in found.items() if each["conflict"]] == ["closeness"]


def test_two_become_one_as_chosen_and_one_undo_makes_them_two(sheet: People) -> None:
    ann = add(sheet, name="Ann", email="a@example.com", note="tea")
    twin = add(sheet, name="Ann", email="b@example.com", note="dog")
    met = sheet.book.add("encounter", contact_id=twin, on=days(-1))
    ask(sheet, "choose", id=ann)
    before = state(sheet.book)
    versions = ask(sheet, "compare", id=ann, other=twin)["versions"]
    answer = ask(sheet, "merge", id=ann, other=twin, versions=versions, choices={"email": "goes"})
    assert (answer["ok"], answer["focus"]) == (True, "card")
    card = sheet.state["card"]
    assert (card["email"], card["note"]) == ("b@example.com", "tea\n\ndog")
    assert sheet.state["everyone"] == 1
    assert sheet.book.row("encounter", met)["contact_id"] == ann
    sheet.book.undo()
    assert state(sheet.book) == before


def test_what_was_changed_since_the_comparison_is_compared_once_more(sheet: People) -> None:
    ann, twin = add(sheet, name="Ann"), add(sheet, name="Ann")
    versions = ask(sheet, "compare", id=ann, other=twin)["versions"]
    sheet.book.update("contact", twin, note="written in another window")
    before = state(sheet.book, versions=True)
    answer = ask(sheet, "merge", id=ann, other=twin, versions=versions, choices={})
    assert not answer["ok"]
    assert "meantime" in answer["text"]
    assert state(sheet.book, versions=True) == before


def test_nobody_is_merged_with_themselves_with_nobody_or_with_somebody_in_the_bin(
    sheet: People,
) -> None:
    ann, gone = add(sheet, name="Ann"), add(sheet, name="Ann")
    sheet.book.delete("contact", gone)
    sheet.workbook.refresh()
    before = state(sheet.book, versions=True)
    for other in (ann, gone, "nobody"):
        message = {"id": ann, "other": other, "versions": [1, 1], "choices": {}}
        assert not ask(sheet, "merge", **message)["ok"]
    assert not ask(sheet, "merge", id=ann, other=gone, versions=[1], choices={})["ok"]
    assert not ask(sheet, "merge", id=ann, other=gone, versions=[1, 1], choices={"a": "x"})["ok"]
    assert state(sheet.book, versions=True) == before
