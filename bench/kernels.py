"""How long a kernel takes from start to a page's imports, and what it weighs: forked or not.

python bench/kernels.py [kernels at once …]
"""

from __future__ import annotations

import asyncio
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import psutil
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from enishi.paths import shared
from enishi.serve.fork import zygote_manager
from enishi.serve.kernels.client import FastReadyClient

SIZES = (1, 10, 30, 60)
TIMES_ALONE = 5
"""A single kernel is started so many times, and the middle one counts."""
IMPORTS = "import pandas, ipywidgets, anywidget; from widgets import Header, open_workbook"
PAGE = "page = open_workbook('02-goal'); Header(page)"


class Measured(NamedTuple):
    """What some kernels took: seconds until the last was there, and a kernel's share of the rest.

    Memory is private to the process, in MB; CPU in seconds, the zygote's part in it included.
    """

    seconds: float
    memory: float
    with_page: float
    cpu: float


async def main() -> None:
    """Print the tables."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    print("| kernels at once | | last one ready, s | private, MB | with a page | CPU, s |")
    print("|--:|---|--:|--:|--:|--:|")
    for size in sizes:
        zygote_manager.close()
        normal = await measure(size)
        row(size, "normal", normal)
        if not await zygote_manager.wait_ready(logging.getLogger()):
            continue
        await measure(1)  # the first one after the imports finds nothing in the caches
        forked = await measure(size)
        row(size, "forked", forked)
        ratios = [a / b for a, b in zip(normal, forked, strict=True)]
        print("| | **ratio** | " + " | ".join(f"**{ratio:.1f}×**" for ratio in ratios) + " |")
    zygote_manager.close()
    print("\n| from a kernel that is there to a client that goes on | ms |\n|---|--:|")
    for name, kind in (("Jupyter's client", AsyncKernelClient), ("ours", FastReadyClient)):
        print(f"| {name} | {1000 * await waiting(kind):.0f} |")


async def measure(size: int) -> Measured:
    """Start `size` kernels at once; one alone several times."""
    if size > 1:
        return await wave(size)
    several = [await wave(1) for _ in range(TIMES_ALONE)]
    return Measured(*map(statistics.median, zip(*several, strict=True)))


async def wave(size: int) -> Measured:
    """Start `size` kernels at once, and end them when the last one has been measured."""
    before = zygote_cpu()
    begun = time.perf_counter()
    managers = await asyncio.gather(*(start() for _ in range(size)))
    clients = await asyncio.gather(*map(ready, managers))
    seconds = time.perf_counter() - begun
    processes = [psutil.Process(pid_of(manager)) for manager in managers]
    memory = [each.memory_full_info().uss for each in processes]
    cpu = [sum(each.cpu_times()[:2]) for each in processes]
    shared_cpu = zygote_cpu() - before
    for client in clients:
        await run(client, PAGE)
    with_page = [each.memory_full_info().uss for each in processes]
    for client in clients:
        client.stop_channels()
    await asyncio.gather(*(manager.shutdown_kernel(now=True) for manager in managers))
    return Measured(
        seconds,
        statistics.mean(memory) / 2**20,
        statistics.mean(with_page) / 2**20,
        statistics.mean(cpu) + shared_cpu / size,
    )


async def start() -> AsyncKernelManager:
    """Start a kernel."""
    manager = AsyncKernelManager(
        kernel_name="enishi",
        transport="ipc" if os.name == "posix" else "tcp",
        connection_file=os.path.join(os.environ["JUPYTER_RUNTIME_DIR"], f"{uuid4()}.json"),
        client_factory=FastReadyClient,
    )
    await manager.start_kernel()
    return manager


def pid_of(manager: AsyncKernelManager) -> int:
    """Return the process number of a kernel."""
    provisioner: Any = manager.provisioner
    return int(provisioner.pid)


async def ready(manager: AsyncKernelManager) -> AsyncKernelClient:
    """Wait until a kernel has imported what a page needs."""
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=300)
    await run(client, IMPORTS)
    return client


async def run(client: AsyncKernelClient, code: str) -> None:
    """Run `code` and see that it ran."""
    reply = await client.execute_interactive(code, timeout=300, output_hook=lambda _: None)
    assert reply["content"]["status"] == "ok", reply["content"]


def zygote_cpu() -> float:
    """Return the CPU seconds of the zygote; 0 while there is none."""
    zygote = zygote_manager.ZYGOTES.zygote
    return sum(psutil.Process(zygote.process.pid).cpu_times()[:2]) if zygote else 0.0


async def waiting(kind: type[AsyncKernelClient]) -> float:
    """Return how long a client of a kernel that is there waits for it, in seconds."""
    manager = await start()
    times = []
    for _ in range(TIMES_ALONE):
        client = kind(parent=manager, **manager.get_connection_info(session=True))
        begun = time.perf_counter()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        times.append(time.perf_counter() - begun)
        client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return statistics.median(times)


def row(size: int, kind: str, it: Measured) -> None:
    """Print a row of the table."""
    numbers = (f"{it.seconds:.2f}", f"{it.memory:.0f}", f"{it.with_page:.0f}", f"{it.cpu:.2f}")
    print(f"| {size} | {kind} | {' | '.join(numbers)} |", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="enishi-") as place:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            os.environ[name] = place
        os.environ["IPYTHONDIR"] = str(Path(place) / "ipython")
        os.environ["JUPYTER_PATH"] = str(shared("data") / "jupyter")
        os.environ["ENISHI_DATA"] = str(Path(place) / "person")
        Path(os.environ["IPYTHONDIR"]).mkdir()
        asyncio.run(main())
