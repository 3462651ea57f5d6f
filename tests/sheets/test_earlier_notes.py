"""What was written in fields that no sheet asks for any longer is still read, in words."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Integer

from enishi.book import Book
from enishi.book.tables import TABLES
from enishi.book.wording.column_texts import column_label
from enishi.book.wording.earlier_notes import find_earlier_notes, retired_columns
from enishi.i18n import texts
from languages import FIRST_JAPANESE
from sheets import Open
from widgets.settings import my_data
from widgets.settings.my_data import MyData

pytest_plugins = ["sheet_fixtures"]

RETIRED = [column for sql_table in TABLES.values() for column in retired_columns(sql_table)]


def notes_of(sheet: MyData) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """Return what stands on the sheet, after it is drawn anew."""
    sheet.workbook.refresh()
    return [
        (
            group["kind"],
            group["title"],
            [(note["about"], note["label"], note["text"]) for note in group["notes"]],
        )
        for group in sheet.state["notes"]
    ]


def test_a_book_in_which_nothing_of_this_was_written_has_no_such_fold(open_in: Open) -> None:
    sheet = MyData(open_in("07-settings"))
    sheet.book.add("contact", name="架空 花子", note="木曜")
    assert notes_of(sheet) == []


@pytest.mark.parametrize(
    ("language", "label", "word"),
    [
        ("ja", "いっしょにいるときの心地よさ", "心地よい"),
        ("en", "How it feels to be together", "at ease"),
    ],
)
def test_what_was_said_with_a_slider_stands_under_the_name_in_words(
    open_in: Open, language: str, label: str, word: str
) -> None:
    sheet = MyData(open_in("07-settings", language))
    sheet.book.add("contact", name="架空 花子", comfort=4)
    sheet.book.add("contact", name="見本 次郎")
    kind = texts("columns", language)["tables"]["contact"]
    assert notes_of(sheet) == [(kind, "架空 花子", [("", label, word)])]
    sheet.book.undo()
    sheet.book.undo()
    assert notes_of(sheet) == []


def test_what_is_about_somebody_stands_under_their_name_with_its_day(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    retire(monkeypatch, "encounter", "comfort", "two_way")
    retire(monkeypatch, "contact", "circles", "through_id")
    sheet = MyData(open_in("07-settings", "en"))
    ann = sheet.book.add("contact", name="Ann", circles=["choir"])
    ben = sheet.book.add("contact", name="Ben", through_id=ann)
    sheet.book.add("encounter", contact_id=ann, on="2026-11-20", comfort=5, note="tea")
    sheet.book.add("encounter", contact_id=ben, on="2026-11-21", two_way=True)
    sheet.book.add("encounter", contact_id=ben, on="2026-11-22", note="nothing of the kind")
    found = {title: notes for _, title, notes in notes_of(sheet)}
    assert found == {
        "Ann": [
            ("", "Circles", "choir"),
            ("Notes of meetings Fri 20 Nov 2026", "Did I feel at ease", "very much at ease"),
        ],
        "Ben": [
            ("", "Who introduced us", "Ann"),
            ("Notes of meetings Sat 21 Nov 2026", "It went both ways", "yes"),
        ],
    }


def test_what_belongs_to_nothing_else_stands_under_its_day(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    retire(monkeypatch, "review", "book")
    sheet = MyData(open_in("07-settings", "en"))
    sheet.book.add("review", kind="month", on="2026-10-31", book="On friendship")
    ((kind, title, notes),) = notes_of(sheet)
    assert (kind, title) == ("Looking back", "Sat 31 Oct 2026")
    assert notes == [("", "A book I read", "On friendship")]


def retire(monkeypatch: pytest.MonkeyPatch, table: str, *columns: str) -> None:
    for name in columns:
        monkeypatch.setitem(TABLES[table].c[name].info, "retired", True)


@pytest.mark.parametrize("language", FIRST_JAPANESE)
@pytest.mark.parametrize("column", RETIRED, ids=str)
def test_each_retired_column_is_read_with_its_label(
    book: Book, column: Column[Any], language: str
) -> None:
    table, name = str(column.table.name), str(column.name)
    if "links_to" in column.info:
        value: Any = book.add(column.info["links_to"], name="Ann")
    elif isinstance(column.type, Boolean):
        value = True
    elif isinstance(column.type, Integer):
        value = column.info["range"][1]
    elif isinstance(column.type, JSON):
        value = ["something"]
    else:
        value = {**dict.fromkeys(column.info.get("choices", ("",))[1:2]), "2026-11-20": 0}
        value = next(iter(value)) if "choices" in column.info or "day" in column.info else "word"
    book.add(table, **{name: value})
    (group,) = find_earlier_notes(book, language, ())
    (note,) = group.notes
    assert note.label == column_label(table, name, language)
    assert note.text
    is_slider = "range" in column.info and column.info["range"][1] <= 5
    assert not (is_slider and note.text.isdecimal()), "a slider has a word for each of its values"


def test_the_note_under_a_sheet_that_asks_no_longer_is_read_with_its_question(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = MyData(open_in("07-settings", "en"))
    sheet.book.upsert("reflection", "wish", text="It was clearer than I thought.")
    sheet.book.upsert("reflection", "some_old_sheet", text="I liked it.")
    asked = texts("goal", "en")["screens"]["wish"]
    monkeypatch.delitem(asked, "reflect", raising=False)
    question = texts("columns", "en")["reflections"]["wish"]
    assert notes_of(sheet) == [
        (
            "Notes under the sheets",
            "",
            [
                ("", "some_old_sheet", "I liked it."),
                ("", question, "It was clearer than I thought."),
            ],
        )
    ]
    monkeypatch.setitem(asked, "reflect", question)
    sheet.workbook.cache.clear()
    ((_, _, notes),) = notes_of(sheet)
    assert [label for _, label, _ in notes] == ["some_old_sheet"]


def test_they_are_found_once_for_each_state_of_the_book(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = MyData(open_in("07-settings"))
    looked = []

    def look(*given: object) -> list[object]:
        looked.append(given)
        return []

    monkeypatch.setattr(my_data, "find_earlier_notes", look)
    sheet.workbook.refresh()
    sheet.book.add("goal")
    sheet.workbook.refresh()
    sheet.workbook.refresh()
    assert len(looked) == 1


def test_of_very_many_only_some_are_sent_and_it_is_told_where_the_others_are(
    open_in: Open,
) -> None:
    sheet = MyData(open_in("07-settings", "en"))
    with sheet.book.batch("import") as batch:
        batch.add_many("contact", [{"name": f"Ann {n}", "comfort": 4} for n in range(130)])
    assert len(notes_of(sheet)) == 100
    assert sheet.state["more_notes"] == 30
