"""Which cells of a notebook run as one."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from enishi.serve.handlers.sheet_cells import join_sheet_cells, keep_going, show_texts

FIRST = 'from widgets import Header, Ways, Wish, open_workbook\npage = open_workbook("02-goal")'


def sources(*cells: str) -> list[str]:
    """Return the sources of the cells that run; '#' begins a text for authors."""
    notebook = new_notebook(
        cells=[
            new_markdown_cell(source, metadata={"tags": ["author"]})
            if source.startswith("#")
            else new_code_cell(source)
            for source in cells
        ]
    )
    show_texts(notebook)
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


def test_a_text_without_that_tag_becomes_a_sheet_where_it_stands() -> None:
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Hello"),
            new_code_cell(FIRST),
            new_code_cell("Wish(page)"),
            new_markdown_cell("between\nthem"),
            new_code_cell("Ways(page)"),
        ]
    )
    show_texts(notebook)
    join_sheet_cells(notebook)

    first, rest = [cell.source for cell in notebook.cells]
    assert first == FIRST
    assert [line for line in rest.splitlines() if line.startswith("display")] == [
        "display(Text(page, '# Hello\\n'))",
        "display(Wish(page))",
        "display(Text(page, 'between\\nthem\\n'))",
        "display(Ways(page))",
    ]


def test_without_a_page_of_sheets_the_texts_stay() -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# Hello"), new_code_cell("1 + 1")])
    show_texts(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code"]


def test_behind_the_cell_that_opens_the_page_no_failure_ends_it() -> None:
    cells = ["import this", FIRST, "Wsh(page)", "Ways(page)"]
    notebook = new_notebook(cells=[new_code_cell(each) for each in cells])
    keep_going(notebook)
    tags = [cell.metadata.get("tags") for cell in notebook.cells]
    assert tags == [None, None, ["raises-exception"], ["raises-exception"]]
