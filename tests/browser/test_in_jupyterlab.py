"""Enishi in a real JupyterLab: behind its tile, in a notebook's cells, and rendered by Voilà."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect
from websocket import WebSocketBadStatusException, create_connection

from enishi.paths import CHECKOUT
from enishi.server_proxy import PROXY_HEADER, PROXY_TOKEN
from in_jupyter import (
    BOOK,
    GOAL,
    TOKEN,
    choose,
    hand_over,
    jupyter,
    open_notebook,
    wish_field,
    wishes_in,
    write_wish,
)
from kernel_lines import cookie_of
from serving import kernel_of, wait_until, watch

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

BASE = "/user/ann/"
OURS = f"{BASE}enishi/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(CHECKOUT / "workbooks" / "02-goal.ipynb", folder)
    return folder


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[str]:
    """A JupyterLab below a base, as a hub would start it."""
    [ours] = entry_points(group="jupyter_serverproxy_servers", name="enishi")
    assert ours.value == "enishi.server_proxy:server"
    with jupyter(folder, "lab", base=BASE) as address:
        yield address


@pytest.fixture(scope="module")
def ours(lab: str) -> psutil.Process:
    """Our server, which the proxy starts at the first request."""
    assert httpx.get(f"{lab}enishi/healthz", params={"token": TOKEN}, timeout=60).status_code == 200
    return next(each for each in psutil.Process().children(True) if "--socket" in each.cmdline())


@pytest.fixture
def visitor(lab: str) -> Iterator[httpx.Client]:
    """The person, let in by their Jupyter."""
    with httpx.Client(base_url=f"{lab}enishi", timeout=60) as client:
        assert client.get("/healthz", params={"token": TOKEN}).status_code == 200
        yield client


def socket_of(process: psutil.Process) -> Path:
    """Return the path of the socket that our server listens on."""
    command = process.cmdline()
    return Path(command[command.index("--socket") + 1])


def test_the_tile_opens_the_workbook_and_a_wish_is_saved(
    lab: str, folder: Path, chromium: Browser
) -> None:
    with chromium.new_context(locale="en-GB") as context:
        page = context.new_page()
        page.goto(f"{lab}lab?token={TOKEN}")
        with context.expect_page(timeout=90_000) as opened:
            page.locator(".jp-LauncherCard[title^='Enishi']").click(timeout=90_000)
        page.close()
        first = opened.value
        first.wait_for_url(f"{lab}enishi/voila/render/*")
        seen = watch(context)
        seen.page.goto(f"{lab}enishi/{GOAL}")
        first.close()
        write_wish(seen.page, "To open a café")
        whole = hand_over(seen.page, f"{lab}enishi/", "Maya")
        assert whole == (["Maya"], ["To open a café"])
        assert seen.strangers() == []
        assert seen.complaints == []
        with httpx.Client(params={"token": TOKEN}) as client:
            seen.page.close()  # its farewell is accepted: the cookie for it is not Jupyter's
            wait_until(lambda: client.get(f"{lab}enishi/healthz").json()["kernels"] == 0)
    assert wishes_in(folder / "home" / BOOK) == ["To open a café"]


LOOKS = """() => {
  const own = ["html", "body", "#jp-top-panel, #jp-top-panel *", ".jp-Launcher, .jp-Launcher *",
    ".jp-FileBrowser, .jp-FileBrowser *", ".jp-NotebookPanel-toolbar *", ".jp-RenderedMarkdown *"];
  const places = /^(?:(?:block|inline|perspective|transform)-(?:size|origin)|height|width)$/;
  const found = [...document.querySelectorAll(own.join())].flatMap((element) => {
    const style = getComputedStyle(element);
    const kind = `${element.tagName} ${element.className?.baseVal ?? element.className}`;
    const values = [...style].filter((name) => !places.test(name) && !/^--(?!enishi)/.test(name));
    return values.map((name) => `${kind} ${name}: ${style.getPropertyValue(name)}`);
  });
  return [...new Set(found)];
}"""
"""The computed styles of what is JupyterLab's own, but for sizes, which follow the text."""


def look_of(page: Page) -> set[str]:
    """Return the styles of JupyterLab's elements, with the pointer and the focus elsewhere."""
    page.mouse.move(1, 899)
    page.locator(".jp-Launcher .jp-LauncherCard").first.wait_for()
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(400)  # transitions of its buttons
    return set(page.evaluate(LOOKS))


def use_theme(page: Page, name: str) -> None:
    """Choose a theme of JupyterLab, and wait until it is shown."""
    choose(page, "Settings", "Theme", f"JupyterLab {name}")
    light = "true" if name == "Light" else "false"
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)


def test_a_sheet_in_a_cell_is_as_jupyterlab_is_colours_nothing_of_it_and_saves_a_wish(
    lab: str, folder: Path, chromium: Browser
) -> None:
    with chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}) as context:
        seen = watch(context)
        page = seen.page
        open_notebook(page, f"{lab}lab/tree/02-goal.ipynb")
        page.get_by_role("button", name="No", exact=True).click()  # news
        notebook = page.locator(".lm-TabBar-tab").get_by_text("02-goal.ipynb")
        launcher = page.locator(".lm-TabBar-tab").get_by_text("Launcher")
        choose(page, "File", "New Launcher")
        without = {"Light": look_of(page)}
        use_theme(page, "Dark")
        without["Dark"] = look_of(page)
        notebook.click()
        choose(page, "Run", "Run All Cells")
        wish = page.locator("section#wish")
        expect(wish).to_be_visible(timeout=90_000)
        shades = {}
        for theme in ("Dark", "Light"):
            use_theme(page, theme)
            expect(page.locator(f"[data-look={theme.lower()}]").first).to_be_attached()
            shades[theme] = wish.evaluate("(it) => getComputedStyle(it).backgroundColor")
            launcher.click()
            assert look_of(page) ^ without[theme] == set()
            assert len(without[theme]) > 10_000
            notebook.click()
        assert shades == {"Dark": "rgb(35, 33, 32)", "Light": "rgb(255, 254, 251)"}
        write_wish(page, "To open a bakery")
        assert seen.strangers() == []
    assert wishes_in(folder / "home" / BOOK) == ["To open a bakery"]


@pytest.mark.thorough
def test_render_with_voila_shows_the_notebook_and_a_wish_is_saved(
    lab: str, folder: Path, chromium: Browser
) -> None:
    with chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        open_notebook(page, f"{lab}lab/tree/02-goal.ipynb")
        page.locator("[data-jp-item-name=voilaRender] jp-button").click()
        page.get_by_role("button", name="Render anyway").click()  # it was never run here
        frame = page.frame_locator(".jp-IFrame iframe")
        expect(wish_field(frame)).to_be_visible(timeout=90_000)
        write_wish(frame, "To open a library")
    assert wishes_in(folder / "home" / BOOK) == ["To open a library"]


def test_nobody_else_on_the_machine_reaches_the_socket(ours: psutil.Process) -> None:
    path = socket_of(ours)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not ours.net_connections("tcp")
    if os.geteuid() == 0:
        look = ["/bin/sh", "-c", 'test -S "$0"', str(path)]
        assert subprocess.run(look).returncode == 0
        assert subprocess.run(look, user=65534, group=65534, extra_groups=[]).returncode == 1


def test_on_the_socket_only_the_token_of_the_proxy_counts(ours: psutil.Process) -> None:
    token = ours.environ()[PROXY_TOKEN]
    assert token not in " ".join(ours.cmdline())
    with httpx.Client(
        base_url=f"http://localhost{OURS}",
        transport=httpx.HTTPTransport(uds=str(socket_of(ours))),
        timeout=30,
    ) as client:
        for given in (b"", token[:-1].encode(), "é".encode(), None):
            headers = {PROXY_HEADER.encode(): given} if given is not None else {}
            for path in ("healthz", GOAL, f"?token={token}", f"healthz?token={token}", "login"):
                assert client.get(path, headers=headers).status_code == 403
        true = {PROXY_HEADER: token}
        assert client.get("healthz", headers=true).status_code == 200
        assert client.get("http://localhost/healthz", headers=true).status_code == 404
        assert client.get("login", headers=true).status_code == 404


def test_the_proxy_asks_who_comes_and_hands_on_no_token_of_theirs(
    lab: str, visitor: httpx.Client
) -> None:
    assert httpx.get(f"{lab}enishi/healthz").status_code in (302, 403)
    assert httpx.get(f"{lab}enishi/healthz", params={"token": "wrong"}).status_code in (302, 403)
    assert visitor.get("/healthz", headers={PROXY_HEADER: "of their own"}).status_code == 200
    assert visitor.get("/nothing").status_code == 404


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:1", "null", "https://127.0.0.1"]
)
def test_a_page_of_another_origin_can_change_nothing(
    lab: str, visitor: httpx.Client, origin: str
) -> None:
    kernel = kernel_of(visitor.get(f"/{GOAL}").text)
    crumb = visitor.cookies["enishi_xsrf"]
    form = {"_xsrf": crumb}
    leave = f"/voila/api/shutdown/{kernel}"
    for headers in ({"Origin": origin}, {"Origin": origin, "Sec-Fetch-Site": "cross-site"}):
        assert visitor.post(leave, data=form, headers=headers).status_code == 403
    port = lab.split(":")[2].split("/")[0]
    with pytest.raises(WebSocketBadStatusException, match="403"):
        create_connection(
            f"ws://127.0.0.1:{port}{OURS}api/kernels/{kernel}/channels",
            cookie=cookie_of(visitor),
            origin=origin,
            timeout=20,
        )
    own = {"Origin": f"http://127.0.0.1:{port}"}
    assert visitor.post(leave, data={}, headers=own).status_code == 403
    assert visitor.post(leave, data=form, headers=own).status_code == 204
