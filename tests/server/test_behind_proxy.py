"""Several servers behind nginx or Caddy, set up as docs/serving says: each stays with one."""

from __future__ import annotations

import gzip
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine
from websocket import WebSocketBadStatusException, create_connection

from enishi.book.database import open_database
from enishi.paths import shared
from fronts import BASE, NAME, PROXIES, SPOOFED, Front, Replica, free_port, running
from hosting import WHO, crumb, enter
from kernel_lines import cookie_of
from line import without_pauses
from postgresql import PostgreSQL, both_accounts
from rooms import Room, here, made, visit
from serving import kernel_of, wait_until, write_notebook
from stores import BOOK, in_file

pytest_plugins = ["server_fixtures"]

ENDS = {"nginx": signal.SIGKILL, "caddy": signal.SIGTERM}
"""How a server ends behind each: it is killed, or asked to end."""
MANY = 40
"""So many people come to one server only by a chance of one in 2 ** 39."""
SLOW = """
import os, time

print("the first cell")
"""
WAITING = """
while not os.path.exists({file!r}):
    time.sleep(0.05)
print("the last cell")
"""


@pytest.fixture(scope="module")
def room_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything lies."""
    folder = tmp_path_factory.mktemp("room")
    workbooks = folder / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "01-who.ipynb", WHO)
    shutil.copy(shared("workbooks") / "02-goal.ipynb", workbooks)
    write_notebook(workbooks / "03-slow.ipynb", SLOW, WAITING.format(file=str(folder / "go")))
    return folder


@pytest.fixture(scope="module")
def replicas(room_folder: Path) -> Iterator[tuple[int, list[Replica], Engine]]:
    """Two servers on one machine, which share their folder."""
    port, data = free_port(), room_folder / "data"
    data.mkdir(mode=0o700)
    engine = open_database(in_file(data / BOOK))
    address = f"https://{NAME}:{port}{BASE}/"
    two = [
        Replica(room_folder / each, room_folder / "workbooks", address, ENISHI_DATA=str(data))
        for each in ("one", "two")
    ]
    with running(*two):
        yield port, two, engine
    engine.dispose()


@pytest.fixture(
    scope="module", params=[PROXIES[0], pytest.param(PROXIES[1], marks=pytest.mark.thorough)]
)
def room(
    request: pytest.FixtureRequest,
    room_folder: Path,
    replicas: tuple[int, list[Replica], Engine],
) -> Iterator[Room]:
    """The two servers behind each kind of proxy."""
    port, two, engine = replicas
    front = Front(request.param, room_folder / request.param, [each.port for each in two], port)
    with running(front):
        yield Room(front, two, engine)


# -- in a browser -------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_person_enters_writes_and_finds_it_again(room: Room, chromium: Browser) -> None:
    with visit(room, chromium) as ann:
        [cookie] = [each for each in ann.context.cookies() if each["name"] == "enishi_person"]
        assert cookie["secure"] and cookie["httpOnly"]
        assert (cookie["sameSite"], cookie["path"]) == ("Lax", BASE + "/")
        ann.write("Somebody who listens")
        ann.page.reload()
        expect(ann.field).to_have_value("Somebody who listens")
        lines = [url for url in ann.asked if url.startswith("wss:")]
        assert len(lines) >= 2, "one for each time the page was opened"
        where = f"{NAME}:{room.front.port}{BASE}/"
        ours = (f"https://{where}", f"wss://{where}", "data:", "blob:")
        assert [url for url in ann.asked if not url.startswith(ours)] == []
        assert ann.said() == []


@pytest.mark.thorough
@pytest.mark.browser
def test_when_a_server_ends_its_visitors_come_back_on_the_other(
    room: Room, chromium: Browser
) -> None:
    with visit(room, chromium) as ann:
        ann.write("Somebody who listens")
        mine = room.of(ann.kernel)
        other = room.elsewhere(mine)
        before = other.kernels()
        ann.field.fill("Somebody who listens, and asks")  # and is not left: not saved yet
        mine.stop(ENDS[room.front.kind])
        try:
            without_pauses(ann.page, lambda: other.kernels() > before)
            expect(ann.field).to_have_value("Somebody who listens, and asks", timeout=60_000)
            ann.write("Somebody who goes on")
            assert "line.ended" in ann.said()
            assert room.of(ann.kernel) is other
        finally:
            mine.start()


@pytest.mark.browser
def test_a_proxy_that_starts_anew_is_waited_for(room: Room, chromium: Browser) -> None:
    room.front.stop()  # what it remembers of servers that were away would be gone afterwards
    room.front.start()
    with visit(room, chromium) as ann:
        ann.write("Somebody who listens")
        before = ann.kernel
        room.front.stop()
        expect(ann.page.locator("#enishi-line [data-say='line.cut']")).to_be_visible()
        ann.field.fill("Somebody who waits")
        room.front.start()
        without_pauses(ann.page, ann.page.locator("#enishi-line").is_hidden)
        ann.write("Somebody who waited")
        assert ann.kernel == before
        assert "line.ended" not in ann.said()


# -- who comes where ----------------------------------------------------------------------------


def test_each_stays_with_one_server_and_both_have_visitors(room: Room) -> None:
    homes = set()
    for number in range(MANY):
        with room.client(f"Sample {number}") as client:
            kernel = kernel_of(client.get("/voila/render/01-who.ipynb").text)
            for _ in range(3):
                assert client.get(f"/api/kernels/{kernel}").status_code == 200
            homes.add(room.of(kernel).port)
            form = {"_xsrf": client.cookies["_xsrf"]}
            gone = client.post(f"/voila/api/shutdown/{kernel}", data=form)
            assert gone.status_code == 204
        if len(homes) == 2:
            return
    raise AssertionError("One server had no visitor at all.")


def test_a_kernel_answers_its_own_person_alone(room: Room) -> None:
    def connect(kernel: str, cookie: str) -> Any:
        return create_connection(
            f"wss://127.0.0.1:{room.front.port}{BASE}/api/kernels/{kernel}/channels?session_id=x",
            cookie=cookie,
            host=f"{NAME}:{room.front.port}",
            origin=f"https://{NAME}:{room.front.port}",
            sslopt={"ca_certs": str(room.front.certificate.file), "server_hostname": NAME},
            timeout=30,
        )

    seen = set()
    with room.client() as ann:
        kernel = kernel_of(ann.get("/voila/render/01-who.ipynb").text)
        connect(kernel, cookie_of(ann)).close()
        for number in range(MANY):
            with room.client(f"Sample {number}") as ben:
                seen.add(ben.get(f"/api/kernels/{kernel}").status_code)
                assert seen <= {403, 404}  # 404: their server knows nothing of it
                with pytest.raises(WebSocketBadStatusException, match=r"403|404"):
                    connect(kernel, cookie_of(ben))
                form = {"_xsrf": ben.cookies["_xsrf"]}
                assert ben.post(f"/voila/api/shutdown/{kernel}", data=form).status_code in seen
            if 403 in seen:
                break
        assert 403 in seen
        assert ann.get(f"/api/kernels/{kernel}").status_code == 200


# -- what gets through --------------------------------------------------------------------------


def test_what_a_visitor_says_of_themselves_changes_nothing(room: Room) -> None:
    with room.front.client(headers=SPOOFED) as client:
        door = client.get("/")
        assert door.headers["location"].startswith(f"{BASE}/login?next=")
        id, key = room.invite("Sample Ann")
        entered = enter(client, key)
        assert entered.headers["location"] == BASE + "/"
        [cookie] = [
            each for each in entered.headers.get_list("set-cookie") if "enishi_person" in each
        ]
        assert "Secure" in cookie and f"Path={BASE}/" in cookie and "Domain" not in cookie
        assert here(client.get("/voila/render/01-who.ipynb")) == id
        assert client.get("/metrics").status_code == 404


def test_a_foreign_name_is_refused(room: Room) -> None:
    def reached() -> int:
        return sum(made(each).count("GET /enishi/login") for each in room.replicas)

    with room.front.client() as client:
        before = reached()
        for name in ("evil.example", "localhost", "127.0.0.1", f"evil.example:{room.front.port}"):
            refused = client.get("/login", headers={"Host": name})
            assert refused.status_code == 421 or refused.text == ""
            assert "location" not in refused.headers
        assert crumb(client.get("/login"))
        wait_until(lambda: reached() > before)
        assert reached() == before + 1


def test_the_metrics_are_for_those_inside(room: Room) -> None:
    with room.client() as client:
        for path in ("/metrics", "/metrics/", "//metrics", "/%6Detrics", "/x/../metrics"):
            assert "enishi_kernels" not in client.get(room.front.address[:-1] + path).text
    assert "enishi_kernels_most" in room.replicas[0].ask("/metrics").text


def test_whoever_comes_without_encryption_is_sent_to_https(room: Room) -> None:
    url = f"http://127.0.0.1:{room.front.plain}{BASE}/login?next=x"
    moved = httpx.get(url, headers={"Host": NAME})
    assert moved.status_code in (301, 308)
    assert re.fullmatch(rf"https://{NAME}(:\d+)?{BASE}/login\?next=x", moved.headers["location"])
    with room.front.client() as client:
        assert "max-age" in client.get("/login").headers["strict-transport-security"]


def test_a_page_comes_piece_by_piece_compressed_once(room: Room, room_folder: Path) -> None:
    go = room_folder / "go"
    go.unlink(missing_ok=True)
    with (
        room.client() as client,
        client.stream("GET", "/voila/render/03-slow.ipynb") as page,
    ):
        assert page.headers["content-encoding"] == "gzip"
        seen = ""
        for piece in page.iter_text():
            seen += piece
            if "the first cell" in seen and not go.exists():
                assert "the last cell" not in seen
                go.touch()
        assert "the last cell" in seen
    with room.client() as client:
        path = "/voila/templates/enishi/static/kernel_client.js"
        with client.stream("GET", path) as script:
            assert script.headers.get_list("content-encoding") == ["gzip"]
            assert gzip.decompress(b"".join(script.iter_raw())).startswith(b"//")
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers


def test_a_form_that_is_too_large_is_refused_and_nobody_else_notices(room: Room) -> None:
    with room.client() as ann, room.client("Sample Ben") as ben:
        kernel = kernel_of(ann.get("/voila/render/01-who.ipynb").text)
        for client in (ann, ben):
            for _ in range(4):
                refused = client.post("/login", data={"key": "x" * 300_000})
                assert refused.status_code in (400, 413, 503)  # by the front, or by whoever it asks
        assert ann.get(f"/api/kernels/{kernel}").status_code == 200
        assert all("x" * 100 not in made(each) for each in room.replicas)


def test_a_key_is_written_down_nowhere(room: Room) -> None:
    with room.client() as client:
        client.get("/voila/render/01-who.ipynb")
        said = room.front.said()
        assert client.cookies["enishi_person"] not in said
        assert "01-who" not in said


# -- at an address without a path ---------------------------------------------------------------


@pytest.mark.thorough
@pytest.mark.browser
def test_where_the_path_allows_no_site_beside_ours_can_set_a_cookie_of_ours(
    tmp_path: Path, chromium: Browser
) -> None:
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    shutil.copy(shared("workbooks") / "02-goal.ipynb", workbooks)
    port = free_port()
    server = Replica(tmp_path / "one", workbooks, f"https://{NAME}:{port}/")
    front = Front("nginx", tmp_path / "nginx", [server.port] * 2, port, base="")
    with running(server, front):
        engine = open_database(in_file(tmp_path / "one" / "data" / BOOK))
        room = Room(front, [server], engine)
        with visit(room, chromium) as ann:
            cookies = {each["name"]: each for each in ann.context.cookies()}
            ours = {"__Host-_xsrf", "__Host-enishi_person"}
            assert set(cookies) - {"enishi-language", "enishi-zone"} == ours
            planted = [
                {"name": name, "value": "planted", "domain": f".{NAME}", "path": "/"}
                for name in ("_xsrf", "enishi_person")
            ]
            ann.context.add_cookies(planted)  # type: ignore[arg-type]
            ann.page.reload()
            ann.write("Somebody who listens")
            ann.page.goto(f"{front.address}login")
            wait_until(lambda: server.kernels() == 0)  # the page took leave, by its own crumb
            ann.page.get_by_role("button", name="Leave").click()
            expect(ann.page.locator("#typed")).to_be_visible()
            left = {each["name"] for each in ann.context.cookies()}
            assert "__Host-enishi_person" not in left
        engine.dispose()


def test_nginx_knows_a_browser_by_its_cookie_under_either_name(tmp_path: Path) -> None:
    def named(name: bytes) -> type[BaseHTTPRequestHandler]:
        class Named(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(name)))
                self.end_headers()
                self.wfile.write(name)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Named

    with ExitStack() as stack:
        servers = [
            stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), named(each)))
            for each in (b"one", b"two")
        ]
        for each in servers:
            Thread(target=each.serve_forever, daemon=True).start()
            stack.callback(each.shutdown)
        front = Front("nginx", tmp_path / "nginx", [each.server_port for each in servers])
        stack.enter_context(running(front))
        client = stack.enter_context(front.client())
        for name in ("enishi_person", "__Host-enishi_person"):
            homes = set()
            for number in range(MANY):
                cookies = {"Cookie": f"enishi-language=ja; {name}={number}; _xsrf=x"}
                home = {client.get("/", headers=cookies).text for _ in range(2)}
                assert len(home) == 1
                homes |= home
            assert homes == {"one", "two"}


# -- several machines ---------------------------------------------------------------------------

KEEPER = """
import os
from pathlib import Path
from enishi.book import open_book
account = open_book().engine.url.username
environments = [Path(f"/proc/{pid}/environ").read_text() for pid in ("self", os.getppid())]
found = [each for each in (*environments, *os.environ) if "KEEPER" in each]
print("here is", f"{account},{'known' if found else 'unknown'}")
"""
"""Tells with which account a page opens its book, and whether it could know the keeper's."""


@pytest.mark.thorough
def test_servers_on_several_machines_need_one_database_and_one_secret(
    tmp_path: Path, postgresql: PostgreSQL
) -> None:
    workbooks = tmp_path / "workbooks"
    workbooks.mkdir()
    write_notebook(workbooks / "01-who.ipynb", WHO)
    write_notebook(workbooks / "02-keeper.ipynb", KEEPER)
    with postgresql.database() as url:
        books = both_accounts(url)
        port = free_port()
        address = f"https://{NAME}:{port}{BASE}/"
        first, second = (
            Replica(tmp_path / each, workbooks, address, **books) for each in ("one", "two")
        )
        front = Front("nginx", tmp_path / "nginx", [first.port, second.port], port)
        with running(first, front):
            secret = tmp_path / "one" / "data" / "cookie-secret"
            (tmp_path / "two" / "data").mkdir(parents=True, mode=0o700)
            shutil.copy(secret, tmp_path / "two" / "data")
            engine = open_database(url)
            room = Room(front, [first, second], engine)
            with running(second), room.client() as ann:
                page = ann.get("/voila/render/01-who.ipynb")
                mine = room.of(kernel_of(page.text))
                mine.stop()
                again = ann.get("/voila/render/01-who.ipynb")
                assert here(again) == here(page)
                assert kernel_of(again.text) in made(room.elsewhere(mine))
                assert here(ann.get("/voila/render/02-keeper.ipynb")) == "enishi_pages,unknown"
            engine.dispose()
