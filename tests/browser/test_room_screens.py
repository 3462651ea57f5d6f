"""The pages of a room, the way in, and a refused page: nothing is cut, or lies on another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from axe import violations
from enishi.i18n import texts
from enishi.paths import shared
from enishi.serve.local_network import private_addresses
from hosting import Host, hosting
from screens import LONG_NAMES, measure
from serving import Serving, serving
from walking import LOOKS
from walking_room import digits

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

ADDRESS = "/voila/render/{}.ipynb"
NAME = LONG_NAMES[-1][:24]
"""As long as a name in a room may be."""
WALL = {"width": 1920, "height": 1080}
ONE = [
    pytest.param(look, marks=() if number == 0 else pytest.mark.thorough)
    for number, look in enumerate(each.values[0] for each in LOOKS)
]
"""The phone in Japanese in every run; a window of another look takes as long again."""
NEAR = private_addresses()
SHEETS = """() => [...document.querySelectorAll("section.sheet")].map(({ id }) => id)"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server with a room of an hour."""
    data = tmp_path_factory.mktemp("room") / "data"
    with hosting(data, shared("workbooks"), "--agenda", "60", "--seats", "14") as running:
        yield running


def turn(page: Page, sheet: str) -> Locator:
    """Turn to a sheet, and return it."""
    page.evaluate("sheet => { location.hash = sheet; }", sheet)
    expect(page.locator(f"section#{sheet} h2")).to_be_visible()
    return page.locator(f"section#{sheet}")


class Visitors:
    """Those who open pages of a room, each in a window of their own with one look."""

    def __init__(self, chromium: Browser, server: Serving, look: dict[str, Any]) -> None:
        self.chromium, self.server, self.look = chromium, server, look
        self.left = ExitStack()
        self.found: dict[str, list[str]] = {}

    def window(self, **look: Any) -> Page:
        """Open a window."""
        context = self.left.enter_context(self.chromium.new_context(**(self.look | look)))
        return context.new_page()

    def see(self, name: str, page: Page) -> None:
        """Note what is wrong with a page as it is now."""
        faults = measure(page) + violations(page)
        self.found |= {name: faults} if faults else {}

    def see_sheets(self, name: str, page: Page) -> None:
        """Note what is wrong with each sheet of a page."""
        for sheet in page.evaluate(SHEETS):
            turn(page, sheet)
            faults = measure(page) + violations(page, f"section#{sheet}")
            self.found |= {f"{name}#{sheet}": faults} if faults else {}

    def join(self, page: Page, code: str, name: str) -> None:
        """Ask for a seat by a code."""
        page.goto(f"{self.server.root}/join")
        page.locator("#code").fill(code)
        page.locator("#called").fill(name)
        page.locator("form button").last.click(no_wait_after=True)


@pytest.mark.parametrize("look", ONE)
def test_every_page_of_a_room_can_be_used_by_everybody_and_nothing_is_cut(
    host: Host, chromium: Browser, look: dict[str, Any]
) -> None:
    language = look["locale"][:2]
    visitors = Visitors(chromium, host.server, look)
    with visitors.left:
        leading = visitors.window()
        leading.goto(host.server.address)
        visitors.see("the way in", leading)
        leading.locator("form button").last.click()
        expect(leading.locator("section#lead h2")).to_be_visible(timeout=60_000)
        code = digits(turn(leading, "guests").locator(".join-code").first.inner_text())

        guest = visitors.window()
        guest.goto(f"{host.server.root}/join")
        visitors.see("/join", guest)
        visitors.join(guest, "000000", NAME)
        expect(guest.get_by_role("alert")).to_be_visible()
        visitors.see("/join, refused", guest)
        visitors.join(guest, code, NAME)
        expect(guest.locator("section#here h2")).to_be_visible(timeout=60_000)
        visitors.see("10-room", guest)
        visitors.see_sheets("10-room", guest)
        refused = guest.goto(host.server.root + ADDRESS.format("11-host"))
        assert refused and refused.status == 403
        visitors.see("403", guest)

        visitors.see("11-host", leading)
        visitors.see_sheets("11-host", leading)
        guests = turn(leading, "guests")
        words = texts("room", language)["screens"]["guests"]
        guests.get_by_role("button", name=words["open_projector"], exact=True).click()
        codes = guests.locator(".join-code")
        expect(codes).to_have_count(2)
        wall = visitors.window(viewport=WALL)
        visitors.join(wall, digits(codes.last.inner_text()), "")
        expect(wall.locator(".wall h1")).to_be_visible(timeout=60_000)
        visitors.see("12-projector", wall)
    assert visitors.found == {}


@pytest.mark.thorough
@pytest.mark.skipif(not NEAR, reason="this computer is in no network")
def test_the_form_that_opens_a_room_can_be_used_by_everybody_and_nothing_is_cut(
    tmp_path: Path, chromium: Browser
) -> None:
    looks: list[Any] = [each.values[0] for each in LOOKS]
    options = ("host", "--here", "--listen", NEAR[0], "--port", "0")
    with serving(tmp_path / "data", shared("workbooks"), *options) as server:
        for look in looks:
            visitors = Visitors(chromium, server, look)
            with visitors.left:
                page = visitors.window()
                key = server.address.partition("#")[2]
                page.goto(f"http://127.0.0.1:{server.port}/login#{key}")
                page.locator("form button").last.click()
                expect(page.locator("form#host")).to_be_visible()
                visitors.see("/host", page)
                page.locator("form#host").evaluate("form => { form.noValidate = true; }")
                page.locator("#seats").fill("1")
                page.locator("form#host button").click()
                expect(page.get_by_role("alert")).to_be_visible()
                visitors.see("/host, refused", page)
            assert visitors.found == {}, look
