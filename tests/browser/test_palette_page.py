"""Finding people, pages and things to do, and undo, by keyboard alone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from axe import violations
from enishi.book import open_book
from enishi.i18n import texts
from enishi.paths import shared
from serving import Serving, Witness, serving, watch
from walking import LOCALES

pytest_plugins = ["server_fixtures"]

COMPOSING = """
input => input.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true })
)
"""


def delayed(route: Route) -> None:
    """A script that comes later than the next key."""
    time.sleep(0.5)
    route.continue_()


@pytest.fixture(scope="module")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server of the real workbooks, with two people in its book."""
    data = tmp_path_factory.mktemp("palette") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENISHI_DATA", str(data))
        book = open_book()
        book.add("contact", name="山田 太郎", family_kana="ヤマダ", given_kana="タロウ")
        book.add("contact", name="Ines Sample")
        book.engine.dispose()
    with serving(data, shared("workbooks")) as server:
        yield server


@pytest.fixture(params=[pytest.param("ja", marks=pytest.mark.thorough), "en"])
def visit(request: pytest.FixtureRequest, peopled: Serving, chromium: Browser) -> Iterator[Any]:
    """A visitor on this week, in a language; at the end nothing went out and nothing broke."""
    width = 360 if request.param == "ja" else 1280
    viewport = {"width": width, "height": 640}
    with chromium.new_context(locale=LOCALES[request.param], viewport=viewport) as context:  # type: ignore[arg-type]
        seen = watch(context)
        seen.page.request.get(peopled.address, max_redirects=0)
        seen.page.goto(f"{peopled.root}/voila/render/05-week.ipynb")
        expect(seen.page.locator("section#my_week h2")).to_be_visible(timeout=60_000)
        yield seen, request.param
        assert seen.strangers() == []
        assert seen.complaints == []


def test_anything_is_found_and_undone_by_keyboard_alone(visit: tuple[Witness, str]) -> None:
    seen, language = visit
    tab, words = seen.page, texts("palette", language)
    head = texts("workbook", language)["head"]
    assert not any("palette" in asked for asked in seen.requests)
    opener = tab.get_by_role("button", name=head["menu"])
    opener.focus()
    tab.keyboard.press("Control+k")
    dialog = tab.get_by_role("dialog", name=head["find"])
    field, options = dialog.get_by_role("combobox"), dialog.get_by_role("option")
    expect(field).to_be_focused()
    expect(options.first).to_have_text(words["acts"]["note"]["name"])
    assert violations(tab) == []

    tab.keyboard.type("yamada")
    expect(options).to_have_count(3)
    expect(dialog.get_by_role("status")).to_contain_text("3")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert violations(tab) == []
    for _ in range(4):
        tab.keyboard.press("Tab")  # the page behind is out of reach
        assert tab.evaluate("document.activeElement.matches('body, dialog *')")
    field.focus()
    field.evaluate(COMPOSING)
    expect(dialog).to_be_visible()
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()

    tab.keyboard.press("Control+k")
    expect(field).to_have_value("")
    tab.keyboard.type("山田")
    tab.keyboard.press("Enter")  # perhaps before the answer
    expect(tab).to_have_url(re.compile(r"/04-contacts\.ipynb#people="))
    expect(tab.locator("section#people h3").first).to_contain_text("山田 太郎", timeout=60_000)

    tab.route("**/palette.js*", delayed)
    tab.keyboard.press("Control+k")
    tab.keyboard.type(f"Nova {language}")  # before the dialog is there
    add = dialog.get_by_role("option", name=words["add_name"].format(name=f"Nova {language}"))
    expect(add).to_have_attribute("aria-selected", "false")
    tab.keyboard.press("Enter")  # adds nobody by itself
    expect(dialog).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    card = tab.locator("section#people h3").first
    expect(card).to_contain_text(f"Nova {language}")

    said = tab.locator("header .saved")
    what = texts("columns", language)["tables"]["contact"]
    expect(said).to_have_text(words["added"])
    tab.locator("section#people").get_by_role("textbox").first.focus()
    tab.keyboard.press("Control+z")  # a text field's own
    tab.locator("section#people h2").focus()
    tab.evaluate("scrollTo(0, document.body.scrollHeight)")  # far from the header
    expect(said).to_have_text(words["added"])
    tab.keyboard.press("Control+z")
    expect(said).to_have_text(head["undone"].format(what=what))
    expect(said).to_be_in_viewport()
    tab.keyboard.press("Control+Shift+z")
    expect(said).to_have_text(head["redone"].format(what=what))
    expect(card).to_contain_text(f"Nova {language}")
