"""Somebody seals their book, erases a person, and brings them back; and looks at the backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.book import Book
from enishi.book.copies.automatic_backups import list_automatic_backups, make_automatic_backup
from enishi.book.database import open_database
from enishi.i18n import format_text
from stores import BOOK, in_file
from walking import Walk, walking

pytest_plugins = ["server_fixtures"]

NAME = {"ja": "見本 花子", "en": "Sample Ann"}
OTHER = {"ja": "見本 次郎", "en": "Sample Ben"}
PASSPHRASE = {"ja": "朝の 読書会 と 栞 と 雨", "en": "four plain words together"}


@pytest.fixture(params=["ja", pytest.param("en", marks=pytest.mark.thorough)])
def walk(request: pytest.FixtureRequest, tmp_path: Path, chromium: Browser) -> Iterator[Walk]:
    """Somebody on a telephone, with two people in their book and a backup of yesterday."""
    language, data = request.param, tmp_path / "data"
    data.mkdir(mode=0o700)
    with closing(Book(open_database(in_file(data / BOOK)), "me")) as book:
        book.set_setting("language", language)
        for name in (NAME[language], OTHER[language]):
            book.add("contact", name=name)
    make_automatic_backup(data / BOOK)
    with walking(chromium, data, language) as walk:
        walk.page.set_viewport_size({"width": 360, "height": 800})
        yield walk


def test_a_sealed_book_brings_an_erased_person_back(walk: Walk, tmp_path: Path) -> None:
    name, word = NAME[walk.language], PASSPHRASE[walk.language]
    data = walk.at("07-settings", "my_data")
    words = walk.words("my_data")
    seal = data.get_by_label(words["passphrase"], exact=True)
    seal.fill("abc")
    expect(data).to_contain_text(words["passphrase_short"])
    seal.fill(word)
    expect(data).not_to_contain_text(words["passphrase_short"])
    with walk.page.expect_download() as handed:
        data.get_by_role("button", name=words["take"], exact=True).click()
    expect(seal).to_have_value("")
    assert handed.value.suggested_filename.endswith(".enishi")
    file = handed.value.path()
    assert name.encode() not in file.read_bytes()

    walk.card(name)
    erase_from(walk, name)

    data = walk.at("07-settings", "my_data")
    chosen = walk.unfold(data, words["back_title"]).get_by_label(words["back"], exact=True)
    chosen.set_input_files(
        {"name": "home.enishi", "mimeType": "application/x", "buffer": file.read_bytes()}
    )
    asked = data.get_by_label(words["passphrase_of_file"], exact=True)
    asked.fill("another")
    asked.press("Enter")
    expect(data.get_by_role("status")).to_contain_text("home.enishi")
    asked.fill(word)
    asked.press("Enter")
    preview = data.locator('[data-focus="chosen"]')
    expect(preview).to_contain_text(words["back_added"].partition("{")[0])
    preview.get_by_role("button", name=words["back_do"], exact=True).click()
    expect(preview).to_have_count(0)
    walk.card(name)
    stored = walk.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert word not in stored
    assert walk.page.evaluate("document.documentElement.scrollWidth") <= 360


def erase_from(walk: Walk, name: str) -> None:
    """Erase a person on their open card, and see that nothing of them is left."""
    words = walk.words("people")
    people = walk.page.locator("section#people")
    button = people.get_by_role("button", name=words["forget"], exact=True)
    if not button.is_visible():
        people.locator("details", has=button).last.locator("summary").first.click()
    button.click()
    people.get_by_role("button", name=words["forget_yes"], exact=True).click()
    gone = people.locator('[data-focus="forgotten"]')
    expect(gone).to_contain_text(format_text(words["forgotten"], {"name": name}))
    expect(gone).to_contain_text(format_text(words["forgotten_cleaned"], {"count": 1}))


def test_automatic_backups_are_looked_at_and_switched_off(walk: Walk, tmp_path: Path) -> None:
    data = walk.at("07-settings", "my_data")
    words = walk.words("my_data")
    fold = walk.unfold(data, words["automatic_title"])
    folder = tmp_path / "data" / "book-backups"
    expect(fold).to_contain_text(str(folder))
    fold.locator(".backups button").first.click()
    preview = data.locator('[data-focus="chosen"]')
    expect(preview).to_be_focused()
    expect(preview).to_contain_text(words["back_added_none"])
    preview.get_by_role("button").last.click()
    fold.get_by_role("button", name=words["automatic_switch_off"], exact=True).click()
    expect(fold).to_contain_text(words["automatic_off"])
    fold.get_by_role("button", name=words["automatic_remove"], exact=True).click()
    expect(fold).to_contain_text(words["automatic_none"])
    assert list_automatic_backups(tmp_path / "data" / BOOK) == []
    assert make_automatic_backup(tmp_path / "data" / BOOK) is None
    fold.get_by_role("button", name=words["automatic_switch_on"], exact=True).click()
    expect(fold).to_contain_text(words["automatic_lead"])
