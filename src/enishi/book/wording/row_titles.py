"""A short title of a row, by which a person recognises it where a link points to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enishi.book.tables import TABLES
from enishi.book.validation import links_of
from enishi.book.wording.column_texts import table_label

NAMED_BY = ("name", "wish", "does", "words", "what", "target_words", "cue", "who", "subject")
"""The columns that name a row, the first one that is filled."""
_MOST = 80
"""Maximum length of a title in characters."""

Row = Mapping[str, Any]
FindRow = Callable[[str, str], Row | None]
"""Returns the row of a table with an id, or None."""


def title_of(table: str, row: Row, find: FindRow, language: str) -> str:
    """Return what names `row`: its own words, else whom it is about and when, else its table."""
    if own := own_title(row):
        return own
    named = [title for title in linked_titles(table, row, find, language) if title]
    return " ".join([*(named or [table_label(table, language)]), str(row.get("on") or "")]).strip()


def own_title(row: Row) -> str:
    """Return the words in `row` that name it, in one line; '' if there are none."""
    texts = (" ".join(str(row.get(name) or "").split()) for name in NAMED_BY)
    own = next(filter(None, texts), "")
    return own if len(own) <= _MOST else f"{own[: _MOST - 1]}…"


def linked_titles(table: str, row: Row, find: FindRow, language: str) -> list[str]:
    """Return the titles of the rows that `row` links to."""
    found = [
        (target, other)
        for column, target in links_of(TABLES[table]).items()
        if row.get(column) and (other := find(target, row[column])) is not None
    ]
    return [title_of(target, other, _nothing, language) for target, other in found]


def _nothing(table: str, id: str) -> None:
    return None
