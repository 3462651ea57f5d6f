from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheets import Open, ask
from widgets.strengths.voices import Voices

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def voices(open_in: Open) -> Voices:
    return Voices(open_in("03-strengths"))


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def shown(voices: Voices, **values: Any) -> dict[str, Any]:
    """Add a voice and return how it is shown."""
    voices.book.add("voice", **values)
    voices.refresh()
    voice: dict[str, Any] = voices.state["voices"][-1]
    return voice


def test_strengths_are_laid_beside_what_two_or_more_see(voices: Voices) -> None:
    for name in ("聴く", "調べる", "書く"):
        voices.book.add("strength", name=name)
    for picks in (["聴く", "つなぐ"], ["つなぐ", "書く"], ["聴く", "つなぐ", "励ます"]):
        voices.book.add("voice", who="見本", picks=picks)
    voices.refresh()

    assert voices.state["answers"] == 3
    assert voices.state["sets"] == {
        "open": ["聴く"],
        "blind": ["つなぐ"],
        "once": ["励ます", "書く"],
        "hidden": ["調べる"],
    }


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_strength_one_person_named_is_not_said_to_be_unseen(open_in: Open, language: str) -> None:
    voices = Voices(open_in("03-strengths", language))
    voices.book.add("strength", name="buying things without wanting them")
    voices.book.add("strength", name="reading a contract")
    for _ in range(2):
        voices.book.add("voice", who="Mara")
    voices.refresh()
    first, second = voices.state["voices"]
    ask(voices, "pick", id=first["id"], name="reading a contract", seen=True)
    ask(voices, "pick", id=second["id"], name="staying calm", seen=True)

    sets, seen = voices.state["sets"], voices.words["seen"]
    assert sets["once"] == ["reading a contract", "staying calm"]
    assert sets["hidden"] == ["buying things without wanting them"]
    assert seen["hidden"] == {"ja": "まだ話に出ていない", "en": "Not mentioned yet"}[language]
    assert seen["once"] == {"ja": "ひとりが挙げた", "en": "Named by one"}[language]


def test_a_strength_only_others_saw_can_be_taken_as_ones_own(voices: Voices) -> None:
    for who in ("見本 一", "見本 二"):
        voices.book.add("voice", who=who, picks=["つなぐ"])
    voices.refresh()

    assert ask(voices, "add", table="strength", values={"name": "つなぐ"})["ok"]
    assert (voices.state["sets"]["open"], voices.state["sets"]["blind"]) == (["つなぐ"], [])


def test_the_words_to_ask_with_address_the_person_by_the_chosen_tone(voices: Voices) -> None:
    ann = voices.book.add("contact", name="架空 花子")
    voice = shown(voices, who="花ちゃん", contact_id=ann)

    assert voice["to"]["ja"]["close"] == "架空 花子さん"
    assert voice["to"]["ja"]["formal"] == "架空 花子様"
    assert voice["to"]["en"]["polite"] == "架空 花子"


def test_who_is_not_in_the_book_is_addressed_by_what_was_written(voices: Voices) -> None:
    assert shown(voices, who="例田先生")["to"]["ja"]["polite"] == "例田先生"


def test_the_words_exist_in_three_tones_and_both_languages_whatever_is_spoken(
    open_in: Open,
) -> None:
    for spoken in ("ja", "en"):
        voices = Voices(open_in("03-strengths", spoken))
        for texts in voices.state["texts"].values():
            assert list(texts) == ["close", "polite", "formal"]
            assert all("{to}" in text for text in texts.values())
        assert "わたし" in voices.state["texts"]["ja"]["close"]
        assert "moment" in voices.state["texts"]["en"]["close"]


@pytest.mark.parametrize(
    ("values", "remind"),
    [
        ({"asked_on": ago(6)}, False),
        ({"asked_on": ago(7)}, True),
        ({"asked_on": ago(30), "answered_on": ago(2)}, False),
        ({"asked_on": ago(30), "words": "助かりました"}, False),
        ({}, False),
    ],
)
def test_after_a_week_without_an_answer_one_may_ask_once_more(
    voices: Voices, values: dict[str, Any], remind: bool
) -> None:
    assert shown(voices, who="見本", **values)["remind"] is remind


def test_ticks_that_follow_each_other_quickly_do_not_undo_each_other(voices: Voices) -> None:
    voice = shown(voices, who="見本")
    for name, seen in (("聴く", True), ("書く", True), ("聴く", False), ("書く", True)):
        assert ask(voices, "pick", id=voice["id"], name=name, seen=seen)["ok"]

    assert voices.state["voices"][0]["picks"] == ["書く"]


def test_people_are_searched_for_and_never_all_sent(voices: Voices) -> None:
    with voices.book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"架空 {number}"} for number in range(3000)])
    ann = voices.book.add("contact", name="例田 花子")
    voices.book.add("voice", who="例田 花子", contact_id=ann)
    voices.refresh()

    assert voices.state["names"] == {ann: "例田 花子"}
    assert len(ask(voices, "find", text="架空")["found"]) <= 50


def test_a_person_who_was_asked_may_be_removed_and_brought_back(voices: Voices) -> None:
    voice = shown(voices, who="見本", words="助かりました")
    assert ask(voices, "drop", table="voice", id=voice["id"])["ok"]
    assert voices.state["voices"] == []

    voices.book.undo()
    voices.refresh()
    assert voices.state["voices"][0]["words"] == "助かりました"


def test_other_columns_are_not_written_here(voices: Voices) -> None:
    voice = shown(voices, who="見本")
    written = {"id": voice["id"], "version": voice["version"]}

    assert not ask(voices, "write", table="voice", **written, values={"picks": ["x"]})["ok"]
    assert not ask(voices, "write", table="contact", **written, values={"name": "x"})["ok"]
    assert not ask(voices, "add", table="strength", values={"name": "x", "level": 4})["ok"]
