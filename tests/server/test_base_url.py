"""Everything is below the base of the address, and nothing is beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect
from websocket import WebSocketBadStatusException

from enishi.i18n import texts
from enishi.paths import shared
from hosting import Host, hosting, write_workbooks
from kernel_lines import connect, cookie_of
from serving import COUNTER, Serving, kernel_of, serving, wait_until, watch, write_notebook

pytest_plugins = ["server_fixtures"]

BASE = "/wb/enishi"
PAGE = "/voila/render/01-start.ipynb"
PUBLIC = f"https://workbook.example{BASE}/"
FOREIGN = ("evil.example", "workbook.example.evil.example", "192.0.2.1", "localhost.", "0.0.0.0")


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server for one person, below a base."""
    folder = tmp_path_factory.mktemp("one")
    write_notebook(folder / "01-start.ipynb", COUNTER)
    options = ("--no-browser", "--port", "0", "--verbose", "--base-url", BASE)
    with serving(folder / "data" / "own", folder, *options) as running:
        yield running


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server for many behind a proxy that people reach at `PUBLIC`."""
    folder = tmp_path_factory.mktemp("many")
    workbooks = write_workbooks(folder / "workbooks", COUNTER)
    with hosting(folder / "data", workbooks, "--port", "0", "--address", PUBLIC) as running:
        yield running


def proxied(host: Host, **options: Any) -> httpx.Client:
    """Return a client that comes by way of a proxy which ends https."""
    headers = {"Host": "workbook.example", "X-Forwarded-Proto": "https"}
    headers["Origin"] = "https://workbook.example"
    url = f"http://127.0.0.1:{host.server.listens_on()}{BASE}"
    return httpx.Client(base_url=url, headers=headers, timeout=30, **options)


def test_the_printed_address_has_the_base(one: Serving, many: Host) -> None:
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+{BASE}/\?token=[\w-]+", one.printed[-1])
    assert many.server.printed[-1] == PUBLIC


def test_every_way_in_one_person_s_workbook_stays_below_the_base(one: Serving) -> None:
    with httpx.Client(base_url=one.root, timeout=30) as client:
        door = client.get(BASE + "/")
        assert door.headers["location"].startswith(f"{BASE}/login?next=")
        assert client.get(door.headers["location"]).status_code == 403
        entry = client.get(BASE + "/", params={"token": one.token})
        assert entry.headers["location"] == BASE + PAGE
        assert f"Path={BASE}/" in entry.headers["set-cookie"]
        page = client.get(BASE + PAGE)
        for cookie in page.headers.get_list("set-cookie"):
            assert f"Path={BASE}/" in cookie
        assert f'"baseUrl": "{BASE}/"' in page.text
        named = re.findall(r'(?:href|src|data-base-url)="(/[^"]*)"', page.text)
        assert len(named) >= 6
        for path in named:
            assert path.startswith(BASE + "/")
            if "static" in path:
                assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/login", "/logout", "/healthz", "/metrics", PAGE, "/api/kernels/a-b-c-d-e"),
        *("/voila/templates/enishi/static/kernel_client.js", "/wb", "/wb/", BASE, "/WB/enishi/"),
        *(f"//evil.example{BASE}/", f"/./{BASE}/", f"/x/..{BASE}/"),
    ],
)
def test_beside_the_base_there_is_nothing(one: Serving, path: str) -> None:
    with one.client() as client:
        for method in ("GET", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"):
            with closing(HTTPConnection("127.0.0.1", one.port, timeout=30)) as line:
                line.request(method, path, headers={"Cookie": cookie_of(client)})
                assert line.getresponse().status == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/login", "/healthz", PAGE, "/nothing", "/api/kernels/a-b-c-d-e"),
        "/voila/templates/enishi/static/kernel_client.js",
        "/voila/labextensions/anywidget/package.json",
        "/voila/static/0/x.js",
    ],
)
def test_a_request_under_a_foreign_name_is_refused(one: Serving, many: Host, path: str) -> None:
    for port in (one.port, many.server.listens_on()):
        with httpx.Client(base_url=f"http://127.0.0.1:{port}{BASE}", timeout=30) as client:
            for name in FOREIGN:
                for host in (name, f"{name}:{port}", name.upper()):
                    assert client.get(path, headers={"Host": host}).status_code == 403, host


def test_the_public_name_is_that_of_its_own_server_alone(one: Serving, many: Host) -> None:
    public = {"Host": "workbook.example"}
    assert httpx.get(one.base + "/healthz", headers=public).status_code == 403
    with proxied(many) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/healthz", headers={"Host": "127.0.0.1"}).status_code == 200


def test_over_https_no_cookie_goes_without_encryption(many: Host) -> None:
    with proxied(many) as client:
        door = client.get("/login")
        cookies = door.headers.get_list("set-cookie")
        crumbs = {cookie.split("=")[0]: cookie.split(";")[0] for cookie in cookies}
        found = re.search(r'name="_xsrf" value="([^"]+)"', door.text)
        assert found
        form = {"key": many.invite("Sample Ann").key, "_xsrf": found[1]}
        entered = client.post("/login", data=form, headers={"Cookie": crumbs["_xsrf"]})
        assert entered.status_code == 302
        assert entered.headers["location"] == BASE + "/"
        cookies += entered.headers.get_list("set-cookie")
        assert {cookie.split("=")[0] for cookie in cookies} == {"_xsrf", "enishi_person"}
        for cookie in cookies:
            assert "Secure" in cookie
            assert f"Path={BASE}/" in cookie
            assert "Domain" not in cookie


def test_a_page_from_elsewhere_cannot_connect(one: Serving) -> None:
    with one.client() as client:
        kernel = kernel_of(client.get(PAGE).text)
        base = f"{BASE}/api/kernels"
        for options in ({"origin": "http://evil.example"}, {"host": "evil.example"}):
            with pytest.raises(WebSocketBadStatusException, match="403"):
                connect(one, kernel, cookie_of(client), base=base, **options)
        connect(one, kernel, cookie_of(client), base=base).close()


@pytest.mark.browser
def test_a_page_below_the_base_works_and_takes_its_leave(one: Serving, chromium: Browser) -> None:
    with chromium.new_context(locale="ja-JP") as context:
        before = one.kernels()
        seen = watch(context)
        seen.page.goto(one.address)
        button = seen.page.locator("#count")
        button.click()
        expect(button).to_have_text("counted 1")
        seen.page.evaluate("document.documentElement.lang = 'en'")
        seen.page.reload()
        expect(seen.page.locator("html")).to_have_attribute("lang", "en")
        assert {cookie["path"] for cookie in context.cookies()} == {BASE + "/"}
        assert seen.strangers() == []
        assert seen.complaints == []
        seen.page.close()
        wait_until(lambda: one.kernels() == before)


@pytest.mark.thorough
@pytest.mark.browser
def test_two_persons_write_into_their_own_books_and_see_no_other(
    tmp_path: Path, chromium: Browser
) -> None:
    words = texts("goal", "en")["screens"]["wish"]
    with hosting(
        tmp_path / "data", shared("workbooks"), "--address", f"http://127.0.0.1:0{BASE}/"
    ) as host:
        root = f"http://127.0.0.1:{host.server.listens_on()}{BASE}"
        tabs = []
        for name in ("Sample Ann", "Sample Ben"):
            context = chromium.new_context(locale="en-GB")
            seen = watch(context)
            tab = seen.page
            key = host.invite(name).key
            tab.goto(f"{root}/login#{key}")
            enter_button = tab.get_by_role("button", name="Enter")
            expect(enter_button).to_be_focused()
            assert tab.url == f"{root}/login"  # nobody who looks at the screen reads the key
            assert not tab.get_by_role("textbox").is_visible()
            enter_button.click()
            expect(tab.locator(".enishi-person")).to_contain_text(name)
            tab.goto(f"{root}/voila/render/02-goal.ipynb#wish")
            field = tab.get_by_label(words["wish"], exact=True).first
            field.fill(f"The wish of {name}")
            field.press("Tab")
            expect(tab.locator("section#wish .saved")).to_have_text(texts("common", "en")["saved"])
            tabs.append((name, context, seen))
        for name, _, seen in tabs:
            seen.page.reload()
            field = seen.page.get_by_label(words["wish"], exact=True).first
            expect(field).to_have_value(f"The wish of {name}")
            assert seen.strangers() == []
            assert seen.complaints == []
        name, context, seen = tabs[0]
        second = context.new_page()
        second.goto(f"{root}{PAGE}")
        expect(second.locator(".enishi-person")).to_contain_text(name)
        seen.page.get_by_role("link", name="Leave").click()
        expect(seen.page.locator("#person")).to_have_text(name)
        seen.page.get_by_role("button", name="Leave").click()
        expect(seen.page.get_by_label("The characters after", exact=False)).to_be_visible()
        expect(second.get_by_role("heading", name="The way in")).to_be_visible(timeout=30_000)
        for _, context, _ in tabs:
            context.close()
