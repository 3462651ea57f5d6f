"""Two entries for one person become one: what differs is compared, and the person chooses."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from enishi.book.errors import UnknownRowError
from enishi.book.merging import (
    Choice,
    ContactDifference,
    compare_contacts,
    count_links,
    merge_contacts,
)
from enishi.book.tables import TABLES
from enishi.book.wording.column_texts import column_label, counts_text, value_text
from enishi.book.wording.row_titles import title_of
from enishi.coach.relations.history import active_contacts
from enishi.errors import EnishiError
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, Identifier, Part, Sheet, command, query

Versions = Annotated[list[int], msgspec.Meta(min_length=2, max_length=2)]
Choices = Annotated[dict[Identifier, Choice], msgspec.Meta(max_length=len(TABLES["contact"].c))]


@query
def compare(sheet: Sheet, id: Identifier, other: Identifier) -> Answer:
    """Return where two contacts differ, with each value in words, and what moves."""
    pair = _pair(sheet, id, other)
    return {
        "text": " ",
        "other": {"id": other, "name": pair[1]["name"]},
        "versions": [row["version"] for row in pair],
        "moves": counts_text(count_links(sheet.book, other), sheet.workbook.language),
        "fields": [_describe(sheet, each) for each in compare_contacts(*pair)],
    }


@command
def merge(
    sheet: Sheet, id: Identifier, other: Identifier, versions: Versions, choices: Choices
) -> Answer:
    """Make one contact of two, with the values chosen: one call, one undo.

    Raises:
        ComparedBeforeError: one of them was changed since they were compared.
    """
    if [row["version"] for row in _pair(sheet, id, other)] != versions:
        raise ComparedBeforeError()
    with sheet.book.batch("merge") as batch:
        merge_contacts(batch, id, other, choices)
    return {"text": sheet.workbook.texts_of("merging")["merged"], "focus": "card"}


def _pair(sheet: Sheet, id: str, other: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return two contacts that are not in the trash.

    Raises:
        UnknownRowError: one of them is not there.
    """
    if not {id, other} <= set(active_contacts(sheet.workbook.frames()).index):
        raise UnknownRowError()
    return sheet.book.row("contact", id), sheet.book.row("contact", other)


def _describe(sheet: Sheet, each: ContactDifference) -> JsonRow:
    """Return a difference as texts."""
    language = sheet.workbook.language
    return {
        "column": each.column,
        "label": column_label("contact", each.column, language),
        "stays": _in_words(sheet, each.column, each.stays),
        "goes": _in_words(sheet, each.column, each.goes),
        "both": bool(each.both),
        "choice": each.choice,
        "conflict": each.is_conflict,
    }


def _in_words(sheet: Sheet, name: str, value: Any) -> str:
    """Return a value of a contact as text; a link is the name of what it leads to."""
    column, language = TABLES["contact"].c[name], sheet.workbook.language
    if "links_to" not in column.info or not value:
        return value_text(column, value, language)
    target = column.info["links_to"]
    return title_of(target, sheet.book.row(target, value), lambda *key: None, language)


MERGE_PEOPLE = Part(__file__, {"compare": compare, "merge": merge})
"""Merges the person on a card with another entry; gives the script `mergePeople`."""


class ComparedBeforeError(EnishiError):
    """One of two contacts was changed after they were compared."""

    sentence = "One of the two was changed in the meantime, so they are still two."
    way_out = "Please compare them once more."
