"""Every sheet works on a page of any name, and what is on the page is what its header names."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

import widgets
from enishi.i18n import texts
from enishi.paths import PAGES_HERE
from enishi.sample_book import load_sample
from sheets import Open, ask, book_of
from widgets.base.sheet import Sheet
from widgets.base.workbook import Workbook
from widgets.room.room_page import open_room_page

pytest_plugins = ["sheet_fixtures"]

SHEETS = sorted(widgets.SHEETS_OF_PAGES)
OF_A_ROOM = [name for name in SHEETS if getattr(widgets, name).opened_by == "open_room_page"]
LANGUAGES = ["ja", pytest.param("en", marks=pytest.mark.thorough)]


def stranger(open_in: Open, language: str = "en", name: str = "31-a-page-of-mine") -> Workbook:
    return open_in(name, language)


def write_page(folder: Path, name: str, *cells: str) -> None:
    """Write a notebook; a cell that begins with # is a text."""
    found = [new_markdown_cell(e) if e.startswith("#") else new_code_cell(e) for e in cells]
    (folder / f"{name}.ipynb").write_text(writes(new_notebook(cells=found)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_filled", [False, True], ids=["empty", "filled"])
def test_every_sheet_shows_itself_on_a_page_of_any_name(
    is_filled: bool, language: str, open_in: Open
) -> None:
    page = stranger(open_in, language)
    if is_filled:
        load_sample(book_of(page), language, date.today())
    header = widgets.Header(page)
    shown = [getattr(widgets, name)(page) for name in SHEETS if name not in OF_A_ROOM]

    page.refresh()

    for sheet in shown:
        assert sheet.state, type(sheet).__name__
        assert sheet.words["question"] and sheet.words["common"], type(sheet).__name__
    assert [step["name"] for step in header.state["steps"]] == [sheet.name for sheet in shown]
    assert all(step["title"] for step in header.state["steps"])
    assert shown[2].position["index"] == 3
    assert not header.state["author"]


@pytest.mark.parametrize("name", ["mine", "7", "a-b", "31-x", "02-goal-2"])
def test_whatever_the_page_is_called(name: str, open_in: Open) -> None:
    wish = widgets.Wish(stranger(open_in, name=name))
    assert ask(wish, "write", table="goal", id="goal", version=0, values={"wish": "print"})["ok"]
    assert wish.state["goal"]["wish"] == "print"


@pytest.mark.parametrize("sheet", OF_A_ROOM)
def test_a_sheet_of_a_room_opens_on_any_page_of_a_room(
    sheet: str, open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger(open_in)
    page = open_room_page("31-a-page-of-mine")
    shown = getattr(widgets, sheet)(page)
    assert shown.words == {"closed": True}  # there is no room
    assert not page.author_notes


def test_a_sheet_of_a_room_on_another_page_tells_its_author(open_in: Open) -> None:
    page = stranger(open_in)
    header = widgets.Header(page)
    widgets.Here(page)
    page.refresh()
    assert header.state["author"] == [
        "Here needs a page that open_room_page opens. "
        "Write page = open_room_page(…) in the first cell."
    ]


def test_links_lead_to_what_is_on_the_page_or_nowhere(open_in: Open) -> None:
    page = stranger(open_in)
    widgets.Header(page)
    widgets.Wish(page)
    assert page.address("02-goal", "wish") == "#wish"
    assert page.address("04-contacts", "people", "x") == ""


def test_what_is_on_the_other_pages_of_the_folder_is_led_to(
    open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(tmp_path, "01-one", "# One evening", "Header(page)", "Wish(page)")
    write_page(tmp_path, "02-two", "from widgets import People\nPeople(page)", "Ask(page, 'x')")
    write_page(tmp_path, "03-not-mine", "Draft(page)")
    (tmp_path / "02-two.yaml").write_text("title: {ja: 二ページ, en: The second}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(PAGES_HERE, "01-one 02-two")  # as the server tells: the third is for others
    page = stranger(open_in, name="01-one")
    header, wish = widgets.Header(page), widgets.Wish(page)

    assert [tab["title"] for tab in header.state["tabs"]] == ["One evening", "The second"]
    assert header.state["title"] == "One evening"
    assert page.address("04-contacts", "people", "x") == "02-two.ipynb#people=x"
    assert page.address("04-contacts", "draft") == ""
    assert wish.position["leads"] == {"people": "02-two.ipynb#people"}
    found = ask(header, "seek", text="second")
    assert [row["href"] for group in found["groups"] for row in group["rows"]] == ["02-two.ipynb"]


def test_a_page_of_ours_in_a_folder_of_an_authors_names_only_what_is_on_it(
    open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_page(tmp_path, "02-goal", "Header(page)", "Places(page)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(PAGES_HERE, "02-goal")
    page = stranger(open_in, name="02-goal")
    header, places = widgets.Header(page), widgets.Places(page)
    assert [step["name"] for step in header.state["steps"]] == ["places"]
    assert places.position["index"] == 1
    assert header.state["menu"] == []


def test_a_misspelled_sheet_is_told_and_hides_nothing_else(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImportError):
        exec("from widgets import Wihs", {})
    page = stranger(open_in)
    header = widgets.Header(page)
    monkeypatch.setenv("ENISHI_SHEETS", "/voila/sheets/x/")  # on a page of a server
    exec("from widgets import Wihs\nWihs(page)", {"page": page})
    (told,) = header.state["author"]
    assert told.startswith("There is no sheet “Wihs”. The nearest names are: Wish")


class Counting(Sheet):
    """A sheet of an author's, with no script."""

    name = "counting"

    def build_state(self) -> dict[str, int]:
        return {"people": len(self.workbook.rows("contact"))}


class Failing(Counting):
    """It fails with what a person wrote."""

    name = "failing"

    def build_state(self) -> dict[str, int]:
        raise ValueError("a secret")


def test_an_author_s_sheet_that_fails_is_told_without_what_it_says(open_in: Open) -> None:
    page = stranger(open_in)
    header = widgets.Header(page)
    counting, wish = Counting(page), widgets.Wish(page)
    Failing(page)
    assert counting.state == {"people": 0} and wish.state
    script, _, failed = header.state["author"]
    assert script == "Counting has no script. Put test_any_page.js beside test_any_page.py."
    assert "ValueError in test_any_page.py, line" in failed and "secret" not in failed


def test_a_page_may_give_a_sheet_of_ours_other_words(
    open_in: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text("sheets: {wish: {question: {ja: 夢は, en: Your dream?}}}")
    page = stranger(open_in, name="mine")
    wish = widgets.Wish(page)
    assert wish.words["question"] == "Your dream?"
    assert wish.words["wish"] == texts("goal", "en")["screens"]["wish"]["wish"]
    assert PAGES_HERE not in os.environ
