"""Somebody finds people, narrows the list, labels several at once, and takes it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from axe import violations
from enishi.book import open_book
from screens import measure
from walking import walking

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser
PEOPLE: list[dict[str, Any]] = [
    {"name": "髙橋 美咲", "family_kana": "たかはし", "given_kana": "みさき", "circles": ["合唱団"]},
    {"name": "渡邊 蓮", "family_kana": "わたなべ", "note": "絵本の読み聞かせの会を開いている。"},
    {"name": "佐藤 陽菜", "family_kana": "さとう", "circles": ["合唱団", "朝の読書会"]},
    {"name": "伊藤 湊", "circles": ["朝の読書会"]},
]


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.thorough), 360])
def test_people_are_found_narrowed_labelled_and_left_as_they_were(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path / "data"))
    book = open_book()
    with book.batch("add") as batch:
        batch.add_many("contact", PEOPLE)
        batch.add("circle_colour", name="合唱団", colour="green")
    book.close()
    with walking(chromium, tmp_path / "data", "ja") as walk:
        page = walk.page
        page.set_viewport_size({"width": width, "height": 900})
        walk.open("04-contacts", "people")
        sheet, words = page.locator("section#people"), walk.words("people")
        said, found = words["conditions"], sheet.locator("ul.found li")

        search = sheet.get_by_label(words["search"], exact=True)
        search.fill("たかはし")
        expect(found).to_have_count(1)
        expect(found).to_contain_text("髙橋 美咲")
        search.fill("読み聞かせ")
        expect(found).to_have_count(1)
        expect(found.locator(".why")).to_have_text("メモ：絵本の読み聞かせの会を開いている。")
        search.fill("")
        expect(found).to_have_count(4)

        walk.unfold(sheet, words["narrow"])
        sheet.get_by_label(said["kind"], exact=True).select_option("circle")
        sheet.get_by_label(said["which"], exact=True).select_option("合唱団")
        sheet.get_by_role("button", name=said["add"], exact=True).press("Enter")
        expect(found).to_have_count(2)
        expect(sheet.locator(".condition [data-colour]")).to_have_attribute("data-colour", "green")
        sheet.get_by_role("button", name=said["turn"].format(said="集まり「合唱団」")).click()
        expect(found.first).to_contain_text("渡邊 蓮")
        sheet.get_by_label(words["filter_name"], exact=True).fill("合唱団のほか")
        sheet.get_by_role("button", name=words["filter_save"], exact=True).click()
        saved = sheet.get_by_role("button", name="合唱団のほか", exact=True)
        expect(saved).to_have_attribute("aria-pressed", "true")
        assert violations(page, "section#people") == []
        assert measure(page) == []
        sheet.get_by_role("button", name=said["clear"], exact=True).click()
        expect(found).to_have_count(4)
        saved.click()
        expect(found).to_have_count(2)

        sheet.get_by_role("button", name=words["select"], exact=True).click()
        boxes = found.get_by_role("checkbox")
        boxes.first.click()
        boxes.nth(1).click(modifiers=["Shift"])
        expect(sheet.locator(".selection [role=status]")).to_have_text("2人を選んでいます。")
        sheet.get_by_label(words["label_name"], exact=True).fill("手紙を出す人")
        sheet.get_by_role("button", name=words["label_add"], exact=True).click()
        expect(found.filter(has_text="手紙を出す人")).to_have_count(2)
        assert violations(page, "section#people") == []
        assert measure(page) == []

        undo = page.locator(".head").get_by_role("button", name="元に戻す")
        if width == 360:
            page.locator(".head").get_by_role("button", name="メニュー").click()
        undo.filter(visible=True).first.click()
        expect(found.filter(has_text="手紙を出す人")).to_have_count(0)
        expect(found).to_have_count(2)
