"""Which cells of a notebook run as one."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from enishi.serve.handlers.sheet_cells import join_sheet_cells

FIRST = 'from widgets import Header, Ways, Wish, open_workbook\npage = open_workbook("02-goal")'


def sources(*cells: str) -> list[str]:
    """Return the sources of the cells that run; '#' begins a text."""
    notebook = new_notebook(
        cells=[
            new_markdown_cell(source) if source.startswith("#") else new_code_cell(source)
            for source in cells
        ]
    )
    join_sheet_cells(notebook)
    return [str(cell.source) for cell in notebook.cells if cell.cell_type == "code"]


def test_cells_that_only_show_a_sheet_run_as_one_in_their_order() -> None:
    found = sources("# Goal", FIRST, "## Wish", "Wish(page)", "## Ways", "Ways(page)")
    assert found == [FIRST, "display(Wish(page))\ndisplay(Ways(page))"]


def test_a_cell_may_import_the_sheet_it_shows() -> None:
    first, rest = sources(FIRST, "from widgets import Kinds\n\nKinds(page)", "Ways(page)")
    assert first == FIRST
    assert rest == "from widgets import Kinds\ndisplay(Kinds(page))\ndisplay(Ways(page))"


def test_every_other_cell_runs_as_its_author_wrote_it() -> None:
    own = ["total(page)", "x = 1\nWish(page)", "%%time\nWish(page)", "Wish(page);\n1", "print(1)"]
    assert sources(FIRST, "Wish(page)", *own, "Ways(page)") == [
        FIRST,
        "Wish(page)",
        *own,
        "Ways(page)",
    ]


def test_an_empty_notebook_stays_empty() -> None:
    assert sources() == []
    assert sources("# only a text") == []
