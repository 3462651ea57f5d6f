"""One person's evening with an address book, from a file of cards to an erased and restored guest.

Each step stands on the one before; what a step does in detail has a walk of its own.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.book import open_book
from enishi.i18n import texts
from screens import measure
from walking import walking

pytest_plugins = ["server_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.thorough]
CARDS = (
    "会社名,部署名,役職,姓,名,e-mail,郵便番号,住所,TEL会社,TEL部門,TEL直通,Fax,携帯電話,URL,"
    "名刺交換日,Eightでつながっている人,再データ化中の名刺,'?'を含んだデータ\r\n"
    "青葉設計,設計部,主任,髙橋,由美,yumi@example.com,,,,,,,090-0000-0001,,2026/05/19,,,\r\n"
    "みなと企画,,,恵子,中村,keiko@example.com,,,,,,,,,2026/05/19,,,\r\n"
    "みなと企画,営業部,部長,山﨑,徹,toru@example.com,,,,,,,,,2026/05/19,,,\r\n"
)
WORD = "紙とインクと夜の図書館"


@pytest.mark.parametrize("width", [1280, 360])
def test_cards_come_in_are_used_hidden_saved_erased_and_restored(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path / "data"))
    book = open_book()
    book.add("contact", name="山崎 徹", family_kana="ヤマザキ", circles=["港の会"])
    cards = tmp_path / "eight.csv"
    cards.write_bytes(CARDS.encode("cp932"))
    with walking(chromium, tmp_path / "data", "ja") as walk:
        page = walk.page
        page.set_viewport_size({"width": width, "height": 900})

        # a file comes in: its encoding, a swapped name, the same person
        walk.open("04-contacts", "add")
        sheet, words = page.locator("section#add"), walk.words("add")
        file = words["file"]
        walk.unfold(sheet, words["from_file"])
        sheet.locator("input[type=file]").set_input_files(cards)
        lines = sheet.locator("ul.lines > li")
        expect(lines).to_have_count(3, timeout=20_000)
        expect(lines.first).to_contain_text("髙橋 由美")
        swap = file["swap_which"].format(name="恵子 中村")
        sheet.get_by_role("button", name=swap, exact=True).click()
        expect(lines.nth(1)).to_contain_text("中村 恵子")
        lines.nth(2).get_by_label(file["decisions"]["same"], exact=True).check()
        sheet.locator(".acts .main").click()
        expect(sheet.locator('[data-focus="earlier"]')).to_be_visible(timeout=20_000)
        assert sorted(book.frame("contact")["name"]) == ["中村 恵子", "山崎 徹", "髙橋 由美"]

        # found by reading, chosen by a circle, labelled together
        walk.open("04-contacts", "people")
        people, said = page.locator("section#people"), walk.words("people")
        found = people.locator("ul.found li")
        search = people.get_by_label(said["search"], exact=True)
        search.fill("やまざき")
        expect(found).to_have_count(1)
        search.fill("")
        expect(found).to_have_count(3)
        walk.unfold(people, said["narrow"])
        conditions = said["conditions"]
        people.get_by_label(conditions["kind"], exact=True).select_option("circle")
        people.get_by_label(conditions["which"], exact=True).select_option("港の会")
        people.get_by_role("button", name=conditions["add"], exact=True).click()
        expect(found).to_have_count(1)
        people.get_by_role("button", name=conditions["clear"], exact=True).click()
        expect(found).to_have_count(3)
        people.get_by_role("button", name=said["select"], exact=True).click()
        boxes = found.get_by_role("checkbox")
        boxes.first.click()
        boxes.nth(2).click(modifiers=["Shift"])
        people.get_by_label(said["label_name"], exact=True).fill("名刺の人")
        people.get_by_role("button", name=said["label_add"], exact=True).click()
        expect(found.filter(has_text="名刺の人")).to_have_count(3)
        assert measure(page) == []

        # names are hidden while the screen is shared
        page.keyboard.press("Escape")
        page.keyboard.press("Control+.")
        expect(found.filter(has_text="髙○")).to_have_count(1)
        assert "髙橋 由美" not in page.locator("body").inner_text()
        page.keyboard.press("Control+.")
        expect(found.filter(has_text="髙橋 由美")).to_have_count(1)

        # the book goes home sealed; somebody is erased, and comes back
        data, mine = walk.at("07-settings", "my_data"), walk.words("my_data")
        data.get_by_label(mine["passphrase"], exact=True).fill(WORD)
        with page.expect_download() as handed:
            data.get_by_role("button", name=mine["take"], exact=True).click()
        kept = handed.value.path().read_bytes()
        walk.card("髙橋 由美")
        forget = people.get_by_role("button", name=said["forget"], exact=True)
        if not forget.is_visible():
            people.locator("details", has=forget).last.locator("summary").first.click()
        forget.click()
        people.get_by_role("button", name=said["forget_yes"], exact=True).click()
        expect(people.locator('[data-focus="forgotten"]')).to_be_visible()
        assert sorted(book.frame("contact")["name"]) == ["中村 恵子", "山崎 徹"]
        data = walk.at("07-settings", "my_data")
        chosen = walk.unfold(data, mine["back_title"]).get_by_label(mine["back"], exact=True)
        chosen.set_input_files({"name": "home.enishi", "mimeType": "a/b", "buffer": kept})
        asked = data.get_by_label(mine["passphrase_of_file"], exact=True)
        asked.fill(WORD)
        asked.press("Enter")
        preview = data.locator('[data-focus="chosen"]')
        preview.get_by_role("button", name=mine["back_do"], exact=True).click()
        expect(preview).to_have_count(0)
        assert sorted(book.frame("contact")["name"]) == ["中村 恵子", "山崎 徹", "髙橋 由美"]

        # two of one person are merged, and are two again
        book.add("contact", name="中村 恵子", phone="03-0000-0001")
        walk.card("中村 恵子")
        merging = texts("merging", "ja")
        twice = people.locator("details").filter(
            has=page.locator("summary", has_text=merging["title"])
        )
        twice.last.locator("> summary").click()
        twice.last.get_by_role("button", name="中村 恵子").first.click()
        people.get_by_role("button", name=merging["merge"]).click()
        expect(people.locator(".compared")).to_have_count(0)
        assert len(book.frame("contact")) == 3
        undo = page.locator(".head").get_by_role("button", name="元に戻す")
        if not undo.filter(visible=True).count():
            page.locator(".head").get_by_role("button", name="メニュー").click()
        undo.filter(visible=True).first.click()
        expect(page.locator(".head .saved")).not_to_be_empty()
        assert len(book.frame("contact")) == 4
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    book.close()
