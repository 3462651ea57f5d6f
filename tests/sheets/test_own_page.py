"""An author's texts and questions: shown, saved, taken back, in the letter, and told when wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import widgets
from enishi.book.own_copy import read_own_copy
from enishi.exchange.own_archive import pack_archive, read_archive
from sheets import Open, ask, book_of
from widgets.base.own_words import read_own_words
from widgets.base.workbook import Workbook
from widgets.own.ask import Ask
from widgets.own.text import Text
from widgets.week.letter import Letter

pytest_plugins = ["sheet_fixtures"]

WORDS = """
title: {ja: 夕べ, en: Evening}
texts:
  hello: {ja: "**こんばんは**", en: "**Good** evening"}
sheets:
  thanks:
    question: {ja: だれに助けられましたか。, en: Who helped you?}
"""


@pytest.fixture
def page(open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbook:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "01-mine.yaml").write_text(WORDS)
    return open_in("01-mine", "en")


def told(page: Workbook) -> list[str]:
    notes: list[str] = widgets.Header(page).state["author"]
    return notes


def answer(sheet: Ask, words: str, version: int = 0) -> dict[str, object]:
    values = {"words": words}
    return ask(sheet, "write", table="own_answer", id=sheet.key, version=version, values=values)


def test_a_text_is_found_by_its_name_and_follows_the_language(page: Workbook) -> None:
    header = widgets.Header(page)
    text = Text(page, "hello")
    assert text.state["pieces"] == [["p", {}, ["strong", {}, "Good"], " evening"]]
    ask(header, "speak", language="ja")
    assert text.state["pieces"] == [["p", {}, ["strong", {}, "こんばんは"]]]
    assert header.state["title"] == "夕べ"


def test_a_text_may_stand_in_the_cell_itself(page: Workbook) -> None:
    text = Text(page, {"ja": "やあ", "en": "# Hi <img src=x>"})
    assert text.state["pieces"] == [["h2", {}, "Hi <img src=x>"]]
    assert Text(page, "One line.").state["pieces"] == [["p", {}, "One line."]]


def test_a_text_stands_with_the_sheet_that_follows_it(page: Workbook) -> None:
    above, wish, below = Text(page, "hello"), widgets.Wish(page), Text(page, "hello")
    thanks = Ask(page, "thanks")
    assert [each.position["name"] for each in (above, wish, below, thanks)] == [
        *("wish", "wish"),
        *("ask-thanks", "ask-thanks"),
    ]
    last = Text(page, "The end.")
    assert last.position["name"] == "ask-thanks"


def test_an_answer_is_saved_with_its_question_and_can_be_taken_back(page: Workbook) -> None:
    header, thanks = widgets.Header(page), Ask(page, "thanks")
    assert thanks.words["question"] == "Who helped you?"
    assert answer(thanks, "Maya")["version"] == 1
    book = book_of(page)
    row = book.frame("own_answer").loc["thanks"]
    assert (row["words"], row["question"]) == ("Maya", "Who helped you?")
    assert thanks.state["answer"]["words"] == "Maya"
    ask(header, "undo")
    assert book.frame("own_answer").empty and thanks.state["answer"]["version"] == 0
    ask(header, "redo")
    assert thanks.state["answer"]["words"] == "Maya"


def test_two_pages_that_ask_the_same_share_the_answer(page: Workbook, open_in: Open) -> None:
    answer(Ask(page, "thanks"), "Maya")
    assert Ask(open_in("02-other"), "thanks", "?").state["answer"]["words"] == "Maya"


def test_only_its_own_answer_is_written(page: Workbook) -> None:
    thanks = Ask(page, "thanks")
    for id, values in (("other", {"words": "x"}), ("thanks", {"question": "x"})):
        sent = ask(thanks, "write", table="own_answer", id=id, version=0, values=values)
        assert not sent["ok"]
    assert book_of(page).frame("own_answer").empty


@pytest.mark.parametrize("letter", [True, False])
def test_an_answer_is_in_the_letter_if_its_author_wishes(letter: bool, page: Workbook) -> None:
    answer(Ask(page, "thanks", letter=letter), "Maya")
    shown = [part["lines"] for part in Letter(page).state["parts"]]
    assert shown == ([["“Maya” (Who helped you?)"]] if letter else [])


def test_an_answer_goes_with_the_book(page: Workbook, open_in: Open) -> None:
    answer(Ask(page, "thanks"), "Maya")
    book = book_of(page)
    taken = read_own_copy(book, "book", date.today())
    packed = pack_archive(taken, {"readme": "", "file": "readme"}, "en", date.today())
    back = read_archive(packed, "book.zip")
    assert [row["words"] for row in back.tables["own_answer"]] == ["Maya"]
    book.erase_everything()
    assert book.frame("own_answer").empty


@pytest.mark.parametrize(
    ("make", "said"),
    [
        ('Text(page, "hullo")', "there is no text “hullo” in 01-mine.yaml. It has: hello."),
        ('Ask(page, "Who?")', "“Who?” cannot be the key of a question."),
        ('Ask(page, "who")', "the question “who” has no words."),
    ],
)
def test_a_wrong_name_is_told_and_the_page_goes_on(make: str, said: str, page: Workbook) -> None:
    exec(make, {"Text": Text, "Ask": Ask, "page": page})
    assert widgets.Wish(page).state
    (note,) = told(page)
    assert said in note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: {ja: 夕べ, en: Evening\ntexts: 1", "01-mine.yaml, line 2: this is not YAML"),
        ("title: x\n\ttexts: 1", "01-mine.yaml, line 2: this is not YAML"),
        ("text:\n  a: b", "line 1: found “text”. It should be title / texts / sheets."),
        ("texts:\n  a: {de: x}", "line 2: found “de”. It should be ja / en."),
        ("texts:\n  A b: x", "line 2: found “A b”. It should be name, my_name, name_2."),
        ("sheets:\n  a: who?", "line 2: found “who?”. It should be {question: {ja: …, en: …}}."),
        ("- a", "line 1: found “[…]”. It should be title / texts / sheets."),
        ("texts:\n  a: [1]", "line 2: found “[…]”. It should be {ja: …, en: …}."),
    ],
)
def test_a_broken_file_of_words_is_told_by_its_line(
    text: str, said: str, open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "01-mine.yaml").write_text(text)
    page = open_in("01-mine", "en")
    thanks = Ask(page, "thanks", "Who helped?")
    Text(page, "hello")  # not told as well: the file is the reason
    (note,) = told(page)
    assert said in note
    assert answer(thanks, "Maya")["ok"]


def test_a_file_that_is_empty_or_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("# nothing yet\n")
    assert read_own_words(tmp_path / "a.yaml").error is None
    assert read_own_words(tmp_path / "b.yaml").error is None
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe\x00")
    assert read_own_words(tmp_path / "c.yaml").error is not None
