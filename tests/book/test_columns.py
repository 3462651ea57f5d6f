"""What tables and columns are called outside their own sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import Column

from enishi.book.tables import TABLES
from enishi.book.validation import columns_of
from enishi.book.wording.column_texts import column_label, table_label, value_text
from enishi.i18n import texts

COLUMNS = texts("columns", "en")
ALL = [column for sql_table in TABLES.values() for column in columns_of(sql_table).values()]
RETIRED = [column for column in ALL if column.info.get("retired")]


def test_there_are_retired_columns() -> None:
    assert RETIRED


@pytest.mark.parametrize("column", RETIRED, ids=str)
def test_every_retired_column_has_a_label_and_words_for_its_values(column: Column[Any]) -> None:
    """Add both to `data/words/columns.yaml` when you retire a column."""
    assert_labelled([column])
    words = COLUMNS["values"].get(column.table.name, {}).get(column.name, {})
    assert set(filter(None, column.info.get("choices", ()))) <= set(words)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_label(table: str) -> None:
    """Add it to `data/words/columns.yaml`; until then its name in the code is shown, in words."""
    assert table in COLUMNS["tables"]
    assert_labelled(columns_of(TABLES[table]).values())


def assert_labelled(columns: Iterable[Column[Any]]) -> None:
    missing = [
        str(column)
        for column in columns
        if column.name not in COLUMNS["columns"].get(column.table.name, {})
    ]
    assert missing == []


def test_a_column_and_a_table_without_a_label_are_shown_in_words() -> None:
    assert column_label("contact", "seen_lately_id", "ja") == "Seen lately"
    assert table_label("next_thing", "ja") == "Next thing"


def test_values_are_said_in_words_and_what_was_never_said_is_empty() -> None:
    contact = TABLES["contact"].c
    said = {
        "comfort": (4, "at ease"),
        "closeness": ("companion", "on each other’s side"),
        "circles": (["a", "b"], "a, b"),
        "focus": (True, "yes"),
        "known_since": (2019, "2019"),
        "note": ("a note", "a note"),
    }
    for name, (value, text) in said.items():
        assert value_text(contact[name], value, "en") == text
    assert value_text(TABLES["goal"].c.rung, 0, "en") == "curious about it"
    for name, value in {"note": "", "focus": False, "circles": [], "comfort": None}.items():
        assert value_text(contact[name], value, "en") == ""
