from __future__ import annotations

from typing import Any

import pytest

from days import days
from languages import FIRST_JAPANESE
from sheets import Open, ask
from widgets.strengths.evidence import Evidence

pytest_plugins = ["sheet_fixtures"]


@pytest.fixture
def evidence(open_in: Open) -> Evidence:
    return Evidence(open_in("03-strengths"))


def claim(evidence: Evidence, level: int | None, *grades: str) -> dict[str, Any]:
    """Make a strength with this claimed level and evidence; return how it is shown."""
    id = evidence.book.add("strength", name="聴く", core=True, level=level)
    for grade in grades:
        evidence.book.add("evidence", strength_id=id, grade=grade, what="見本の場面")
    evidence.refresh()
    strength: dict[str, Any] = evidence.state["shown"][0]
    return strength


@pytest.mark.parametrize(
    ("level", "grades", "supported", "need"),
    [
        (None, [], None, ""),
        (2, [], None, ""),
        (4, [], None, ""),
        (None, ["record"], None, ""),
        (2, ["episode"], 2, ""),
        (3, ["episode"], 2, "words"),
        (3, ["episode", "words"], 3, ""),
        (4, ["words"], 3, "record"),
        (4, ["feeling", "record"], 4, ""),
    ],
)
def test_the_evidence_carries_a_level_or_what_is_still_needed_is_named(
    evidence: Evidence, level: int | None, grades: list[str], supported: int | None, need: str
) -> None:
    strength = claim(evidence, level, *grades)

    assert (strength["supported"], strength["need"]) == (supported, need)
    assert strength["backed"] is bool(grades)  # only then is a level asked for


def test_a_moment_without_words_says_nothing_and_neither_do_two_voices_alone(
    evidence: Evidence,
) -> None:
    strength = claim(evidence, 3)
    evidence.book.add("evidence", strength_id=strength["id"], grade="record")
    for who in ("見本 一", "見本 二"):
        evidence.book.add("voice", who=who, picks=["聴く"])
    evidence.refresh()
    (shown,) = evidence.state["shown"]
    assert (shown["supported"], shown["backed"]) == (None, False)


def test_two_people_who_named_a_strength_stand_for_the_words_that_a_level_needs(
    evidence: Evidence,
) -> None:
    assert claim(evidence, 3, "episode")["need"] == "words"
    for who, supported in (("見本 一", 2), ("見本 二", 3)):
        evidence.book.add("voice", who=who, picks=["聴く"])
        evidence.refresh()
        assert evidence.state["shown"][0]["supported"] == supported


def test_every_level_and_every_kind_of_evidence_is_said_in_words(open_in: Open) -> None:
    for language in ("ja", "en"):
        evidence = Evidence(open_in("03-strengths", language))
        assert len(evidence.state["levels"]) == 5
        assert list(evidence.state["grades"]) == ["feeling", "episode", "words", "record"]
        assert set(evidence.words["need"]) == {"words", "record"}


def test_strengths_without_a_moment_are_offered_the_liked_ones_first(evidence: Evidence) -> None:
    for name, good_at, like in (
        ("電話", 4, 1),
        ("料理", 2, 5),
        ("聴く", 5, 5),
        ("未定", None, None),
    ):
        evidence.book.add("strength", name=name, good_at=good_at, like=like)
    evidence.book.add("strength", name=" ")
    evidence.refresh()

    assert [row["name"] for row in evidence.state["others"]] == ["聴く", "料理", "未定", "電話"]
    assert evidence.state["shown"] == []


def test_a_moment_begun_for_a_strength_shows_it_and_gets_the_focus(evidence: Evidence) -> None:
    id = evidence.book.add("strength", name="聴く")
    evidence.refresh()
    values = {"strength_id": id, "grade": "episode"}
    answer = ask(evidence, "add", table="evidence", values=values)

    (moment,) = evidence.state["shown"][0]["moments"]
    assert answer["focus"] == moment["id"]
    assert moment["grade"] == "episode"
    assert evidence.state["others"] == []


def test_a_strengths_name_is_not_changed_here(evidence: Evidence) -> None:
    strength = claim(evidence, 2)
    written = {"table": "strength", "id": strength["id"], "version": strength["version"]}

    assert not ask(evidence, "write", **written, values={"name": "x"})["ok"]
    assert ask(evidence, "write", **written, values={"level": 4})["ok"]
    assert not ask(evidence, "drop", table="strength", id=strength["id"])["ok"]
    assert not ask(evidence, "add", table="strength", values={"level": 4})["ok"]


def test_who_saw_a_moment_is_proposed_as_somebody_to_ask_until_they_are_asked(
    evidence: Evidence,
) -> None:
    strength = claim(evidence, None, "episode")
    ann, ben, wary = (evidence.book.add("contact", name=name) for name in ("花子", "太郎", "勧太"))
    evidence.book.update("contact", wary, signs=["pay_first", "sure_profit"])
    (moment,) = strength["moments"]
    written = {"table": "evidence", "id": moment["id"], "version": moment["version"]}
    assert evidence.state["to_ask"] == []
    assert ask(evidence, "write", **written, values={"from_id": ann})["ok"]
    for saw in (ben, wary):
        row = {"strength_id": strength["id"], "what": "見本", "from_id": saw}
        assert ask(evidence, "add", table="evidence", values=row)["ok"]
    assert evidence.state["to_ask"] == [{"id": ben, "name": "太郎"}, {"id": ann, "name": "花子"}]

    answer = ask(evidence, "ask_person", id=ann)
    (voice,) = evidence.state["voices"]
    assert (voice["id"], voice["name"], voice["contact_id"]) == (answer["focus"], "花子", ann)
    assert evidence.state["to_ask"] == [{"id": ben, "name": "太郎"}]


def shown(evidence: Evidence, **values: Any) -> dict[str, Any]:
    """Add a voice and return how it is shown."""
    evidence.book.add("voice", **values)
    evidence.refresh()
    voice: dict[str, Any] = evidence.state["voices"][-1]
    return voice


def test_strengths_are_laid_beside_what_two_or_more_see(evidence: Evidence) -> None:
    for name in ("聴く", "調べる", "書く"):
        evidence.book.add("strength", name=name)
    for picks in (["聴く", "つなぐ"], ["つなぐ", "書く"], ["聴く", "つなぐ", "励ます"]):
        evidence.book.add("voice", who="見本", picks=picks)
    evidence.refresh()

    assert evidence.state["answers"] == 3
    assert evidence.state["sets"] == {
        "open": ["聴く"],
        "blind": ["つなぐ"],
        "once": ["励ます", "書く"],
        "hidden": ["調べる"],
    }


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_a_strength_one_person_named_is_not_said_to_be_unseen(open_in: Open, language: str) -> None:
    evidence = Evidence(open_in("03-strengths", language))
    evidence.book.add("strength", name="buying things without wanting them")
    evidence.book.add("strength", name="reading a contract")
    for _ in range(2):
        evidence.book.add("voice", who="Mara")
    evidence.refresh()
    first, second = evidence.state["voices"]
    ask(evidence, "pick", id=first["id"], name="reading a contract", seen=True)
    ask(evidence, "pick", id=second["id"], name="staying calm", seen=True)

    sets, seen = evidence.state["sets"], evidence.words["seen"]
    assert sets["once"] == ["reading a contract", "staying calm"]
    assert sets["hidden"] == ["buying things without wanting them"]
    assert seen["hidden"] == {"ja": "まだ話に出ていない", "en": "Not mentioned yet"}[language]
    assert seen["once"] == {"ja": "ひとりが挙げた", "en": "Named by one"}[language]


def test_a_strength_only_others_saw_can_be_taken_as_ones_own(evidence: Evidence) -> None:
    for who in ("見本 一", "見本 二"):
        evidence.book.add("voice", who=who, picks=["つなぐ"])
    evidence.refresh()

    assert ask(evidence, "take", name="つなぐ")["ok"]
    assert (evidence.state["sets"]["open"], evidence.state["sets"]["blind"]) == (["つなぐ"], [])


def test_the_words_to_ask_with_address_the_person_by_the_chosen_tone(evidence: Evidence) -> None:
    ann = evidence.book.add("contact", name="架空 花子")
    voice = shown(evidence, who="花ちゃん", contact_id=ann)

    assert voice["to"]["ja"]["close"] == "架空 花子さん"
    assert voice["to"]["ja"]["formal"] == "架空 花子様"
    assert voice["to"]["en"]["polite"] == "架空 花子"


def test_who_is_not_in_the_book_is_addressed_by_what_was_written(evidence: Evidence) -> None:
    assert shown(evidence, who="例田先生")["to"]["ja"]["polite"] == "例田先生"


def test_the_words_exist_in_three_tones_and_both_languages_whatever_is_spoken(
    open_in: Open,
) -> None:
    for spoken in ("ja", "en"):
        evidence = Evidence(open_in("03-strengths", spoken))
        for texts in evidence.state["texts"].values():
            assert list(texts) == ["close", "polite", "formal"]
            assert all("{to}" in text for text in texts.values())
        assert "わたし" in evidence.state["texts"]["ja"]["close"]
        assert "moment" in evidence.state["texts"]["en"]["close"]


@pytest.mark.parametrize(
    ("asked", "values", "remind"),
    [
        (6, {}, False),
        (7, {}, True),
        (30, {"answered_on": "2026-01-01"}, False),
        (30, {"words": "助かりました"}, False),
        (30, {"picks": ["聴く"]}, False),
        (None, {}, False),
    ],
)
def test_after_a_week_without_an_answer_one_may_ask_once_more(
    evidence: Evidence, asked: int | None, values: dict[str, Any], remind: bool
) -> None:
    on = {} if asked is None else {"asked_on": days(-asked)}
    assert shown(evidence, who="見本", **on, **values)["remind"] is remind


def test_the_first_words_of_an_answer_note_the_day_it_came(evidence: Evidence) -> None:
    voice = shown(evidence, who="見本", asked_on=days(-3))
    written = {"table": "voice", "id": voice["id"]}
    values = {"words": "助かりました"}
    assert ask(evidence, "write", **written, version=1, values=values)["ok"]
    assert evidence.book.row("voice", voice["id"])["answered_on"] == days(0)

    earlier = shown(evidence, who="例", answered_on=days(-9))
    written = {"table": "voice", "id": earlier["id"]}
    assert ask(evidence, "write", **written, version=1, values=values)["ok"]
    assert evidence.book.row("voice", earlier["id"])["answered_on"] == days(-9)


def test_ticks_that_follow_each_other_quickly_do_not_undo_each_other(evidence: Evidence) -> None:
    voice = shown(evidence, who="見本")
    for name, seen in (("聴く", True), ("書く", True), ("聴く", False), ("書く", True)):
        assert ask(evidence, "pick", id=voice["id"], name=name, seen=seen)["ok"]

    assert evidence.state["voices"][0]["picks"] == ["書く"]


def test_people_are_searched_for_and_never_all_sent(evidence: Evidence) -> None:
    with evidence.book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"架空 {number}"} for number in range(3000)])
    ann = evidence.book.add("contact", name="例田 花子")
    evidence.book.add("voice", who="例田 花子", contact_id=ann)
    evidence.refresh()

    assert evidence.state["names"] == {ann: "例田 花子"}
    assert len(ask(evidence, "find", text="架空")["found"]) <= 50


def test_a_person_who_was_asked_may_be_removed_and_brought_back(evidence: Evidence) -> None:
    voice = shown(evidence, who="見本", words="助かりました")
    assert ask(evidence, "drop", table="voice", id=voice["id"])["ok"]
    assert evidence.state["voices"] == []

    evidence.book.undo()
    evidence.refresh()
    assert evidence.state["voices"][0]["words"] == "助かりました"


def test_other_columns_are_not_written_here(evidence: Evidence) -> None:
    voice = shown(evidence, who="見本")
    written = {"id": voice["id"], "version": voice["version"]}

    assert not ask(evidence, "write", table="voice", **written, values={"picks": ["x"]})["ok"]
    assert not ask(evidence, "write", table="contact", **written, values={"name": "x"})["ok"]
    assert not ask(evidence, "write", table="voice", **written, values={"level": 3})["ok"]
