"""The server's own pages can be used by everybody: axe finds nothing on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from axe import HEADLESS, violations
from languages import FIRST_JAPANESE
from line import Line
from serving import Serving, serving
from walking import LOOKS, fits

pytest_plugins = ["server_fixtures"]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("look", LOOKS)
def test_the_door(server: Serving, chromium: Browser, look: dict[str, Any]) -> None:
    with chromium.new_context(**look) as context:
        tab = context.new_page()
        tab.goto(server.root)
        expect(tab.locator("h1")).to_be_visible()
        assert violations(tab) == []
        tab.locator("#token").fill("guessed")
        tab.locator("#token").press("Enter")
        expect(tab.get_by_role("alert")).to_be_visible()
        assert violations(tab, but=HEADLESS) == []
        assert fits(tab)


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_its_failure_and_its_absence(
    server: Serving, chromium: Browser, look: dict[str, Any]
) -> None:
    with chromium.new_context(**look) as context:
        tab = context.new_page()
        tab.goto(server.address)
        expect(tab.locator("#count")).to_be_visible()
        expect(tab.locator("#enishi-opening")).to_have_count(0)
        assert violations(tab, but=HEADLESS) == []
        tab.goto(server.root + "/voila/render/02-broken.ipynb")
        expect(tab.get_by_role("alert")).to_be_visible()
        assert violations(tab, but=HEADLESS) == []
        assert fits(tab)
        tab.goto(server.root + "/voila/render/99-missing.ipynb")
        expect(tab.locator("h1")).to_be_visible()
        assert violations(tab) == []
        assert fits(tab)


def test_a_page_that_is_still_opening(server: Serving, chromium: Browser) -> None:
    with chromium.new_context(locale="ja-JP") as context:
        tab = context.new_page()
        tab.route_web_socket("**/channels**", lambda line: None)  # so that it stays that way
        tab.goto(server.address)
        status = tab.locator("#enishi-opening")
        expect(status).to_contain_text("ページを開いています。")
        assert status.get_attribute("role") == "status"
        assert violations(tab, but=HEADLESS) == []


@pytest.mark.thorough
def test_the_page_that_says_there_is_no_room(
    tmp_path: Path, small_workbooks: Path, chromium: Browser
) -> None:
    options = ("--no-browser", "--port", "0", "--pages", "1")
    with (
        serving(tmp_path / "data", small_workbooks, *options) as server,
        chromium.new_context(locale="ja-JP") as context,
    ):
        first, second = context.new_page(), context.new_page()
        first.goto(server.address)
        expect(first.locator("#count")).to_be_visible()
        second.goto(server.address)
        expect(second.get_by_role("heading", name="いま席がいっぱいです")).to_be_visible()
        assert violations(second) == []
        first.close()
        expect(second.locator("#count")).to_be_visible(timeout=30000)


@pytest.mark.parametrize("language", FIRST_JAPANESE)
def test_the_banner_of_a_lost_connection(server: Serving, chromium: Browser, language: str) -> None:
    with chromium.new_context(locale=language, viewport={"width": 360, "height": 640}) as context:
        tab = context.new_page()
        line = Line(server.port)
        tab.goto(server.address.replace(f":{server.port}/", f":{line.port}/"))
        expect(tab.locator("#count")).to_be_visible()
        line.cut()
        expect(tab.locator("#enishi-line")).to_be_visible()
        assert violations(tab, but=HEADLESS) == []
        assert fits(tab)
        line.close()
