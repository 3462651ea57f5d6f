"""The example notebooks read a book, draw it, and write nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from enishi.book import Book, open_book
from enishi.pictures.picture import PLOTLY_TYPE
from enishi.serve.handlers.workbooks import page_names
from notebooks import WORKBOOKS, code_cells

(EXAMPLE,) = (WORKBOOKS / "examples").glob("*.ipynb")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    monkeypatch.delenv("ENISHI_DATABASE", raising=False)
    return open_book()


def test_it_is_saved_without_output_and_is_no_page() -> None:
    notebook = nbformat.read(EXAMPLE, as_version=4)
    assert not [cell for cell in notebook.cells if cell.get("outputs")]
    assert not [name for name in page_names(WORKBOOKS) if "own" in name]


def test_it_runs_on_an_empty_book(own: Book) -> None:
    known: dict[str, object] = {}
    for cell in code_cells(EXAMPLE):
        *rest, last = ast.parse(cell).body
        exec(compile(ast.Module(rest, []), "cell", "exec"), known)
        if isinstance(last, ast.Expr):
            repr(eval(compile(ast.Expression(last.value), "cell", "eval"), known))
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), known)
    assert own.revision() == open_book().revision() == 0


def test_in_a_notebook_it_draws_one_s_own_book_and_writes_nothing(own: Book) -> None:
    ann = own.add("contact", name="見本 花子", focus=True, known_as="known")
    gift = {"contact_id": ann, "state": "done", "what": "本", "on": "2026-10-03"}
    own.add("give", direction="out", **gift)
    before = own.revision()
    notebook = nbformat.read(EXAMPLE, as_version=4)
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = [output.data for cell in notebook.cells for output in cell.get("outputs", ())]
    figures = [data[PLOTLY_TYPE] for data in shown if PLOTLY_TYPE in data]
    assert len(figures) == 2 and not [data for data in shown if "script" in str(data)]
    assert "見本 花子" in str(figures[0]["layout"])
    assert own.revision() == before
