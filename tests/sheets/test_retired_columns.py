"""Columns that no sheet asks for any longer."""

from __future__ import annotations

from pkgutil import resolve_name

import pytest

import widgets
from enishi.book.tables import TABLES, own_columns
from widgets.base.sheet import Sheet

RETIRED = {
    (name, column.name)
    for name, table in TABLES.items()
    for column in own_columns(table)
    if column.info.get("retired")
}
SHEETS = [
    found
    for name, module in widgets.WHERE.items()
    if isinstance(found := resolve_name(f"widgets.{module}:{name}"), type)
    and issubclass(found, Sheet)
]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.name))
def test_a_sheet_writes_no_column_that_is_retired(sheet: type[Sheet]) -> None:
    asked = {(table, column) for table, columns in sheet.writable.items() for column in columns}
    assert not asked & RETIRED
