"""The tables of a person's own book as CSV, for people to read in a spreadsheet.

Headings and choices are in the person's language, and a link is the name of what it leads to. A
spreadsheet takes a cell that begins like a formula for one, so such a cell gets an apostrophe.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from sqlalchemy import Column, Integer

from enishi.book.tables import TABLES
from enishi.book.validation import columns_of
from enishi.book.wording.column_texts import column_label, value_text
from enishi.book.wording.row_titles import FindRow, Row, title_of
from enishi.i18n import texts

NAMED_BY_ID = ("setting", "reflection")
"""Tables whose rows are named by their id."""
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
"""How a cell begins that a spreadsheet may run as a formula, perhaps behind apostrophes."""


def write_table(table: str, tables: Mapping[str, list[dict[str, Any]]], language: str) -> bytes:
    """Return the rows of one table as CSV: UTF-8 with a byte order mark, lines ending in CRLF.

    Args:
        table: its name.
        tables: the rows of all tables, for the names of what they link to.
        language: the language of the headings.
    """
    columns = columns_of(TABLES[table])
    find = finder(tables)
    written = StringIO()
    out = csv.writer(written)
    heading = [column_label(table, name, language) for name in columns]
    names = [column_label(table, "id", language)] if table in NAMED_BY_ID else []
    out.writerow([*names, *heading])
    for row in tables[table]:
        cells = [_cell(column, row[name], find, language) for name, column in columns.items()]
        named = [guarded(_name(table, row["id"], language))] if names else []
        out.writerow([*named, *cells])
    return written.getvalue().encode("utf-8-sig")


def finder(tables: Mapping[str, list[dict[str, Any]]]) -> FindRow:
    """Return a function that finds a row by its table and id."""
    by_key = {(table, row["id"]): row for table, rows in tables.items() for row in rows}

    def find(table: str, id: str) -> Row | None:
        return by_key.get((table, id))

    return find


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("+81 90"), guarded("a=b")
    ("'=1+1", "'+81 90", 'a=b')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made `cell` of.

    >>> unguarded("'=1+1"), unguarded("a=b"), unguarded("'90s")
    ('=1+1', 'a=b', "'90s")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _cell(column: Column[Any], value: Any, find: FindRow, language: str) -> str:
    target = column.info.get("links_to")
    if target:
        row = find(target, value) if value else None
        return guarded(title_of(target, row, find, language)) if row else ""
    text = value_text(column, value, language)
    is_number = isinstance(column.type, Integer) and text == str(value)
    return text if is_number else guarded(text)


def _name(table: str, id: str, language: str) -> str:
    """Return what the id of a row says: of a reflection, what was asked."""
    asked = texts("columns", language)["reflections"] if table == "reflection" else {}
    return str(asked.get(id, id))
