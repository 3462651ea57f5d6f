"""Kernels of our own kernelspec, started as the server starts them, and what is left of them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from textwrap import dedent
from typing import Any
from uuid import uuid4

import psutil
from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from enishi.serve.kernels.client import FastReadyClient

Run = Callable[[Coroutine[Any, Any, Any]], Any]
"""Runs what a test tells, to its end."""


@dataclass
class Kernel:
    """A running kernel and a client that is connected to it."""

    manager: AsyncKernelManager
    client: FastReadyClient

    @property
    def process(self) -> Any:
        provisioner: Any = self.manager.provisioner
        return provisioner.process

    @property
    def pid(self) -> int:
        pid: int = self.process.pid
        return pid

    @property
    def is_forked(self) -> bool:
        return type(self.process).__name__ == "ForkedProcess"

    async def run(self, code: str) -> str:
        """Run `code` and return what it printed; the name of the error, if it ends with one."""
        told: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                told.append(content["text"])
            elif message["msg_type"] in ("display_data", "execute_result"):
                told.append(" ".join(content["data"]))
            elif message["msg_type"] == "error":
                told.append(content["ename"])

        await self.client.execute_interactive(dedent(code), timeout=60, output_hook=hear)
        return "".join(told).strip()

    def begin(self, code: str) -> None:
        """Run `code` without waiting for it."""
        self.client.execute(code)

    async def reconnect(self) -> None:
        """Connect to what the manager has now."""
        self.client.stop_channels()
        self.client = await connected(self.manager)


async def connected(manager: AsyncKernelManager) -> FastReadyClient:
    client = manager.client()
    assert isinstance(client, FastReadyClient)
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
    except BaseException:
        client.stop_channels()
        raise
    return client


@asynccontextmanager
async def kernel(
    name: str = "enishi", config: Config | None = None, **options: Any
) -> AsyncIterator[Kernel]:
    """Give a kernel; it ends with the block, if it has not ended before."""
    manager = AsyncKernelManager(
        kernel_name=name,
        # Without a path, the sockets of all kernels would have the same name.
        connection_file=os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], f"{uuid4()}.json"),
        transport="ipc" if os.name == "posix" else "tcp",
        client_factory=FastReadyClient,
        config=config,
    )
    try:
        await manager.start_kernel(**options)
        one = Kernel(manager, await connected(manager))
        try:
            yield one
        finally:
            one.client.stop_channels()
    finally:
        await manager.shutdown_kernel(now=True)


async def becomes_true(claim: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until `claim` holds, while the event loop goes on."""
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "It did not come about in time."
        await asyncio.sleep(0.02)


def is_gone(pid: int) -> bool:
    """Tell whether nothing is left of a process, not even a zombie."""
    return not psutil.pid_exists(pid)


def ends(pid: int, seconds: float = 10.0) -> bool:
    """Tell whether a process that is not ours to reap ends in time; it may stay a zombie."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False
