"""What holds for every screen of the strengths alike."""

from __future__ import annotations

import json
from typing import Any

import pytest

import widgets
from languages import FIRST_ENGLISH
from sheets import Open
from widgets.base.sheet import Sheet

pytest_plugins = ["sheet_fixtures"]

NAMES = ("Inventory", "Evidence", "Offers", "Introduce")
NASTY = '<img src=x onerror="alert(1)"> {name} %s ‮ 架空'

every_sheet = pytest.mark.parametrize("name", NAMES)
every_language = pytest.mark.parametrize("language", FIRST_ENGLISH)


def laid_out(opened: Open, name: str, language: str) -> Sheet:
    sheet: Sheet = getattr(widgets, name)(opened("03-strengths", language))
    return sheet


def bytes_of(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


@every_sheet
@every_language
def test_an_empty_book_is_a_calm_beginning(open_in: Open, name: str, language: str) -> None:
    sheet = laid_out(open_in, name, language)

    json.dumps(sheet.state)
    assert sheet.words["question"] and sheet.words["lead"]
    assert sheet.position["name"] == sheet.name


@every_sheet
@every_language
def test_whatever_a_person_wrote_is_plain_text(open_in: Open, name: str, language: str) -> None:
    sheet = laid_out(open_in, name, language)
    with sheet.book.batch("import") as batch:
        ann = batch.add("contact", name=NASTY)
        goal = batch.add("goal", wish=NASTY)
        batch.add("role", goal_id=goal, name=NASTY, does=NASTY)
        for good_at, like in ((5, 5), (1, 4), (None, None)):
            strength = batch.add(
                "strength", name=NASTY, good_at=good_at, like=like, core=True, level=4, grow=True
            )
            batch.add("evidence", strength_id=strength, grade="words", what=NASTY)
            batch.add("voice", who=NASTY, contact_id=ann, picks=[NASTY], words=NASTY)
            batch.add("offer", give="listen", size="small", what=NASTY, strength_id=strength)
    sheet.refresh()

    assert json.loads(json.dumps(sheet.state)) == sheet.state


@every_sheet
def test_a_full_address_book_makes_no_screen_heavier(open_in: Open, name: str) -> None:
    sheet = laid_out(open_in, name, "ja")
    before = bytes_of(sheet.state)
    with sheet.book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"架空 {number}"} for number in range(2000)])
    sheet.refresh()

    assert bytes_of(sheet.state) <= before + 10
