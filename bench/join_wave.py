"""Many visitors at the same moment: when the last is served, and what each of them costs.

    python bench/join_wave.py [--visitors 30 30 30 60] [names …]

A visitor fetches the page and what a browser would fetch with it, opens the line, gets what is to
be seen, and changes one thing: a wish that is saved, a slider that the chart follows. They draw
nothing, so that it is the server that is measured. Each wave has a server of its own, which has
been visited before; then everybody leaves, and what stays behind is counted. Waves of one size
share a table.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from statistics import mean, median, quantiles
from typing import Any, NamedTuple

from crowd.browser import at_last, chromium, look_at, someone
from crowd.servers import NAMES, Others, Server, serving, settle
from crowd.visitor import Visitor
from crowd.visitors import visitor_of
from crowd.web import Refused

GOING_SECONDS = 20.0
"""How long one waits for kernels to go, once nobody is there any more."""
LEAVING_SECONDS = 30.0
"""How long a server may take to let somebody go; one of the others sometimes never does."""


class Wave(NamedTuple):
    """What one wave showed; seconds, MB, CPU seconds."""

    last: float
    middle: float
    slow: float
    failed: int
    memory: float
    own: float
    cpu: float
    left: int
    others: float


async def main(names: list[str], sizes: list[int]) -> None:
    """Print a table for each size."""
    files = {name: await files_of(name) for name in names}
    for size, times in Counter(sizes).items():
        print(f"\n{size} at once{f', {times} times' if times > 1 else ''}\n")
        print(
            "| | last served, s (all waves) | p50, s | p95, s | failed | MB a visitor, shared part "
            "by share | … private alone | CPU a visitor, s | kernels left | busy elsewhere, cores |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        waves: dict[str, list[Wave]] = {name: [] for name in names}
        for _ in range(times):
            for name in names:
                try:
                    waves[name].append(await wave(name, size, files[name]))
                except (AssertionError, OSError, Refused) as problem:
                    print(f"{name} was left out of a wave: {problem}", file=sys.stderr, flush=True)
        for name in names:
            print(row(name, waves[name]) if waves[name] else f"| {name} | – |", flush=True)


async def files_of(name: str) -> list[str]:
    """Ask a browser which files it fetches beside the page."""
    with serving(name) as server:
        async with chromium() as browser:
            context = await someone(browser)
            found = await at_last(partial(look_at, context, server))
    page = server.address.partition("#")[0].split("/", 3)[3].partition("?")[0]
    return [file for file in dict.fromkeys(found.files) if is_beside(file, page)]


def is_beside(file: str, page: str) -> bool:
    """Tell whether a browser fetches `file` whoever it is, and no light visitor does by itself."""
    own = (f"/{page}?", "/_dash-layout", "/_dash-dependencies", "/api/kernels/")
    return file != f"/{page}" and not file.startswith(own)


async def wave(name: str, size: int, files: list[str]) -> Wave:
    """Let `size` visitors come at once to a server that one has visited before, and leave again."""
    with serving(name, pages=size + 20) as server:
        await alone(server, files)
        visitors = [visitor_of(server, files) for _ in range(size)]
        before, spent, others = server.weight(), server.cpu(), Others(server)
        await asyncio.gather(*(visitor.visit() for visitor in visitors))
        elsewhere = others.share()
        cpu = server.cpu() - spent
        settle(server, 5)
        after = server.weight()
        await asyncio.gather(*map(see_off, visitors))
        left = await kernels_left(server)
    seconds = [visitor.seconds for visitor in visitors if not visitor.trouble]
    for trouble in sorted({visitor.trouble for visitor in visitors if visitor.trouble}):
        print(f"{name}: {trouble}", file=sys.stderr, flush=True)
    return Wave(
        max(seconds, default=0.0),
        median(seconds or [0.0]),
        quantiles(seconds or [0.0, 0.0], n=20)[-1],
        size - len(seconds),
        (after.share - before.share) / size,
        (after.own - before.own) / size,
        cpu / size,
        left,
        elsewhere,
    )


async def alone(server: Server, files: list[str]) -> None:
    """Let one visitor come and go, so that nobody in the wave is the server's first."""
    visitor = visitor_of(server, files)
    await visitor.visit()
    assert not visitor.trouble, f"{server.name}: {visitor.trouble}"
    await see_off(visitor)
    await kernels_left(server)
    settle(server)


async def see_off(visitor: Visitor) -> None:
    """Let somebody leave, as far as their server lets them."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LEAVING_SECONDS):
            await visitor.leave()


async def kernels_left(server: Server) -> int:
    """Return how many kernels stay when everybody has gone."""
    end = time.monotonic() + GOING_SECONDS
    while (left := server.kernels()) and time.monotonic() < end:
        await asyncio.sleep(0.5)
    return left


def row(name: str, waves: list[Wave]) -> str:
    """Return a row of the table: the middle of the waves, of the last all of them."""

    def middle(what: str, digits: int = 2) -> str:
        return f"{median(getattr(wave, what) for wave in waves):.{digits}f}"

    lasts = " / ".join(f"{wave.last:.2f}" for wave in sorted(waves))
    cells: list[Any] = [f"**{middle('last')}** ({lasts})", middle("middle"), middle("slow")]
    cells += [sum(wave.failed for wave in waves), middle("memory", 1), middle("own", 1)]
    cells += [middle("cpu"), max(wave.left for wave in waves)]
    cells += [f"{mean(wave.others for wave in waves):.1f}"]
    return f"| {name} | {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES])
    parser.add_argument("--visitors", type=int, nargs="+", default=[30, 30, 30, 60])
    told = parser.parse_args()
    asyncio.run(main(told.names or list(NAMES), told.visitors))
