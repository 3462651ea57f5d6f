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
from enishi.sample_book import load_sample
from languages import FIRST_ENGLISH
from sheets import Open, ask, book_of
from widgets.base.pages import PAGES
from widgets.base.sheet import Sheet

pytest_plugins = ["server_fixtures", "sheet_fixtures"]

STORED = re.compile(r"\d{4}-\d{2}-\d{2}")
FOLDERS = {"start": 0, "goal": 1, "strengths": 2, "contacts": 3, "week": 4}
SHEETS = sorted(
    name for name, module in widgets.WHERE.items() if module.partition(".")[0] in FOLDERS
)
NO_SENTENCE = re.compile(r"[\w:.-]+", re.ASCII)
"""An id, or a day that fills a field; the browser test says whether it is shown."""


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


def sentences_with_days(state: Any) -> Iterator[str]:
    """Yield the texts of a state in which a stored day stands among words."""
    if isinstance(state, dict):
        for value in state.values():
            yield from sentences_with_days(value)
    elif isinstance(state, list | tuple):
        for value in state:
            yield from sentences_with_days(value)
    elif isinstance(state, str) and STORED.search(state) and not NO_SENTENCE.fullmatch(state):
        yield state


def test_a_stored_day_among_words_is_noticed() -> None:
    state = {"on": "2026-11-20", "id": "week-2026-11-20", "rows": [{"text": "最後は2026-11-20"}]}

    assert list(sentences_with_days(state)) == ["最後は2026-11-20"]


@pytest.mark.parametrize("language", FIRST_ENGLISH)
@pytest.mark.parametrize("name", SHEETS)
def test_no_text_of_a_state_holds_a_stored_day(open_in: Open, name: str, language: str) -> None:
    assert list(sentences_with_days(opened(open_in, name, language).state)) == []


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
