"""What is found from any page: people, things to do and pages."""

from __future__ import annotations

from typing import Any

import pytest

from enishi.i18n import texts
from languages import FIRST_ENGLISH, FIRST_JAPANESE
from sheets import Open, ask, book_of
from widgets.base.pages import PAGES
from widgets.base.workbook import Workbook
from widgets.frame.header import Header
from widgets.room.room_page import open_room_page

pytest_plugins = ["sheet_fixtures"]


def found(header: Header, text: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that are found, by the name of their group."""
    answer = ask(header, "seek", text=text)
    assert answer["ok"]
    return {group["name"]: group["rows"] for group in answer["groups"]}


def titles(header: Header, text: str, group: str) -> list[str]:
    """Return the titles of what is found in a group."""
    return [row["title"] for row in found(header, text).get(group, [])]


def add_person(
    workbook: Workbook, name: str, family: str = "", given: str = "", **more: Any
) -> str:
    """Put a person into the book and return their id."""
    readings = {"family_kana": family, "given_kana": given}
    return book_of(workbook).add("contact", name=name, **readings, **more)


@pytest.mark.parametrize("typed", ["yamada", "やまだ", "ﾔﾏﾀﾞ", "山田", "Tarou Yamada", "taro"])
def test_a_person_is_found_as_a_name_a_reading_or_in_romaji(open_in: Open, typed: str) -> None:
    workbook = open_in("02-goal")
    id = add_person(workbook, "山田 太郎", "ヤマダ", "タロウ")
    add_person(workbook, "佐藤 花", "サトウ", "ハナ")
    (person,) = found(Header(workbook), typed)["people"]
    assert (person["title"], person["href"]) == ("山田 太郎", f"04-contacts.ipynb#people={id}")


def test_people_stand_in_the_order_of_their_readings_once_they_match_alike(open_in: Open) -> None:
    workbook = open_in("05-week")
    add_person(workbook, "渡辺 見本", "ワタナベ", focus=True, closeness="close")
    add_person(workbook, "見本 会", "ミホン")
    add_person(workbook, "青木 見本", "アオキ")
    order = ["見本 会", "青木 見本", "渡辺 見本"]
    assert titles(Header(workbook), "見本", "people") == order


def test_who_is_in_the_bin_is_not_found(open_in: Open) -> None:
    workbook = open_in("05-week")
    id = add_person(workbook, "山田 太郎")
    header = Header(workbook)
    assert titles(header, "山田", "people") == ["山田 太郎"]
    book_of(workbook).delete("contact", id)
    assert titles(header, "山田", "people") == []


@pytest.mark.parametrize(
    "why", [{"signs": ["pay_first"]}, {"closed": True}, {"do_not_contact": True}]
)
def test_who_is_left_in_peace_is_found_with_nothing_to_do(
    open_in: Open, why: dict[str, Any]
) -> None:
    workbook = open_in("05-week", "en")
    add_person(workbook, "Ines Sample", **why)
    groups = found(Header(workbook), "ines")
    assert groups["people"][0]["note"] == texts("palette", "en")["left_out"]
    assert "acts" not in groups


def test_with_one_person_found_a_note_and_a_draft_begin_with_them(open_in: Open) -> None:
    workbook = open_in("05-week")
    id = add_person(workbook, "山田 太郎")
    header = Header(workbook)
    leads = [row["href"] for row in found(header, "山田")["acts"]]
    assert leads == [f"#note={id}", f"04-contacts.ipynb#draft={id}"]
    add_person(workbook, "山田 次郎")
    assert "acts" not in found(header, "山田")


def test_many_are_counted_and_few_are_sent(open_in: Open) -> None:
    workbook = open_in("05-week", "en")
    with book_of(workbook).batch("add") as batch:
        for number in range(30):
            batch.add("contact", name=f"Sample {number}")
    (people,) = ask(Header(workbook), "seek", text="sample")["groups"][:1]
    assert (len(people["rows"]), people["note"]) == (8, "8 of 30")


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_each_sheet_of_every_workbook_is_found_by_its_name_in_either_language(
    open_in: Open, language: str
) -> None:
    header = Header(open_in("03-strengths", language))
    for page in PAGES:
        stem = page.partition("-")[2]
        for other in ("ja", "en"):
            for name, screen in texts(stem, other)["screens"].items():
                leads = [row["href"] for row in found(header, screen["name"])["pages"]]
                here = f"#{name}"
                assert (here if page == "03-strengths" else f"{page}.ipynb{here}") in leads


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_things_to_do_are_found_by_other_words_and_lead_to_a_sheet_that_is_there(
    open_in: Open, language: str
) -> None:
    header = Header(open_in("01-start", language))
    for act in texts("palette", language)["acts"].values():
        for word in [act["name"], *act["also"].split()]:
            assert act["name"] in titles(header, word, "acts")
        page = next(page for page in PAGES if page.endswith(f"-{act['page']}"))
        assert act["screen"] in texts(act["page"], language)["screens"]
        assert f"{page}.ipynb#{act['screen']}" in [
            row["href"] for row in found(header, act["name"])["acts"]
        ]


def test_before_anything_is_typed_nobody_is_named(open_in: Open) -> None:
    workbook = open_in("05-week")
    add_person(workbook, "山田 太郎", focus=True)
    assert set(found(Header(workbook), " ")) == {"acts", "pages"}


def test_undo_is_there_only_while_there_is_something_to_undo(open_in: Open) -> None:
    workbook = open_in("05-week", "en")
    header = Header(workbook)
    assert titles(header, "undo", "acts") == [
        texts("palette", "en")["add_name"].format(name="undo")
    ]
    add_person(workbook, "Ines Sample")
    header.refresh()
    (undo,) = found(header, "undo")["acts"]
    assert undo["message"] == {"do": "undo"}
    assert ask(header, "undo")["ok"]
    assert workbook.rows("contact") == []


def test_nobody_found_can_be_added_and_their_card_is_opened(open_in: Open) -> None:
    workbook = open_in("04-contacts", "en")
    header = Header(workbook)
    (row,) = found(header, "Ines <b>Sample</b>")["acts"]
    message = row["message"]
    answer = ask(header, message.pop("do"), **message)
    (person,) = workbook.rows("contact")
    assert person["name"] == "Ines <b>Sample</b>"
    assert answer["href"] == f"#people={person['id']}"


@pytest.mark.parametrize("page", ["11-host", "12-projector"])
def test_a_page_that_others_look_at_finds_nobody(
    open_in: Open, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = open_in("05-week")
    add_person(workbook, "山田 太郎")
    header = Header(open_room_page(page))
    assert not header.state["finds"]
    assert not ask(header, "seek", text="山田")["ok"]
    assert not ask(header, "add_found", name="鈴木")["ok"]
    assert len(workbook.rows("contact")) == 1


def test_a_page_of_a_room_finds_its_own_sheets_and_the_persons_book(open_in: Open) -> None:
    add_person(open_in("05-week"), "山田 太郎")
    header = Header(open_room_page("10-room"))
    assert titles(header, "山田", "people") == ["山田 太郎"]
    screens = texts("room", "ja")["screens"]
    assert "#poll" in [row["href"] for row in found(header, screens["poll"]["name"])["pages"]]


def test_nothing_of_anybody_is_sent_before_it_is_asked_for(open_in: Open) -> None:
    workbook = open_in("05-week")
    add_person(workbook, "山田 太郎")
    header = Header(workbook)
    assert "山田" not in str([header.state, header.words, header.position])


@pytest.mark.parametrize("language", FIRST_ENGLISH)
def test_undo_and_redo_say_what_they_changed(open_in: Open, language: str) -> None:
    workbook = open_in("05-week", language)
    add_person(workbook, "山田 太郎")
    header = Header(workbook)
    people = texts("columns", language)["tables"]["contact"]
    assert people in ask(header, "undo")["text"]
    assert people in ask(header, "redo")["text"]
