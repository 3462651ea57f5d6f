"""The notebooks of the workbooks, and the code in them."""

from __future__ import annotations

from pathlib import Path

import nbformat

from enishi.paths import shared

WORKBOOKS = shared("workbooks")

FILES = sorted(WORKBOOKS.glob("*.ipynb"))


def code_cells(file: Path) -> list[str]:
    notebook = nbformat.read(file, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]
