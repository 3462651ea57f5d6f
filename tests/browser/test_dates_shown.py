"""Every sheet of a filled book in a browser: no day is shown as the book stores it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

import widgets
from desk import laid
from enishi.book.tables import TABLES, own_columns
from enishi.sample_book import load_sample
from sheets import Open, ask, book_of
from widgets.base.sheet import Sheet
from widgets.base.workbook import PAGES

pytest_plugins = ["server_fixtures", "sheet_fixtures"]

STORED = re.compile(r"\d{4}-\d{2}-\d{2}")
FOLDERS = {"start": 0, "goal": 1, "strengths": 2, "contacts": 3, "week": 4}
SHEETS = sorted(
    name for name, module in widgets.WHERE.items() if module.partition(".")[0] in FOLDERS
)
OF_FIELDS = {
    column.name
    for table in TABLES.values()
    for column in own_columns(table)
    if column.info.get("day") or column.info.get("moment")
} | {"today"}
"""What a field of a day is filled from, which the browser shows in its own way."""


def opened(open_in: Open, name: str, language: str) -> Sheet:
    page = PAGES[FOLDERS[widgets.WHERE[name].partition(".")[0]]]
    workbook = open_in(page, language)
    book = book_of(workbook)
    load_sample(book, language, workbook.today)
    ids = list(book.frame("contact").index)
    workbook.refresh()
    sheet: Sheet = getattr(widgets, name)(workbook)
    if name == "Before":
        ask(sheet, "prepare", id=ids[0])
    if name == "Draft":
        ask(sheet, "turn_to", id=ids[0])
    if name == "People":
        ask(sheet, "open", id=ids[0])
    return sheet


def stored_days(state: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a state that hold a stored day and fill no field."""
    if isinstance(state, dict):
        for name, value in state.items():
            yield from stored_days(value, name)
    elif isinstance(state, list | tuple):
        for value in state:
            yield from stored_days(value, key)
    elif isinstance(state, str) and STORED.search(state):
        is_field = key in OF_FIELDS and STORED.match(state)
        if not is_field and key != "id":
            yield key, state


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_no_text_of_a_state_holds_a_stored_day(open_in: Open, name: str, language: str) -> None:
    assert list(stored_days(opened(open_in, name, language).state)) == []


@pytest.mark.browser
@pytest.mark.parametrize("name", SHEETS)
def test_no_sheet_shows_a_stored_day(chromium: Browser, open_in: Open, name: str) -> None:
    sheet = opened(open_in, name, "en")
    traits = {"state": sheet.state, "words": sheet.words, "position": sheet.position}
    traits["progress"] = getattr(sheet, "progress", {})
    with laid(chromium, sheet._esm, json.loads(json.dumps(traits))) as desk:
        shown = STORED.findall(desk.page.evaluate("document.body.textContent") or "")
        in_words = STORED.findall(str(sheet.words))  # how days off are written down
        assert [day for day in shown if day not in in_words] == []
