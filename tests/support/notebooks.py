"""The notebooks of the workbooks, and the code in them."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat

from enishi.paths import shared

WORKBOOKS = shared("workbooks")

FILES = sorted(WORKBOOKS.glob("*.ipynb"))


def code_cells(file: Path) -> list[str]:
    notebook = nbformat.read(file, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def called_last(code: str) -> str:
    """Return the name of the function whose call is the last statement of a cell."""
    last = ast.parse(code).body[-1]
    assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    assert isinstance(last.value.func, ast.Name)
    return last.value.func.id
