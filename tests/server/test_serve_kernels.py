"""Kernels: what a browser may say to them, what they are told, when they go."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from websocket import WebSocketBadStatusException

from enishi.serve.kernel_env import kernel_environment
from enishi.serve.kernels.manager import BundledKernelSpecs
from kernel_lines import PAGE, connect, cookie_of, message, replies_until
from serving import (
    COUNTER,
    ENISHI,
    Serving,
    kernel_of,
    prevent_forks,
    serving,
    wait_until,
    write_notebook,
)

pytest_plugins = ["server_fixtures"]


def test_a_browser_cannot_run_code_nor_look_around(server: Serving, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    code = f"open({str(trace)!r}, 'w').close()"
    forbidden: dict[str, dict[str, Any]] = {
        "execute_request": {"code": code, "silent": False, "store_history": False},
        "complete_request": {"code": "imp", "cursor_pos": 3},
        "inspect_request": {"code": "print", "cursor_pos": 5, "detail_level": 1},
        "history_request": {"hist_access_type": "tail", "n": 10, "output": True, "raw": True},
        "is_complete_request": {"code": "1"},
        "debug_request": {"seq": 1, "type": "request", "command": "initialize", "arguments": {}},
        "interrupt_request": {},
        "create_subshell_request": {},
    }
    with server.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        with closing(connect(server, kernel_id, cookie_of(client))) as line:
            for kind, content in forbidden.items():
                for channel in ("shell", "control"):
                    line.send(message(kind, channel, **content))
            line.send(message("kernel_info_request"))
            seen = replies_until(line, "kernel_info_reply")
            line.send(message("comm_info_request", target_name="jupyter.widget"))
            seen |= replies_until(line, "comm_info_reply")
    answered = {kind.replace("_request", "_reply") for kind in forbidden}
    assert not seen & answered
    assert not trace.exists()


def test_a_kernel_answers_only_whoever_was_let_in(server: Serving) -> None:
    with server.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        with pytest.raises(WebSocketBadStatusException, match="403"):
            connect(server, kernel_id, cookie="")
        for origin in ("http://evil.example", "http://localhost:1"):
            with pytest.raises(WebSocketBadStatusException, match="403"):
                connect(server, kernel_id, cookie_of(client), origin=origin)
        with pytest.raises(WebSocketBadStatusException, match="403"):
            connect(server, kernel_id, cookie_of(client), host="evil.example")
    path = f"/api/kernels/{kernel_id}"
    assert httpx.get(server.root + path).status_code in (302, 403)
    ours = {"Origin": server.root}
    assert httpx.delete(server.root + path, headers=ours).status_code == 403
    goodbye = f"{server.root}/voila/api/shutdown/{kernel_id}"
    assert httpx.post(goodbye, headers=ours).status_code == 403


def test_a_kernel_is_not_ended_from_another_site(server: Serving) -> None:
    with server.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        assert client.post(f"/voila/api/shutdown/{kernel_id}").status_code == 403
        crumb = client.cookies["_xsrf"]
        ended = client.post(f"/voila/api/shutdown/{kernel_id}", data={"_xsrf": crumb})
        assert ended.status_code == 204


def test_a_failing_cell_ends_the_page_in_kind_words(server: Serving) -> None:
    with server.client() as client:
        page = client.get("/voila/render/02-broken.ipynb").text
    assert "この先を表示できませんでした。" in page
    assert "The rest of this page could not be shown." in page
    for told in ("the-secret", "Error", "Traceback", "show_tracebacks", "len("):
        assert told not in page.split("<main")[1]
    assert page.rstrip().endswith("</html>")


def test_authors_notes_and_code_stay_out_of_the_page(server: Serving) -> None:
    with server.client() as client:
        page = client.get(PAGE).text
    assert "a note for authors" not in page
    assert "traitlets" not in page


def test_a_kernel_that_cannot_start_is_told_in_kind_words(
    tmp_path: Path, small_workbooks: Path
) -> None:
    sick = tmp_path / "sick"
    sick.mkdir()
    (sick / "sitecustomize.py").write_text(
        "import os, sys\n"
        "asked = ' '.join(sys.orig_argv)\n"
        "if 'ipykernel_launcher' in asked or 'enishi.serve.fork' in asked: os._exit(3)\n"
    )
    with (
        serving(tmp_path / "data", small_workbooks, PYTHONPATH=str(sick)) as server,
        server.client() as client,
    ):
        page = client.get(PAGE)
        assert "ページを作る途中で問題が起きました。" in page.text
        assert "Something went wrong while the page was being made." in page.text
        assert "RuntimeError" not in page.text
        wait_until(lambda: server.kernels() == 0)


def test_a_kernel_is_told_what_it_needs_and_no_secret(tmp_path: Path) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    write_notebook(folder / "01-start.ipynb", "import os\nprint(sorted(os.environ.items()))")
    signs = "the-secret-of-the-cookies-" * 2
    environment = {
        "BANK_PASSWORD": "the-secret",
        "JUPYTER_TOKEN": "the-token",
        "ENISHI_COOKIE_SECRET": signs,
    }
    with (
        serving(tmp_path / "data", folder, **environment) as server,
        server.client() as client,
    ):
        page = client.get(PAGE, headers={"Accept-Language": "en-GB", "X-Enishi": "mine"}).text
    assert "the-secret" not in page
    assert "the-token" not in page
    assert server.token not in page
    assert "VOILA_REQUEST_URL" not in page
    assert "X_ENISHI" not in page
    assert "HTTP_ACCEPT_LANGUAGE" in page
    assert "en-GB" in page
    assert "ENISHI_DATA" in page
    assert not (tmp_path / "data" / "cookie-secret").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_what_another_process_of_the_same_user_could_read_of_the_server_is_closed(
    tmp_path: Path, small_workbooks: Path
) -> None:
    secret = {"ENISHI_COOKIE_SECRET": "x" * 40}
    with serving(tmp_path / "data", small_workbooks, **secret) as server:
        owner = os.stat(f"/proc/{server.process.pid}/environ").st_uid
    assert owner == 0  # root's, whoever the server runs as


def test_the_environment_is_chosen_by_name() -> None:
    kept = {"PATH": "/bin", "LC_ALL": "ja_JP.UTF-8", "ENISHI_DATA": "/d", "SystemRoot": "C:"}
    dropped = {"AWS_SECRET_ACCESS_KEY": "x", "JUPYTER_TOKEN": "x", "MY_PATH": "x", "GH_TOKEN": "x"}
    assert kernel_environment(kept | dropped) == kept


def test_when_every_seat_is_taken_the_page_says_so_and_comes_back(
    tmp_path: Path, small_workbooks: Path
) -> None:
    options = ("--no-browser", "--port", "0", "--pages", "1")
    with (
        serving(tmp_path / "data", small_workbooks, *options) as server,
        server.client() as client,
    ):
        assert client.get(PAGE).status_code == 200
        full = client.get(PAGE)
        assert full.status_code == 503
        assert "いま席がいっぱいです" in full.text
        assert "Every seat is taken" not in full.text.split("<h1>")[1].split("</h1>")[0]
        assert 4 <= int(full.headers["retry-after"]) == int(full.headers["refresh"]) <= 12
        assert server.kernels() == 1


def connection_files(server: Serving) -> list[str]:
    """Return what lies in the folder of the kernels' sockets."""
    found = re.search(r"Storing connection files in (\S+)\.\n", server.log.read_text())
    assert found
    return os.listdir(found[1])


@pytest.mark.thorough
def test_a_kernel_whose_page_never_connected_goes_after_a_while(
    tmp_path: Path, small_workbooks: Path
) -> None:
    options = ("--no-browser", "--port", "0", "--verbose", "--patience", "6")
    with (
        serving(tmp_path / "data", small_workbooks, *options) as server,
        server.client() as client,
    ):
        kept = kernel_of(client.get(PAGE).text)
        with closing(connect(server, kept, cookie_of(client))):
            client.get(PAGE)
            assert server.kernels() == 2
            wait_until(lambda: server.kernels() == 1)
            assert client.get(f"/api/kernels/{kept}").status_code == 200
        wait_until(lambda: server.kernels() == 0)
        assert connection_files(server) == []


def test_a_killed_kernel_is_said_to_be_dead_and_leaves_nothing_behind(
    private_server: Serving,
) -> None:
    with private_server.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        with closing(connect(private_server, kernel_id, cookie_of(client))) as line:
            line.send(message("kernel_info_request"))
            replies_until(line, "kernel_info_reply")
            private_server.kernel_process().kill()
            states = []
            while "dead" not in states:
                heard = json.loads(line.recv())
                states.append(heard["content"].get("execution_state"))
        assert client.get(f"/api/kernels/{kernel_id}").status_code == 404
        assert private_server.kernel_processes() == []
        wait_until(lambda: connection_files(private_server) == [])


def test_a_page_whose_kernel_died_before_it_connects_is_not_kept_waiting(
    private_server: Serving,
) -> None:
    with private_server.client() as client:
        kernel_id = kernel_of(client.get(PAGE).text)
        private_server.kernel_process().kill()
        try:
            with closing(connect(private_server, kernel_id, cookie_of(client))) as line:
                while json.loads(line.recv())["content"].get("execution_state") != "dead":
                    pass
        except WebSocketBadStatusException as refusal:  # the server has noticed it already
            assert refusal.status_code == 404


@pytest.mark.thorough
def test_pages_need_not_fit_into_the_descriptors_that_a_program_is_given(
    tmp_path: Path, small_workbooks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = ["sh", "-c", 'ulimit -S -n 64 && exec "$0" "$@"', *ENISHI]
    monkeypatch.setattr("serving.ENISHI", few)
    with (
        serving(tmp_path / "data", small_workbooks) as server,
        server.client() as client,
        ExitStack() as lines,
    ):
        for _ in range(6):
            kernel_id = kernel_of(client.get(PAGE).text)
            line = connect(server, kernel_id, cookie_of(client))
            lines.enter_context(closing(line))
            line.send(message("kernel_info_request"))
            replies_until(line, "kernel_info_reply")
        assert server.kernels() == 6


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux limits another process.")
@pytest.mark.parametrize("forked", [True, False])
def test_a_page_that_wants_all_memory_fails_alone(tmp_path: Path, forked: bool) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    write_notebook(folder / "01-start.ipynb", COUNTER)
    greedy = "held = []\nwhile True:\n    held.append(bytearray(64 << 20))"  # never touched
    write_notebook(folder / "02-greedy.ipynb", "print('before')", greedy, "print('not-reached')")
    if not forked:
        prevent_forks(tmp_path)
    with (
        serving(tmp_path / "data", folder, PYTHONPATH=str(tmp_path)) as server,
        server.client() as client,
    ):
        other = kernel_of(client.get(PAGE).text)
        page = client.get("/voila/render/02-greedy.ipynb").text
        assert "before" in page and "not-reached" not in page
        assert "The rest of this page could not be shown." in page
        assert "A page failed: MemoryError" in server.log.read_text()
        assert server.kernels() == 2
        with closing(connect(server, other, cookie_of(client))) as line:
            line.send(message("kernel_info_request"))
            replies_until(line, "kernel_info_reply")


def test_only_the_python_that_serves_is_a_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "kernels" / "python3"
    elsewhere.mkdir(parents=True)
    spec = {"argv": ["/elsewhere/python"], "display_name": "Elsewhere", "language": "python"}
    (elsewhere / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    specs = BundledKernelSpecs()
    assert sorted(specs.find_kernel_specs()) == ["enishi", "python3"]
    assert specs.get_kernel_spec("python3").argv[0] != "/elsewhere/python"
