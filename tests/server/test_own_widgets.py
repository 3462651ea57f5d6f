"""Another package named `widgets`, wherever it lies, is not taken for ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from enishi.serve import own_widgets
from enishi.serve.cli.lab import add_startup_file
from enishi.serve.errors import ForeignWidgetsError
from enishi.serve.own_widgets import OWN_WIDGETS, check_own_widgets
from forking import Run, kernel
from serving import serving, write_notebook

pytest_plugins = ["fork_fixtures"]

SHEET = """
from widgets import Header, open_workbook

Header(open_workbook("02-goal"))
"""
WHERE = "import widgets; print(widgets.__file__)"
OURS = str(OWN_WIDGETS / "__init__.py")


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """A folder with somebody else's `widgets`, which no page survives."""
    (tmp_path / "strange" / "widgets").mkdir(parents=True)
    file = tmp_path / "strange" / "widgets" / "__init__.py"
    file.write_text("raise RuntimeError('the widgets of somebody else')\n", encoding="utf-8")
    return tmp_path / "strange"


def strange_first(strange: Path) -> dict[str, str]:
    """Return an environment in which Python looks there first, then where our code is."""
    path = os.pathsep.join([str(strange), str(OWN_WIDGETS.parent)])
    return {**os.environ, "PYTHONPATH": path}


def test_a_page_shows_its_sheet_beside_another_widgets_and_with_one_on_the_path(
    tmp_path: Path, strange: Path
) -> None:
    write_notebook(strange / "01-start.ipynb", SHEET)
    path = strange_first(strange)["PYTHONPATH"]

    with serving(tmp_path / "data", strange, PYTHONPATH=path) as server, server.client() as client:
        page = client.get("/voila/render/01-start.ipynb").text

    assert "application/vnd.jupyter.widget-view+json" in page
    assert "without a fork" not in server.log.read_text()
    assert "RuntimeError" not in page + server.log.read_text()


def test_a_kernel_that_is_not_forked_finds_ours_as_well(no_zygote: Run, strange: Path) -> None:
    async def story() -> None:
        async with kernel(cwd=str(strange), env=strange_first(strange)) as one:
            assert not one.is_forked
            assert await one.run(WHERE) == OURS

    no_zygote(story())


@pytest.mark.thorough
def test_a_kernel_of_our_jupyterlab_finds_ours_as_well(no_zygote: Run, strange: Path) -> None:
    add_startup_file()

    async def story() -> None:
        async with kernel("python3", cwd=str(strange), env=strange_first(strange)) as one:
            assert await one.run(WHERE) == OURS
            assert await one.run("enishi") == "NameError"

    no_zygote(story())


def test_a_program_of_one_s_own_that_reads_the_book_keeps_its_widgets(strange: Path) -> None:
    code = [sys.executable, "-c", "import enishi.book, widgets"]

    done = subprocess.run(code, env=strange_first(strange), capture_output=True, text=True)

    assert "the widgets of somebody else" in done.stderr


@pytest.mark.parametrize("left", ["", "raise RuntimeError\n"], ids=["none", "of-another"])
def test_a_package_that_has_overwritten_ours_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    check_own_widgets()
    if left:
        (tmp_path / "__init__.py").write_text(left)
    monkeypatch.setattr(own_widgets, "OWN_WIDGETS", tmp_path)

    with pytest.raises(ForeignWidgetsError) as refused:
        check_own_widgets()

    assert str(tmp_path) in str(refused.value)
