"""Letter, week and brief as a page in a file: every text of theirs, and nothing that is pressed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from days import days
from desk import laid
from sheets import Open
from widgets import Before, Header, Letter, MyWeek
from widgets.base.sheet import Sheet

pytest_plugins = ["server_fixtures", "sheet_fixtures"]
pytestmark = pytest.mark.browser

NAME = "<img src=x onerror=alert(1)> 架空 花子"
STEP = "駅前でお茶<script>alert(1)</script>"
PRESSED = ("<button", "<input", "<textarea", "<details", "<script", "<img", "onerror=alert(1)>")


def save(chromium: Browser, sheet: Sheet) -> str:
    """Press the button that saves the page, and return what is in the file."""
    traits = {"state": sheet.state, "words": sheet.words, "position": sheet.position}
    look = f"{Header(sheet.workbook)._css}\n{sheet._css}"
    with laid(chromium, sheet._esm, json.loads(json.dumps(traits)), look) as desk:
        if isinstance(sheet, MyWeek):
            desk.page.get_by_role("button", name=sheet.words["print"]).click()
        with desk.page.expect_download() as saving:
            desk.page.get_by_role("button", name="ファイルに保存する（HTML）").click()
        assert saving.value.suggested_filename.endswith(".html")
        return Path(saving.value.path()).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [Letter, MyWeek, Before])
def test_a_page_is_saved_as_one_file_that_asks_for_nothing(
    chromium: Browser, open_in: Open, tmp_path: Path, kind: type[Sheet]
) -> None:
    book = open_in("05-week").book
    assert book
    ann = book.add("contact", name=NAME, known_as="friend")
    book.add("step", contact_id=ann, words=STEP, on=days(2))
    book.add("give", contact_id=ann, what="展示の感想", state="done", on=days(-3))
    sheet = kind(open_in("05-week"))
    page = save(chromium, sheet)
    shown = tmp_path / "page.html"
    shown.write_text(page, encoding="utf-8")
    assert page.startswith("<!doctype html>") and "default-src 'none'" in page
    for pressed in PRESSED:
        assert pressed not in page.split("<body>")[1]
    with chromium.new_context() as context:
        tab, asked = context.new_page(), list[str]()
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(shown.as_uri())
        text = tab.inner_text("body")
    assert asked == [shown.as_uri()]
    assert NAME in text
    assert STEP in text or not isinstance(sheet, MyWeek | Before)
    assert "展示の感想" in text or not isinstance(sheet, Letter)
