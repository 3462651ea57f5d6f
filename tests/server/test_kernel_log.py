"""What goes wrong in a kernel reaches the server's log: where it was, no word of the person's."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from websocket import WebSocket

from kernel_lines import PAGE, connect, cookie_of, message
from serving import COUNTER, Serving, kernel_of, prevent_forks, serving, wait_until, write_notebook

pytest_plugins = ["server_fixtures"]

SECRET = "架空-花子-の秘密"
BRITTLE = '''
import logging
from widgets.base.sheet import Sheet, ShortText, command

class Brittle(Sheet):
    """Fails with what it was told."""

    name = "wish"

    @command
    def crack(self, text: ShortText):
        try:
            int(text)
        except ValueError as error:
            raise RuntimeError("it was " + text) from error
'''


@contextmanager
def a_page(place: Path, *cells: str, forked: bool = True) -> Iterator[tuple[Serving, WebSocket]]:
    """Serve a notebook of these cells, and give the server and the page's line to its kernel."""
    modules, folder = place / "modules", place / "workbooks"
    for each in (modules, folder):
        each.mkdir()
    (modules / "brittle.py").write_text(BRITTLE, encoding="utf-8")
    if not forked:
        prevent_forks(modules)
    write_notebook(folder / "01-start.ipynb", *cells)
    options = ("--no-browser", "--port", "0")
    with (
        serving(place / "data", folder, *options, PYTHONPATH=str(modules)) as server,
        server.client() as client,
    ):
        kernel_id = kernel_of(client.get(PAGE, timeout=60).text)
        with closing(connect(server, kernel_id, cookie_of(client))) as line:
            yield server, line


def tell_every_widget(line: WebSocket, **content: Any) -> None:
    """Send what a page's script would send, to every widget there is."""
    line.send(message("comm_info_request", target_name="jupyter.widget"))
    comms: dict[str, Any] = {}
    while not comms:
        heard = json.loads(line.recv())
        if heard["header"]["msg_type"] == "comm_info_reply":
            comms = heard["content"]["comms"]
    for comm_id in comms:
        data = {"method": "custom", "content": content}
        line.send(message("comm_msg", comm_id=comm_id, data=data))


def said_to_the_page(line: WebSocket) -> str:
    """Return all that the page hears until its kernel has dealt with what was sent."""
    asked = message("kernel_info_request")
    line.send(asked)
    heard = ""
    while True:
        one = json.loads(line.recv())
        heard += json.dumps(one, ensure_ascii=False)
        if one["header"]["msg_type"] == "kernel_info_reply":
            return heard


@pytest.mark.parametrize("forked", [True, False])
def test_a_verb_that_fails_is_told_with_its_sheet_and_its_lines(
    tmp_path: Path, forked: bool
) -> None:
    if forked and sys.platform != "linux":
        pytest.skip("Only Linux forks.")
    cells = (
        "from widgets import open_workbook; from brittle import Brittle;"
        "page = open_workbook('01-start')",
        "Brittle(page)",
    )
    with a_page(tmp_path, *cells, forked=forked) as (server, line):
        tell_every_widget(line, do="crack", n=1, text=SECRET)
        assert SECRET not in said_to_the_page(line)
        wait_until(lambda: "ValueError" in server.log.read_text())
        log = server.log.read_text()
    assert "Brittle failed at crack: RuntimeError" in log
    assert 'brittle.py", line 15, in crack' in log
    assert "int(text)" in log
    assert SECRET not in log


@pytest.mark.thorough
def test_what_no_sheet_catches_is_told_as_well(tmp_path: Path) -> None:
    with a_page(tmp_path, COUNTER) as (server, line):
        tell_every_widget(line, do="fail")
        assert "the-secret-in-a-callback" not in said_to_the_page(line)
        wait_until(lambda: "ValueError" in server.log.read_text())
        log = server.log.read_text()
    assert "A page failed: ValueError" in log
    assert "in hear" in log
    assert "the-secret-in-a-callback" not in log.replace('raise ValueError("the-secret', "")


def test_a_cell_that_fails_is_told_without_what_it_was_about(tmp_path: Path) -> None:
    cells = (f"words = {SECRET!r}", "int(words)")
    with a_page(tmp_path, *cells) as (server, _):
        log = server.log.read_text()
    assert "A page failed: ValueError" in log
    assert "int(words)" in log
    assert SECRET not in log
