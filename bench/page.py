"""How soon a page can be used in a browser, ours and others', and what that costs on the wire.

    python bench/page.py [--times 7] [names …]

The servers run side by side and are visited in turns, so that whatever else the machine does meets
all of them. Cold is a browser that has never been here; warm is its second visit. A visit ends when
something that was changed has come back: a chart that follows its slider, a wish that is saved.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from statistics import median

from playwright.async_api import Browser, Error

from crowd.browser import Seen, Wire, at_last, chromium, look_at, someone
from crowd.servers import NAMES, Server, serving, settle

PRESSES = 20


@dataclass
class Visits:
    """The visits at one server."""

    cold: list[Seen] = field(default_factory=list)
    warm: list[Seen] = field(default_factory=list)
    wire: list[int] = field(default_factory=list)
    """Bytes of a cold and of a warm visit."""


async def main(names: list[str], times: int) -> None:
    """Print the table."""
    found: dict[str, Visits] = defaultdict(Visits)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(name)) for name in names]
        async with chromium() as browser:
            for server in servers:  # nobody's very first visit counts
                await visit(browser, server, Visits(), 0)
                settle(server)
                found[server.name].wire = await at_last(partial(weigh, browser, server))
            for turn in range(times):
                for server in servers:
                    await visit(browser, server, found[server.name], PRESSES * (turn == times - 1))
    print(
        "| | cold: seen, s | cold: usable, s (least–most) | warm: seen, s | warm: usable, s "
        "(least–most) | key to chart, ms | cold, kB on the wire | warm, kB | requests cold / warm "
        "| other hosts |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in names:
        print(row(name, found[name]), flush=True)


async def visit(browser: Browser, server: Server, visits: Visits, presses: int) -> None:
    """Visit a page twice with the same browser; what went wrong is told and counts for nothing."""
    context = await someone(browser)
    try:
        cold = await look_at(context, server)
        settle(server, 3)
        warm = await look_at(context, server, presses=presses)
    except Error as problem:
        print(f"{server.name}: a visit failed: {problem.message.splitlines()[0]}", flush=True)
    else:
        visits.cold.append(cold)
        visits.warm.append(warm)
    await context.close()
    settle(server, 3)


async def weigh(browser: Browser, server: Server) -> list[int]:
    """Return the bytes that a cold and a warm visit send to and fro, websocket included."""
    context = await someone(browser)
    async with Wire(server) as wire:
        await look_at(context, server, wire.address)
        cold = wire.bytes
        await look_at(context, server, wire.address)
        both = wire.bytes
    await context.close()
    return [cold, both - cold]


def row(name: str, visits: Visits) -> str:
    """Return a row of the table."""
    if not visits.cold:
        return f"| {name} | every visit failed |"

    def middle(several: list[Seen], what: str) -> str:
        return f"{median(getattr(each, what) for each in several):.2f}"

    def spread(several: list[Seen]) -> str:
        values = [each.usable for each in several]
        return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"

    waits = visits.warm[-1].waits
    cells = (
        middle(visits.cold, "seen"),
        spread(visits.cold),
        middle(visits.warm, "seen"),
        spread(visits.warm),
        f"{median(waits):.0f}" if waits else "–",
        *(f"{weight / 1000:,.0f}" for weight in visits.wire),
        f"{visits.cold[0].requests} / {visits.warm[0].requests}",
        ", ".join(sorted(set[str]().union(*(each.hosts for each in visits.cold)))) or "none",
    )
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES])
    parser.add_argument("--times", type=int, default=7)
    told = parser.parse_args()
    asyncio.run(main(told.names or list(NAMES), told.times))
