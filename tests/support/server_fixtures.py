"""The fixtures of the tests that need a server; they name this module in `pytest_plugins`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from get_chromium import ALONE, find_chromium
from serving import COUNTER, Serving, serving, write_notebook


@pytest.fixture(scope="session")
def small_workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with small notebooks: one that counts, one that fails, one that is no page."""
    folder = tmp_path_factory.mktemp("workbooks")
    write_notebook(folder / "01-start.ipynb", COUNTER)
    write_notebook(
        folder / "02-broken.ipynb", "print('before')", "1 / len('the-secret-in-a-cell'[:0])"
    )
    write_notebook(folder / "scratch.ipynb", "print('not a page')")
    (folder / "notes.txt").write_text("for authors")
    (folder / "picture.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return folder


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, small_workbooks: Path) -> Iterator[Serving]:
    """One server for all tests that leave it as they found it."""
    with serving(tmp_path_factory.mktemp("server") / "data", small_workbooks) as running:
        yield running


@pytest.fixture
def private_server(tmp_path: Path, small_workbooks: Path) -> Iterator[Serving]:
    """A server for one test alone, which may harm it."""
    with serving(tmp_path / "data", small_workbooks) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A Chromium that talks to nobody on its own."""
    names = "--host-resolver-rules=MAP workbook.example 127.0.0.1"  # for what a proxy serves
    found = find_chromium()
    assert found, "No Chromium was found. Install one, or set ENISHI_CHROMIUM to its path."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*ALONE, names])
        yield browser
        browser.close()


@pytest.fixture
def japanese_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that asks for Japanese."""
    with chromium.new_context(locale="ja-JP") as context:
        yield context
