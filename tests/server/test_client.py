"""The client that goes on as soon as a kernel is ready."""

from __future__ import annotations

import asyncio
from queue import Empty

import pytest

from forking import Run, connected, kernel

pytest_plugins = ["fork_fixtures"]


CHATTER = """
import sys, threading, time

def talk():
    while True:
        print(".", end="", flush=True)
        time.sleep(0.05)

threading.Thread(target=talk, daemon=True).start()
"""


def test_it_does_not_wait_for_silence(run_async: Run) -> None:
    async def story() -> None:
        async with kernel("python3") as one:
            assert await one.run(CHATTER) is not None
            # Jupyter's own would go on as soon as nothing is heard for 0.2 s: here, never.
            (await asyncio.wait_for(connected(one.manager), timeout=30)).stop_channels()

    run_async(story())


def test_nothing_that_was_said_before_comes_after(run_async: Run) -> None:
    async def story() -> None:
        async with kernel("python3") as one:
            with pytest.raises(Empty):
                await one.client.get_iopub_msg(timeout=0.3)
            with pytest.raises(Empty):
                await one.client.get_shell_msg(timeout=0.1)
            assert await one.run("print('first')") == "first"

    run_async(story())


def test_it_goes_on_once_a_busy_kernel_is_free(run_async: Run) -> None:
    async def story() -> None:
        async with kernel("python3") as one:
            one.begin("import time; time.sleep(1.5); print('busy until now')")
            await one.client.wait_for_ready(timeout=30)
            assert await one.run("print('free')") == "free"

    run_async(story())


def test_a_kernel_that_does_not_answer_is_not_waited_for_forever(run_async: Run) -> None:
    async def story() -> None:
        async with kernel("python3") as one:
            one.begin("import time; time.sleep(60)")
            with pytest.raises(RuntimeError, match="not ready within"):
                await one.client.wait_for_ready(timeout=0.5)
            await one.manager.interrupt_kernel()

    run_async(story())


def test_a_kernel_that_has_died_is_not_waited_for(run_async: Run) -> None:
    async def story() -> None:
        async with kernel("python3") as one:
            one.process.kill()
            one.process.wait()
            with pytest.raises(RuntimeError, match="died"):
                await one.client.wait_for_ready()

    run_async(story())
