"""A package that offers a sheet by an entry point: installed, shown on a page, and used there."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.paths import BOOK
from serving import serving, wait_until, watch, write_notebook

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "choir-sheets"
version = "1.0"

[project.entry-points."enishi.sheets"]
Choir = "choir_sheets.choir:Choir"
"""
PYTHON = """
from widgets.base.sheet import Sheet, ShortText, command


class Choir(Sheet):
    name = "choir"

    def build_state(self):
        return {"singers": [row["name"] for row in self.workbook.rows("contact")]}

    @command
    def greet(self, singer: ShortText):
        self.book.add("contact", name=singer)
"""
SCRIPT = """
import { defineSheet, h } from "./base/sheet.js";

function draw(sheet) {
  const typed = () => sheet.el.querySelector("#singer").value;
  const greet = () => sheet.send({ do: "greet", singer: typed() });
  return [
    h("p", { id: "singers" }, sheet.state.singers.join(", ")),
    h("input", { id: "singer", "aria-label": "Singer" }),
    sheet.button("Greet", greet),
  ];
}

export default defineSheet({ draw });
"""
CELL = """
from widgets import Choir, Header, open_workbook

page = open_workbook("01-start")
Header(page)
"""


def install(source: Path, target: Path) -> None:
    """Build the package with its own build tool, and install what that made, into `target`."""
    package = source / "src" / "choir_sheets"
    package.mkdir(parents=True)
    (source / "pyproject.toml").write_text(PROJECT)
    (package / "__init__.py").touch()
    (package / "choir.py").write_text(PYTHON)
    (package / "choir.js").write_text(SCRIPT)
    (package / "choir.css").write_text("#singers { color: rgb(1, 2, 3); }\n")
    alone = ("--no-index", "--no-deps", "--no-build-isolation", "--quiet")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", *alone]
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, capture_output=True)


def test_a_sheet_of_an_installed_package_is_shown_and_what_is_typed_there_is_saved(
    tmp_path: Path, chromium: Browser
) -> None:
    installed, workbooks = tmp_path / "installed", tmp_path / "workbooks"
    install(tmp_path / "source", installed)
    workbooks.mkdir()
    write_notebook(workbooks / "01-start.ipynb", CELL, "Choir(page)")
    data = tmp_path / "data" / "own"
    path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(installed))))
    with (
        serving(data, workbooks, PYTHONPATH=path) as server,
        chromium.new_context(locale="en-GB") as context,
    ):
        seen = watch(context)
        seen.page.goto(server.address)
        seen.page.get_by_label("Singer").fill("Maya")
        seen.page.get_by_role("button", name="Greet").click()
        expect(seen.page.locator("#singers")).to_have_text("Maya")
        expect(seen.page.locator("#singers")).to_have_css("color", "rgb(1, 2, 3)")
        assert seen.strangers() == [] and seen.complaints == []

    def saved() -> list[str]:
        with closing(sqlite3.connect(data / BOOK)) as book:
            return [name for (name,) in book.execute("SELECT name FROM contact")]

    wait_until(lambda: saved() == ["Maya"])
