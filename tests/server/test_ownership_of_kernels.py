"""A kernel belongs to the person whose page it makes: nobody else reaches it, by any way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from websocket import WebSocket, WebSocketBadStatusException, WebSocketException

from enishi.book import accounts
from hosting import Guest, Host, hosting, write_workbooks
from kernel_lines import connect, cookie_of, message, replies_until
from serving import COUNTER, kernel_of, wait_until

PAGE = "/voila/render/01-start.ipynb"
UNKNOWN = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """One server for all tests that leave it as they found it."""
    folder = tmp_path_factory.mktemp("host")
    workbooks = write_workbooks(folder / "workbooks", COUNTER)
    with hosting(folder / "data", workbooks, "--patience", "9") as running:
        yield running


@pytest.fixture
def ann(host: Host) -> Iterator[httpx.Client]:
    with host.invite("Sample Ann").client() as client:
        yield client


@pytest.fixture
def ben(host: Host) -> Iterator[httpx.Client]:
    with host.invite("見本 次郎", "facilitator").client() as client:
        client.get("/")
        yield client


def test_others_can_neither_see_nor_end_nor_take_leave_of_a_kernel(
    host: Host, ann: httpx.Client, ben: httpx.Client
) -> None:
    kernel = kernel_of(ann.get(PAGE).text)
    path, goodbye = f"/api/kernels/{kernel}", f"/voila/api/shutdown/{kernel}"
    form = {"_xsrf": ben.cookies["_xsrf"], "last": "[]"}
    assert ben.get(path).status_code == 403
    assert ben.delete(path, headers={"X-XSRFToken": form["_xsrf"]}).status_code == 403
    assert ben.post(goodbye, data=form).status_code == 403
    assert ann.get(path).status_code == 200
    assert ann.delete(path).status_code == 403  # without what only our own pages know
    assert ann.delete(path, headers={"X-XSRFToken": ann.cookies["_xsrf"]}).status_code == 204
    assert ann.get(path).status_code == 404


def test_others_cannot_connect_to_a_kernel(
    host: Host, ann: httpx.Client, ben: httpx.Client
) -> None:
    kernel = kernel_of(ann.get(PAGE).text)
    for cookie in (cookie_of(ben), "", "enishi_person=forged"):
        with pytest.raises(WebSocketBadStatusException, match="403"):
            connect(host.server, kernel, cookie)
    with closing(connect(host.server, kernel, cookie_of(ann))) as line:
        line.send(message("kernel_info_request"))
        assert "kernel_info_reply" in replies_until(line, "kernel_info_reply")


def test_last_words_of_another_person_are_not_heard(
    host: Host, ann: httpx.Client, ben: httpx.Client
) -> None:
    kernel = kernel_of(ann.get(PAGE).text)
    with closing(connect(host.server, kernel, cookie_of(ann))) as line:
        line.send(message("comm_info_request", target_name="jupyter.widget"))
        while (heard := json.loads(line.recv()))["header"]["msg_type"] != "comm_info_reply":
            pass
        counters = list(heard["content"]["comms"])
        words = [
            {"comm_id": id, "data": {"method": "custom", "content": {"do": "count"}}}
            for id in counters
        ]
        form = {"_xsrf": ben.cookies["_xsrf"], "last": json.dumps(words)}
        assert counters
        assert ben.post(f"/voila/api/shutdown/{kernel}", data=form).status_code == 403
        line.send(message("kernel_info_request"))
        assert "comm_msg" not in replies_until(line, "kernel_info_reply")


@pytest.mark.parametrize("id", [UNKNOWN, "a-b-c-d-e"])
def test_a_kernel_there_is_not_is_not_there_for_anybody(
    host: Host, ann: httpx.Client, id: str
) -> None:
    ann.get("/")
    form = {"_xsrf": ann.cookies["_xsrf"]}
    assert ann.get(f"/api/kernels/{id}").status_code == 404
    assert ann.delete(
        f"/api/kernels/{id}", headers={"X-XSRFToken": form["_xsrf"]}
    ).status_code == 404  # fmt: skip
    assert ann.post(f"/voila/api/shutdown/{id}", data=form).status_code == 404
    with pytest.raises(WebSocketBadStatusException, match="404"):
        connect(host.server, id, cookie_of(ann))


@pytest.mark.parametrize("path", ["", "/restart", "/interrupt", "?kernel_id=x", "/../.."])
def test_nobody_can_list_start_or_interrupt_kernels(
    host: Host, ann: httpx.Client, path: str
) -> None:
    kernel = kernel_of(ann.get(PAGE).text)
    headers = {"X-XSRFToken": ann.cookies["_xsrf"]}
    way = f"/api/kernels/{kernel}{path}" if path.startswith("/") else f"/api/kernels{path}"
    assert ann.post(way, headers=headers, json={"name": "python3"}).status_code in (404, 405)
    assert ann.get("/api/kernels").status_code == 404


def test_the_owner_too_can_only_speak_to_the_sheets(
    host: Host, ann: httpx.Client, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    forbidden: dict[str, dict[str, Any]] = {
        "execute_request": {"code": f"open({str(trace)!r}, 'w').close()", "silent": False},
        "complete_request": {"code": "imp", "cursor_pos": 3},
        "inspect_request": {"code": "print", "cursor_pos": 5, "detail_level": 1},
        "history_request": {"hist_access_type": "tail", "n": 10, "output": True, "raw": True},
        "debug_request": {"seq": 1, "type": "request", "command": "initialize", "arguments": {}},
        "interrupt_request": {},
        "input_reply": {"value": "1"},
    }
    kernel = kernel_of(ann.get(PAGE).text)
    with closing(connect(host.server, kernel, cookie_of(ann))) as line:
        for kind, content in forbidden.items():
            for channel in ("shell", "control", "stdin", "iopub"):
                line.send(message(kind, channel, **content))
        line.send(message("comm_info_request", target_name="jupyter.widget"))
        seen = replies_until(line, "comm_info_reply")
    assert not seen & {kind.replace("_request", "_reply") for kind in forbidden}
    assert not trace.exists()


def is_hung_up(line: WebSocket) -> bool:
    """Wait until the server hangs up; tell whether it has."""
    try:
        while line.recv():
            pass
    except (WebSocketException, OSError):
        pass
    finally:
        is_over = not line.connected
        line.shutdown()
    return is_over


def test_the_kernels_of_whoever_is_dismissed_end_and_their_pages_hear_it(host: Host) -> None:
    guest: Guest = host.invite("Sample Ann")
    before = host.server.kernels()
    with guest.client() as client:
        kernel = kernel_of(client.get(PAGE).text)
        with closing(connect(host.server, kernel, cookie_of(client))) as line:
            line.send(message("kernel_info_request"))
            replies_until(line, "kernel_info_reply")
            accounts.dismiss(host.engine, guest.id)
            assert is_hung_up(line)
        wait_until(lambda: host.server.kernels() <= before)
        # which the page hears, and opens again:
        assert client.get(f"/api/kernels/{kernel}").status_code == 403
        door = client.get(PAGE, follow_redirects=True)
        assert "Your access to this workbook has ended." in door.text


def test_whoever_has_a_new_key_loses_the_pages_opened_by_the_old_one(host: Host) -> None:
    guest = host.invite("Sample Ann")
    with guest.client() as client:
        kernel = kernel_of(client.get(PAGE).text)
        with closing(connect(host.server, kernel, cookie_of(client))) as line:
            accounts.renew(host.engine, guest.id)
            assert is_hung_up(line)
