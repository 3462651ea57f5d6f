"""What tables, columns and stored values are called in the person's language.

The texts are in `data/words/columns.yaml`. A table or column without one is shown by its name in
the code, in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean, Column

from enishi.book.validation import default_of
from enishi.i18n import format_list, texts


def table_label(table: str, language: str) -> str:
    """Return what `table` is called."""
    return str(_texts(language)["tables"].get(table) or _spaced(table))


def counts_text(counts: Mapping[str, int], language: str) -> str:
    """Return how many rows of each table there are, as a list of texts.

    >>> counts_text({"promise": 2, "contact": 1}, "en")
    'People 1, Promises 2'
    """
    order = dict.fromkeys([*_texts(language)["tables"], *counts])
    said = (f"{table_label(name, language)} {counts[name]}" for name in order if name in counts)
    return format_list(said, language)


def column_label(table: str, column: str, language: str) -> str:
    """Return what a column is called; `id` is one for tables whose rows are named by it.

    >>> column_label("contact", "how_met", "en"), column_label("contact", "not_yet_named", "en")
    ('How we met', 'Not yet named')
    """
    columns = _texts(language)["columns"].get(table, {})
    return str(columns.get(column) or _spaced(column.removesuffix("_id")))


def value_text(column: Column[Any], value: Any, language: str) -> str:
    """Return a stored value in words, '' for nothing and for a no; a link stays an id.

    >>> from enishi.book.tables import TABLES
    >>> value_text(TABLES["contact"].c.comfort, 4, "en")
    'at ease'
    """
    if value is None or value is False or value in ("", []):
        return ""
    if isinstance(value, list):
        return format_list((_word(column, text, language) for text in value), language)
    return _word(column, value, language)


def is_said(column: Column[Any], value: Any) -> bool:
    """Return whether a column holds something that the person, or an act of theirs, put there."""
    return value is not None and value != default_of(column) and value != ""


def _word(column: Column[Any], value: Any, language: str) -> str:
    values = _texts(language)["values"]
    if isinstance(column.type, Boolean):
        return str(values["yes" if value else "no"])
    words = values.get(column.table.name, {}).get(column.name, {})
    return str(words.get(str(value), value))


def _texts(language: str) -> Any:
    return texts("columns", language)


def _spaced(name: str) -> str:
    return name.replace("_", " ").capitalize()
