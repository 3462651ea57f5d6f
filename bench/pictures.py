"""How soon a picture is drawn, what it costs on the wire, and whether the bullseye stutters.

    python bench/pictures.py [--times 5] [--people 500] [peers …]

Enishi draws its bullseye of twelve people; Dash, Panel and plain Voilà show the same figure. The
servers run side by side and are visited in turns. Cold is a browser that has never been here; warm
is its second visit. A phone has a processor four times as slow and 10 Mbit/s.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, BrowserContext, Error, Page, TimeoutError

from crowd.browser import Seen, Wire, at_last, chromium, note, someone, until
from crowd.peers import PEERS
from crowd.servers import CIRCLE, PICTURE, REAL, Server, serving, settle
from enishi.book import open_book
from enishi.choices import CLOSENESS
from enishi.i18n import texts
from enishi.pictures.bullseye import draw_bullseye
from enishi.pictures.picture import Wording
from widgets.base.cached_frames import SnapshotFrames

SCREENS = {
    "dash": ("gunicorn -w 1 --threads 8 -b 127.0.0.1:{port} picture_in_dash:server", "/"),
    "panel": (
        "panel serve picture_in_panel.py --address 127.0.0.1 --port {port}"
        " --allow-websocket-origin *",
        "/picture_in_panel",
    ),
    "voila": (
        "voila picture_in_voila.ipynb --no-browser --port={port} --Voila.ip=127.0.0.1",
        "/",
    ),
}
"""The command and the path that show the figure, by peer."""
PICTURED = 12
"""How many people the figure has."""
LATENCY_MS, BYTES_A_SECOND, SLOWER = 40, 10_000_000 / 8, 4
"""A phone's network and processor."""
POINTED, STEPS = 50, 120
"""How many marks are pointed at, and how many steps a mark is dragged."""
SCRIPT = """(() => {
  if (window.top !== window) return;
  const bench = (window.bench = { drawn: null, control: null, frames: [], lags: [] });
  const all = (selector, root = document) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap((each) =>
      each.shadowRoot ? all(selector, each.shadowRoot) : []),
  ];
  const look = () => {
    const now = performance.now();
    const sheet = document.querySelector("main section.sheet:not([hidden])");
    if (sheet?.querySelector("button, summary, input")) bench.control ??= now;
    const points = all(".scatterlayer .point");
    if (points.length >= POINTS && points[0].getBoundingClientRect().width > 0) bench.drawn = now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  bench.watch = () => {
    bench.frames = []; bench.lags = []; bench.isWatched = true;
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      bench.frames.push(now - last);
      last = now;
      if (bench.isWatched) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
  addEventListener("pointermove", (event) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => bench.lags.push(performance.now() - event.timeStamp);
      port2.postMessage("painted");
    });
  }, true);
})();""".replace("POINTS", str(PICTURED + 1))


@dataclass
class Drawn:
    """When the picture and the first control were there, in seconds, visit by visit."""

    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    phone: list[float] = field(default_factory=list)
    control: list[float] = field(default_factory=list)
    """The first control of a phone's cold visit; only our pages have one."""
    wire: list[int] = field(default_factory=list)
    """Bytes of a cold and of a warm visit."""


def fill_book(count: int) -> None:
    """Write people, their circles and who knows whom; the page shows one picture."""
    book = open_book()
    goal = book.add("goal", wish="A cooking class for neighbours")
    book.add("role", goal_id=goal, does="People who run a community kitchen")
    ids = [
        book.add(
            "contact",
            name=f"Sample Person {number}",
            known_as="known",
            closeness=("", *CLOSENESS)[number % 5],
            circles=[("Choir", "Neighbours", "Work")[number % 3]],
        )
        for number in range(count)
    ]
    for one, other in zip(ids[::4], ids[1::4], strict=False):
        book.add("tie", a_id=one, b_id=other, state="close")
    for id in ids[::5]:
        on = date.today() - timedelta(days=20)
        book.add("encounter", contact_id=id, on=on.isoformat(), kind="met")
    book.set_setting("pictures", "bullseye")
    book.close()


def write_figure(file: Path) -> None:
    """Write the figure that the peers show: the same bullseye, of a book of its own."""
    os.environ["ENISHI_DATA"] = str(file.parent / "figure")
    fill_book(PICTURED)
    tree = texts("pictures", "en")
    closeness = [*texts("coach", "en")["closeness"].values()]
    own = tree["all"] | tree["pictures"]["bullseye"] | {"closeness": closeness}
    book = open_book()
    figure = draw_bullseye(SnapshotFrames(book), Wording(own, "en", date.today())).to_figure()
    book.close()
    file.write_text(figure.to_json() or "", encoding="utf-8")


@contextmanager
def served(peers: list[str], people: int) -> Iterator[tuple[list[Server], Server, Server]]:
    """Serve the picture in ours and in the peers, our home page, and the circle of many people."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="enishi-")))
        write_figure(place / "figure.json")
        os.environ["BENCH_FIGURE"] = str(place / "figure.json")
        screens = [
            replace(peer, command=SCREENS[peer.name][0], path=SCREENS[peer.name][1])
            for peer in PEERS
            if peer.name in peers
        ]
        ours = stack.enter_context(serving(PICTURE, fill=partial(fill_book, PICTURED)))
        goals = stack.enter_context(serving(REAL, fill=partial(fill_book, PICTURED)))
        circle = stack.enter_context(serving(CIRCLE, fill=partial(fill_book, people)))
        others = [stack.enter_context(serving(peer, peers=screens)) for peer in peers]
        yield [ours, *others], goals, circle


async def main(peers: list[str], times: int, people: int) -> None:
    """Print the tables."""
    with served(peers, people) as (servers, goals, circle):
        async with chromium() as browser:
            found = {server.name: Drawn() for server in servers}
            for server in servers:  # nobody's very first visit counts
                await visit(browser, server, Drawn())
                settle(server)
                found[server.name].wire = await at_last(partial(weigh, browser, server, "drawn"))
            for _ in range(times):
                for server in servers:
                    await visit(browser, server, found[server.name])
            without = await at_last(partial(weigh, browser, goals, "control"))
            print(
                "| | cold: drawn, s (least–most) | warm: drawn, s (least–most) | phone: first "
                "control, s | phone: drawn, s (least–most) | cold, kB | warm, kB |"
            )
            print("|---|--:|--:|--:|--:|--:|--:|")
            for name, drawn in found.items():
                print(row(name, drawn), flush=True)
            cells = ("–", "–", "–", "–", *(f"{each / 1000:,.0f}" for each in without))
            print(f"| {REAL}, without a picture | {' | '.join(cells)} |\n", flush=True)
            print(f"| the bullseye of {people} people | p95, ms | longest, ms | aim, ms |")
            print("|---|--:|--:|--:|")
            for line in await at_last(partial(use, browser, circle)):
                print(line, flush=True)


async def visit(browser: Browser, server: Server, drawn: Drawn) -> None:
    """Visit a page twice with one browser, then once with a phone's."""
    context = await someone(browser)
    phone = await browser.new_context(locale="en-GB", viewport={"width": 360, "height": 780})
    try:
        cold, _ = await look_at_picture(context, server.address)
        settle(server, 3)
        warm, _ = await look_at_picture(context, server.address)
        settle(server, 3)
        slow, control = await look_at_picture(phone, server.address, is_phone=True)
    except Error as problem:
        print(f"{server.name}: a visit failed: {problem.message.splitlines()[0]}", flush=True)
    else:
        drawn.cold.append(cold)
        drawn.warm.append(warm)
        drawn.phone.append(slow)
        drawn.control += [control] if control else []
    await context.close()
    await phone.close()
    settle(server, 3)


async def look_at_picture(
    context: BrowserContext, address: str, wanted: str = "drawn", *, is_phone: bool = False
) -> tuple[float, float]:
    """Return after how many seconds the picture and the first control were there (0: never)."""
    page = await context.new_page()
    seen = Seen()
    page.on("request", lambda request: note(seen, request.method, request.url))
    if is_phone:
        line = await context.new_cdp_session(page)
        await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        network = {"offline": False, "latency": LATENCY_MS}
        speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
        await line.send("Network.enable")
        await line.send("Network.emulateNetworkConditions", network | speed)
    await page.add_init_script(SCRIPT)
    await page.goto(address, wait_until="commit")
    if not await until(page, f"window.bench?.{wanted}"):
        raise TimeoutError(f"No picture at {address.partition('?')[0]}")
    drawn, control = await page.evaluate("[bench.drawn, bench.control]")
    await page.wait_for_timeout(500)  # for what is still under way
    await page.close()
    return (drawn or 0) / 1000, (control or 0) / 1000


async def weigh(browser: Browser, server: Server, wanted: str) -> list[int]:
    """Return the bytes of a cold and of a warm visit, to and fro, websocket included."""
    context = await someone(browser)
    async with Wire(server) as wire:
        await look_at_picture(context, wire.address, wanted)
        cold = wire.bytes
        await look_at_picture(context, wire.address, wanted)
        both = wire.bytes
    await context.close()
    return [cold, both - cold]


async def use(browser: Browser, server: Server) -> list[str]:
    """Point at marks, drag one of them, and leave it; return a line for each."""
    context = await someone(browser)
    page = await context.new_page()
    await page.add_init_script(SCRIPT)
    await page.goto(server.address, wait_until="commit")
    if not await until(page, "window.bench?.drawn"):
        raise TimeoutError("The bullseye was not drawn.")
    await page.wait_for_timeout(2000)
    await page.evaluate("document.querySelector('.drawing').scrollIntoView()")
    at: list[list[float]] = await page.evaluate(
        """() => [...document.querySelectorAll(".marks a")].map((mark) => {
             const { left, top, width, height } = mark.getBoundingClientRect();
             return [left + width / 2, top + height / 2]; })"""
    )
    lines = []
    await page.evaluate("bench.watch()")
    for x, y in at[:: max(1, len(at) // POINTED)]:
        await page.mouse.move(x, y)
        await page.evaluate("new Promise(requestAnimationFrame)")
    lines += await stop(page, f"{POINTED} marks are pointed at", "50")
    x, y = at[3]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.evaluate("bench.watch()")
    for step in range(STEPS):
        await page.mouse.move(x + step, y + step / 2)
        await page.evaluate("new Promise(requestAnimationFrame)")
    lines += await stop(page, "a mark is dragged", "50")
    await page.evaluate("bench.watch()")
    await page.mouse.up()
    await page.wait_for_timeout(3000)
    frames: list[float] = await page.evaluate("(bench.isWatched = false, bench.frames)")
    lines.append(f"| it is left, and the kernel has answered: frame | – | {max(frames):.0f} | |")
    await page.evaluate("bench.watch()")
    await page.locator(".finder input").press_sequentially("Person 12")
    lines += await stop(page, "nine letters are sought", "50")
    await context.close()
    return lines


async def stop(page: Page, what: str, aim: str) -> list[str]:
    """Return the lines of what was watched: from the pointer's move to the frame, and frames."""
    found: dict[str, list[float]] = await page.evaluate("(bench.isWatched = false, bench)")

    def line(name: str, values: list[float], aimed: str) -> str:
        late = sorted(values)[int(0.95 * (len(values) - 1))]
        return f"| {what}: {name} | {late:.0f} | {max(values):.0f} | {aimed} |"

    lags = [line("from the move to its frame", found["lags"], aim)] if found["lags"] else []
    return [*lags, line("frame", found["frames"], "")]


def row(name: str, drawn: Drawn) -> str:
    """Return a row of the table."""
    if not drawn.cold:
        return f"| {name} | every visit failed |"

    def spread(values: list[float]) -> str:
        return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"

    control: Any = f"{median(drawn.control):.2f}" if drawn.control else "–"
    cells = (spread(drawn.cold), spread(drawn.warm), control, spread(drawn.phone))
    return f"| {name} | {' | '.join((*cells, *(f'{each / 1000:,.0f}' for each in drawn.wire)))} |"


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peers", nargs="*", choices=[[], *SCREENS])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--people", type=int, default=500)
    told = parser.parse_args()
    asyncio.run(main(told.peers or list(SCREENS), told.times, told.people))
