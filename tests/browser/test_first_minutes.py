"""The first ten minutes, from the address of the server to a week with one thing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from enishi.i18n import texts
from walking import Walk, walking

pytest_plugins = ["server_fixtures"]

PHONE, DESK = ViewportSize(width=360, height=640), ViewportSize(width=1280, height=900)
SAID = {
    "ja": {
        "reason": "引っ越してきて、相談できる人がまだいない",
        "wish": "町の店に頼られる製本家",
        "name": "架空 澄子",
        "idea": "展示の感想を三行送る",
    },
    "en": {
        "reason": "I moved here in spring and know nobody to ask",
        "wish": "a bookbinder people come back to",
        "name": "Ines Sample",
        "idea": "three lines about her exhibition",
    },
}


@pytest.fixture(
    params=[
        *("ja-phone", "en-desk"),
        *(pytest.param(each, marks=pytest.mark.thorough) for each in ("ja-desk", "en-phone")),
    ]
)
def visit(request: pytest.FixtureRequest, tmp_path: Path, chromium: Browser) -> Any:
    """Somebody who opens the workbook for the first time, in a language and on a display."""
    language, display = request.param.split("-")
    with walking(chromium, tmp_path / "data", language) as walk:
        walk.page.set_viewport_size(PHONE if display == "phone" else DESK)
        yield walk, display


def test_ten_minutes_end_in_one_thing_in_my_week(visit: tuple[Walk, str]) -> None:
    walk, display = visit
    said, page = SAID[walk.language], walk.page
    walk.name = "01-start"
    words = walk.words("first")
    page.goto(walk.root + "/")
    sheet = page.locator("section#first")
    expect(sheet.locator("h2")).to_have_text(words["question"])
    if display == "phone":
        assert height_above_the_sheet(walk) <= 0.12 * PHONE["height"]

    sheet.get_by_label(words["reason"]["starts"]["study"], exact=True).check()
    walk.write(sheet, words["reason"]["own"], said["reason"])
    walk.write(sheet, words["wish"]["title"], said["wish"])
    sheet.get_by_role("combobox").fill(said["name"])
    page.locator('.person li[role="option"]').last.click()
    known = texts("contacts", walk.language)["labels"]["known_ases"]["colleague"]
    sheet.get_by_label(known, exact=True).check()
    walk.saved(sheet)
    walk.write(sheet, sheet.locator("li").nth(3).locator("h3").inner_text(), said["idea"])
    expect(sheet.locator("li.written")).to_have_count(4)
    expect(sheet.locator(".held")).to_have_count(0)
    sheet.get_by_label(words["day"]["tomorrow"], exact=True).check()
    expect(sheet.locator("li.written")).to_have_count(5)
    expect(sheet.locator(".held .line")).to_contain_text(said["idea"])

    sheet.get_by_role("link", name=words["held"]["week"]).click()
    row = page.locator("section#my_week .item")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(said["idea"])
    expect(row).to_contain_text(said["name"])
    if display == "phone":
        assert height_above_the_sheet(walk) <= 0.12 * PHONE["height"]

    page.goto("about:blank")
    page.goto(walk.root + "/")
    expect(page.locator("section#my_week")).to_be_visible()


def height_above_the_sheet(walk: Walk) -> float:
    """Return how many pixels stand above the sheet."""
    box = walk.page.locator("section.sheet:visible").bounding_box()
    assert box is not None
    return box["y"]
