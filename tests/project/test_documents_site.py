"""The documents as a site: built without a warning, and read without a request to anywhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from documents import ALL_DOCUMENTS
from enishi.paths import CHECKOUT

pytest_plugins = ["server_fixtures"]
pytestmark = [pytest.mark.thorough, pytest.mark.browser]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make docs` builds."""
    folder = tmp_path_factory.mktemp("site")
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    [line] = [line for line in makefile.splitlines() if "-m sphinx" in line]
    options = line.split("-m sphinx ")[1].replace("build/", f"{folder}/").split()
    assert "--fail-on-warning" in options
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options], cwd=CHECKOUT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder / "docs"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page on which every request but for a file, and every error, fails the test."""
    page = chromium.new_page(viewport={"width": 360, "height": 780})
    wrong: list[str] = []
    page.on("request", lambda asked: None if _is_file(asked) else wrong.append(asked.url))
    page.on("requestfailed", lambda asked: wrong.append(asked.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert wrong == []


def _is_file(asked: Request) -> bool:
    return asked.url.startswith(("file:", "data:"))


def test_every_document_is_a_page_that_fetches_nothing_and_fits_a_phone(
    site: Path, page: Page
) -> None:
    for file in ALL_DOCUMENTS:
        page.goto((site / file.relative_to(CHECKOUT).with_suffix(".html")).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, file
        language = "ja" if file.name.endswith(".ja.md") else "en"
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)"), file


def test_the_first_address_leads_to_the_contents(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/docs/index.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Enishi")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("合いことば", "ひとりで使うときに"),
        ("控え", "ひとりで使うときに"),
        ("passphrase", "For yourself"),
        ("zygote", "Architecture"),
    ],
)
def test_the_search_finds_words_of_both_languages(
    site: Path, page: Page, words: str, title: str
) -> None:
    page.goto(f"{(site / 'search.html').as_uri()}?q={words}")
    expect(page.locator("#search-results li").filter(has_text=title).first).to_be_visible()
