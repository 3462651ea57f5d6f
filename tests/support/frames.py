"""Frames built from a few rows, in the shape the book gives them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import JSON, Boolean, Column, Integer

from enishi.book.frames import choice_array
from enishi.book.tables import TABLES, own_columns

Row = dict[str, Any]
"""A row as the book holds it, by column; what is missing has its default."""
TEXTS: Any = pd.api.types.pandas_dtype("str")
"""The kind of texts; to find it by its name, pandas tries a dozen others first."""


def kind_of(column: Column[Any]) -> str:
    if column.info.get("day") or column.info.get("moment"):
        return "datetime64[s]"
    if isinstance(column.type, Boolean):
        return "bool"
    if isinstance(column.type, JSON):
        return "object"
    if isinstance(column.type, Integer):
        return "float64" if column.nullable else "int64"
    return "category" if column.info.get("choices") else "str"


def blank(column: Column[Any]) -> Any:
    kind = kind_of(column)
    if kind == "datetime64[s]":
        return None
    if kind == "object":
        return []
    default = getattr(column.default, "arg", None)
    if kind in ("str", "category"):
        return default or ""
    return False if kind == "bool" else default


def frame(table: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Build the frame of `table`; a row without `id` gets its number, other columns their blank."""
    columns = own_columns(TABLES[table])
    unknown = {name for row in rows for name in row} - {"id", *(column.name for column in columns)}
    assert not unknown, f"{table} has no {unknown}"
    ids = [str(row.get("id", number)) for number, row in enumerate(rows, 1)]
    data = {
        column.name: cells_of(column, [row.get(column.name, blank(column)) for row in rows])
        for column in columns
    }
    data["version"] = np.ones(len(rows), dtype="int64")
    return pd.DataFrame(data, index=pd.Index(ids, dtype=TEXTS, name="id"))


def cells_of(column: Column[Any], values: list[Any]) -> Any:
    """Return the values of a column as the array of its kind."""
    kind = kind_of(column)
    if kind == "str":
        return pd.array(values, dtype=TEXTS)
    if kind == "category":
        return choice_array(column.info["choices"], values)
    if column.info.get("moment"):
        values = [value and str(value).removesuffix("Z") for value in values]
    if kind == "object":
        cells = np.empty(len(values), dtype=object)
        cells[:] = values
        return cells
    return np.array(values, dtype=kind)


def frames(**rows: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Build every table's frame, empty where no rows are given."""
    return {
        table: frame(table, *rows[table]) if rows.get(table) else _empty(table).copy()
        for table in TABLES
    }


@cache
def _empty(table: str) -> pd.DataFrame:
    """Most frames of most tests are empty, and to build one takes much longer than to copy it."""
    return frame(table)


def row_of(frame: pd.DataFrame, id: str) -> pd.Series[Any]:
    """Return one row of a frame."""
    row = frame.loc[id]
    assert isinstance(row, pd.Series)
    return row
