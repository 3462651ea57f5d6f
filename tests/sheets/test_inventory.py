from __future__ import annotations

import pytest

from enishi.coach.language.line_list import read_entries
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask
from widgets.strengths.inventory import Inventory

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def inventory(open_in: Open) -> Inventory:
    return Inventory(open_in("03-strengths"))


def under(inventory: Inventory, prompt: str) -> list[str]:
    rows = next(each["rows"] for each in inventory.state["prompts"] if each["name"] == prompt)
    return [row["name"] for row in rows]


@pytest.mark.parametrize(
    ("pasted", "entries"),
    [
        ("聴く", ("聴く",)),
        ("・聴く\n● 調べる\n- 書く\n* 撮る", ("聴く", "調べる", "書く", "撮る")),
        ("1. 聴く\n２）調べる\n(3) 書く", ("聴く", "調べる", "書く")),
        ("  聴く  \r\n\r\n　調べる　", ("聴く", "調べる")),
        ("3.5キロ走る\n5-7月の計画\n-5度でも平気", ("3.5キロ走る", "5-7月の計画", "-5度でも平気")),
        (" \n・\n", ()),
    ],
)
def test_each_line_is_one_entry_without_its_bullet(pasted: str, entries: tuple[str, ...]) -> None:
    assert read_entries(pasted) == entries


def test_what_is_there_already_is_not_written_again_whatever_its_width() -> None:
    assert read_entries("Ｅｘｃｅｌ\nexcel\nWord", known=["Excel"]) == ("Word",)


def test_a_line_becomes_a_strength_under_its_prompt(inventory: Inventory) -> None:
    answer = ask(inventory, "jot", prompt="easy", text="聴く")

    assert (answer["ok"], answer["text"]) == (True, "書き出しました：聴く")
    assert under(inventory, "easy") == ["聴く"]
    assert (under(inventory, "like"), len(inventory.state["cards"])) == ([], 1)


def test_several_pasted_lines_are_one_change(inventory: Inventory) -> None:
    ask(inventory, "jot", prompt="like", text="・撮る\n・歩く\n・撮る")
    assert under(inventory, "like") == ["撮る", "歩く"]

    inventory.book.undo()
    inventory.workbook.refresh()
    assert len(inventory.state["cards"]) == 0


def test_an_entry_that_is_on_the_list_is_left_as_it_is(inventory: Inventory) -> None:
    ask(inventory, "jot", prompt="easy", text="聴く")
    answer = ask(inventory, "jot", prompt="thanked", text="聴く")

    assert (answer["ok"], len(inventory.state["cards"])) == (True, 1)
    assert answer["text"] == "すでに書き出してあります。"


def test_an_entry_that_is_too_long_is_refused_with_all_that_came_with_it(
    inventory: Inventory,
) -> None:
    answer = ask(inventory, "jot", prompt="easy", text="聴く\n" + "あ" * 301)

    assert not answer["ok"] and "300" in answer["text"]
    assert len(inventory.state["cards"]) == 0


def test_an_entry_can_be_rewritten_and_removed(inventory: Inventory) -> None:
    ask(inventory, "jot", prompt="easy", text="聴く")
    (row,) = inventory.workbook.rows("strength")
    written = {"table": "strength", "id": row["id"], "version": row["version"]}

    assert ask(inventory, "write", **written, values={"name": "最後まで聴く"})["ok"]
    assert under(inventory, "easy") == ["最後まで聴く"]
    assert ask(inventory, "drop", table="strength", id=row["id"])["ok"]
    assert len(inventory.state["cards"]) == 0


def test_neither_another_column_nor_another_prompt_is_written_here(inventory: Inventory) -> None:
    id = inventory.book.add("strength", name="聴く")
    written = {"table": "strength", "id": id, "version": 1}

    assert not ask(inventory, "write", **written, values={"name": "x", "level": 4})["ok"]
    assert not ask(inventory, "jot", prompt="boasted", text="聴く")["ok"]
    assert inventory.book.row("strength", id)["name"] == "聴く"


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_card_says_whether_one_or_more_people_named_it_and_who(
    open_in: Open, language: str
) -> None:
    sheet = Inventory(open_in("03-strengths", language))
    ask(sheet, "jot", prompt="easy", text="aaa\nbbb\nccc")
    ann = sheet.book.add("contact", name="架空 花子")
    sheet.book.add("voice", contact_id=ann, who="花", picks=["aaa", "bbb"])
    sheet.book.add("voice", contact_id=ann, who="花", picks=["aaa"])  # the same person again
    sheet.book.add("voice", who="Mara", picks=["bbb"])
    sheet.workbook.refresh()

    one, two, none = sheet.state["cards"]
    assert one["mark"] == {"ja": "ひとりが挙げた", "en": "named by one"}[language]
    assert "架空 花子" in one["named"]
    assert two["mark"] == sheet.words["named_by_more"]
    assert "架空 花子" in two["named"] and "Mara" in two["named"]
    assert (none["mark"], none["named"]) == ("", "")


def test_a_strength_put_in_other_words_stays_named_by_those_who_named_it(
    inventory: Inventory,
) -> None:
    ask(inventory, "jot", prompt="easy", text="聴く")
    inventory.book.add("voice", who="Mara", picks=["書く", "聴く"])
    inventory.workbook.refresh()
    (card,) = inventory.state["cards"]
    written = {"table": "strength", "id": card["id"], "version": card["version"]}

    assert ask(inventory, "write", **written, values={"name": "最後まで聴く"})["ok"]
    (card,) = inventory.state["cards"]
    assert (card["name"], card["mark"]) == ("最後まで聴く", "ひとりが挙げた")
    (voice,) = inventory.workbook.rows("voice", "picks")
    assert voice["picks"] == ["書く", "最後まで聴く"]

    inventory.book.undo()
    inventory.workbook.refresh()
    assert inventory.state["cards"][0]["mark"] == "ひとりが挙げた"


def test_what_others_named_stands_by_itself(inventory: Inventory) -> None:
    inventory.book.add("strength", name="場をなごませる")
    inventory.refresh()

    assert [row["name"] for row in inventory.state["heard"]] == ["場をなごませる"]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_when_nothing_comes_to_mind_a_skill_can_be_taken_and_put_in_ones_own_words(
    open_in: Open, language: str
) -> None:
    sheet = Inventory(open_in("03-strengths", language))
    starters = sheet.words["starters"]["items"]
    for starter in starters:
        assert ask(sheet, "jot", prompt="easy", text=starter)["ok"]

    assert under(sheet, "easy") == starters
