"""The formatter of texts in the browser does what the one in Python does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from desk import Desk, laid
from enishi.i18n import format_text
from enishi.js_bundle import bundle_modules
from text_vectors import VECTORS
from widgets.base.assets import WIDGETS

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

SHEET = """
import { h, defineSheet } from "./base/sheet.js";

function draw(sheet) {
  window.said = sheet.state.facts.map((facts, n) => sheet.say(`text_${n}`, facts));
  return h("p", {}, "drawn");
}

export default defineSheet({ draw });
"""
TRAITS: dict[str, Any] = {
    "state": {
        "facts": [facts for _, facts, _ in VECTORS],
        "reflection": {"id": "s", "version": 0},
    },
    "words": {"name": "texts", "question": "?", "common": {}}
    | {f"text_{n}": text for n, (text, _, _) in enumerate(VECTORS)},
    "position": {"name": "texts", "index": 1, "of": 1, "names": ["texts"]},
}


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Desk]:
    with laid(chromium, bundle_modules(SHEET, WIDGETS), TRAITS) as ready:
        yield ready


def test_python_and_the_browser_fill_a_text_alike(desk: Desk) -> None:
    said = desk.page.evaluate("said")

    assert said == [filled for _, _, filled in VECTORS]
    assert said == [format_text(text, facts, partial=True) for text, facts, _ in VECTORS]
