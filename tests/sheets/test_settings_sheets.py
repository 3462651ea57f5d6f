"""The sheets of the settings: the word and the language, the sample."""

from __future__ import annotations

import pytest

from enishi.i18n.chosen_word import WORDS_OF_CHOICE
from enishi.sample_book import read_sample
from languages import FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.frame.header import Header
from widgets.settings.sample import Sample
from widgets.settings.word import Word
from widgets.start.matters import Matters

pytest_plugins = ["sheet_fixtures"]


def test_the_word_of_choice_changes_the_texts_of_every_sheet_at_once(open_in: Open) -> None:
    start = open_in("01-start", "en")
    word, matters = Word(open_in("07-settings", "en")), Matters(start)
    assert "connections" in matters.words["question"]
    for chosen, said in zip(
        WORDS_OF_CHOICE, ("connections", "relationships", "ties", "companions"), strict=True
    ):
        assert ask(word, "call", word=chosen)["ok"]
        start.refresh()
        assert said in matters.words["question"]
        assert word.state["chosen"]["word"] == chosen


def test_every_word_of_choice_can_be_chosen_on_the_screen(open_in: Open) -> None:
    assert set(Word(open_in("07-settings")).words["choices"]) == set(WORDS_OF_CHOICE)


def test_two_words_are_said_to_belong_together_once_and_may_be_taken_back(open_in: Open) -> None:
    word = Word(open_in("07-settings", "en"))
    both = {"one": "tax adviser", "other": "VAT return"}
    assert "“tax adviser”" in ask(word, "judge_pair", **both, verdict="together")["text"]
    ask(word, "judge_pair", one="ＶＡＴ Return ", other="Tax adviser", verdict="apart")
    frame = book_of(word.workbook).frame("word_pair")
    assert frame[["one", "other", "verdict"]].to_numpy().tolist() == [
        ["ＶＡＴ Return", "Tax adviser", "apart"]
    ], "an answer about the same two takes the place of the earlier one"
    [pair] = word.state["pairs"]
    assert ask(word, "drop", table="word_pair", id=pair["id"])["ok"]
    assert word.state["pairs"] == []


@pytest.mark.parametrize("one, other", [("", "VAT"), ("VAT", "ｖａｔ"), (" ", "\u3000")])
def test_a_word_with_itself_or_with_nothing_is_no_pair(open_in: Open, one: str, other: str) -> None:
    word = Word(open_in("07-settings"))
    ask(word, "judge_pair", one=one, other=other, verdict="together")
    assert word.state["pairs"] == []


def test_an_answer_about_two_words_is_one_of_the_two(open_in: Open) -> None:
    word = Word(open_in("07-settings"))
    assert not ask(word, "judge_pair", one="a", other="b", verdict="perhaps")["ok"]
    assert word.state["pairs"] == []


def test_a_word_nobody_offered_is_not_taken(open_in: Open) -> None:
    word = Word(open_in("07-settings"))
    ask(word, "call", word="network")
    assert word.state["chosen"]["word"] == WORDS_OF_CHOICE[0]


def test_the_language_can_be_changed_where_the_word_is(open_in: Open) -> None:
    word = Word(open_in("07-settings"))
    ask(word, "speak", language="en")
    assert word.words["question"].endswith("here?")
    ask(word, "speak", language="xx")
    assert word.state["chosen"]["language"] == "en"


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_the_sample_comes_in_the_language_spoken_and_goes_again(
    open_in: Open, language: str
) -> None:
    sheet = Sample(open_in("07-settings", language))
    answer = ask(sheet, "load")
    assert answer["text"] == sheet.words["loaded"]
    assert sheet.state["loaded"]
    name = sheet.book.row("contact", "sample-hanako")["name"]
    assert name == {"ja": "架空 花子（見本）", "en": "Inês Prado (sample)"}[language]
    ask(sheet, "take_out")
    assert not sheet.state["loaded"]
    assert sheet.workbook.rows("contact") == []


def test_what_stays_of_the_sample_is_named_and_can_go_too(open_in: Open) -> None:
    sheet = Sample(open_in("07-settings"))
    ask(sheet, "load")
    sheet.book.update("contact", "sample-hanako", note="書き足し（例）")
    ask(sheet, "take_out")
    assert sheet.state["left"] == [{"table": "contact", "text": "架空 花子（見本）"}]
    assert read_sample().keys() <= sheet.words["tables"].keys()
    ask(sheet, "take_left")
    assert sheet.state["left"] == []
    assert sheet.workbook.rows("contact") == []


def test_the_header_takes_the_sample_back_too(open_in: Open) -> None:
    workbook = open_in("07-settings")
    header, sheet = Header(workbook), Sample(workbook)
    ask(sheet, "load")
    ask(header, "undo")
    assert not sheet.state["loaded"]
    ask(header, "redo")
    assert sheet.state["loaded"]
