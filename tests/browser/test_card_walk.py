"""The card of a person in a real browser: further addresses, a relation, one person of two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import violations
from enishi.book import Book, open_book
from enishi.i18n import texts
from enishi.paths import shared
from serving import Serving, Witness, serving, watch
from walking import LOCALES

pytest_plugins = ["server_fixtures"]

SIZES = {"ja": (360, 640), "en": (1280, 900)}


@pytest.fixture(params=["ja", pytest.param("en", marks=pytest.mark.thorough)])
def visit(
    request: pytest.FixtureRequest, tmp_path: Any, chromium: Browser
) -> Iterator[tuple[Witness, Serving, Book, str]]:
    """A visitor on the list of people, on a narrow page in Japanese, a wide one in English."""
    language = request.param
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DATA", str(tmp_path))
        book = open_book()
        shared_mail = {"email": "nishimura@example.com", "checked_on": "2020-01-01"}
        book.add("contact", name="西村 由紀子", organisation="みどり印刷", **shared_mail)
        book.add("contact", name="西邨 由紀子", phone="03-0000-0000", **shared_mail)
        book.add("contact", name="森本 健太")
        with serving(tmp_path, shared("workbooks")) as server:
            width, height = SIZES[language]
            viewport = {"width": width, "height": height}
            with chromium.new_context(locale=LOCALES[language], viewport=viewport) as context:  # type: ignore[arg-type]
                seen = watch(context)
                seen.page.request.get(server.address, max_redirects=0)
                seen.page.goto(f"{server.root}/voila/render/04-contacts.ipynb#people")
                expect(seen.page.locator("section#people h2")).to_be_visible(timeout=90_000)
                yield seen, server, book, language
                assert seen.strangers() == []
                assert seen.complaints == []
        book.engine.dispose()


def fold(page: Page, title: str) -> Any:
    """Open the section of the card with this title, and return it."""
    found = page.locator(".person-card details").filter(has=page.locator("summary", has_text=title))
    summary = found.last.locator("> summary")
    if found.last.get_attribute("open") is None:
        summary.click()
    return found.last


def test_a_card_grows_two_become_one_and_come_back_and_are_two(
    visit: tuple[Witness, Serving, Book, str],
) -> None:
    seen, _, book, language = visit
    page = seen.page
    words, merging = texts("address_book", language), texts("merging", language)
    labels = texts("contacts", language)["screens"]["people"]
    head = texts("workbook", language)["head"]
    details, relations, same = words["details"], words["relations"], words["same_person"]

    page.locator("ul.found button", has_text="西村 由紀子").click()
    page.get_by_role("button", name=details["still_yes"]).click()
    expect(page.get_by_role("button", name=details["still_yes"])).to_have_count(0)

    fold(page, labels["part_reach"])
    more = fold(page, details["title"])
    more.get_by_label(details["label"], exact=True).last.fill("home")
    more.get_by_label(details["value"], exact=True).fill("yukiko@example.com")
    more.get_by_role("button", name=details["add"], exact=True).click()
    link = more.get_by_role("link", name="yukiko@example.com")
    expect(link).to_have_attribute("href", "mailto:yukiko@example.com")
    expect(link).to_have_attribute("rel", "noreferrer noopener")

    kin = fold(page, relations["title"])
    kin.get_by_role("combobox", name=relations["other"]).fill("森本")
    kin.get_by_role("option", name="森本 健太").click()
    kin.get_by_role("combobox", name="森本 健太").select_option("student")
    kin.get_by_role("button", name=relations["add"], exact=True).click()
    student = texts("columns", language)["values"]["relation"]["kind"]["student"]
    expect(kin.get_by_role("list", name=relations["title"])).to_contain_text(student)

    twice = fold(page, merging["title"])
    expect(twice).to_contain_text("nishimura@example.com")
    twice.get_by_role("button", name="西邨 由紀子").first.click()
    expect(page.locator(".compared h4")).to_be_focused()
    page.get_by_role("button", name=merging["merge"]).click()
    expect(page.locator(".compared")).to_have_count(0)
    merged = book.frame("contact")
    assert sorted(merged["name"]) == ["森本 健太", "西村 由紀子"]
    assert "03-0000-0000" in merged["phone"].tolist()
    assert violations(page) == []

    undo = page.get_by_role("button", name=head["undo"])
    if not undo.is_visible():
        page.get_by_role("button", name=head["menu"]).click()
    undo.filter(visible=True).first.click()
    expect(page.locator(".head .saved")).not_to_be_empty()
    assert len(book.frame("contact")) == 3
    page.keyboard.press("Escape")

    twice = fold(page, merging["title"])
    apart = format_name(same["not_same_who"], "西村 由紀子", "西邨 由紀子")
    twice.get_by_role("button", name=apart).click()
    expect(twice).to_contain_text(same["none"])
    assert len(book.frame("distinct_pair")) == 1

    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.get_by_role("button", name=labels["close_card"]).click()
    page.locator("summary", has_text=same["title"]).click()
    expect(page.get_by_text(same["none"])).to_be_visible()


def format_name(text: str, name: str, other: str) -> str:
    return text.replace("{name}", name).replace("{other}", other)
