from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from enishi.coach.strengths.self_introduction import (
    INTRODUCTION_PARTS,
    facts,
    list_spots,
    outline,
    shortest_line,
)
from frames import frames
from sheets import Open, ask, book_of
from widgets.strengths.introduce import Introduce

pytest_plugins = ["sheet_fixtures"]

STRENGTHS: list[dict[str, Any]] = [
    {"id": "a", "name": "書く", "good_at": 4, "like": 4},
    {"id": "b", "name": "聴く", "good_at": 5, "like": 5, "core": True},
    {"id": "c", "name": "電話", "good_at": 4, "like": 1, "core": True},
]


def said(seconds: str, **rows: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    return {part.key: part.facts for part in outline(facts(frames(**rows)), seconds)}


@pytest.fixture
def introduce(open_in: Open) -> Introduce:
    return Introduce(open_in("03-strengths"))


@pytest.mark.parametrize("seconds", ["10", "30", "60"])
def test_every_frame_begins_with_the_name_and_ends_with_a_question(seconds: str) -> None:
    keys = [part.key for part in outline(facts(frames()), seconds)]
    assert (keys[0], keys[-1]) == ("name", "question")


def test_a_longer_frame_holds_all_that_a_shorter_one_does() -> None:
    assert (
        set(INTRODUCTION_PARTS["10"])
        < set(INTRODUCTION_PARTS["30"])
        < set(INTRODUCTION_PARTS["60"])
    )


def test_core_strengths_come_first_and_tiring_ones_are_left_out() -> None:
    assert said("10", strength=STRENGTHS)["strength"] == ("聴く",)
    assert said("30", strength=STRENGTHS)["strength"] == ("聴く", "書く")


def test_the_goal_a_moment_whom_to_meet_and_a_give_are_taken_from_the_book() -> None:
    told = said(
        "60",
        goal=[{"wish": "古い願い", "closed": True}, {"wish": "町の写真家に\nなる"}],
        evidence=[
            {"grade": "feeling", "what": "なんとなく"},
            {"grade": "episode", "what": "撮った"},
        ],
        role=[{"does": "個展をひらいた人"}],
        offer=[{"what": " "}, {"what": "一枚撮る"}],
    )
    assert told["wish"] == ("町の写真家に なる",)
    assert (told["episode"], told["role"], told["offer"]) == (
        ("撮った",),
        ("個展をひらいた人",),
        ("一枚撮る",),
    )


def test_what_is_not_written_yet_is_a_blank_to_fill(introduce: Introduce) -> None:
    frame = introduce.state["texts"][1]["frame"]
    assert "＿＿＿＿が得意です。" in frame
    assert len(frame) == len(INTRODUCTION_PARTS["30"])


def test_the_frame_quotes_the_persons_own_words(introduce: Introduce) -> None:
    introduce.book.add("goal", wish="頼んでよかったと言われる人になる。")
    for strength in STRENGTHS:
        introduce.book.add("strength", **{key: strength[key] for key in strength if key != "id"})
    introduce.refresh()
    frame = introduce.state["texts"][1]["frame"]

    assert "「聴く」と「書く」が得意です。" in frame
    assert "目指しているのは、「頼んでよかったと言われる人になる」です。" in frame


@pytest.mark.parametrize(
    "deed", ["アレルギーの子のケーキを、卵なしで焼いた", "baked a cake without eggs", "I fixed it."]
)
def test_a_strength_told_as_a_deed_is_nothing_one_is_good_at(deed: str) -> None:
    parts = [
        {"id": "a", "name": deed, "good_at": 5, "like": 5},
        {"id": "b", "name": "歌", "good_at": 4, "like": 4},
    ]
    assert said("10", strength=parts) == {"name": (), "deed": (deed,), "question": ()}
    told = said("30", strength=parts)
    assert (told["strength"], told["deed"]) == (("歌",), (deed,))


@pytest.mark.parametrize("name", ["うた", "seed saving", "聴く", "Applied maths"])
def test_a_strength_named_as_a_skill_is_said_as_one(name: str) -> None:
    named = [{"name": name, "good_at": 5, "like": 5}]
    assert said("10", strength=named)["strength"] == (name,)


def test_braces_in_what_a_person_wrote_are_only_text(introduce: Introduce) -> None:
    introduce.book.add("goal", wish="{fact} と {0} を書く")
    introduce.refresh()

    assert any("{fact} と {0} を書く" in line for line in introduce.state["texts"][1]["frame"])


def test_a_text_is_made_by_its_first_word_under_its_length(introduce: Introduce) -> None:
    first = {
        "table": "introduction_text",
        "id": "30",
        "version": 0,
        "values": {"text": "見本です。"},
    }
    assert ask(introduce, "write", **first)["version"] == 1
    assert introduce.book.row("introduction_text", "30")["seconds"] == "30"

    row = introduce.state["texts"][1]
    assert (row["text"], row["version"]) == ("見本です。", 1)
    again = {"id": "30", "version": 1, "values": {"text": "見本 太郎です。"}}
    assert ask(introduce, "write", table="introduction_text", **again)["ok"]
    assert introduce.state["texts"][1]["text"] == "見本 太郎です。"


def test_nothing_is_written_that_nobody_asked_for(introduce: Introduce) -> None:
    introduce.book.add("strength", name="聴く", good_at=5, like=5)
    introduce.refresh()

    assert introduce.book.frame("introduction_text").empty
    assert [row["text"] for row in introduce.state["texts"]] == ["", "", ""]


def test_there_are_three_lengths_and_no_fourth(introduce: Introduce) -> None:
    other = {"table": "introduction_text", "id": "45", "version": 0, "values": {"text": "x"}}
    assert not ask(introduce, "write", **other)["ok"]
    assert introduce.book.frame("introduction_text").empty


def test_a_text_from_anywhere_is_still_named_by_its_seconds(open_in: Open) -> None:
    workbook = open_in("03-strengths")
    book_of(workbook).add("introduction_text", seconds="30", text="架空の自己紹介です。")
    texts = Introduce(workbook).state["texts"]

    assert [row["seconds"] for row in texts] == ["10", "30", "60"]
    assert texts[1]["text"] == "架空の自己紹介です。"
    assert set(Introduce(workbook).words["lengths"]) == {row["seconds"] for row in texts}


TODAY = date(2026, 11, 20)


def test_where_a_line_can_be_seen_comes_back_with_those_who_came_by_it() -> None:
    lines = [{"seconds": "10", "seen_at": ["Study group page", " ", "my card"]}]
    people = [
        {"name": "Ann", "acquired_on": "2026-11-02", "how_met": "wrote after the study group page"},
        {"name": "Ben", "acquired_on": "2026-11-03", "where_met": "at a wedding"},
        {"name": "Cem", "acquired_on": "2026-06-01", "where_met": "study group page"},
    ]
    found = list_spots(frames(introduction_text=lines, contact=people), TODAY - timedelta(days=30))

    assert found == (("Study group page", ("Ann",)), ("my card", ()))
    assert list_spots(frames(contact=people), TODAY) == ()


def test_where_it_can_be_seen_is_kept_also_before_the_first_word(introduce: Introduce) -> None:
    written = {"table": "introduction_text", "id": "10", "version": 0}
    assert ask(introduce, "write", **written, values={"seen_at": ["勉強会のページ"]})["ok"]

    first, second, _ = introduce.state["texts"]
    assert (first["seen_at"], first["text"], second["seen_at"]) == (["勉強会のページ"], "", [])
    assert list_spots(introduce.workbook.frames(), TODAY) == (("勉強会のページ", ()),)


def test_the_shortest_line_is_that_of_ten_seconds_on_one_line() -> None:
    lines = [
        {"seconds": "30", "text": "長いほう"},
        {"seconds": "10", "text": "椅子を\n直しています。"},
    ]
    assert shortest_line(frames(introduction_text=lines)) == "椅子を 直しています。"
    assert shortest_line(frames(introduction_text=lines[:1])) == ""
