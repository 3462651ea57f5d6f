"""A person's own day: by their browser's clock, wherever the server's is."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine

from enishi.serve.handlers.localized import minutes_of, zone_of
from hosting import Host, hosting
from serving import COUNTER, serving, wait_until, write_notebook
from sheets import Open, ask
from sources import parse_file
from widgets import People

pytest_plugins = ["server_fixtures", "sheet_fixtures"]

FIRST, LAST = "Pacific/Kiritimati", "Pacific/Pago_Pago"
"""Where a day begins first, and where last: 25 hours lie between, so it is never the same day."""
PAGE = "/voila/render/01-start.ipynb"
DAY = """
from enishi import clock
from widgets.base.workbook import open_workbook

print("the day is", open_workbook("05-week").today, "and", clock.today())
"""
HOSTILE = [
    *("", "x", "Asia/Nowhere", "asia/tokyo", "posixrules", "UTC0", "x" * 5000),
    *("/etc/passwd", ":/etc/passwd", "../../../etc/passwd", "Asia/../Asia/Tokyo", "Asia"),
    *("Asia/Tokyo/", "Asia/Tokyo%00", "$(id)", "<x>", "Asia/Tōkyō"),
]


def day_in(zone: str) -> date:
    """Return the day it is there now."""
    return datetime.now(ZoneInfo(zone)).date()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server whose own clock is in Tokyo."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "workbooks").mkdir()
    write_notebook(folder / "workbooks" / "01-start.ipynb", DAY, COUNTER)
    with hosting(folder / "data", folder / "workbooks", TZ="Asia/Tokyo") as running:
        yield running


def asking(zone: str) -> HTTPServerRequest:
    """Return what a browser asks whose clock is, as it says, in `zone`."""
    headers = HTTPHeaders({"Host": "x", "Cookie": f"enishi-zone={zone}"})
    line = RequestStartLine("GET", "/", "HTTP/1.1")
    return HTTPServerRequest(start_line=line, headers=headers)


def is_told(zone: str, told: list[str], before: date) -> bool:
    """Tell whether every day in `told` was the day in `zone`, since it was `before` there."""
    return bool(told) and set(told) <= {str(before), str(day_in(zone))}


def test_at_one_moment_two_visitors_of_one_server_have_their_own_days(host: Host) -> None:
    seen = {}
    for zone in (FIRST, LAST, ""):
        with host.invite("Sample Ann").client() as client:
            client.cookies.set("enishi-zone", zone)
            here = zone or "Asia/Tokyo"
            before = day_in(here)
            told = re.findall(r"the day is (\S+) and ([\d-]+)", client.get(PAGE).text)
            assert is_told(here, [*told[0]], before)
            seen[zone] = told[0]
    assert seen[FIRST] != seen[LAST]


@pytest.mark.parametrize("zone", HOSTILE)
def test_what_is_no_zone_changes_nothing(zone: str) -> None:
    assert zone_of(asking(zone)) == ""


def test_what_is_no_zone_leaves_a_page_with_the_server_s_own_day(host: Host) -> None:
    with host.invite("Sample Ann").client() as client:
        for zone in ("Asia/Nowhere", "../../../etc/passwd"):
            client.cookies.set("enishi-zone", zone)
            before = day_in("Asia/Tokyo")
            page = client.get(PAGE).text
            assert is_told("Asia/Tokyo", re.findall(r"the day is (\S+)", page), before)
            assert zone not in page
            assert 'data-minutes="540"' in page


def test_the_zones_that_browsers_name_are_known() -> None:
    named = ("Asia/Tokyo", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", FIRST, LAST)
    assert [zone_of(asking(zone)) for zone in named] == list(named)
    assert [minutes_of(zone) for zone in named[:1] + named[-3:]] == [540, 0, 840, -660]


def test_a_page_that_stays_open_goes_by_the_day_it_is_now(
    open_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", LAST)
    time.tzset()
    try:
        sheet = People(open_in("04-contacts", "en"))
        id = sheet.book.add("contact", name="Sample Ann")
        yesterday = str(sheet.workbook.today)
        sheet.book.add("encounter", contact_id=id, on=yesterday)
        ask(sheet, "choose", id=id)
        assert sheet.state["card"]["last"] == "today"
        monkeypatch.setenv("TZ", FIRST)
        time.tzset()
        sheet.workbook.refresh()
        assert str(sheet.workbook.today) > yesterday
        assert sheet.state["card"]["last"] != "today"
    finally:
        monkeypatch.undo()
        time.tzset()


class AtImport(ast.NodeVisitor):
    """Finds what asks for the day, the time or the zone when a module is imported."""

    def __init__(self) -> None:
        self.found: list[int] = []

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Look at what stands before the body: that alone is worked out at import."""
        for each in (*node.decorator_list, node.args):
            self.visit(each)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Look at its defaults."""
        self.visit(node.args)

    def visit_Call(self, node: ast.Call) -> None:
        """Note a call by its last name."""
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in ("today", "now", "utcnow", "localtime", "astimezone", "tzlocal", "strftime"):
            self.found.append(node.lineno)
        self.generic_visit(node)


def test_no_module_keeps_the_day_or_the_zone_from_when_it_was_imported() -> None:
    files = [*(Path(__file__).parents[2] / "src").rglob("*.py")]
    assert len(files) > 150
    for file in files:
        looking = AtImport()
        looking.visit(parse_file(file))
        assert looking.found == [], file


# -- in a browser -------------------------------------------------------------------------------


def note_requests(tab: Page, asked: list[Request]) -> None:
    """Add each request of `tab` to `asked`; Playwright marks its handlers, so `append` is none."""
    tab.on("request", lambda request: asked.append(request))


@pytest.mark.browser
def test_the_first_page_after_the_way_in_has_the_visitor_s_own_day_at_once(
    host: Host, chromium: Browser
) -> None:
    for zone in (FIRST, LAST):
        with chromium.new_context(locale="en-GB", timezone_id=zone) as context:
            tab = context.new_page()
            asked: list[Request] = []
            note_requests(tab, asked)
            tab.goto(host.invite("Sample Ann").address)
            before = day_in(zone)
            tab.get_by_role("button", name="Enter").click()
            expect(tab.locator("#count")).to_be_visible()
            expect(tab.locator("main")).to_contain_text("the day is")
            told = re.findall(r"the day is (\S+)", tab.locator("main").inner_text())
            assert is_told(zone, told, before)
            assert sum(request.url.endswith(PAGE) for request in asked) == 1


@pytest.mark.thorough
@pytest.mark.browser
def test_the_first_page_without_a_way_in_is_made_once_more_where_the_clocks_differ(
    tmp_path: Path, chromium: Browser
) -> None:
    write_notebook(tmp_path / "01-start.ipynb", DAY, COUNTER)
    with serving(tmp_path / "data" / "own", tmp_path, TZ=LAST) as server:
        for zone, times in ((FIRST, 2), ("Pacific/Midway", 1)):  # as far from UTC as LAST
            with chromium.new_context(locale="en-GB", timezone_id=zone) as context:
                tab = context.new_page()
                asked: list[Request] = []
                note_requests(tab, asked)
                before = day_in(zone)
                tab.goto(server.address)
                expect(tab.locator("main")).to_contain_text(str(before), timeout=60_000)
                tab.locator("#count").click()
                expect(tab.locator("#count")).to_have_text("counted 1")
                assert sum(request.url.endswith(PAGE) for request in asked) == times
                wait_until(lambda: server.kernels() == 1)  # that of the page before has gone
                tab.reload()
                expect(tab.locator("#count")).to_be_visible()
                assert sum(request.url.endswith(PAGE) for request in asked) == times + 1
                tab.close()
            wait_until(lambda: server.kernels() == 0)


@pytest.mark.browser
def test_a_traveller_s_next_page_has_the_day_of_where_they_are(
    host: Host, chromium: Browser
) -> None:
    with chromium.new_context(locale="en-GB", timezone_id=LAST) as context:
        tab = context.new_page()
        tab.goto(host.invite("Sample Ann").address)
        tab.get_by_role("button", name="Enter").click()
        expect(tab.locator("#count")).to_be_visible()
        kept = context.storage_state()
    with chromium.new_context(storage_state=kept, timezone_id=FIRST) as context:
        tab = context.new_page()
        before = day_in(FIRST)
        tab.goto(host.server.base + PAGE)
        expect(tab.locator("main")).to_contain_text(str(before), timeout=60_000)
        [zone] = [each["value"] for each in context.cookies() if each["name"] == "enishi-zone"]
        assert zone == FIRST
