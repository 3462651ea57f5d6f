"""A card at the desk of a real browser: it opens from the address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desk import laid
from sheets import Open, ask
from widgets import People

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.browser


def traits(sheet: People) -> dict[str, Any]:
    seen = {"state": sheet.state, "words": sheet.words, "position": sheet.position}
    copied: dict[str, Any] = json.loads(json.dumps(seen))
    return copied


def test_a_link_opens_the_card_it_names_also_after_it_was_closed(
    chromium: Browser, open_in: Open
) -> None:
    sheet = People(open_in("04-contacts", "en"))
    id = sheet.book.add("contact", name="Ann Example")
    sheet.book.add("step", contact_id=id, words="send the photos")
    sheet.workbook.refresh()
    with laid(chromium, sheet._esm, traits(sheet)) as desk:
        follow = f"location.hash = 'people={id}'"
        desk.page.evaluate(follow)
        (asked,) = desk.sent(1)
        assert (asked["do"], asked["id"]) == ("choose", id)
        ask(sheet, "choose", id=id)
        desk.state(**sheet.state)
        desk.answer(1, focus="card")
        expect(desk.page.get_by_role("heading", name="Ann Example")).to_be_focused()
        expect(desk.field(sheet.words["step"])).to_have_value("send the photos")

        ask(sheet, "choose", id="")
        desk.state(**sheet.state)
        desk.page.evaluate("location.hash = 'people'")
        desk.page.evaluate(follow)
        assert desk.sent(2)[1]["id"] == id
