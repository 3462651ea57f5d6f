"""The way in for many, in a real browser: by an address of one's own, by keyboard, at any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import serious
from hosting import Host, hosting, write_workbooks
from playwright.sync_api import Browser, expect
from serving import COUNTER, watch, write_notebook
from test_serve_access import LOOKS, fits

from enishi.book import persons
from enishi.words import read_copy

pytest_plugins = ["server_fixtures"]

pytestmark = pytest.mark.browser

WORDS = read_copy("pages")["person"]
PAGE = "/voila/render/01-start.ipynb"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server with a notebook that counts, and quick to see who has to go."""
    folder = tmp_path_factory.mktemp("host")
    workbooks = write_workbooks(folder / "workbooks")
    write_notebook(workbooks / "01-start.ipynb", COUNTER)
    with hosting(folder / "data", workbooks, "--patience", "9") as running:
        yield running


@pytest.mark.parametrize("look", LOOKS)
def test_the_way_in_and_out_can_be_walked_by_everybody(
    host: Host, chromium: Browser, look: dict[str, Any]
) -> None:
    language = look["locale"][:2]
    guest = host.invite("架空 花子（見本）のとても長い名前" * 3)
    with chromium.new_context(**look) as context:
        tab = context.new_page()
        tab.goto(host.server.base + "/login")
        expect(tab.get_by_label(WORDS["label"][language], exact=True)).to_be_visible()
        assert serious(tab) == []
        assert fits(tab)
        tab.get_by_role("textbox").fill("guessed")
        tab.get_by_role("textbox").press("Enter")
        expect(tab.get_by_role("alert")).to_contain_text(WORDS["refused"][language])
        assert serious(tab) == []
        tab.goto(guest.address)  # the page is open already: only what follows the # is new
        expect(tab.get_by_text(WORDS["ready"][language])).to_be_visible()
        expect(tab.get_by_role("textbox")).to_be_hidden()
        assert guest.key not in tab.url
        assert serious(tab) == []
        assert fits(tab)
        tab.keyboard.press("Enter")
        expect(tab.locator("#count")).to_be_visible()
        expect(tab.locator(".enishi-person")).to_contain_text(guest.person.name)
        assert serious(tab) == []
        assert fits(tab)
        tab.get_by_role("link", name=WORDS["leave"][language]).click()
        expect(tab.locator("#person")).to_have_text(guest.person.name)
        assert serious(tab) == []
        assert fits(tab)
        tab.get_by_role("button", name=WORDS["leave"][language]).click()
        expect(tab.get_by_label(WORDS["label"][language], exact=True)).to_be_visible()
        tab.go_back()
        tab.goto(host.server.base + PAGE)
        expect(tab.get_by_role("heading", name=WORDS["title"][language])).to_be_visible()


def test_the_way_out_speaks_the_language_chosen_on_the_page(host: Host, chromium: Browser) -> None:
    with chromium.new_context(locale="ja-JP") as context:
        tab = context.new_page()
        tab.goto(host.invite("Sample Ann").address)
        tab.keyboard.press("Enter")
        link = tab.locator(".enishi-person a")
        expect(link).to_have_text(WORDS["leave"]["ja"])
        tab.evaluate("document.documentElement.lang = 'en'")
        expect(link).to_have_text(WORDS["leave"]["en"])


def test_whoever_is_at_somebody_else_s_book_sees_whose_and_may_enter_their_own(
    host: Host, chromium: Browser
) -> None:
    with chromium.new_context(locale="en-GB") as context:
        tab = context.new_page()
        for name in ("Sample Ann", "Sample Ben"):
            tab.goto(host.invite(name).address)
            if name == "Sample Ben":
                expect(tab.locator("#person")).to_have_text("Sample Ann")
            tab.get_by_role("button", name="Enter").click()
            expect(tab.locator(".enishi-person")).to_contain_text(name)


def test_an_open_page_of_whoever_is_dismissed_closes_and_says_why(
    host: Host, chromium: Browser
) -> None:
    guest = host.invite("Sample Ann")
    with chromium.new_context(locale="en-GB") as context:
        tab = context.new_page()
        tab.goto(guest.address)
        tab.keyboard.press("Enter")
        tab.locator("#count").click()
        expect(tab.locator("#count")).to_have_text("counted 1")
        persons.dismiss(host.engine, guest.id)
        expect(tab.get_by_role("alert")).to_contain_text(WORDS["ended"]["en"], timeout=60_000)
        assert serious(tab) == []


def test_without_scripts_the_key_is_typed_in(host: Host, chromium: Browser) -> None:
    guest = host.invite("Sample Ann")
    with chromium.new_context(locale="en-GB", java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(guest.address)
        tab.get_by_label(WORDS["label"]["en"], exact=True).fill(guest.key)
        tab.get_by_role("button", name="Enter").click()
        expect(tab.locator(".enishi-person")).to_contain_text("Sample Ann")


def test_by_plain_http_the_pages_work_too_and_the_host_is_warned(
    tmp_path: Path, chromium: Browser
) -> None:
    folder = write_workbooks(tmp_path / "workbooks")
    write_notebook(folder / "01-start.ipynb", COUNTER)
    with hosting(tmp_path / "data", folder, LANG="en") as near:
        assert "without encryption" not in near.server.log.read_text()
    address = "http://workbook.example/"
    with hosting(tmp_path / "data", folder, "--address", address, LANG="en") as host:
        assert "People will come here without encryption" in host.server.log.read_text()
        with chromium.new_context(locale="en-GB") as context:
            tab = watch(context).page
            tab.goto(f"http://workbook.example:{host.server.listens_on()}/login")
            assert tab.evaluate("isSecureContext") is False
            tab.get_by_role("textbox").fill(host.invite("Sample Ann").key)
            tab.keyboard.press("Enter")
            tab.locator("#count").click()
            expect(tab.locator("#count")).to_have_text("counted 1")
