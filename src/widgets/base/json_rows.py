"""Convert data frames to rows of plain JSON, as a sheet's state holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

JsonRow = dict[str, Any]


def rows(frame: pd.DataFrame, *columns: str) -> list[JsonRow]:
    """Return the rows of a book's frame, each with its `id` and `columns` (all if none are given).

    Days become `YYYY-MM-DD`, whole numbers ints, missing values "" or None.
    """
    if frame.empty:
        return []
    names = list(columns) or list(frame.columns)
    cells = [_plain(frame[name]) for name in names]
    return [
        {"id": id} | dict(zip(names, values, strict=True))
        for id, *values in zip(frame.index.tolist(), *cells, strict=True)
    ]


def _plain(series: pd.Series[Any]) -> list[Any]:
    """Return a column's cells as JSON values."""
    kind = series.dtype.kind
    if kind == "M":
        return [str(text) for text in series.dt.strftime("%Y-%m-%d").fillna("")]
    if kind == "f":
        return [None if cell != cell else int(cell) for cell in series.tolist()]
    return series.tolist()
