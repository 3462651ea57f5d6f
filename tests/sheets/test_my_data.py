"""The sheet of the person's own data, as the page talks to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from book_states import state
from days import days
from enishi.i18n import LANGUAGES
from sheets import Open, ask
from widgets.settings import my_data
from widgets.settings.my_data import MyData
from widgets.settings.sample import Sample

pytest_plugins = ["sheet_fixtures"]

SECRET = "木曜の夜の秘密"


@pytest.fixture
def sheet(open_in: Open) -> MyData:
    """A book with a person and a note on them."""
    sheet = MyData(open_in("06-settings"))
    ann = sheet.book.add("contact", name="架空 花子")
    sheet.book.add("encounter", contact_id=ann, on=days(-2), note=SECRET)
    sheet.workbook.refresh()
    return sheet


def taken(sheet: MyData) -> tuple[str, str, int]:
    """Ask for the file as the page does; return its name, its text and the number of parts."""
    text, parts = "", 0
    while True:
        answer = ask(sheet, "take_home", part=parts)
        assert answer["ok"]
        text, parts = text + answer["copy"], parts + 1
        if answer["last"]:
            return answer["file"], text, parts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_own_book_is_one_file_that_says_what_it_is(open_in: Open, language: str) -> None:
    sheet = MyData(open_in("06-settings", language))
    sheet.book.add("goal", wish=SECRET)
    name, text, _ = taken(sheet)
    assert name == f"enishi-my-book-{days(0)}.json"
    assert SECRET in text, "it can be read as it is"
    copy = json.loads(text)
    assert copy["about"]["what"] == sheet.words["what"]
    assert [row["wish"] for row in copy["tables"]["goal"]] == [SECRET]


def test_a_large_book_comes_in_parts_that_make_one_file(
    sheet: MyData, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, whole, parts = taken(sheet)
    assert parts == 1
    monkeypatch.setattr(my_data, "PART_CHARACTERS", 1000)
    _, text, parts = taken(sheet)
    assert parts > 2
    assert text == whole


def test_another_word_than_the_one_shown_erases_nothing(sheet: MyData) -> None:
    before = state(sheet.book, versions=True)
    for word in ("", "はい", "erase", "消", "消す消す"):
        answer = ask(sheet, "erase", word=word)
        assert not answer["ok"]
        assert state(sheet.book, versions=True) == before
    assert sheet.state["erased"] is None


@pytest.mark.parametrize(("language", "word"), [("ja", " 消す "), ("en", "Erase")])
def test_the_word_shown_erases_everything(
    open_in: Open, tmp_path: Path, language: str, word: str
) -> None:
    sheet = MyData(open_in("06-settings", language))
    sheet.book.add("goal", wish=SECRET)
    assert ask(sheet, "erase", word=word)["ok"]
    assert state(sheet.book) == {}
    assert sheet.state["erased"] == {"swept": True, "server": False}
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert SECRET.encode() not in content
        assert json.dumps(SECRET)[1:-1].encode() not in content


def test_after_erasing_the_page_keeps_its_language_and_one_can_begin_again(open_in: Open) -> None:
    workbook = open_in("06-settings", "ja")
    workbook.set_language("en")
    sheet, sample = MyData(workbook), Sample(workbook)
    assert ask(sheet, "erase", word="erase")["ok"]
    assert workbook.language == "en"
    assert ask(sample, "load")["ok"]
    assert len(sheet.book.frame("contact"))
    assert sheet.state["erased"] is None, "the book is not empty any more"


def test_copies_beside_the_book_are_named_before_and_after(sheet: MyData, tmp_path: Path) -> None:
    assert sheet.state["copies"] == ""
    copy = tmp_path / "book-before-0006.sqlite3"
    copy.write_bytes(b"x")
    sheet.workbook.refresh()
    assert sheet.state["copies"] == str(copy)
    ask(sheet, "erase", word="消す")
    assert sheet.state["copies"] == str(copy)
    assert copy.exists()


def test_a_guest_is_sent_to_the_organiser_instead_of_to_files_they_cannot_reach(
    open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "book-before-0006.sqlite3").write_bytes(b"x")
    own = MyData(open_in("06-settings", "en"))
    assert own.state["copies"]
    assert "organiser" not in own.words["backups"]
    monkeypatch.setenv("ENISHI_PERSON", "018f0000-0000-7000-8000-000000000001")
    hosted = MyData(open_in("06-settings", "en"))
    assert hosted.state["copies"] == ""
    assert "organiser" in hosted.words["backups"]
