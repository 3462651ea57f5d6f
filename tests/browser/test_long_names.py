"""Hostile and very long texts: whatever a book holds, no view scrolls sideways on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from enishi.book import Book, open_book
from enishi.book.tables import TABLES
from enishi.i18n import texts
from enishi.sample_book import load_sample
from walking import Walk, walking
from widgets.base.pages import PAGES

pytest_plugins = ["server_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.thorough]

LONG = (
    "Pneumono" * 37,
    "縁" * 300,
    "https://example.com/" + "a-very/long_path?q=1&" * 13,
    "👩‍👩‍👧‍👦" * 27,
    "\u202e" + "مرحبا" * 50,  # written from right to left
    "e\u0301\u0323" * 100,
    "W" * 300,
    "〜ー" * 150,
)
OPEN_ALL = """
() => {
  const shut = [...document.querySelectorAll("section.sheet:not([hidden]) details:not([open])")];
  for (const fold of shut) fold.open = true;
  return shut.length;
}
"""
STICKS_OUT = """
() => {
  const width = document.documentElement.clientWidth;
  const clipped = (node) => node && node !== document.body
    && (getComputedStyle(node).overflowX !== "visible" || clipped(node.parentElement));
  return [...document.querySelectorAll("section.sheet:not([hidden]) *, .head *")]
    .filter((node) => node.getBoundingClientRect().right > width + 1)
    .filter((node) => !clipped(node.parentElement))
    .map((node) => `${node.localName}.${node.className.baseVal ?? node.className}`);
}
"""
"""What reaches beyond the right edge and does not scroll within a box of its own."""


def write_long(book: Book) -> int:
    """Write a long text into every text of every row, each its own, and return how many."""
    written = 0
    for table, sql_table in TABLES.items():
        if table == "setting":
            continue
        texts = [column for column in sql_table.columns if "longest" in column.info]
        for number, id in enumerate(book.frame(table).index):
            values: dict[str, Any] = {}
            for column in texts:
                text = LONG[(number + len(values)) % len(LONG)][: column.info["longest"]]
                values[column.name] = [text, text[::-1]] if "most" in column.info else text
            book.update(table, id, **values)
            written += len(values)
    return written


@pytest.fixture
def walk(tmp_path: Path, chromium: Browser) -> Iterator[Walk]:
    """A person whose book has the rows of the sample, and long texts in all of them.

    In English, whose own words are the longer ones.
    """
    data = tmp_path / "data"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ENISHI_DATA", str(data))
        environment.delenv("ENISHI_DATABASE", raising=False)
        environment.delenv("ENISHI_PERSON", raising=False)
        book = open_book()
        load_sample(book, "en", date.today())
        assert write_long(book) > 500
        book.close()
    with walking(chromium, data, "en") as begun:
        yield begun


def test_no_view_scrolls_sideways_on_a_phone(walk: Walk) -> None:
    page = walk.page
    page.set_viewport_size({"width": 360, "height": 800})
    seen, wide = 0, {}
    for name in PAGES:
        walk.open(name)
        for screen in texts(name.partition("-")[2], "ja")["screens"]:
            page.evaluate("screen => { location.hash = screen; }", screen)
            expect(page.locator(f"section#{screen} h2")).to_be_visible()
            while page.evaluate(OPEN_ALL):  # what lies in a fold may be drawn when it is opened
                page.evaluate("() => new Promise(requestAnimationFrame)")
            seen += 1
            scrolls = page.evaluate("document.documentElement.scrollWidth") > 360
            if scrolls or page.evaluate(STICKS_OUT):
                wide[f"{name}#{screen}"] = page.evaluate(STICKS_OUT)[-5:]

    assert wide == {}
    every = [texts(name.partition("-")[2], "ja")["screens"] for name in PAGES]
    assert seen == sum(map(len, every))
