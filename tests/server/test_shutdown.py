"""A server that is asked to end lets every page save first."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from pathlib import Path
from typing import cast

import psutil
import pytest

from enishi.serve.kernels import manager
from enishi.serve.kernels.manager import PageKernelHandle
from forking import Run, kernel
from kernel_lines import connect, cookie_of, message
from serving import kernel_of, serving, wait_until, write_notebook

pytest_plugins = ["fork_fixtures"]

SAVES = """
import anywidget, time
from pathlib import Path

class Saves(anywidget.AnyWidget):
    _esm = "export default {{ render() {{}} }};"

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.on_msg(self.hear)

    def hear(self, widget, content, buffers):
        folder = Path({folder!r})
        (folder / "begun").touch()
        time.sleep(2)
        (folder / "saved").touch()

Saves()
"""


def test_what_is_being_saved_when_a_server_has_to_end_is_saved(tmp_path: Path) -> None:
    folder = tmp_path / "workbooks"
    folder.mkdir()
    write_notebook(folder / "01-start.ipynb", SAVES.format(folder=str(tmp_path)))
    with serving(tmp_path / "data" / "own", folder) as server, server.client() as client:
        page = client.get("/voila/render/01-start.ipynb").text
        [widget] = set(re.findall(r'"model_id": ?"(\w+)"', page))
        with closing(connect(server, kernel_of(page), cookie_of(client))) as line:
            told = {"method": "custom", "content": {"do": "save"}}
            line.send(message("comm_msg", comm_id=widget, data=told))
            wait_until((tmp_path / "begun").exists)
            assert server.stop() == 0
            assert (tmp_path / "saved").exists()
            for _ in iter(line.recv, ""):  # until it hangs up, so that the page looks elsewhere
                pass
            line.shutdown()


def test_a_kernel_that_ends_meanwhile_is_not_waited_for(
    run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manager, "DRAIN_SECONDS", 600.0)

    async def story() -> None:
        async with kernel() as one:
            psutil.Process(one.pid).suspend()  # it never answers
            hearing = asyncio.ensure_future(
                manager.drain_messages(cast(PageKernelHandle, one.manager), [])
            )
            await one.manager.shutdown_kernel(now=True)  # as its page's goodbye ends it
            await asyncio.wait_for(hearing, timeout=60)

    run_async(story())
