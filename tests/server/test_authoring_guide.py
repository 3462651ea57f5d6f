"""What docs/authoring.md tells an author to do is done here, in an empty folder and a browser."""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes
from playwright.sync_api import Browser, expect

from enishi.paths import BOOK, CHECKOUT
from serving import Serving, run, serving, wait_until, watch

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

GUIDE = CHECKOUT / "docs" / "authoring.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    """Return the blocks of the guide of one language."""
    return [
        text for found, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")) if found == kind
    ]


def write_page(folder: Path, name: str, *cells: str) -> None:
    """Write a notebook; a cell that begins with # is a text."""
    found = [new_markdown_cell(e) if e.startswith("# ") else new_code_cell(e) for e in cells]
    (folder / f"{name}.ipynb").write_text(writes(new_notebook(
        cells=found,
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )))  # fmt: skip


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Serving]]:
    """A folder in which the guide was followed, and a server of it."""
    here = tmp_path_factory.mktemp("author")
    make, opens = (shlex.split(line) for line in blocks("sh")[0].splitlines())
    assert make[:2] == ["enishi", "new"] and opens == ["enishi", "--workbooks", make[2]]
    folder = here / make[2]
    made = run("new", str(folder), "--language", "en")
    assert made.returncode == 0 and f"enishi --workbooks {folder}" in made.stdout
    again = run("new", str(folder), "--language", "ja")
    assert again.returncode == 1 and "すでに何か入っている" in again.stderr

    *cells, sheet = blocks("python")
    write_page(folder, "02-my-people", *cells)
    (folder / "02-my-people.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    (folder / "my_count.py").write_text(sheet)
    (folder / "my_count.js").write_text(blocks("js")[0])
    write_errors(folder)
    options = ("--workbooks", str(folder), "--no-browser", "--port", "0", "--verbose")
    with serving(here / "data" / "own", here / "nowhere", *options) as server:
        yield here / "data" / "own" / BOOK, server


def write_errors(folder: Path) -> None:
    """Write a page with an author's mistakes, and sheets that are right between them."""
    write_page(
        folder,
        "03-wrong",
        "# Hello *there* <script>document.title = 'run'</script>",
        "from widgets import Ask, Header, Text, Wihs, Wish, open_workbook\n"
        "page = open_workbook('03-wrong')\nHeader(page)",
        "Wihs(page)",
        "Wsh(page)",
        "from broken import Broken\nBroken(page)",
        "Wish(page)",
    )
    (folder / "03-wrong.yaml").write_text("title: {ja: 夕べ, en: Evening\ntexts: 1\n")
    (folder / "broken.py").write_text(
        "from widgets.base.sheet import Sheet\n\n\nclass Broken(Sheet):\n    name = 'broken'\n"
    )
    (folder / "broken.js").write_text("export default {{ render() } };\n")


def test_the_guide_ends_in_a_saved_answer(guided: tuple[Path, Serving], chromium: Browser) -> None:
    book, server = guided
    with chromium.new_context(locale="en-GB") as context:
        seen = watch(context)
        seen.page.goto(server.address)
        page = seen.page
        expect(page.locator("#ask-thanks h2")).to_have_text("Who made your day a little easier?")
        expect(page.locator(".own-text:visible")).to_contain_text("What you write stays")
        page.get_by_role("link", name="People near me").click()
        expect(page.locator("#ask-closer h2")).to_have_text("Whom would you like to hear from?")
        expect(page.locator(".own-text:visible strong")).to_have_text("your")
        steps = page.locator("nav.steps li a")
        expect(steps).to_have_text([re.compile("^Closer"), "How many", "List"])
        page.get_by_label("Their name").fill("Maya, from the choir")
        page.get_by_label("Their name").blur()
        expect(page.locator("#ask-closer .saved")).to_have_text("Saved.")
        steps.nth(1).click()
        expect(page.locator("#my-count")).to_have_text("0")
        assert seen.strangers() == [] and seen.complaints == []

    def stored() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(book)) as file:
            asked = "select id, question, words, in_letter from own_answer"
            return file.execute(asked).fetchall()

    wait_until(lambda: bool(stored()))
    question = "Whom would you like to hear from?"
    assert stored() == [("closer", question, "Maya, from the choir", 1)]


def test_an_author_s_mistakes_are_told_and_the_rest_works(
    guided: tuple[Path, Serving], chromium: Browser
) -> None:
    _, server = guided
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(server.address)
        page.goto(server.root + "/voila/render/03-wrong.ipynb#wish")
        notes = page.locator(".head .trouble[role=alert] p")
        expect(notes).to_have_count(3)
        expect(notes.nth(0)).to_contain_text("03-wrong.yaml, line 2: this is not YAML")
        expect(notes.nth(1)).to_contain_text("There is no sheet “Wihs”.")
        expect(notes.nth(2)).to_contain_text("NameError: name 'Wsh' is not defined")
        expect(page.locator("section#wish")).to_be_visible()
        page.evaluate("location.hash = 'broken'")
        expect(page.get_by_text("the script of broken.Broken could not be run")).to_be_visible()
        page.evaluate("location.hash = 'wish'")
        expect(page.locator("section#wish")).to_be_visible()
        expect(page.locator(".own-text").first).to_contain_text("<script>")
        assert page.title() != "run"
