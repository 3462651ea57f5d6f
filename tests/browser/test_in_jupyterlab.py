"""Enishi behind the tile of JupyterLab: a real JupyterLab with jupyter-server-proxy."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser
from websocket import WebSocketBadStatusException, create_connection

from enishi.server_proxy import PROXY_HEADER, PROXY_TOKEN
from in_jupyter import BOOK, GOAL, TOKEN, jupyter, wishes_in, write_wish
from kernel_lines import cookie_of
from serving import kernel_of, wait_until, watch

pytest_plugins = ["server_fixtures"]
pytestmark = pytest.mark.browser

BASE = "/user/ann/"
OURS = f"{BASE}enishi/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lab")


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
        assert seen.strangers() == []
        assert seen.complaints == []
        with httpx.Client(params={"token": TOKEN}) as client:
            seen.page.close()  # its farewell is accepted: the cookie for it is not Jupyter's
            wait_until(lambda: client.get(f"{lab}enishi/healthz").json()["kernels"] == 0)
    assert wishes_in(folder / "home" / BOOK) == ["To open a café"]


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
