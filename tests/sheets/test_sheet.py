"""What a sheet answers when something goes wrong behind it."""

from __future__ import annotations

from typing import Any

import pytest

from enishi.book import BookBusyError
from sheets import Open, ask
from widgets.contacts.add import Add
from widgets.contacts.people import People
from widgets.goal.wish import Wish
from widgets.week.my_week import MyWeek

pytest_plugins = ["sheet_fixtures"]


class Worn(Wish):
    """A sheet that cannot always be shown."""

    failure: Exception | None = None

    def build_state(self) -> dict[str, Any]:
        if self.failure:
            raise self.failure
        return super().build_state()


@pytest.fixture
def failing_sheet(open_in: Open) -> Worn:
    return Worn(open_in("02-goal", "en"))


def write(sheet: Worn, **values: Any) -> dict[str, Any]:
    return ask(sheet, "write", table="goal", id=sheet.state["goal"]["id"], version=0, values=values)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (BookBusyError(), "Another program is using the book just now."),
        (ValueError("the-secret"), "Something went wrong. Please reload the page."),
    ],
)
def test_what_was_saved_is_said_to_be_even_if_the_page_cannot_be_shown_anew(
    failing_sheet: Worn, failure: Exception, said: str
) -> None:
    failing_sheet.failure = failure
    answer = write(failing_sheet, wish="a designer")
    assert answer["ok"]
    assert said in answer["text"]
    assert "the-secret" not in answer["text"]
    assert failing_sheet.book.frame("goal")["wish"].to_list() == ["a designer"]


def test_a_refusal_is_answered_even_if_the_page_cannot_be_shown_anew(failing_sheet: Worn) -> None:
    failing_sheet.failure = BookBusyError()
    answer = write(failing_sheet, wish="x" * 5000)
    assert not answer["ok"]
    assert "Another program" not in answer["text"]
    assert failing_sheet.book.frame("goal").empty


def test_the_page_cannot_write_into_what_is_shown(failing_sheet: Worn) -> None:
    before = dict(failing_sheet.state)
    failing_sheet._handle_msg(
        {"content": {"data": {"method": "update", "state": {"state": {}, "_esm": "throw 1"}}}}
    )
    assert failing_sheet.state == before
    assert failing_sheet._esm != "throw 1"


def test_a_browser_knows_whose_book_it_is_by_a_mark_that_names_nobody(failing_sheet: Worn) -> None:
    assert len(failing_sheet.position["whose"]) == 12
    assert failing_sheet.book.owner not in failing_sheet.position["whose"]


def test_a_sheet_brings_no_class_and_no_model_of_its_own(failing_sheet: Worn) -> None:
    assert type(failing_sheet) is Worn
    state = failing_sheet.get_state()
    assert state["_anywidget_id"] == f"{Worn.__module__}.Worn"
    assert not [each for each in state.values() if str(each).startswith("IPY_MODEL_")]


# -- what is too long ------------------------------------------------------------------------------


def test_a_text_that_is_too_long_is_refused_whole_with_its_characters_and_how_many_fit(
    failing_sheet: Worn,
) -> None:
    answer = write(failing_sheet, proof="😀" * 301)
    assert not answer["ok"]
    assert "It has 301 characters, and 300 fit." in answer["text"]
    assert answer["fits"] == {"longest": 300, "most": None}
    assert failing_sheet.book.frame("goal").empty
    assert write(failing_sheet, proof="😀" * 300)["ok"], "characters are counted, not their halves"


def test_a_list_that_is_too_long_says_whether_it_has_too_many_lines_or_too_long_ones(
    open_in: Open,
) -> None:
    people = People(open_in("04-contacts", "en"))
    ann = people.book.add("contact", name="架空 花子")

    def topics(*lines: str) -> dict[str, Any]:
        values = {"topics": list(lines)}
        return ask(people, "write", table="contact", id=ann, version=1, values=values)

    many, long = topics(*map(str, range(41))), topics("山", "本" * 301)
    assert "It has 41 lines, and 40 fit." in many["text"]
    assert "A line has 301 characters, and 300 fit." in long["text"]
    assert many["fits"] == long["fits"] == {"longest": 300, "most": 40}
    assert people.book.row("contact", ann)["topics"] == []


def test_a_form_with_a_text_that_is_too_long_says_which_and_enters_nothing(open_in: Open) -> None:
    capture = Add(open_in("04-contacts", "ja"))
    answer = ask(capture, "keep", name="架空 花子", words="一" * 301)
    assert not answer["ok"]
    assert "301 文字あります。入るのは 300 文字までです。" in answer["text"]
    assert capture.book.frame("contact").empty


@pytest.mark.parametrize(("language", "said"), [("ja", "この文が"), ("en", "This text is too")])
def test_a_text_that_is_too_long_is_not_called_by_the_name_of_an_argument_or_the_sheet(
    open_in: Open, language: str, said: str
) -> None:
    week, capture = MyWeek(open_in("05-week", language)), Add(open_in("04-contacts", language))
    for answer in (
        ask(week, "read", text="一" * 301),
        ask(capture, "hear_line", text="一" * 301),
        ask(capture, "keep", name="一" * 301),
    ):
        assert not answer["ok"] and answer["text"].startswith(said)


@pytest.mark.parametrize("number", ["x" * 1_000_000, [1] * 1000, {"n": 1}, 1.5, True, None, -1])
def test_of_a_message_only_a_whole_number_is_remembered(failing_sheet: Worn, number: Any) -> None:
    for _ in range(2):
        failing_sheet._on_message(failing_sheet, {"do": "write", "n": number}, [])
        assert (failing_sheet.answer["n"], failing_sheet.answer["ok"]) == (-1, False)
    failing_sheet._on_message(failing_sheet, {"do": "write", "n": 2**53 + 1}, [])
    assert list(failing_sheet._recent_numbers) == []


def test_a_refused_message_is_noted_without_a_word_of_it(
    failing_sheet: Worn, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "a-secret\n[Workbook] forged"
    wrongs: tuple[dict[str, Any], ...] = (
        {"do": secret},
        {secret: 1},
        {"values": {"wish": 1, secret: 1}},
        {"table": secret},
    )
    for n, wrong in enumerate(wrongs):
        failing_sheet._on_message(failing_sheet, {"do": "write", "n": n} | wrong, [])
        assert not failing_sheet.answer["ok"]
    assert len(caplog.records) == len(wrongs)
    assert "a-secret" not in caplog.text
    assert "$.do" in caplog.text
