"""An hour of people who come, change something and leave, in ten minutes: what stays behind?

    python bench/soak.py [--minutes 10] [--at-once 12] [--rounds 4]

Some close the page politely, some vanish without a word, some lose the line and come back, some
leave before the page is whole. Every half a minute what the server holds is printed. The time is
divided into rounds; after each, when the last page has been given up and swept up after, the server
is looked at again. The first round loads what pages need and fragments the heap; from its end on,
nothing may grow: a leak grows with every round.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from typing import NamedTuple

from crowd.servers import REAL, Server, serving, settle
from crowd.visitor import Visitor
from crowd.visitors import visitor_of

LOOK_SECONDS = 30.0
PATIENCE = 10.0
"""How long the server waits for a page that vanished, in seconds: a ninth of what it does, so that
ten minutes hold as many partings as an hour and a half."""
PAUSES = (0.5, 3.0)
"""How long people look at a page before they change something, in seconds."""
CHANGES = (1, 5)
STAY_SECONDS = 120.0
"""Whoever is not done by then has been forgotten by the server."""
ENDS = ("leaves", "leaves", "vanishes", "is cut and returns", "hurries on")
SWEEPING_SECONDS = 15.0
"""The server sweeps up after the last page within twelve seconds."""
MORE_MEMORY = 1.05
"""What the server may hold at the end, of what it held after the first round: some of what is free
lies in pages of memory where something else is kept. More is said to be a leak."""
SEATS = 6
"""Seats of the server for each visitor at once: a page that vanished keeps its seat while the
server waits for it, and visitors who hurry on leave several such pages in that time."""


class Look(NamedTuple):
    """What the server holds: MB (shared parts by share, and nobody else's), and counts."""

    share: float
    own: float
    descriptors: int
    kernels: int
    processes: int


async def main(minutes: float, at_once: int, rounds: int) -> bool:
    """Print how it went; tell whether the server holds what it held after the first round."""
    chance = random.Random(20261120)
    done: Counter[str] = Counter()
    looks: list[Look] = []
    calm: list[Look] = []
    with serving(REAL, pages=SEATS * at_once, patience=PATIENCE) as server:
        print("| min | memory by share, MB | private, MB | descriptors | kernels | processes |")
        print("|--:|--:|--:|--:|--:|--:|")
        for number in range(rounds):
            end = time.monotonic() + 60 * minutes / rounds
            people = [come_and_go(server, end, chance, done) for _ in range(at_once)]
            await asyncio.gather(*people, keep_looking(server, end, looks))
            await nobody_left(server)
            calm.append(look(server))
            row(f"round {number + 1}", calm[-1])
    print(f"\n{sum(done.values())} visits: " + ", ".join(f"{n} {what}" for what, n in done.items()))
    return said(calm[0], calm[-1], looks) and not any("failed" in what for what in done)


async def come_and_go(
    server: Server, end: float, chance: random.Random, done: Counter[str]
) -> None:
    """Visit again and again until `end`."""
    while time.monotonic() < end:
        visitor = visitor_of(server)
        way = chance.choice(ENDS)
        try:
            async with asyncio.timeout(STAY_SECONDS):
                await stay(visitor, way, chance)
            done[way] += 1
        except Exception as problem:  # whatever it is, it is to be counted and said
            done[f"failed ({type(problem).__name__}: {problem})"[:120]] += 1
            await visitor.vanish()


async def stay(visitor: Visitor, way: str, chance: random.Random) -> None:
    """Come, change a few things, and go in one of the ways."""
    if way == "hurries on":
        await visitor.hurry()
        return
    await visitor.visit()
    if visitor.trouble:
        raise RuntimeError(visitor.trouble)
    await some_changes(visitor, chance)
    if way == "is cut and returns":
        await visitor.cut()
        await asyncio.sleep(chance.uniform(0.1, PATIENCE / 2))
        await visitor.come_back()
        await some_changes(visitor, chance)
    await (visitor.vanish() if way == "vanishes" else visitor.leave())


async def some_changes(visitor: Visitor, chance: random.Random) -> None:
    """Change a few things, with pauses."""
    await visitor.no_longer_listen()
    for _ in range(chance.randint(*CHANGES)):
        await asyncio.sleep(chance.uniform(*PAUSES))
        await visitor.change()


async def keep_looking(server: Server, end: float, looks: list[Look]) -> None:
    """Print what the server holds every now and then."""
    begun = time.monotonic()
    while (left := end - time.monotonic()) > 0:
        await asyncio.sleep(min(LOOK_SECONDS, left))
        looks.append(look(server))
        row(f"{(time.monotonic() - begun) / 60:.1f}", looks[-1])


async def nobody_left(server: Server) -> None:
    """Wait until the last page has been given up and swept up after, and nothing is being done."""
    end = time.monotonic() + 6 * PATIENCE
    while server.kernels() and time.monotonic() < end:
        await asyncio.sleep(0.5)
    await asyncio.sleep(SWEEPING_SECONDS)
    settle(server)


def look(server: Server) -> Look:
    """Look at what the server holds."""
    weight = server.weight()
    return Look(*weight, server.descriptors(), server.kernels(), len(server.tree()))


def row(when: str, seen: Look) -> None:
    """Print a row of the table."""
    numbers = (f"{seen.share:.0f}", f"{seen.own:.0f}", *seen[2:])
    print(f"| {when} | {' | '.join(map(str, numbers))} |", flush=True)


def said(begin: Look, after: Look, looks: list[Look]) -> bool:
    """Say whether what is held is what was held, each part in a sentence."""
    well = True
    for name in Look._fields:
        before, now = getattr(begin, name), getattr(after, name)
        most = max(getattr(each, name) for each in looks)
        allowed = before * (MORE_MEMORY if name in ("share", "own") else 1.0)
        back = now <= allowed
        well = well and back
        word = "back where it began" if back else "NOT BACK"
        print(f"{name}: began {before:.0f}, most {most:.0f}, ends {now:.0f}: {word}")
    print("Nothing stayed behind." if well else "Something stayed behind.")
    return well


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--at-once", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=4)
    told = parser.parse_args()
    sys.exit(0 if asyncio.run(main(told.minutes, told.at_once, told.rounds)) else 1)
