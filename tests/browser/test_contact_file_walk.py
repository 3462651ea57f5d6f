"""Somebody takes their contacts to a telephone and a spreadsheet, and is told what was lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.book import Book
from enishi.book.database import open_database
from enishi.exchange import read_contacts
from enishi.i18n import texts
from stores import BOOK, in_file
from walking import Walk, walking

pytest_plugins = ["server_fixtures"]


@pytest.fixture
def walk(tmp_path: Path, chromium: Browser) -> Iterator[Walk]:
    """Somebody on a telephone with two people in their book."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    with closing(Book(open_database(in_file(data / BOOK)), "me")) as book:
        book.set_setting("language", "ja")
        book.add("contact", name="佐伯 美帆", phone="090-0000-0001", circles=["朝の読書会"])
        book.add("contact", name="𠮷田 健", note="=木工")
    with walking(chromium, data, "ja") as walk:
        walk.page.set_viewport_size({"width": 360, "height": 800})
        yield walk


def test_contacts_go_out_as_cards_and_in_shift_jis_with_what_it_lacks(walk: Walk) -> None:
    words = texts("export", "ja")["screen"]
    data = walk.at("07-settings", "my_data")
    data.get_by_text(words["title"], exact=True).click()
    take = data.get_by_role("button", name=words["take"], exact=True)

    with walk.page.expect_download() as handed:
        take.click()
    cards = read_contacts(handed.value.path().read_bytes(), handed.value.suggested_filename)
    assert cards.kind == "vcard"
    assert {row.values["name"] for row in cards.rows} == {"佐伯 美帆", "𠮷田 健"}

    data.get_by_text(words["formats"]["csv_cp932"]["name"]).click()
    with walk.page.expect_download() as handed:
        take.click()
    assert "〓田 健" in handed.value.path().read_text("cp932")
    expect(data.get_by_text("𠮷田 健（名前）：𠮷")).to_be_visible()

    data.get_by_label(words["who"]).select_option("朝の読書会")
    data.get_by_text(words["formats"]["csv"]["name"]).click()
    data.get_by_text(words["initials"]).click()
    with walk.page.expect_download() as handed:
        take.click()
    text = handed.value.path().read_text("utf-8-sig")
    assert "佐○" in text and "美帆" not in text and "𠮷" not in text and "090" not in text
