"""JupyterLab changes a person's copies, never the files of an installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from enishi.paths import shared
from enishi.serve.cli.lab import copy_missing, is_installed


def test_an_installation_s_notebooks_are_copied_and_changed_copies_stay(tmp_path: Path) -> None:
    installed, own = tmp_path / "share", tmp_path / "own"
    (installed / "examples").mkdir(parents=True)
    for name in ("01-start.ipynb", "examples/own-book.ipynb"):
        (installed / name).write_text("as installed")
        (installed / name).chmod(0o444)
    assert copy_missing(installed, own) == own
    (own / "01-start.ipynb").write_text("as changed")
    (installed / "02-goal.ipynb").write_text("new in the next version")
    copy_missing(installed, own)
    assert (own / "01-start.ipynb").read_text() == "as changed"
    assert (own / "02-goal.ipynb").read_text() == "new in the next version"
    assert (own / "examples" / "own-book.ipynb").read_text() == "as installed"
    assert (installed / "01-start.ipynb").read_text() == "as installed"


def test_a_checkout_and_a_chosen_folder_are_edited_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ENISHI_WORKBOOKS", raising=False)
    assert not is_installed(shared("workbooks"))
    assert is_installed(tmp_path / "share" / "enishi" / "workbooks")
    monkeypatch.setenv("ENISHI_WORKBOOKS", str(tmp_path))
    assert not is_installed(tmp_path)
