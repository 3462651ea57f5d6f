"""Two pages of one person on an empty book, and a paste that is too long, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from enishi.i18n import texts
from walking import Walk, walking

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture
def walk(chromium: Browser, tmp_path: Path) -> Iterator[Walk]:
    with walking(chromium, tmp_path / "data", "ja") as begun:
        yield begun


def field(page: Page, walk: Walk, column: str) -> Locator:
    label = walk.words("wish")[column]
    return page.locator("section#wish").get_by_label(label, exact=True)


def write(page: Page, walk: Walk, column: str, text: str) -> None:
    field(page, walk, column).fill(text)
    field(page, walk, column).press("Tab")


def test_two_pages_on_an_empty_book_write_one_goal_and_the_second_is_asked(walk: Walk) -> None:
    common = texts("common", "ja")
    walk.open("02-goal", "wish")
    here, there = walk.page, walk.page.context.new_page()
    there.goto(here.url)
    expect(field(there, walk, "wish")).to_be_visible(timeout=60_000)
    write(here, walk, "wish", "編集者になる")
    walk.saved(here.locator("section#wish"))
    write(there, walk, "wish", "装丁家になる")
    told = there.locator('section#wish [role="alert"]')
    expect(told).to_contain_text(common["theirs"].format(text="編集者になる"))
    expect(field(there, walk, "wish")).to_have_value("装丁家になる")
    told.get_by_role("button", name=common["keep_mine"]).click()
    expect(told).to_have_count(0)
    walk.saved(there.locator("section#wish"))
    there.close()
    walk.open("02-goal", "wish")
    expect(field(walk.page, walk, "wish")).to_have_value("装丁家になる")
    here.get_by_role("button", name=texts("workbook", "ja")["head"]["undo"]).click()
    expect(field(here, walk, "wish")).to_have_value("編集者になる")


def test_a_paste_that_is_too_long_is_said_and_kept_until_the_person_decides(walk: Walk) -> None:
    walk.open("02-goal", "wish")
    page, whole = walk.page, "願😀" * 2100
    write(page, walk, "wish", whole)
    told = page.locator('section#wish [role="alert"]')
    expect(told).to_contain_text("4200 文字")
    expect(told).to_contain_text("4000 文字")
    expect(page.locator("section#wish .saved")).to_be_empty()

    page.reload()
    expect(told).to_contain_text("4200 文字", timeout=60_000)
    expect(field(page, walk, "wish")).to_have_value(whole)
    told.get_by_role("button", name=texts("common", "ja")["keep_first"].format(n=4000)).click()
    expect(told).to_have_count(0)
    walk.saved(page.locator("section#wish"))
    walk.open("02-goal", "wish")
    expect(field(page, walk, "wish")).to_have_value(whole[:4000])
