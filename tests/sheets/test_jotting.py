from __future__ import annotations

import pytest

from enishi.coach.language.line_list import read_entries
from enishi.i18n import LANGUAGES
from sheets import Open, ask
from widgets.strengths.jotting import Jotting

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def jotting(open_in: Open) -> Jotting:
    return Jotting(open_in("03-strengths"))


def under(jotting: Jotting, prompt: str) -> list[str]:
    rows = next(each["rows"] for each in jotting.state["prompts"] if each["name"] == prompt)
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


def test_a_line_becomes_a_strength_under_its_prompt(jotting: Jotting) -> None:
    answer = ask(jotting, "jot", prompt="easy", text="聴く")

    assert (answer["ok"], answer["text"]) == (True, "書き出しました：聴く")
    assert under(jotting, "easy") == ["聴く"]
    assert (under(jotting, "like"), jotting.state["count"]) == ([], 1)


def test_several_pasted_lines_are_one_change(jotting: Jotting) -> None:
    ask(jotting, "jot", prompt="like", text="・撮る\n・歩く\n・撮る")
    assert under(jotting, "like") == ["撮る", "歩く"]

    jotting.book.undo()
    jotting.workbook.refresh()
    assert jotting.state["count"] == 0


def test_an_entry_that_is_on_the_list_is_left_as_it_is(jotting: Jotting) -> None:
    ask(jotting, "jot", prompt="easy", text="聴く")
    answer = ask(jotting, "jot", prompt="thanked", text="聴く")

    assert (answer["ok"], jotting.state["count"]) == (True, 1)
    assert answer["text"] == "すでに書き出してあります。"


def test_an_entry_that_is_too_long_is_refused_with_all_that_came_with_it(jotting: Jotting) -> None:
    answer = ask(jotting, "jot", prompt="easy", text="聴く\n" + "あ" * 301)

    assert not answer["ok"] and "300" in answer["text"]
    assert jotting.state["count"] == 0


def test_an_entry_can_be_rewritten_and_removed(jotting: Jotting) -> None:
    ask(jotting, "jot", prompt="easy", text="聴く")
    (row,) = jotting.workbook.rows("strength")
    written = {"table": "strength", "id": row["id"], "version": row["version"]}

    assert ask(jotting, "write", **written, values={"name": "最後まで聴く"})["ok"]
    assert under(jotting, "easy") == ["最後まで聴く"]
    assert ask(jotting, "drop", table="strength", id=row["id"])["ok"]
    assert jotting.state["count"] == 0


def test_nothing_but_the_name_can_be_written_here(jotting: Jotting) -> None:
    id = jotting.book.add("strength", name="聴く")

    refused = ask(
        jotting, "write", table="strength", id=id, version=1, values={"name": "x", "level": 4}
    )
    assert not refused["ok"]
    assert not ask(jotting, "jot", prompt="boasted", text="聴く")["ok"]
    assert jotting.book.row("strength", id)["name"] == "聴く"


def test_what_others_named_stands_by_itself(jotting: Jotting) -> None:
    jotting.book.add("strength", name="場をなごませる")
    jotting.refresh()

    assert [row["name"] for row in jotting.state["heard"]] == ["場をなごませる"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_nothing_comes_to_mind_a_skill_can_be_taken_and_put_in_ones_own_words(
    open_in: Open, language: str
) -> None:
    sheet = Jotting(open_in("03-strengths", language))
    starters = sheet.words["starters"]["items"]
    for starter in starters:
        assert ask(sheet, "jot", prompt="easy", text=starter)["ok"]

    assert under(sheet, "easy") == starters
