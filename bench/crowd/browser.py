"""A real browser at a page: when it can be used, what it asks for, what went over the wire."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page, TimeoutError, async_playwright

from crowd.servers import HOME, REAL, Server
from crowd.web import HOST

sys.path.append(str(Path(__file__).parents[2] / "tests" / "support"))
from get_chromium import ALONE, find_chromium

SCRIPT = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")
VIEW = {"width": 1300, "height": 1600}
PATIENCE_SECONDS = 60.0
FOLLOW_SECONDS = 1.5
TRIES = 60
"""How often a slider is pressed until the chart follows: some draw before they listen."""


ATTEMPTS = 3
Fact = TypeVar("Fact")


@dataclass
class Seen:
    """What one visit in a browser showed.

    Attributes:
        seen: seconds from navigation until the first control and the chart were there.
        usable: until something changed on the page had come back: the chart, or “Saved.”.
        waits: milliseconds from further key presses to the chart.
        files: what was asked of the server itself, by GET.
        requests: how many there were, all kinds, and websockets.
        hosts: which other hosts were asked.
    """

    seen: float = 0.0
    usable: float = 0.0
    waits: list[float] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    requests: int = 0
    hosts: set[str] = field(default_factory=set)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Give a Chromium that talks to nobody on its own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=[*ALONE])
        yield browser
        await browser.close()


async def someone(browser: Browser) -> BrowserContext:
    """Give a browser that has never been anywhere."""
    return await browser.new_context(locale="en-GB", viewport=VIEW)  # type: ignore[arg-type]


async def look_at(
    context: BrowserContext, server: Server, address: str = "", presses: int = 0
) -> Seen:
    """Open the page, change one thing, then press a slider `presses` more times."""
    found = Seen()
    page = await context.new_page()
    page.on("request", lambda request: note(found, request.method, request.url))
    page.on("websocket", lambda line: note(found, "", line.url))
    await page.add_init_script(SCRIPT)
    await page.goto(address or server.address, wait_until="commit")
    if not await until(page, "window.bench?.seen"):
        raise TimeoutError("The page showed nothing.")
    found.seen = await page.evaluate("bench.seen") / 1000
    try:
        await {HOME: tell, REAL: write}.get(server.name, move)(page)
    except TimeoutError as problem:
        raise TimeoutError(f"{server.name}: {problem.message}") from problem
    found.usable = await page.evaluate("bench.moved") / 1000
    await page.wait_for_load_state()  # the rest of a page that can be used before it is whole
    await page.wait_for_timeout(300)  # for what is still under way
    await page.evaluate("bench.waits = []")
    for number in range(presses if server.name not in (HOME, REAL) else 0):
        await press(page, number)
        await page.wait_for_timeout(150)
    found.waits = await page.evaluate("bench.waits")
    await page.close()
    return found


async def at_last(look: Callable[[], Awaitable[Fact]]) -> Fact:
    """Return what `look` finds; on a machine that is short of breath it may need another go."""
    for _ in range(ATTEMPTS - 1):
        try:
            return await look()
        except TimeoutError as problem:
            print(f"Once more: {problem.message}", file=sys.stderr, flush=True)
    return await look()


PEOPLE = count(10)
"""What is written has to differ from what is there, or there is nothing to save."""


async def write(page: Page) -> None:
    """Write another wish in place of the last visitor's, and leave the field."""
    await page.evaluate("bench.focus()")
    await page.keyboard.press("ControlOrMeta+A")
    await page.keyboard.type(f"To cook for {next(PEOPLE)} people.")
    await page.keyboard.press("Tab")
    if not await until(page, "bench.moved"):
        raise TimeoutError("The wish was not saved.")


async def tell(page: Page) -> None:
    """Write a line, and see what was understood."""
    await page.evaluate("bench.focus()")
    await page.keyboard.type(f"cook for {next(PEOPLE)} people on Friday")
    await page.keyboard.press("Enter")
    if not await until(page, "bench.moved"):
        raise TimeoutError("The line was not understood.")


async def move(page: Page) -> None:
    """Move the slider until the chart follows."""
    for number in range(TRIES):
        if await press(page, number):
            return
    raise TimeoutError("The chart never followed.")


async def press(page: Page, number: int) -> bool:
    """Press a slider, there and back by turns; tell whether the chart followed."""
    await page.evaluate("bench.focus()")
    await page.keyboard.press("ArrowLeft" if number % 2 else "ArrowRight")
    return await until(page, "bench.drawn !== bench.before", FOLLOW_SECONDS)


async def until(page: Page, claim: str, seconds: float = PATIENCE_SECONDS) -> bool:
    """Wait until `claim` holds; tell whether it does.

    Playwright's own way of waiting evaluates texts in the page, which our pages refuse.
    """
    end = time.monotonic() + seconds
    while not await page.evaluate(f"Boolean({claim})"):
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.01)
    return True


def note(found: Seen, method: str, url: str) -> None:
    """Note a request."""
    parts = urlsplit(url)
    if parts.scheme in ("data", "blob"):
        return
    found.requests += 1
    if parts.hostname not in (HOST, "localhost"):
        found.hosts.add(str(parts.hostname))
    elif method == "GET":
        found.files.append(url.split("/", 3)[3].join(("/", "")))


class Wire:
    """A wire to a server that counts what goes over it, as it is: compressed where it is."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.bytes = 0
        self._carriers: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """The server's address, by way of this wire."""
        port = self._door.sockets[0].getsockname()[1]
        return self.server.address.replace(f":{self.server.port}", f":{port}", 1)

    async def __aenter__(self) -> Wire:
        self._door = await asyncio.start_server(self._connect, HOST, 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._door.close()
        for each in self._carriers:
            each.cancel()
        await asyncio.gather(*self._carriers, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far, away = await asyncio.open_connection(HOST, self.server.port)
        for source, sink in ((reader, away), (far, writer)):
            carrier = asyncio.create_task(self._carry(source, sink))
            self._carriers.add(carrier)
            carrier.add_done_callback(self._carriers.discard)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(1 << 16):
                self.bytes += len(data)
                sink.write(data)
                await sink.drain()
        except OSError:
            pass
        finally:
            sink.close()
