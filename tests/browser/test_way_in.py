"""The way in for many, in a real browser: by an address of one's own, by keyboard, at any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import HEADLESS, violations
from enishi.book import accounts
from enishi.i18n import read_texts
from enishi.paths import shared
from get_chromium import ALONE, find_chromium
from hosting import Host, hosting, write_workbooks
from serving import COUNTER, watch, write_notebook
from walking import LOOKS, fits

pytest_plugins = ["server_fixtures"]

pytestmark = pytest.mark.browser

WORDS = read_texts("pages")["person"]
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
        assert violations(tab) == []
        assert fits(tab)
        tab.get_by_role("textbox").fill("guessed")
        tab.get_by_role("textbox").press("Enter")
        expect(tab.get_by_role("alert")).to_contain_text(WORDS["refused"][language])
        assert violations(tab) == []
        tab.goto(guest.address)  # the page is open already: only what follows the # is new
        expect(tab.get_by_text(WORDS["ready"][language])).to_be_visible()
        expect(tab.get_by_role("textbox")).to_be_hidden()
        assert guest.key not in tab.url
        assert violations(tab) == []
        assert fits(tab)
        tab.keyboard.press("Enter")
        expect(tab.locator("#count")).to_be_visible()
        expect(tab.locator(".enishi-person")).to_contain_text(guest.person.name)
        assert violations(tab, but=HEADLESS) == []
        assert fits(tab)
        tab.get_by_role("link", name=WORDS["leave"][language]).click()
        expect(tab.locator("#person")).to_have_text(guest.person.name)
        assert violations(tab) == []
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
        accounts.dismiss(host.engine, guest.id)
        expect(tab.get_by_role("alert")).to_contain_text(WORDS["ended"]["en"], timeout=60_000)
        assert violations(tab) == []


def test_without_scripts_the_key_is_typed_in(host: Host, chromium: Browser) -> None:
    guest = host.invite("Sample Ann")
    with chromium.new_context(locale="en-GB", java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(guest.address)
        tab.get_by_label(WORDS["label"]["en"], exact=True).fill(guest.key)
        tab.get_by_role("button", name="Enter").click()
        expect(tab.locator(".enishi-person")).to_contain_text("Sample Ann")


@pytest.mark.thorough
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


PRIVATE = "a wish that nobody else is to read"
KEPT = """
() => [...Object.entries(localStorage), ...Object.entries(sessionStorage)]
  .map(([name, text]) => `${name} ${text}`)
"""


@pytest.fixture(scope="module")
def with_back(chromium: Browser) -> Iterator[Browser]:
    """A Chromium that keeps pages for Back, as everybody's does; those of the tests do not."""
    browser = chromium.browser_type.launch(
        executable_path=find_chromium(),
        args=[*ALONE, "--host-resolver-rules=MAP workbook.example 127.0.0.1"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def shown(tab: Page) -> str:
    """Return all that a page shows, what stands in its fields included."""
    fields = "[...document.querySelectorAll('input, textarea')].map((field) => field.value)"
    return tab.content() + str(tab.evaluate(fields))


@pytest.mark.parametrize(
    "name", ["127.0.0.1", pytest.param("workbook.example", marks=pytest.mark.thorough)]
)
def test_whoever_leaves_leaves_nothing_in_the_browser_by_whatever_way_they_came(
    tmp_path: Path, with_back: Browser, name: str
) -> None:
    workbooks = shared("workbooks")
    options = ("--address", "http://workbook.example/") if name == "workbook.example" else ()
    with (
        hosting(tmp_path / "data", workbooks, *options) as host,
        with_back.new_context(locale="en-GB") as context,
    ):
        base = f"http://{name}:{host.server.listens_on()}"
        guest = host.invite("Sample Ann")
        tab, other = context.new_page(), context.new_page()
        tab.goto(f"{base}/login#{guest.key}")
        assert tab.evaluate("isSecureContext") is (name == "127.0.0.1")
        tab.get_by_role("button", name="Enter").click()
        expect(tab.locator(".enishi-person")).to_be_visible()
        for each in (tab, other):
            each.goto(base + "/voila/render/02-goal.ipynb#wish")
            field = each.locator("section#wish textarea").first
            expect(field).to_be_visible()
            field.fill(PRIVATE)
            each.evaluate(f"sessionStorage.setItem('enishi.unsaved', '{PRIVATE}')")
            expect(field).to_have_value(PRIVATE)
        tab.set_viewport_size({"width": 360, "height": 640})
        below = tab.locator(".enishi-person").bounding_box()
        sheet = tab.locator("section#wish").bounding_box()
        assert below and sheet and below["y"] > sheet["y"], "the workbook comes first on a phone"
        assert any("enishi.unsaved" in each for each in tab.evaluate(KEPT))
        saved = tab.locator("section#wish .saved")
        tab.locator("section#wish textarea").first.press("Tab")
        expect(saved).to_have_text(read_texts("common")["saved"]["en"])

        tab.locator(".enishi-person a").click()
        tab.get_by_role("button", name=WORDS["leave"]["en"]).click()
        for each in (tab, other):
            expect(each.get_by_label(WORDS["label"]["en"], exact=True)).to_be_visible()
            assert each.url.startswith(base + "/login")
            assert PRIVATE not in shown(each)
            assert each.evaluate(KEPT) == []
        left = {cookie["name"] for cookie in context.cookies()}
        assert left <= {"_xsrf", "enishi-language", "enishi-zone"}

        for _ in range(4):  # as far back as there is something
            tab.go_back()
            expect(tab.locator("h1")).to_have_text(WORDS["title"]["en"])
            assert PRIVATE not in shown(tab) and "Sample Ann" not in shown(tab)
            assert tab.evaluate(KEPT) == []


@pytest.mark.thorough
def test_whoever_enters_after_somebody_else_finds_none_of_it_in_another_tab(
    tmp_path: Path, chromium: Browser
) -> None:
    with (
        hosting(tmp_path / "data", shared("workbooks")) as host,
        chromium.new_context(locale="en-GB") as context,
    ):
        tab, other = context.new_page(), context.new_page()
        other.goto(host.invite("Sample Ann").address)
        other.get_by_role("button", name="Enter").click()
        other.goto(host.server.base + "/voila/render/02-goal.ipynb#wish")
        other.locator("section#wish textarea").first.fill(PRIVATE)
        other.evaluate(f"sessionStorage.setItem('enishi.unsaved', '{PRIVATE}')")
        tab.goto(host.invite("Sample Ben").address)
        tab.get_by_role("button", name="Enter").click()
        expect(tab.locator(".enishi-person")).to_contain_text("Sample Ben")
        expect(other.locator("#person")).to_have_text("Sample Ben")
        assert PRIVATE not in shown(other)
        assert PRIVATE not in str(other.evaluate(KEPT))
