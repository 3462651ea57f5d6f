"""Enishi's sheets in the cells of other programs: Notebook 7 and marimo."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.paths import CHECKOUT
from fronts import free_port
from in_jupyter import (
    BOOK,
    COMMANDS,
    DOCUMENT,
    choose,
    documented,
    environment,
    jupyter,
    open_notebook,
    started,
    wish_field,
    wishes_in,
    write_wish,
)
from serving import watch

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser


def test_each_command_of_the_document_is_run() -> None:
    run = {" ".join(documented(each)[1:]) for each in ("jupyter lab", "jupyter notebook", "marimo")}
    assert run == {line.partition(" ")[2] for line in COMMANDS}


@pytest.mark.thorough
def test_in_notebook_7_a_wish_is_saved_from_a_cell(tmp_path: Path, chromium: Browser) -> None:
    shutil.copy(CHECKOUT / "workbooks" / "02-goal.ipynb", tmp_path)
    assert version("notebook").startswith("7.")
    with (
        jupyter(tmp_path, "notebook") as address,
        chromium.new_context(locale="en-GB") as context,
    ):
        seen = watch(context)
        open_notebook(seen.page, f"{address}notebooks/02-goal.ipynb")
        choose(seen.page, "Run", "Run All Cells")
        expect(wish_field(seen.page)).to_be_visible(timeout=90_000)
        write_wish(seen.page, "To open a café")
        assert seen.strangers() == []
    assert wishes_in(tmp_path / "home" / BOOK) == ["To open a café"]


@pytest.mark.thorough
def test_in_marimo_a_wish_is_saved_from_an_anywidget(tmp_path: Path, chromium: Browser) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    [sheet] = re.findall(r"^```python\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    (tmp_path / "goal.py").write_text(sheet, encoding="utf-8")
    address = f"http://127.0.0.1:{(port := free_port())}/"
    command = [
        *(*documented("marimo"), "--headless", "--no-token"),
        *("--host", "127.0.0.1", "--port", str(port)),
    ]
    with (
        started(tmp_path, command, f"{address}health", environment(tmp_path / "home")),
        chromium.new_context(locale="en-GB") as context,
    ):
        seen = watch(context)
        seen.page.goto(address)
        expect(wish_field(seen.page)).to_be_visible(timeout=90_000)
        write_wish(seen.page, "To open a café")
        assert seen.strangers() == []
    assert wishes_in(tmp_path / "home" / BOOK) == ["To open a café"]
