"""The cells of a notebook as a page runs them: text becomes a sheet, sheets run as one cell.

Each cell that runs costs the server and the kernel some ten messages, and a page of sheets has a
cell for each. Which sheets are on the page, and in which order, stays as the notebook says.
"""

# mypy: disallow-untyped-calls=False

from __future__ import annotations

import ast
from typing import Any

from enishi.i18n.markdown import is_shown

SHEET_PACKAGE = "widgets"
"""The package whose names, called with a page, are sheets."""
OPENERS = ("open_workbook", "open_room_page", "open_sharing_page")
"""The functions of that package that open a page."""


def show_texts(notebook: Any) -> None:
    """Make each cell of text a sheet behind the cell that opens the page.

    The notebook is one loaded for one page. A cell tagged `author` is left out. Where no page is
    opened, the template shows the texts.
    """
    notebook.cells = [
        cell for cell in notebook.cells if cell.cell_type != "markdown" or is_shown(cell.metadata)
    ]
    at, page = opening_cell(notebook)
    if not page:
        return
    above, below = notebook.cells[:at], notebook.cells[at + 1 :]
    texts = [cell for cell in above if cell.cell_type == "markdown"]
    others = [cell for cell in above if cell.cell_type != "markdown"]
    for cell in texts + below:
        if cell.cell_type == "markdown":
            text = cell.source + "\n"  # no name of a text ends so
            cell.cell_type, cell.outputs, cell.execution_count = "code", [], None
            cell.source = f"from widgets import Text\nText({page}, {text!r})"
    notebook.cells = [*others, notebook.cells[at], *texts, *below]


def keep_going(notebook: Any) -> bool:
    """Let the cells behind the one that opens the page run, even if another of them fails.

    Returns:
        Whether there is a cell that opens the page.
    """
    first, page = opening_cell(notebook)
    for cell in notebook.cells[first + 1 :] if page else ():
        if cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", ()), "raises-exception"]
    return bool(page)


def opening_cell(notebook: Any) -> tuple[int, str]:
    """Return the place of the cell that opens the page, and the variable; (0, "") for none."""
    for at, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and (page := opened_page(parse(cell.source))):
            return at, page
    return 0, ""


def opened_page(statements: list[ast.stmt]) -> str:
    """Return the name of the variable that holds the page that a cell opens; '' for none."""
    for each in statements:
        match each:
            case ast.Assign(
                targets=[ast.Name(id=page)], value=ast.Call(func=ast.Name(id=opener))
            ) if opener in OPENERS:
                return page
    return ""


def join_sheet_cells(notebook: Any) -> None:
    """Join runs of code cells that only show sheets, in the notebook as loaded for one page.

    Every other cell is left as it is.
    """
    known: set[str] = set()
    cells: list[Any] = []
    run: list[tuple[Any, str]] = []
    for cell in notebook.cells:
        tree = parse(cell.source) if cell.cell_type == "code" else []
        known |= imported_sheets(tree)
        if source := source_of_sheet(tree, known):
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
