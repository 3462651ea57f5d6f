from __future__ import annotations

import os
from pathlib import Path

import pytest

from enishi.book import open_book
from serving import COUNTER, serving, write_notebook

pytest_plugins = ["server_fixtures"]


def test_a_visit_begins_with_the_week_once_there_is_something_in_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    for name in ("01-start", "05-week"):
        write_notebook(folder / f"{name}.ipynb", COUNTER)
    with serving(tmp_path / "data", folder) as server, server.client() as client:
        assert client.get("/").headers["location"] == "/voila/render/01-start.ipynb"
        assert not any(file.name.startswith("book") for file in (tmp_path / "data").iterdir())
        monkeypatch.setitem(os.environ, "ENISHI_DATA", str(tmp_path / "data"))
        book = open_book()
        book.add("step", words="名刺を注文する")
        book.close()
        assert client.get("/").headers["location"] == "/voila/render/05-week.ipynb"
