"""Who is who on a server for many: what lets somebody in, and what makes nobody somebody else."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from tornado.web import create_signed_value

from enishi.book import accounts
from enishi.identity import FACILITATOR
from enishi.serve.kernels.manager import PageKernelManager
from hosting import Host, crumb, enter, hosting, ours, write_workbooks
from raw_requests import CLOSED, raw
from serving import kernel_of, serving, wait_until

PAGE = "/voila/render/01-start.ipynb"
ROOM = "/voila/render/06-room.ipynb"
COOKIE = "enishi_person"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """One server for all tests that leave it as they found it."""
    folder = tmp_path_factory.mktemp("host")
    with hosting(folder / "data", write_workbooks(folder / "workbooks")) as running:
        yield running


def here(page: httpx.Response) -> str:
    """Return what the page says of who is here."""
    found = re.search(r"here is ([^\n<]+)", page.text)
    return found[1] if found else page.text


def leave(client: httpx.Client) -> None:
    """Leave, and see that it was done."""
    form = {"_xsrf": client.cookies["_xsrf"]}
    client.post("/logout", data=form, headers=ours(client))
    assert COOKIE not in client.cookies


def test_each_sees_their_own_book_alone(host: Host) -> None:
    ann, ben = host.invite("Sample Ann"), host.invite("見本 次郎", FACILITATOR)
    with ann.client() as one, ben.client() as other:
        assert here(one.get(PAGE)) == f"{ann.id} participant with {ann.id}"
        assert here(other.get(PAGE)) == f"{ben.id} facilitator with {ben.id}"


def test_the_page_says_whose_book_it_is_and_where_to_leave_it(host: Host) -> None:
    with host.invite("<b>見本</b> 三郎").client() as client:
        page = client.get(PAGE).text
        assert "&lt;b&gt;見本&lt;/b&gt; 三郎" in page
        assert "<b>見本" not in page
        assert 'href="/login"' in page
        assert "&lt;b&gt;見本&lt;/b&gt; 三郎" in client.get("/login").text


def test_looking_at_an_address_lets_nobody_in(host: Host) -> None:
    ann = host.invite("Sample Ann")
    for query in ({}, {"key": ann.key}, {"token": ann.key}):
        with httpx.Client(base_url=host.server.base) as client:
            assert client.get("/login", params=query).status_code == 200
            assert COOKIE not in client.cookies
            assert client.get(PAGE).headers["location"].startswith("/login?next=")


def test_a_form_from_another_site_lets_nobody_in(host: Host) -> None:
    ann = host.invite("Sample Ann")
    with httpx.Client(base_url=host.server.base) as client:
        bare = client.post("/login", data={"key": ann.key}, headers=ours(client))
        assert bare.status_code == 403
        form = {"key": ann.key, "_xsrf": crumb(client.get("/login"))}
        for headers in foreign(host):
            assert client.post("/login", data=form, headers=headers).status_code == 403
            assert COOKIE not in client.cookies
        assert client.post("/login", data=form, headers=ours(client)).status_code == 302


def foreign(host: Host) -> list[dict[str, str]]:
    """Return what a browser says of a request that a page of another site sends."""
    own = host.server.root
    return [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": own.replace("127.0.0.1", "evil.127.0.0.1")},
        {"Origin": own.rpartition(":")[0]},
        {"Origin": own, "Sec-Fetch-Site": "same-site"},
        {"Origin": own, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ]


def test_a_site_beside_ours_that_plants_a_cookie_makes_nobody_enter_leave_or_lose_a_page(
    host: Host,
) -> None:
    planted = {"_xsrf": "2|aaaaaaaa|bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb|1700000000"}
    with host.invite("Sample Ann").client() as client:
        kernel = kernel_of(client.get(PAGE).text)
        client.cookies.set("_xsrf", planted["_xsrf"], "127.0.0.1", "/")
        client.headers.pop("Origin")
        form = planted | {"key": host.invite("見本 次郎").key, "last": "[]"}
        for headers in foreign(host):
            for path in ("/login", "/logout", f"/voila/api/shutdown/{kernel}"):
                assert client.post(path, data=form, headers=headers).status_code == 403
            crumb = {"X-XSRFToken": planted["_xsrf"]}
            kernels = f"/api/kernels/{kernel}"
            assert client.delete(kernels, headers=headers | crumb).status_code == 403
        assert client.get("/").headers["location"] == PAGE
        assert client.get(f"/api/kernels/{kernel}").status_code == 200


def test_whoever_enters_comes_to_the_page_they_asked_for_and_nowhere_else(host: Host) -> None:
    key = host.invite("Sample Ann").key
    for asked, opened in (
        (ROOM, ROOM),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/%5Cevil.example"),
    ):
        with httpx.Client(base_url=host.server.base) as client:
            assert enter(client, key, next=asked).headers["location"] == opened


@pytest.mark.parametrize("key", ["", "guessed", "x" * 5000, "' OR 1=1 --", "見本", "\x00"])
def test_a_wrong_key_opens_nothing_and_is_said_in_a_sentence(host: Host, key: str) -> None:
    with httpx.Client(base_url=host.server.base, timeout=30) as client:
        refused = enter(client, key)
        assert refused.status_code == 403
        assert "This address did not let you in." in refused.text
        assert "このアドレスでは入れませんでした。" in refused.text
        assert COOKIE not in client.cookies


def test_the_whole_address_may_be_pasted(host: Host) -> None:
    with httpx.Client(base_url=host.server.base) as client:
        assert enter(client, f" {host.invite('Sample Ann').address} ").status_code == 302


def test_a_key_is_in_no_log_and_no_address(host: Host) -> None:
    ann = host.invite("Sample Ann")
    assert urlsplit(ann.address).fragment == ann.key
    with ann.client() as client:
        client.get(PAGE)
    log = host.server.log.read_text()
    assert "POST /login" in log
    assert ann.key not in log
    assert "Sample Ann" not in log


def test_the_cookie_is_out_of_reach_of_scripts_and_ends(host: Host) -> None:
    ann = host.invite("Sample Ann")
    with httpx.Client(base_url=host.server.base) as client:
        cookies = enter(client, ann.key).headers.get_list("set-cookie")
    [cookie] = [each for each in cookies if each.startswith(COOKIE)]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "expires="):
        assert part in cookie
    assert "Secure" not in cookie  # this server is asked by plain http


FORGED = {
    "nothing": lambda secret, ann: "",
    "plain": lambda secret, ann: ann.id,
    "foreign": lambda secret, ann: signed(b"x" * 48, COOKIE, ann),
    "another name": lambda secret, ann: signed(secret, "enishi-8866", ann),
    "too old": lambda secret, ann: signed(secret, COOKIE, ann, days=31),
    "another session": lambda secret, ann: signed(secret, COOKIE, ann._replace(number="0")),
    "another person's": lambda secret, ann: signed(secret, COOKIE, ann._replace(id="0")),
    "no session": lambda secret, ann: create_signed_value(secret, COOKIE, ann.id).decode(),
    "one person's": lambda secret, ann: create_signed_value(secret, COOKIE, "me").decode(),
    "tampered": lambda secret, ann: signed(secret, COOKIE, ann)[:-1] + "x",
    "cut off": lambda secret, ann: signed(secret, COOKIE, ann)[:20],
}


class Session(NamedTuple):
    """What a browser was let in by."""

    id: str
    number: str


def signed(secret: bytes, name: str, session: Session, days: float = 0) -> str:
    """Sign a cookie as the server does, so many days ago."""
    at = time.time() - days * 86400
    value = create_signed_value(secret, name, " ".join(session), clock=lambda: at)
    return value.decode()


def test_only_a_cookie_we_signed_is_believed(host: Host) -> None:
    secret = (host.server.log.parent / "data" / "cookie-secret").read_bytes()
    guest = host.invite("Sample Ann")
    found = accounts.begin_session(host.engine, guest.key)
    assert found
    ann = Session(guest.id, found[1])

    def answer(cookie: str) -> httpx.Response:
        url = host.server.base + "/"
        return httpx.get(url, headers={"Cookie": f"{COOKIE}={cookie}"}, follow_redirects=False)

    assert "01-start" in answer(signed(secret, COOKIE, ann)).headers["location"]
    assert "01-start" in answer(signed(secret, COOKIE, ann, days=29)).headers["location"]
    for forge in FORGED.values():
        assert answer(forge(secret, ann)).headers["location"].startswith("/login")


def test_nothing_a_request_carries_makes_somebody_another_person(host: Host) -> None:
    ann, ben = host.invite("Sample Ann"), host.invite("見本 次郎", FACILITATOR)
    names = (
        *("ENISHI_PERSON", "Enishi-Person", "X-Enishi-Person", "HTTP-ENISHI-PERSON"),
        *("Remote-User", "X-Remote-User", "X-Forwarded-User", "X-WB-User", "Authorization"),
    )
    headers = {name: ben.id for name in names} | {"ENISHI_ROLE": "facilitator"}
    query = {name: ben.id for name in ("ENISHI_PERSON", "person", "user", "owner", "token")}
    with ann.client() as client:
        own = f"{ann.id} participant with {ann.id}"
        assert here(client.get(PAGE, headers=headers)) == own
        page = client.get(PAGE, params=query, headers=headers, follow_redirects=True)
        assert here(page) == own
        for name in ("ENISHI_PERSON", "enishi-language", "person"):
            client.cookies.set(name, ben.id)
        assert here(client.get(PAGE)) == own
        assert client.get(ROOM, headers=headers, params=query).status_code in (302, 403)
        assert client.get(ROOM, headers=headers).status_code == 403


def test_a_notebook_for_facilitators_opens_for_them_alone(host: Host) -> None:
    with host.invite("Sample Ann").client() as client:
        before = host.server.kernels()
        for path in (ROOM, "/voila/render/07-typo.ipynb"):
            refused = client.get(path)
            assert refused.status_code == 403
            assert "This page cannot be opened from here just now." in refused.text
            assert "here is" not in refused.text
        assert host.server.kernels() == before
    with host.invite("見本 次郎", FACILITATOR).client() as client:
        assert "facilitator" in here(client.get(ROOM))


def test_whoever_is_dismissed_is_turned_away_and_told(host: Host) -> None:
    ann = host.invite("Sample Ann")
    with ann.client() as client:
        assert client.get("/").headers["location"] == PAGE
        accounts.dismiss(host.engine, ann.id)
        wait_until(lambda: client.get("/").headers["location"] != PAGE)
        door = client.get(PAGE, follow_redirects=True)
        assert door.status_code == 403
        assert "Your access to this workbook has ended." in door.text
        assert enter(client, ann.key).status_code == 403


def test_a_new_key_lets_in_and_the_old_one_and_its_cookie_do_not(host: Host) -> None:
    ann = host.invite("Sample Ann")
    with ann.client() as client:
        _, key = accounts.renew(host.engine, ann.id)
        wait_until(lambda: client.get("/").headers["location"] != PAGE)
        assert enter(client, ann.key).status_code == 403
        assert enter(client, key).status_code == 302
        assert here(client.get(PAGE)).endswith(ann.id)


def test_an_end_that_has_come_lets_nobody_in(host: Host) -> None:
    with httpx.Client(base_url=host.server.base) as client:
        assert enter(client, host.invite("Sample Ann", "participant", 1).key).status_code == 302
        assert enter(client, host.invite("Sample Ben", "participant", -1).key).status_code == 403


def test_whoever_leaves_has_left_on_every_tab_and_with_that_browser_alone(host: Host) -> None:
    ann = host.invite("Sample Ann")
    with ann.client() as client, ann.client() as elsewhere:
        client.get(PAGE)
        kept = kernel_of(elsewhere.get(PAGE).text)
        kernels = host.server.kernels()
        stolen = client.cookies[COOKIE]
        assert client.get("/logout").headers["location"] == "/login"
        assert COOKIE in client.cookies  # a link makes nobody leave
        assert client.post("/logout").status_code == 403
        leave(client)
        assert client.get(PAGE).headers["location"].startswith("/login")
        client.cookies.set(COOKIE, stolen, "127.0.0.1", "/")  # what was left in the browser
        door = client.get(PAGE, follow_redirects=True)
        assert "here is" not in door.text and "Sample Ann" not in door.text
        assert "has ended" not in door.text  # she may enter again
        wait_until(lambda: host.server.kernels() == kernels - 1)
        assert elsewhere.get(f"/api/kernels/{kept}").status_code == 200
        assert here(elsewhere.get(PAGE)).endswith(ann.id)


def test_a_browser_that_has_left_stays_out_when_the_server_starts_anew(tmp_path: Path) -> None:
    folder = write_workbooks(tmp_path / "workbooks")
    with hosting(tmp_path / "data", folder) as host:
        ann = host.invite("Sample Ann")
        with ann.client() as client, ann.client() as elsewhere:
            client.get(PAGE)
            left, kept = client.cookies[COOKIE], elsewhere.cookies[COOKIE]
            leave(client)
    with hosting(tmp_path / "data", folder) as host:
        for cookie, leads in ((left, "/login"), (kept, PAGE)):
            with httpx.Client(base_url=host.server.base, cookies={COOKIE: cookie}) as client:
                assert client.get("/").headers["location"].startswith(leads)


def test_nothing_that_was_seen_stays_in_a_browser(host: Host) -> None:
    with host.invite("Sample Ann").client() as client:
        kernel = kernel_of(client.get(PAGE).text)
        seen = (
            *("/", PAGE, "/login", "/logout", "/nothing", ROOM, "/healthz"),
            *("/voila/render/99-x.ipynb", f"/api/kernels/{kernel}"),
        )
        for path in seen:
            assert client.get(path).headers["cache-control"] == "no-store", path
        form = {"_xsrf": client.cookies["_xsrf"]}
        for path in (f"/voila/api/shutdown/{kernel}", "/logout"):
            gone = client.post(path, data=form)
            assert gone.headers["cache-control"] == "no-store"
        assert gone.headers["clear-site-data"] == '"cache", "storage"'
        assert set(client.cookies) == set()


def test_a_cookie_of_the_time_before_sessions_asks_to_enter_again(host: Host) -> None:
    secret = (host.server.log.parent / "data" / "cookie-secret").read_bytes()
    ann = host.invite("Sample Ann")
    old = signed(secret, COOKIE, Session(ann.id, accounts.hash_key(ann.key)[:16]))
    with httpx.Client(base_url=host.server.base, cookies={COOKIE: old}, timeout=30) as client:
        door = client.get(PAGE, follow_redirects=True)
        assert door.status_code == 200
        assert "has ended" not in door.text
        assert enter(client, ann.key).status_code == 302
        assert here(client.get(PAGE)).endswith(ann.id)


def test_whoever_enters_after_somebody_else_closes_what_they_left_open(host: Host) -> None:
    ann, ben = host.invite("Sample Ann"), host.invite("見本 次郎")
    with ann.client() as client:
        before = {process.pid for process in host.server.kernel_processes()}
        client.get(PAGE)
        mine = {process.pid for process in host.server.kernel_processes()} - before
        assert len(mine) == 1
        assert enter(client, ben.key).status_code == 302
        wait_until(lambda: not any(map(psutil.pid_exists, mine)), seconds=60)
        assert here(client.get(PAGE)).endswith(ben.id)


@pytest.mark.parametrize("key", ["theme", "template", "token", "voila-theme", "next"])
def test_what_the_address_says_is_not_written_into_a_page(host: Host, key: str) -> None:
    payload = 'x"><script>alert(1)</script>'
    with host.invite("Sample Ann").client() as client:
        for path in (PAGE, "/login", "/nothing", ROOM):
            answer = client.get(path, params={key: payload}, follow_redirects=True)
            assert "alert(1)" not in answer.text
    door = httpx.get(host.server.base + "/login", params={key: payload})
    assert "alert(1)" not in door.text


def test_nothing_but_the_pages_is_served(host: Host) -> None:
    with host.invite("Sample Ann").client() as client:
        for path in CLOSED:
            expected = 302 if path == "/logout" else 404
            assert raw(host.server, path, client.cookies) == expected


def test_what_a_server_for_many_starts_for_nobody_is_nobody_s(host: Host) -> None:
    started = psutil.Process(host.server.process.pid).children()
    zygotes = [each for each in started if "enishi.serve.fork.zygote" in each.cmdline()]
    assert [each.environ()["ENISHI_PERSON"] for each in zygotes] in ([""], [])  # [] without fork
    with pytest.raises(TypeError, match="owner"):
        asyncio.run(PageKernelManager().start_kernel())  # type: ignore[call-arg]  # which is the point


@pytest.mark.thorough
def test_one_person_s_own_server_is_theirs_whatever_it_was_started_in(tmp_path: Path) -> None:
    folder = write_workbooks(tmp_path / "workbooks")
    for person in ("", "somebody"):
        with (
            serving(tmp_path / "data", folder, ENISHI_PERSON=person, ENISHI_ROLE="x") as server,
            server.client() as client,
        ):
            assert here(client.get(PAGE)) == "me facilitator with me"
            assert "/login" not in client.get(PAGE).text  # there is nobody else to leave it to


@pytest.mark.thorough
def test_one_person_cannot_take_every_seat(tmp_path: Path) -> None:
    folder = write_workbooks(tmp_path / "workbooks")
    with (
        hosting(tmp_path / "data", folder, "--pages", "3", "--pages-each", "2") as host,
        host.invite("Sample Ann").client() as ann,
        host.invite("見本 次郎").client() as ben,
    ):
        assert [ann.get(PAGE).status_code for _ in range(3)] == [200, 200, 429]
        told = ann.get(PAGE)
        assert "おひとりで同時に開けるページの数に達しています。" in told.text
        assert 4 <= int(told.headers["refresh"]) <= 12
        assert [ben.get(PAGE).status_code for _ in range(2)] == [200, 503]
