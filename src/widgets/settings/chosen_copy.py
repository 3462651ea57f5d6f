"""A copy that the person chose to put back: what it would do to the book, as plain JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from enishi.book.copies.put_back import CopyComparison
from enishi.book.journal import Key, Values
from enishi.book.own_copy import OwnCopy
from enishi.book.tables import TABLES
from enishi.book.validation import columns_of
from enishi.book.wording.column_texts import column_label, counts_text, table_label, value_text
from enishi.book.wording.row_titles import FindRow, title_of
from enishi.exchange.own_tables import NAMED_BY_ID, finder
from enishi.i18n import format_list

SHOWN_DIFFERENCES = 50
"""Most rows that differ shown at once; for the rest one choice holds."""
_MOST_NAMES = 8
_LONGEST = 200
"""Maximum characters of a value shown."""


@dataclass(frozen=True)
class ChosenCopy:
    """A copy, the name of its file, and what the book holds of it.

    Attributes:
        name: the name of the file, for the person and for errors.
        copy: what it holds; None while its passphrase is missing.
        comparison: what putting it back would do; None likewise.
    """

    name: str
    copy: OwnCopy | None = None
    comparison: CopyComparison | None = None


def describe_copy(chosen: ChosenCopy, language: str) -> dict[str, Any]:
    """Return a chosen copy as the sheet shows it."""
    found = chosen.comparison
    if chosen.copy is None or found is None:
        return {"name": chosen.name, "sealed": True}
    names = found.namesakes
    find = finder(chosen.copy.tables)
    return {
        "name": chosen.name,
        "sealed": False,
        "day": chosen.copy.about.on,
        "added": counts_text(found.added, language),
        "same": found.same,
        "staying": counts_text(found.staying, language),
        "namesakes": format_list(names[:_MOST_NAMES], language),
        "more_namesakes": max(0, len(names) - _MOST_NAMES),
        "differing": list(_describe_differences(found, find, language)),
        "more": max(0, len(found.differing) - SHOWN_DIFFERENCES),
        "empty": found.is_empty,
    }


def _describe_differences(
    found: CopyComparison, find: FindRow, language: str
) -> Iterator[dict[str, Any]]:
    """Yield each row that differs: its key, its title, and each column with both values."""
    for key, pairs in islice(found.differing.items(), SHOWN_DIFFERENCES):
        table, id = key
        row = find(table, id) or {}
        title = "" if table in NAMED_BY_ID else title_of(table, row, find, language)
        yield {
            "key": f"{table}:{id}",
            "title": title or _asked(table, id, language),
            "kind": table_label(table, language),
            "fields": [
                {
                    "label": column_label(table, column, language),
                    "here": _shown(table, column, here, find, language),
                    "there": _shown(table, column, there, find, language),
                }
                for column, (here, there) in pairs.items()
            ],
        }


def _asked(table: str, id: str, language: str) -> str:
    return f"{table_label(table, language)} {id}"


def _shown(table: str, column: str, value: Any, find: FindRow, language: str) -> str:
    """Return a value in words and in one line; of a link, the title of what it leads to."""
    declared = columns_of(TABLES[table])[column]
    target = declared.info.get("links_to")
    if target and value:
        row: Values | Any = find(target, value)
        text = title_of(target, row, find, language) if row else table_label(target, language)
    else:
        text = value_text(declared, value, language)
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def taken_keys(take: list[str]) -> set[Key]:
    """Return the keys of rows from `table:id` texts."""
    pairs = (each.partition(":") for each in take)
    return {(table, id) for table, _, id in pairs}
