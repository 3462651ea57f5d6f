"""Frames built from a few rows, in the shape the book gives them."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
from sqlalchemy import JSON, Boolean, Column, Integer

from enishi.book.tables import TABLES, own_columns

Row = dict[str, Any]
"""A row as the book holds it, by column; what is missing has its default."""


def kind_of(column: Column[Any]) -> str:
    if column.info.get("day") or column.info.get("moment"):
        return "datetime64[s]"
    if isinstance(column.type, Boolean):
        return "bool"
    if isinstance(column.type, JSON):
        return "object"
    if isinstance(column.type, Integer):
        return "float64" if column.nullable else "int64"
    return "str"


def blank(column: Column[Any]) -> Any:
    kind = kind_of(column)
    if kind == "datetime64[s]":
        return None
    if kind == "object":
        return []
    default = getattr(column.default, "arg", None)
    if kind == "str":
        return default or ""
    return False if kind == "bool" else default


def frame(table: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Build the frame of `table`; a row without `id` gets its number, other columns their blank."""
    columns = own_columns(TABLES[table])
    unknown = {name for row in rows for name in row} - {"id", *(column.name for column in columns)}
    assert not unknown, f"{table} has no {unknown}"
    index = pd.Index(
        [str(row.get("id", number)) for number, row in enumerate(rows, 1)], dtype="str", name="id"
    )
    data: dict[str, Any] = {}
    for column in columns:
        values = [row.get(column.name, blank(column)) for row in rows]
        if column.info.get("moment"):
            read = pd.to_datetime(pd.Series(values, dtype="object"), utc=True)
            data[column.name] = read.dt.tz_localize(None).astype("datetime64[s]").to_numpy()
        elif column.info.get("day"):
            read = pd.to_datetime(pd.Series(values, dtype="object"))
            data[column.name] = read.astype("datetime64[s]").to_numpy()
        else:
            data[column.name] = pd.Series(values, dtype=kind_of(column)).array
    data["version"] = [1] * len(rows)
    return pd.DataFrame(data, index=index).astype({"version": "int64"})


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
