"""Where nothing is forked: on other systems, in JupyterLab, or before the server asked for it."""

from __future__ import annotations

import logging
import sys
from contextlib import closing
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from enishi.paths import CHECKOUT
from enishi.serve.fork import zygote_manager
from forking import Run, kernel
from kernel_lines import RawPage
from serving import prevent_forks, serving

pytest_plugins = ["fork_fixtures"]


def test_our_kernel_is_found_and_runs_the_python_that_serves(run_async: Run) -> None:
    assert "enishi" in KernelSpecManager().find_kernel_specs()
    manager = AsyncKernelManager(kernel_name="enishi")
    command = manager.format_kernel_cmd()
    assert command[:3] == [sys.executable, "-m", "ipykernel_launcher"]
    assert manager.kernel_spec is not None
    assert manager.kernel_spec.metadata["kernel_provisioner"]["provisioner_name"] == "enishi-fork"


def test_a_kernel_that_nobody_prepared_for_starts_as_any_other(
    no_zygote: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with kernel() as one:
            assert not one.is_forked
            assert await one.run("print(1 + 1)") == "2"
            before = one.pid
            await one.manager.restart_kernel()
            await one.reconnect()
            assert one.pid != before
            assert await one.run("print(1 + 1)") == "2"
        assert not await one.manager.is_alive()

    no_zygote(story())
    assert caplog.text == ""


def test_a_page_without_a_fork_is_sent_the_states_of_its_sheets(tmp_path: Path) -> None:
    prevent_forks(tmp_path)
    data, workbooks = tmp_path / "data", CHECKOUT / "workbooks"
    with (
        serving(data, workbooks, PYTHONPATH=str(tmp_path)) as server,
        server.client() as client,
        closing(RawPage(server, client, "/voila/render/02-goal.ipynb")) as page,
    ):
        assert page.sheets
        if sys.platform == "linux":
            assert "start without a fork" in server.log.read_text()


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_no_zygote_is_tried_on_a_system_that_has_none(
    no_zygote: Run, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    async def story() -> None:
        with monkeypatch.context() as at:
            at.setattr(sys, "platform", system)
            assert not await zygote_manager.wait_ready(logging.getLogger())
        assert zygote_manager.ZYGOTES.zygote is None
        assert not zygote_manager.is_ready()
        async with kernel() as one:
            assert not one.is_forked
            assert await one.run("print(1 + 1)") == "2"

    no_zygote(story())
