"""The sheets of the first workbook, as the page talks to them."""

from __future__ import annotations

from typing import Any

import pytest

from days import days
from enishi.i18n import LANGUAGES
from enishi.sample_book import read_sample
from sheets import Open, ask
from widgets.base.workbook import PAGES, WORDS_OF_CHOICE
from widgets.frame.closing import Closing
from widgets.frame.header import Header
from widgets.goal.wish import Wish
from widgets.start.dials import Dials
from widgets.start.meaning import Meaning
from widgets.start.sample import Sample
from widgets.start.starting import Starting
from widgets.start.word import Word

pytest_plugins = ["sheet_fixtures"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_minutes_are_ten_minutes(open_in: Open, language: str) -> None:
    path = Meaning(open_in("01-start", language)).state["path"]
    assert sum(step["minutes"] for step in path) == 10
    assert path[0]["href"] == "#word"
    assert {step["page"] for step in path} <= set(PAGES)


def test_the_word_of_choice_changes_the_texts_of_every_sheet_at_once(open_in: Open) -> None:
    workbook = open_in("01-start", "en")
    word, meaning = Word(workbook), Meaning(workbook)
    assert "connections" in meaning.words["question"]
    for chosen, said in zip(
        WORDS_OF_CHOICE, ("connections", "relationships", "ties", "companions"), strict=True
    ):
        assert ask(word, "call", word=chosen)["ok"]
        assert said in meaning.words["question"]
        assert word.state["chosen"]["word"] == chosen


def test_every_word_of_choice_can_be_chosen_on_the_screen(open_in: Open) -> None:
    assert set(Word(open_in("01-start")).words["choices"]) == set(WORDS_OF_CHOICE)


def test_a_word_nobody_offered_is_not_taken(open_in: Open) -> None:
    word = Word(open_in("01-start"))
    ask(word, "call", word="network")
    assert word.state["chosen"]["word"] == WORDS_OF_CHOICE[0]


def test_the_language_can_be_changed_where_the_word_is(open_in: Open) -> None:
    word = Word(open_in("01-start"))
    ask(word, "speak", language="en")
    assert word.words["question"].endswith("here?")
    ask(word, "speak", language="xx")
    assert word.state["chosen"]["language"] == "en"


def test_a_reading_of_the_dials_is_one_row_a_day(open_in: Open) -> None:
    dials = Dials(open_in("01-start"))
    row = dials.state["dials"]["row"]
    assert row["version"] == 0 and dials.state["dials"]["due"]
    ask(dials, "write", table="review", id=row["id"], version=0, values={"dial_goal": 4})
    row = dials.state["dials"]["row"]
    ask(
        dials,
        "write",
        table="review",
        id=row["id"],
        version=row["version"],
        values={"dial_time": 7},
    )
    other = Dials(open_in("01-start"))
    (review,) = other.workbook.rows("review")
    assert (review["kind"], review["on"]) == ("dials", days(0))
    assert other.state["dials"]["past"][-1]["values"] == {"dial_goal": 4, "dial_time": 7}
    assert other.state["dials"]["begin"]["dial"] == "dial_goal"
    assert other.state["dials"]["begin"]["href"] == "02-goal.ipynb#wish"


def test_the_dials_say_when_a_month_has_passed(open_in: Open) -> None:
    dials = Dials(open_in("01-start"))
    for ago, due in ((40, True), (3, False)):
        day = days(-ago)
        dials.book.add("review", kind="dials", on=day, dial_goal=5)
        dials.workbook.refresh()
        assert dials.state["dials"]["due"] is due
    assert len(dials.state["dials"]["past"]) == 2


def test_only_the_dials_can_be_written_where_the_dials_are(open_in: Open) -> None:
    dials = Dials(open_in("01-start"))
    id = dials.state["dials"]["row"]["id"]
    assert not ask(dials, "write", table="review", id=id, version=0, values={"kind": "week"})["ok"]
    assert not ask(dials, "write", table="review", id=id, version=0, values={"dial_goal": 11})["ok"]
    assert dials.workbook.rows("review") == []


@pytest.mark.parametrize("start", ["work", "study", "introduced"])
def test_the_starting_point_has_examples_here_and_on_the_goal(open_in: Open, start: str) -> None:
    workbook = open_in("01-start")
    sheet = Starting(workbook)
    goal = sheet.state["goal"]
    values = {"start": start}
    assert ask(sheet, "write", table="goal", id=goal["id"], version=0, values=values)["ok"]
    assert set(sheet.words["examples"][start]) == {"first", "wish", "who", "where", "gift"}
    wish = Wish(open_in("02-goal"))
    assert wish.state["goal"]["start"] == start
    assert wish.words["examples"][start]["wish"]


def test_the_starting_point_writes_nothing_else_of_the_goal(open_in: Open) -> None:
    sheet = Starting(open_in("01-start"))
    id = sheet.state["goal"]["id"]
    assert not ask(sheet, "write", table="goal", id=id, version=0, values={"wish": "x"})["ok"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_comes_in_the_language_spoken_and_goes_again(
    open_in: Open, language: str
) -> None:
    sheet = Sample(open_in("01-start", language))
    answer = ask(sheet, "load")
    assert answer["text"] == sheet.words["loaded"]
    assert sheet.state["loaded"]
    name = sheet.book.row("contact", "sample-hanako")["name"]
    assert name == {"ja": "架空 花子（見本）", "en": "Hanako Kakuu (sample)"}[language]
    ask(sheet, "take_out")
    assert not sheet.state["loaded"]
    assert sheet.workbook.rows("contact") == []


def test_what_stays_of_the_sample_is_named_and_can_go_too(open_in: Open) -> None:
    sheet = Sample(open_in("01-start"))
    ask(sheet, "load")
    sheet.book.update("contact", "sample-hanako", note="書き足し（例）")
    ask(sheet, "take_out")
    assert sheet.state["left"] == [{"table": "contact", "text": "架空 花子（見本）"}]
    assert read_sample().keys() <= sheet.words["tables"].keys()
    ask(sheet, "take_left")
    assert sheet.state["left"] == []
    assert sheet.workbook.rows("contact") == []


def test_the_header_takes_the_sample_back_too(open_in: Open) -> None:
    workbook = open_in("01-start")
    header, sheet = Header(workbook), Sample(workbook)
    ask(sheet, "load")
    ask(header, "undo")
    assert not sheet.state["loaded"]
    ask(header, "redo")
    assert sheet.state["loaded"]


def test_one_can_go_on_where_one_left_and_the_book_knows_nothing_of_it(open_in: Open) -> None:
    sheet = Meaning(open_in("01-start"))
    before = sheet.book.revision()
    left = ask(sheet, "where", page="02-goal", screen="places")["left"]
    assert left == {"page": "目標", "screen": "場所", "href": "02-goal.ipynb#places"}
    assert sheet.book.revision() == before


@pytest.mark.parametrize(
    ("page", "screen"), [("02-goal", "nowhere"), ("99-none", "wish"), ("..", "x")]
)
def test_a_place_that_is_not_there_is_no_place_to_go_on_from(
    open_in: Open, page: str, screen: str
) -> None:
    answer = ask(Meaning(open_in("01-start")), "where", page=page, screen=screen)
    assert answer["ok"] and "left" not in answer


def test_the_end_leads_to_the_first_missing_link_of_the_thread(open_in: Open) -> None:
    workbook = open_in("01-start")
    closing = Closing(workbook)
    assert closing.state["missing"]["href"] == "02-goal.ipynb#wish"
    closing.book.add("goal", wish="願い（例）")
    workbook.refresh()
    assert closing.state["missing"]["href"] == "02-goal.ipynb#roles"


def test_a_whole_thread_has_no_missing_link(open_in: Open) -> None:
    workbook = open_in("02-goal")
    closing = Closing(workbook)
    ask(Sample(open_in("01-start")), "load")
    workbook.refresh()
    found: dict[str, Any] = closing.state
    assert found["missing"] is None and len(found["thread"]) == 7
    closing.book.update("introduction", "sample-keeper", state="let_go")
    workbook.refresh()
    found = closing.state
    assert found["missing"]["name"] == "introduction"


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_book_lies_is_said_as_it_is_on_a_server_for_many(
    open_in: Open, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Meaning(open_in("01-start", language)).words["is"]
    monkeypatch.setenv("ENISHI_PERSON", "018f0000-0000-7000-8000-000000000001")

    hosted = Meaning(open_in("01-start", language)).words["is"]

    organiser = {"ja": "主催者", "en": "organiser"}[language]
    assert organiser not in "".join(own)
    assert organiser in hosted[0] and organiser in hosted[1]
    assert hosted[2:] == own[1:]
