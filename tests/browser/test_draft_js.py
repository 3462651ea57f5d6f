"""A message at the desk of a real browser: gaps, gentler lines and the other's chair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from desk import Desk, laid
from sheets import Open, ask
from widgets import Draft, Header, Introductions

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(open_in: Open) -> Draft:
    sheet = Draft(open_in("04-contacts", "en"))
    id = sheet.book.add("contact", name="Ann Example", where_met="a quiet evening")
    ask(sheet, "turn_to", id=id)
    return sheet


def traits(sheet: Draft | Introductions) -> dict[str, Any]:
    seen = {"state": sheet.state, "words": sheet.words, "position": sheet.position}
    copied: dict[str, Any] = json.loads(json.dumps(seen))
    return copied


@pytest.fixture
def desk(chromium: Browser, sheet: Draft) -> Iterator[Desk]:
    with laid(chromium, sheet._esm, traits(sheet), viewport={"width": 360, "height": 800}) as ready:
        yield ready


def text_of(desk: Desk) -> str:
    text: str = desk.field("Text").input_value()
    return text


def test_a_gap_is_filled_by_going_there_and_typing(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Go to the gap: two lines of your news").press("Enter")
    desk.page.keyboard.type("All is well here.")

    assert "All is well here." in text_of(desk)
    assert "two lines of your news" not in text_of(desk)
    (message,) = desk.sent(1)
    assert (message["do"], message["table"]) == ("write", "message")
    assert "All is well here." in message["values"]["text"]


def test_what_is_being_written_is_saved_before_it_is_softened(
    chromium: Browser, sheet: Draft
) -> None:
    id = sheet.state["open"]["id"]
    sheet.book.update("message", id, text="Hello Ann,\n\nPlease reply ASAP.")
    sheet.workbook.refresh()
    with laid(chromium, sheet._esm, traits(sheet)) as desk:
        expect(desk.page.get_by_text("asap", exact=False).first).to_be_visible()
        desk.field("Text").press("Control+End")
        desk.page.keyboard.type(" Thank you.")
        desk.page.get_by_role("button", name="Take the gentler line").first.click()
        (first,) = desk.sent(1)
        assert first["values"]["text"].endswith("ASAP. Thank you.")
        desk.answer(1, version=9)
        softened = desk.sent(2)[1]
        assert (softened["do"], softened["id"]) == ("soften", id)


def test_the_chair_turns_the_sheet_round_and_back_without_a_message(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Sit in their chair").press("Enter")
    expect(desk.page.get_by_role("heading", name="From Ann Example’s chair")).to_be_focused()
    expect(desk.page.get_by_label("Why would they be glad of ten minutes with me?")).to_be_visible()
    expect(desk.page.get_by_label("Text", exact=True)).to_have_count(0)
    desk.page.get_by_role("button", name="Back to my own chair").press("Enter")

    expect(desk.page.get_by_role("heading", name="To Ann Example")).to_be_focused()
    desk.sent(0)


def test_what_the_person_wrote_is_never_markup(chromium: Browser, sheet: Draft) -> None:
    id = sheet.state["open"]["id"]
    sheet.book.update("message", id, text="<b>no</b> ［<i>gap</i>］")
    sheet.workbook.refresh()
    with laid(chromium, sheet._esm, traits(sheet)) as desk:
        desk.page.get_by_role("button", name="Sit in their chair").click()
        expect(desk.page.locator(".letter")).to_have_text("<b>no</b> ［<i>gap</i>］")
        assert desk.page.locator(".letter b, .letter i").count() == 0


def test_i_sent_it_is_one_message_and_the_next_step_another(desk: Desk) -> None:
    desk.page.get_by_role("button", name="I sent it").click()
    (message,) = desk.sent(1)
    assert message["do"] == "sent"
    desk.state(open=None, after={"id": "x", "name": "Ann Example"})
    desk.answer(1, focus="after")
    expect(desk.page.get_by_role("heading", name="What comes next")).to_be_focused()
    desk.field("Next step").fill("Agree on a day")
    desk.field("Next step").press("Enter")

    assert desk.sent(2)[1]["words"] == "Agree on a day"


def test_the_screens_fit_a_narrow_phone(chromium: Browser, sheet: Draft) -> None:
    page = sheet.workbook
    other = Introductions(page)
    ask(other, "add", table="introduction", values={"target_words": "an editor of picture books"})
    narrow = {"width": 360, "height": 800}
    for one in (sheet, other):
        look = f"{Header(page)._css}\n{one._css}"
        with laid(chromium, one._esm, traits(one), look, viewport=narrow) as desk:
            assert desk.page.evaluate("document.documentElement.scrollWidth") <= 360
