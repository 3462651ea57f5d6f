"""A person who walks through the workbook in a real browser, against a server of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from enishi.i18n import texts
from enishi.paths import shared
from serving import Serving, Witness, serving, watch

LOCALES = {"ja": "ja-JP", "en": "en-GB"}


class Walk:
    """A person at the browser: what they do on a page, in the words they see there.

    `root` is where they reach the server, if not at its own address.
    """

    def __init__(self, server: Serving, witness: Witness, language: str, root: str = "") -> None:
        self.server = server
        self.witness = witness
        self.page = witness.page
        self.language = language
        self.root = root or server.root
        self.page.request.get(server.address, max_redirects=0)  # enters, and opens no page yet

    def open(self, name: str, screen: str = "") -> None:
        """Open a workbook, at one of its screens."""
        self.page.goto("about:blank")  # so that only another fragment is still another visit
        self.page.goto(f"{self.root}/voila/render/{name}.ipynb#{screen}")
        self.name = name
        expect(self.page.locator("main section.sheet:visible")).to_have_count(1, timeout=60_000)

    def turn(self, screen: str) -> Locator:
        """Turn to a screen through the questions on top, and return it."""
        sheet = self.page.locator(f"section#{screen}")
        turned = not sheet.is_visible()
        self.page.locator(f'.steps a[href="#{screen}"]').click()
        expect(sheet.locator("h2")).to_be_visible()
        if turned:
            expect(sheet.locator("h2")).to_be_focused()
        return sheet

    def words(self, screen: str) -> Any:
        """The copy of a screen of this workbook."""
        return texts(self.name.partition("-")[2], self.language)["screens"][screen]

    def saved(self, sheet: Locator) -> None:
        """See that the sheet says so."""
        expect(sheet.locator(".saved")).to_have_text(texts("common", self.language)["saved"])

    def write(self, sheet: Locator, label: str, text: str) -> None:
        """Write in a field and leave it."""
        field = sheet.get_by_label(label, exact=True).first
        field.fill(text)
        field.press("Tab")
        self.saved(sheet)

    def choose_person(self, sheet: Locator, name: str) -> None:
        """Type a name and take the first one found."""
        sheet.locator(".person input").first.fill(name)
        sheet.locator('.person li[role="option"]').first.click()


@contextmanager
def walking(chromium: Browser, data: Path, language: str) -> Iterator[Walk]:
    """Let a person begin in a language; at the end nothing went out and nothing broke."""
    with serving(data, shared("workbooks")) as server:
        context = chromium.new_context(
            locale=LOCALES[language], viewport={"width": 1280, "height": 900}
        )
        witness = watch(context)
        yield Walk(server, witness, language)
        assert witness.strangers() == []
        assert witness.complaints == []
        context.close()


LOOKS = [
    pytest.param(
        {"locale": locale, "color_scheme": scheme, "viewport": {"width": width, "height": 800}},
        marks=() if number in (0, 2) else pytest.mark.thorough,
    )
    for number, (locale, scheme, width) in enumerate(
        (
            ("ja-JP", "light", 360),
            ("en-GB", "dark", 360),
            ("en-GB", "light", 1280),
            ("ja-JP", "dark", 1280),
        )
    )
]
"""How a page may look; `make test` takes the phone in Japanese and the wide window in English."""


def fits(tab: Page) -> bool:
    """Tell whether the page can be read without scrolling sideways."""
    return bool(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))
