"""A vague wish in a real browser: one question, the words it is about, and a way to close it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

from desk import laid
from languages import FIRST_JAPANESE
from sheets import Open, ask
from widgets import Header
from widgets.goal.wish import Wish

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.browser

WISHES = {
    "ja": ["いつか、すごい人とつながりたい", "上場企業の社長と仲良くなりたい"],
    "en": ["Someday I want to meet successful people", "To get along with my colleagues"],
}
QUOTES = {
    "ja": ["すごい人", "上場企業の社長と仲良くなりたい"],
    "en": ["successful people", "get along"],
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_one_question_quotes_the_words_it_is_about_and_can_be_closed(
    chromium: Browser, open_in: Open, language: str, width: int
) -> None:
    sheet = Wish(open_in("02-goal", language))
    for wish, quote in zip(WISHES[language], QUOTES[language], strict=True):
        goal = sheet.state["goal"]
        row = {"table": "goal", "id": goal["id"], "version": goal["version"]}
        assert ask(sheet, "write", **row, values={"wish": wish})["ok"]
        traits = {"state": sheet.state, "words": sheet.words, "position": sheet.position}
        look = f"{Header(sheet.workbook)._css}\n{sheet._css}"
        size = {"width": width, "height": 800}
        copied = json.loads(json.dumps(traits))
        with laid(chromium, sheet._esm, copied, look, viewport=size) as desk:
            card = desk.page.locator(".missing")
            expect(card.locator("q")).to_have_text(quote)
            assert len([mark for mark in card.inner_text() if mark in "?？"]) <= 1
            assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
            card.get_by_role("button", name=sheet.words["leave"]).click()
            (message,) = desk.sent(1)
            assert message["do"] == "leave_as_it_is"
            desk.state(missing=None, whom=False)
            expect(card).to_have_count(0)
