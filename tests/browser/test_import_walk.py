"""Somebody brings in a file of business cards: how it is read, who is who, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from axe import violations
from enishi.book import open_book
from screens import measure
from walking import walking

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser
EIGHT = (
    "会社名,部署名,役職,姓,名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,"
    "名刺交換日,Eightでつながっている人,再データ化中の名刺,'?'を含んだデータ\r\n"
    "青葉設計,設計部,主任,髙橋,由美,yumi@example.com,,,,,,,090-0000-0001,,2026/05/19,,,\r\n"
    "みなと企画,,,恵子,中村,keiko@example.com,,,,,,,,,2026/05/19,,,\r\n"
    "みなと企画,営業部,部長,山﨑,徹,toru@example.com,,,,,,,,,2026/05/19,,,\r\n"
)
GOOGLE = "First Name,Last Name,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value,Notes,Labels\n"


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.thorough), 360])
def test_a_file_of_business_cards_comes_in_as_the_person_says_and_goes_again(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path / "data"))
    book = open_book()
    known = book.add("contact", name="山崎 徹", note="山の話をした")
    cards = tmp_path / "eight.csv"
    cards.write_bytes(EIGHT.encode("cp932"))
    names = tmp_path / "names.csv"
    names.write_bytes(f"{GOOGLE}花子,架空,,,,,\n".encode("cp932"))
    with walking(chromium, tmp_path / "data", "ja") as walk:
        page = walk.page
        page.set_viewport_size({"width": width, "height": 900})
        walk.open("04-contacts", "add")
        sheet, texts = page.locator("section#add"), walk.words("add")
        words = texts["file"]
        walk.unfold(sheet, texts["from_file"])
        choice = sheet.locator("input[type=file]")
        choice.set_input_files(names)
        lines = sheet.locator("ul.lines > li")
        expect(lines).to_have_count(1, timeout=20_000)
        expect(lines.first).to_contain_text("架空 花子")
        encoding = sheet.get_by_label(words["encoding"], exact=True)
        other = encoding.locator("option:not([value=cp932])").first.get_attribute("value")
        assert other
        encoding.select_option(other)
        expect(lines.first).not_to_contain_text("架空 花子")
        encoding.select_option("cp932")
        expect(lines.first).to_contain_text("架空 花子")
        sheet.get_by_role("button", name=words["drop_file"], exact=True).click()

        choice.set_input_files(cards)
        expect(lines).to_have_count(3, timeout=20_000)
        expect(lines.first).to_contain_text("髙橋 由美")

        swap = words["swap_which"].format(name="恵子 中村")
        sheet.get_by_role("button", name=swap, exact=True).click()
        expect(lines.nth(1)).to_contain_text("中村 恵子")

        same = lines.nth(2).get_by_label(words["decisions"]["same"], exact=True)
        same.check()
        expect(same).to_be_checked()
        assert violations(page, "section#add") == []
        assert measure(page) == []

        sheet.locator(".acts .main").click()
        earlier = sheet.locator('[data-focus="earlier"]')
        expect(earlier).to_be_visible(timeout=20_000)
        rows = book.frame("contact")
        assert sorted(rows["name"]) == sorted(["山崎 徹", "髙橋 由美", "中村 恵子"])
        assert rows.loc[known, "email"] == "toru@example.com"
        assert rows.loc[known, "note"] == "山の話をした"

        undo = words["undo_which"].partition("}")[2]
        sheet.get_by_role("button", name=undo).first.click()
        expect(earlier).not_to_be_visible()
        assert book.frame("contact")["name"].tolist() == ["山崎 徹"]
        assert book.frame("contact").loc[known, "email"] == ""
        assert len(book.frame("detail")) == 0
    book.close()
