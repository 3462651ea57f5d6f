"""The data dictionary names every table and column, in words, and says what leaves the book."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table, Text

from data_dictionary import (
    CODES,
    COMMON,
    GROUPS,
    IN_A_CONTACT_FILE,
    IN_THE_CALENDAR,
    PAGES,
    WordsMissingError,
    choice_words,
    dictionary_words,
    write_dictionary,
)
from enishi.book.tables import TABLES, metadata
from enishi.book.tables.columns import text_line
from enishi.coach.today.agenda import agenda
from enishi.coach.today.item_summary import summarise_item
from enishi.exchange.contact_export import export_contacts
from enishi.i18n import LANGUAGES, texts
from enishi.i18n.texts import read_yaml
from frames import Row, frames, kind_of

NOW = datetime(2026, 11, 20, 7, 31, tzinfo=UTC)
TODAY = date(2026, 11, 20)
EVERY = {name: sql_table for tables in GROUPS.values() for name, sql_table in tables.items()}
every_language = pytest.mark.parametrize("language", LANGUAGES)
STATES = {
    *(("promise", "state", "open"), ("give", "state", "planned"), ("step", "state", "open")),
    *(("review", "next_state", "open"), ("promise", "by", "me"), ("give", "direction", "out")),
}
"""What makes a row one that is still to be done."""


@every_language
def test_the_page_is_the_one_the_tables_make(language: str) -> None:
    page = PAGES[language].read_text(encoding="utf-8")
    assert page == write_dictionary(language), "`make docs` writes it anew"


@every_language
def test_it_has_every_table_and_every_column_once(language: str) -> None:
    assert set(EVERY) == set(metadata.tables)
    page = PAGES[language].read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(sections) == list(EVERY)
    for name, sql_table in EVERY.items():
        own = COMMON if "kind" in sql_table.info else ()
        columns = [column.name for column in sql_table.columns if column.name not in own]
        assert re.findall(r"^\| `(\w+)` \|", sections[name], re.MULTILINE) == columns
        assert "|  |  |" not in sections[name], "a cell of words is empty"


def test_a_column_without_words_is_refused_by_name() -> None:
    table = Table("goal", MetaData(), Column("id", Text), text_line("colour"))
    with pytest.raises(WordsMissingError, match=r"goal\.id has no words: add them to data/words"):
        write_dictionary("en", {"person": {"goal": table}})
    with pytest.raises(WordsMissingError, match=r"^dream has no words"):
        write_dictionary("en", {"person": {"dream": Table("dream", MetaData())}})


@every_language
def test_every_choice_has_words_but_languages_and_some_questions(language: str) -> None:
    missing = [
        f"{column}={code}"
        for sql_table in EVERY.values()
        for column in sql_table.columns
        for code in filter(None, column.info.get("choices", ()))
        if code not in choice_words(column, language) and column.name != "question"
    ]
    assert missing == [f"{name}.language={code}" for name in MISSING for code in ("ja", "en")]


MISSING = ("message", "room_stage")
"""The tables with a choice of language: its codes say what they are.

A question of `answer` has words if it is asked in a card of its own (`data/words/asking.yaml`).
"""


def test_no_words_are_kept_for_what_is_not_there() -> None:
    words = dictionary_words("en")
    assert set(words["tables"]) == set(EVERY)
    named = {f"{table}.{column}" for table, each in words["columns"].items() for column in each}
    assert named <= {str(column) for sql_table in EVERY.values() for column in sql_table.columns}
    assert not set(words["columns"]) & set(texts("columns", "en")["columns"]), "said twice"
    assert {str(column) for table in TABLES.values() for column in table.columns} >= CODES


def test_what_the_dictionary_says_is_there_in_both_languages() -> None:
    def leaves(tree: Any) -> list[dict[str, str]]:
        if tree.keys() & set(LANGUAGES):
            return [tree]
        return [leaf for branch in tree.values() for leaf in leaves(branch)]

    tree = read_yaml(PAGES["en"].with_suffix(".yaml"))
    assert all(leaf.keys() == set(LANGUAGES) for leaf in leaves(tree))
    assert all(text.strip() for leaf in leaves(tree) for text in leaf.values())


def test_a_contact_file_has_the_columns_it_is_said_to_have_and_no_other() -> None:
    """Every line of text of a contact and its details holds a mark of its own."""
    marked = {name: _marked_row(name) for name in ("contact", "detail", "relation")}
    marked["contact"] |= {"birthday": "--04-15", "trashed_on": None}
    marked["detail"] |= {"kind": "field", "contact_id": "1"}
    marked["relation"] |= {"kind": "friend", "a_id": "1", "b_id": "2"}
    people = [{"id": "1", **marked["contact"]}, {"id": "2", "name": "架空 花子"}]
    book = frames(contact=people, detail=[marked["detail"]], relation=[marked["relation"]])
    for format in ("csv", "vcard4"):
        data = export_contacts(book, ["1", "2"], format, language="en", now=NOW).data.decode(
            "utf-8"
        )
        left = {
            (table, column)
            for table, row in marked.items()
            for column in row
            if f"{table}_{column}" in data.replace("\r\n ", "")
        }
        assert left <= IN_A_CONTACT_FILE
        assert IN_A_CONTACT_FILE - left <= {
            *(
                ("contact", "birthday"),
                ("contact", "met_on"),
                ("detail", "kind"),
                ("relation", "kind"),
            ),
            *(("contact", "phone"), ("contact", "url"), ("contact", "email")),
            *(("contact", "circles"), ("contact", "family_kana"), ("contact", "given_kana")),
            *(("contact", "honorific"), ("contact", "romaji")),
        }, "beside what has a form of its own"


def test_the_calendar_has_the_columns_it_is_said_to_have_and_no_other() -> None:
    summaries = texts("week", "en")["calendar"]["summaries"]
    rows = {name: [{"id": "1", **_marked_row(name)}] for name in TABLES}
    rows["event"][0]["place_id"] = ""  # a gathering at a place takes the place of its day
    rows["review"].append({"id": "2", **_marked_row("review"), "kind": "month"})
    book = frames(**rows)
    lines = [
        summarise_item(item, book["contact"], summaries, "en")
        for item in agenda(book, TODAY, 30)
        if item.kind in summaries
    ]
    found = set(re.findall(r"([a-z]+)_([a-z]+)_mark", " ".join(lines)))
    days = {("step", "on"), ("promise", "due"), ("give", "on"), ("event", "on")}
    days |= {("place", "next_on"), ("review", "next_on")}
    assert found | days | {("contact", "name")} == IN_THE_CALENDAR


def _marked_row(table: str) -> Row:
    """Return a row whose texts name their column, and whose days are near."""
    row: Row = {}
    for column in TABLES[table].columns:
        name = str(column.name)
        if name in COMMON:
            continue
        chosen = next((code for of, at, code in STATES if (of, at) == (table, name)), None)
        if chosen:
            row[name] = chosen
        elif "links_to" in column.info:
            row[name] = "1"
        elif kind_of(column) == "str":
            row[name] = f"{table}_{name}_mark"
        elif kind_of(column) == "datetime64[s]" and not name.startswith(("closed", "trashed")):
            row[name] = "2026-11-24"
    return row
