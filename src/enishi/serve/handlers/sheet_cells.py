"""Running the cells of a notebook that only show a sheet as one cell.

Each cell that runs costs the server and the kernel some ten messages, and a page of sheets has a
cell for each. Which sheets are on the page, and in which order, stays as the notebook says.
"""

# mypy: disallow-untyped-calls=False

from __future__ import annotations

import ast
from typing import Any

SHEET_PACKAGE = "widgets"
"""The package whose names, called with a page, are sheets."""


def join_sheet_cells(notebook: Any) -> None:
    """Join runs of code cells that only show sheets, in the notebook as loaded for one page.

    Text between them is not part of a page. Every other cell is left as it is.
    """
    known: set[str] = set()
    cells: list[Any] = []
    run: list[tuple[Any, str]] = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            (cells if not run else []).append(cell)
            continue
        tree = parse(cell.source)
        known |= imported_sheets(tree)
        source = source_of_sheet(tree, known)
        if source:
            run.append((cell, source))
        else:
            cells += [*join_run(run), cell]
            run = []
    notebook.cells = [*cells, *join_run(run)]


def parse(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none where it is not plain Python."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []


def imported_sheets(statements: list[ast.stmt]) -> set[str]:
    """Return the names that `statements` import from the package of sheets."""
    return {
        name.asname or name.name
        for each in statements
        if isinstance(each, ast.ImportFrom) and each.module == SHEET_PACKAGE
        for name in each.names
    }


def source_of_sheet(statements: list[ast.stmt], sheets: set[str]) -> str:
    """Return the source that shows the one sheet of a cell; '' if the cell does anything else."""
    if not statements:
        return ""
    *imports, last = statements
    if not all(isinstance(each, ast.Import | ast.ImportFrom) for each in imports):
        return ""
    match last:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name)) as call) if name in sheets:
            return "\n".join([*map(ast.unparse, imports), f"display({ast.unparse(call)})"])
    return ""


def join_run(run: list[tuple[Any, str]]) -> list[Any]:
    """Return the cells of a run as at most one cell."""
    if len(run) < 2:
        return [cell for cell, _ in run]
    cell = run[0][0]
    cell.source = "\n".join(source for _, source in run)
    return [cell]
