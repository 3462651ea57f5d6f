"""The notebooks are thin, saved clean, and run on an empty book and on the sample book."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from enishi.book import open_book
from enishi.i18n.texts import read_yaml
from enishi.paths import shared
from notebooks import FILES, WORKBOOKS, called_last, code_cells
from widgets.base.pages import COACH_PAGE, PAGES

COMPOUND = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try, ast.With, ast.Lambda)

every_workbook = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def shown(file: Path) -> list[str]:
    """The names of the sheets a workbook shows, in order, as their classes have them."""
    import widgets

    calls = [called_last(cell) for cell in code_cells(file)]
    return [getattr(widgets, call).name for call in calls]


def test_the_workbooks_are_the_five_pages_in_their_order() -> None:
    pages = read_yaml(shared("data") / "words" / "room.yaml")["pages"]
    assert tuple(file.stem for file in FILES) == (*PAGES, COACH_PAGE, *pages)


def test_nothing_beside_the_workbooks_hides_a_package() -> None:
    assert not [path for path in WORKBOOKS.iterdir() if path.name in ("widgets", "enishi")]


@every_workbook
def test_a_cell_composes_and_never_defines(file: Path) -> None:
    for cell in code_cells(file):
        tree = ast.parse(cell)
        imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        folded = sum((node.end_lineno or 0) - node.lineno for node in imports)
        assert len(cell.splitlines()) - folded <= 7
        assert not [node for node in ast.walk(tree) if isinstance(node, COMPOUND)]
        assert "%" not in cell and "sys.path" not in cell


@every_workbook
def test_a_workbook_is_saved_without_output(file: Path) -> None:
    notebook = nbformat.read(file, as_version=4)

    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@every_workbook
def test_a_workbook_shows_every_screen_of_its_copy_in_that_order(file: Path) -> None:
    words = shared("data") / "words"
    room = read_yaml(words / "room.yaml")["pages"]
    if file.stem in room:
        screens = room[file.stem]["sheets"]
    else:
        screens = list(read_yaml(words / f"{file.stem.partition('-')[2]}.yaml")["screens"])

    assert shown(file) == ["head", *screens]


def test_the_thread_leads_to_screens_that_exist() -> None:
    data = shared("data") / "words"
    thread = read_yaml(data / "workbook.yaml")["thread"]
    for link in thread.values():
        file = data / f"{link['page'].partition('-')[2]}.yaml"
        screens = read_yaml(file)["screens"]
        assert {link["screen"], link.get("asked_on", link["screen"])} <= set(screens)


def run(file: Path) -> list[str]:
    """Run a workbook as a person would, in a kernel of its own; return what its cells show."""
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(WORKBOOKS)}}).execute()
    outputs = [
        output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
    ]
    assert all(output.output_type == "display_data" for output in outputs), outputs
    return [next(kind for kind in output.data if "widget" in kind) for output in outputs]


@every_workbook
def test_a_workbook_runs_on_an_empty_book(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))

    assert len(run(file)) == len(code_cells(file))


@every_workbook
@pytest.mark.thorough
def test_a_workbook_runs_on_the_sample_book(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from enishi.sample_book import load_sample

    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    load_sample(open_book(), "ja", date.today())

    assert len(run(file)) == len(code_cells(file))
